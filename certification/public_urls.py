"""The addresses without a language: printed, in the QR code, and for programs."""

from django.urls import path

from .views import audit, credentials, register, verification

app_name = "certificates"

urlpatterns = [
    path(".well-known/jwks.json", register.public_keys, name="keys"),
    path("v/<str:code>/", verification.short, name="short"),
    path("a/<str:token>/", audit.door, name="auditor"),
    path("api/certificates/<str:code>/", verification.api, name="api"),
    path("api/certificates/<str:code>/credential/<str:language>/", credentials.credential, name="credential"),
    path("api/certificates/<str:code>/badge/<str:language>/", credentials.badge, name="badge"),
    path("api/status/<int:number>/", credentials.status_list, name="status_list"),
    path("api/issuer/", credentials.issuer, name="issuer"),
    path(".well-known/did.json", credentials.did_document, name="did"),
]
