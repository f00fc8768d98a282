"""The addresses without a language: for the BigBlueButton server."""

from django.urls import path

from .views import hearing

app_name = "rooms"

urlpatterns = [
    path("bigbluebutton/<uuid:code>/heard/", hearing.heard, name="heard"),
    path("bigbluebutton/<uuid:code>/report/", hearing.report, name="report"),
    path("bigbluebutton/<uuid:code>/ended/<str:seal>/", hearing.ended, name="ended"),
]
