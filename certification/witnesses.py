"""The root of the day, mailed outside: whoever keeps these letters can tell whether the register was changed since."""

import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from events.tasks import send_each
from home.interface import spoken_in

from .keys import public_keys
from .models import RootMail


def send_roots(now):
    """How many were sent."""
    return send_each(RootMail.objects.select_related("root"), letter, now)


def letter(mail, _now):
    """In both languages: an address outside has none."""
    root = mail.root
    site, keys = settings.WAGTAIL_SITE_NAME, settings.PUBLIC_ORIGIN + reverse("certificates:keys")
    values = {"root": root, "site": site, "keys": keys}
    texts = [in_language(language, values) for language, _name in settings.LANGUAGES]
    email = EmailMessage(f"{site} · register root {root.day}", "\n\n".join(texts), None, [mail.address])
    told = {**root.told(), "keys": list(public_keys().values())}
    email.attach(f"register-root-{root.day}.json", json.dumps(told, indent=1), "application/json")
    return email


def in_language(language, values):
    with spoken_in(language):
        return render_to_string("certification/register/root.txt", values).strip()
