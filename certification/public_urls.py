"""The addresses without a language: printed, in the QR code, and for programs."""

from django.urls import path

from .views import audit, verification

app_name = "certificates"

urlpatterns = [
    path("v/<str:code>/", verification.short, name="short"),
    path("a/<str:token>/", audit.door, name="auditor"),
    path("api/certificates/<str:code>/", verification.api, name="api"),
]
