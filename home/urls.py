from django.urls import path

from . import views

app_name = "home"

urlpatterns = [
    path("", views.root, name="root"),
    path("theme/", views.theme, name="theme"),
    path("worker.js", views.service_worker, name="worker"),
    path("manifest/<str:language>.webmanifest", views.manifest, name="manifest"),
    path("health/", views.health, name="health"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
