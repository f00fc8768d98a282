from django.urls import path

from .views import entry, erasures, me, pins, second_factor, trail, unlocking

app_name = "people"

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/pin/", pins.change, name="pin"),
    path("me/data/", me.data, name="data"),
    path("me/data/download/", me.download, name="download"),
    path("me/data/erase/", me.ask_erasure, name="ask_erasure"),
    path("me/data/keep/", me.keep_account, name="keep_account"),
    path("me/data/allow/<str:purpose>/", me.consent, name="consent"),
    path("me/data/notice/", me.read_notice, name="read_notice"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<uuid:code>/", erasures.erasure, name="erasure"),
    path("i/<str:token>/", entry.invitation, name="invitation"),
    path("c/<str:code>/", entry.card, name="card"),
    path("people/<uuid:code>/new-pin/", pins.reset, name="reset"),
    path("second-factor/", second_factor.second_factor, name="second_factor"),
    path("waiting/", second_factor.wait, name="waiting"),
    path("second-factor/colleagues/", unlocking.unlocks, name="unlocks"),
    path("second-factor/colleagues/<uuid:code>/", unlocking.unlock, name="unlock"),
    path("erasures/<uuid:code>/refuse/", erasures.refuse_erasure, name="refuse_erasure"),
    path("trail/", trail.trail, name="trail"),
    path("trail/export/", trail.export, name="trail_export"),
    path("register/", erasures.register, name="register"),
]
