"""The devices on which somebody is signed in, in plain words. Where they were is not kept."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

# In this order: most browsers also carry the names of others.
BROWSERS = [
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]
# In the place of an internet address, which is never kept.
NOWHERE = "0.0.0.0"  # noqa: S104 - not an address to listen on


def device_name(user_agent):
    """“Chrome, Android”, from what the browser says of itself."""
    names = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or _("Another device")


def devices_of(request, now):
    """This one first, then the latest sign-ins; only where somebody is still signed in."""
    rows = UserSession.objects.filter(user=request.user).order_by("-created_at")
    alive = Session.objects.filter(session_key__in=rows.values("session_key"), expire_date__gt=now)
    keys = set(alive.values_list("session_key", flat=True))
    devices = [Device(row, request) for row in rows if row.session_key in keys]
    return sorted(devices, key=lambda device: not device.is_this)


class Device:
    def __init__(self, row, request):
        self.row = row
        self.name = device_name(row.user_agent)
        self.since = row.created_at
        self.is_this = row.session_key == request.session.session_key
        self.is_telephone = any(sign in row.user_agent for sign in ("Mobile", "iPhone", "Android"))
        # The number of a session opens it: a page never shows it.
        self.code = salted_hmac("people.devices", row.session_key).hexdigest()[:20]


def forget_address(request):
    UserSession.objects.filter(session_key=request.session.session_key).update(ip=NOWHERE)


def sign_out_everywhere(person):
    sign_out(UserSession.objects.filter(user=person))


def sign_out(rows):
    for row in rows:
        row.end()
