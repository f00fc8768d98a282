from django.urls import path

from .views import erasures, me, trail

app_name = "people"

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/data/", me.data, name="data"),
    path("me/data/download/", me.download, name="download"),
    path("me/data/erase/", me.ask_erasure, name="ask_erasure"),
    path("me/data/keep/", me.keep_account, name="keep_account"),
    path("me/data/allow/<str:purpose>/", me.consent, name="consent"),
    path("me/data/notice/", me.read_notice, name="read_notice"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<uuid:code>/", erasures.erasure, name="erasure"),
    path("erasures/<uuid:code>/refuse/", erasures.refuse_erasure, name="refuse_erasure"),
    path("trail/", trail.trail, name="trail"),
    path("trail/export/", trail.export, name="trail_export"),
    path("register/", erasures.register, name="register"),
]
