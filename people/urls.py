from django.urls import path

from . import views

app_name = "people"

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/data/", views.data, name="data"),
    path("me/data/download/", views.download, name="download"),
    path("me/data/erase/", views.ask_erasure, name="ask_erasure"),
    path("me/data/keep/", views.keep_account, name="keep_account"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/<uuid:code>/", views.erasure, name="erasure"),
    path("register/", views.register, name="register"),
]
