"""The root of the day, mailed outside: whoever keeps these letters can tell whether the register was changed since."""

import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from events.tasks import attempt
from home.interface import spoken_in

from .keys import public_keys
from .models import RootMail


def send_roots(now):
    """How many were sent. A mail is claimed before it is sent, and never sent again by itself."""
    sent = 0
    waiting = RootMail.objects.filter(state=RootMail.State.WAITING).order_by("pk")
    for pk in waiting.values_list("pk", flat=True):
        if RootMail.objects.claim(pk, now):
            sent += send(RootMail.objects.select_related("root").get(pk=pk))
    return sent


def send(mail):
    state = RootMail.State(attempt(letter(mail)))
    sent_at = timezone.now() if state == RootMail.State.SENT else None
    RootMail.objects.filter(pk=mail.pk, state=RootMail.State.CLAIMED).update(state=state, sent_at=sent_at)
    return state == RootMail.State.SENT


def letter(mail):
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
