from django.urls import path

from .views import feeds, joining, materials, pages, people, rooms, status

app_name = "events"

session_urls = [
    path("sessions/all/", pages.index, name="index"),
    path("sessions/<uuid:code>.ics", pages.calendar, name="calendar"),
    path("sessions/<uuid:code>/register/", joining.register, name="register"),
    path("sessions/<uuid:code>/cancel/", joining.cancel, name="cancel"),
    path("sessions/<uuid:code>/prepare/", joining.prepare, name="prepare"),
    path("sessions/<uuid:code>/guest/", joining.guest, name="guest"),
    path("sessions/<uuid:code>/noted/", joining.noted, name="noted"),
    path("sessions/<uuid:code>/room/", rooms.room, name="room"),
    path("registrations/<uuid:code>/", joining.seat, name="seat"),
    path("registrations/<uuid:code>/read/", joining.acknowledge, name="acknowledge"),
    path("registrations/<uuid:code>/room/", rooms.seat_room, name="seat_room"),
    path("registrations/<uuid:code>/leave/", joining.leave, name="leave"),
]
staff_urls = [
    path("sessions/<uuid:code>/people/", people.people, name="people"),
    path("sessions/<uuid:code>/room/open/", rooms.open_room, name="open_room"),
    path("sessions/<uuid:code>/room/end/", rooms.end_room, name="end_room"),
    path("sessions/<uuid:code>/status/", status.status, name="status"),
    path("registrations/<uuid:code>/remove/", people.remove, name="remove"),
    path("messages/<uuid:code>/text/", people.text, name="text"),
    path("messages/<uuid:code>/again/", people.send_again, name="send_again"),
    path("messages/<uuid:code>/shared/", people.shared, name="shared"),
]
material_urls = [
    path("materials/", materials.shelf, name="shelf"),
    path("materials/<uuid:code>/", materials.material, name="material"),
    path("materials/mine/", materials.mine, name="materials"),
    path("materials/publish/", materials.publish, name="publish"),
    path("materials/<uuid:code>/withdraw/", materials.withdraw, name="withdraw"),
    path("materials/<uuid:code>/put-back/", materials.put_back, name="put_back"),
]
feed_urls = [
    path("calendar/", feeds.feeds, name="feeds"),
    path("calendar/make/", feeds.make_feed, name="make_feed"),
    path("calendar/drop/", feeds.drop_feed, name="drop_feed"),
    path("calendar/all.ics", feeds.site_feed, name="site_feed"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
]
urlpatterns = [*session_urls, *staff_urls, *material_urls, *feed_urls]
