"""Tells the holder, in their language, that a certificate ends soon: once 90 days before, once 30 days before."""

import datetime
import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.interface import spoken_in

from .models import Certificate, ExpiryReminder

logger = logging.getLogger(__name__)
REMINDERS = (30, 90)
AT_ONCE = 100


def remind_all(now):
    """How many were sent. Of two that are due at once, the later one alone is sent."""
    today = timezone.localdate(now)
    return sum(send(certificate, days, now) for days, certificate in list(due(today)))


def due(today):
    """(days, certificate) of what ends soon, and was not told yet."""
    last = 0
    for days in REMINDERS:
        from_day, until = today + datetime.timedelta(days=last), today + datetime.timedelta(days=days)
        ending = Certificate.objects.standing().filter(expires_on__gt=from_day, expires_on__lte=until)
        reached = ending.exclude(learner__email="").filter(learner__is_active=True).exclude(reminders__days=days)
        for certificate in reached.select_related("learner")[:AT_ONCE]:
            yield days, certificate
        last = days


def send(certificate, days, now):
    reminder = ExpiryReminder.objects.claim(certificate, days, now)
    if reminder is None:
        return False
    learner = certificate.learner
    spoken = learner.interface_language
    try:
        with spoken_in(spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            send_mail(_("A message about your account"), letter(certificate), None, [learner.email])
    except OSError:  # What a mail server says is one too.
        logger.exception("The reminder of a certificate was not sent: %s", certificate.number)
        return False
    ExpiryReminder.objects.filter(pk=reminder.pk).update(sent_at=timezone.now())
    return True


def letter(certificate):
    page = settings.PUBLIC_ORIGIN + reverse("certification:my_certificates")
    return render_to_string("certification/expiry.txt", {"certificate": certificate, "page": page}).strip() + "\n"
