"""The addresses without a language: printed, in the QR code, and for programs."""

from django.urls import path

from .views import audit, register, verification

app_name = "certificates"

urlpatterns = [
    path(".well-known/jwks.json", register.public_keys, name="keys"),
    path("v/<str:code>/", verification.short, name="short"),
    path("a/<str:token>/", audit.door, name="auditor"),
    path("api/certificates/<str:code>/", verification.api, name="api"),
]
