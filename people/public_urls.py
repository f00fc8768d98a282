"""The addresses without a language: in messages, on cards and in QR codes."""

from django.urls import path

from .views.entry_stub import stub

app_name = "entry"

urlpatterns = [
    path("i/<str:token>/", stub, name="invitation"),
    path("c/<str:code>/", stub, name="card"),
]
