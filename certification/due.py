"""The marks of the online rooms that ended; once a day the root of the register, its verification and its letters; what
a lost job did not make of the credentials, and their status lists when the key has changed."""

import datetime
import logging

from django.db import IntegrityError

from events.due import due, survived

from .credentialing import make_credentials, publish
from .models import Certificate, RegisterCheck, RegisterRoot, StatusList
from .rooms import settle
from .witnesses import send_roots

logger = logging.getLogger(__name__)
LATE, AT_ONCE = datetime.timedelta(minutes=10), 50
due(settle)


@due
def daily_root(now):
    try:
        root = RegisterRoot.objects.make(now)
    except IntegrityError:
        # Another process made it at the same moment.
        root = None
    if root:
        report = RegisterCheck.objects.run(now)
        if report.broken:
            logger.error("The register is broken: %s", report.broken)
    send_roots(now)


@due
def late_credentials(now):
    """Of a certificate that was issued before there were credentials, too."""
    for certificate in Certificate.objects.filter(credentials=None, issued_at__lt=now - LATE)[:AT_ONCE]:
        with survived(certificate.number):
            make_credentials(certificate, now)


@due
def status_lists(now):
    for number in StatusList.objects.values_list("number", flat=True):
        publish(number, now)
