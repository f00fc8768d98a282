"""The addresses without a language: printed, in the QR code, and for programs."""

from django.urls import path

from .views import verification

app_name = "certificates"

urlpatterns = [
    path("v/<str:code>/", verification.short, name="short"),
    path("api/certificates/<str:code>/", verification.api, name="api"),
]
