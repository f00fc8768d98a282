from django.urls import path

from .views import cohorts, entry, erasures, me, news, people, pins, second_factor, trail, unlocking

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
    path("people/", people.index, name="index"),
    path("people/<uuid:code>/", people.person, name="person"),
    path("people/<uuid:code>/edit/", people.edit, name="edit"),
    path("people/<uuid:code>/invite/", people.invite_again, name="invite_again"),
    path("people/<uuid:code>/card/cancel/", people.cancel_card, name="cancel_card"),
    path("people/<uuid:code>/join/", people.join, name="join"),
    path("people/<uuid:code>/leave/<uuid:cohort>/", people.leave, name="leave"),
    path("groups/", cohorts.cohorts, name="cohorts"),
    path("groups/<uuid:code>/", cohorts.cohort, name="cohort"),
    path("groups/<uuid:code>/invite/", cohorts.invite, name="invite"),
    path("groups/<uuid:code>/import/", cohorts.import_list, name="import"),
    path("groups/<uuid:code>/links/", cohorts.links, name="links"),
    path("groups/<uuid:code>/news/", news.news, name="news"),
    path("news/<uuid:code>/withdraw/", news.withdraw, name="withdraw_news"),
    path("news/<uuid:code>/put-back/", news.put_back, name="put_back_news"),
]
