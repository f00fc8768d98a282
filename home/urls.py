from django.urls import path

from . import views

app_name = "home"

urlpatterns = [
    path("", views.root, name="root"),
    path("theme/", views.theme, name="theme"),
    path("health/", views.health, name="health"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
