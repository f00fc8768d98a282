from django.urls import path

from . import views

app_name = "events"

urlpatterns = [
    path("sessions/all/", views.index, name="index"),
    path("sessions/<uuid:code>/register/", views.register, name="register"),
    path("sessions/<uuid:code>/cancel/", views.cancel, name="cancel"),
    path("sessions/<uuid:code>.ics", views.calendar, name="calendar"),
]
