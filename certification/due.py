"""Once a day: the root of the register, the verification of all of it, and the letters to the witnesses. Each minute:
the status lists of credentials, should a job have been lost or the key have changed."""

import logging

from django.db import IntegrityError

from events.due import due

from .credentialing import publish
from .models import RegisterCheck, RegisterRoot, StatusList
from .witnesses import send_roots

logger = logging.getLogger(__name__)


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
def status_lists(now):
    for number in StatusList.objects.values_list("number", flat=True):
        publish(number, now)
