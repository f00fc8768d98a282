"""The addresses without a language: in messages, on cards and in QR codes."""

from django.urls import path

from .views import entry

app_name = "entry"

urlpatterns = [
    path("i/<str:token>/", entry.short_invitation, name="invitation"),
    path("c/<str:code>/", entry.short_card, name="card"),
]
