"""Tells the holder, in their language, that a certificate ends soon: once 90 days before, once 30 days before."""

import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.tasks import send_each
from home.interface import spoken_in

from .models import Certificate, ExpiryReminder

# From so many days before the end until so many: of two that are due at once, the later one alone is sent.
REMINDERS = {30: 0, 90: 30}
AT_ONCE = 100
A_DAY = datetime.timedelta(days=1)


def remind_all(now):
    """How many were sent."""
    for days in REMINDERS:
        write(days, now)
    return send_each(ExpiryReminder.objects.select_related("certificate__learner"), email_of, now)


def ending(days, now):
    """The certificates whose holders hear of their end so many days before it."""
    today = timezone.localdate(now)
    soon, late = (today + datetime.timedelta(days=left) for left in (REMINDERS[days], days))
    standing = Certificate.objects.standing().filter(expires_on__gt=soon, expires_on__lte=late)
    return standing.exclude(learner__email="").filter(learner__is_active=True)


def write(days, now):
    """A reminder of each, once; what a server refused waits again the next day."""
    soon = ending(days, now)
    ExpiryReminder.objects.bulk_create(
        [
            ExpiryReminder(certificate=certificate, days=days, at=now)
            for certificate in soon.exclude(reminders__days=days)[:AT_ONCE]
        ],
        ignore_conflicts=True,
    )
    refused = ExpiryReminder.objects.filter(days=days, state=ExpiryReminder.State.FAILED, claimed_at__lte=now - A_DAY)
    refused.filter(certificate__in=soon).send_again(now)


def in_doubt(certificate, now):
    """The reminders that a person may send again: those for which it is not too late."""
    doubtful = [reminder for reminder in certificate.reminders.all() if reminder.is_in_doubt(now)]
    return [reminder for reminder in doubtful if is_due(reminder, now)]


def is_due(reminder, now):
    return ending(reminder.days, now).filter(pk=reminder.certificate_id).exists()


def send_again(certificate, now):
    doubtful = [reminder.pk for reminder in in_doubt(certificate, now)]
    return ExpiryReminder.objects.filter(pk__in=doubtful).send_again(now)


def email_of(reminder, now):
    if not is_due(reminder, now):
        return None
    certificate = reminder.certificate
    spoken = certificate.learner.interface_language
    with spoken_in(spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return EmailMessage(_("A message about your account"), letter(certificate), to=[certificate.learner.email])


def letter(certificate):
    page = settings.PUBLIC_ORIGIN + reverse("certification:my_certificates")
    return render_to_string("certification/expiry.txt", {"certificate": certificate, "page": page}).strip() + "\n"
