from django.urls import path

from .views import erasures, me

app_name = "people"

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/data/", me.data, name="data"),
    path("me/data/download/", me.download, name="download"),
    path("me/data/erase/", me.ask_erasure, name="ask_erasure"),
    path("me/data/keep/", me.keep_account, name="keep_account"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<uuid:code>/", erasures.erasure, name="erasure"),
    path("register/", erasures.register, name="register"),
]
