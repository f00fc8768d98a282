"""The marks of the online rooms that ended; once a day the root of the register, its verification and its letters."""

import logging

from django.db import IntegrityError

from events.due import due

from .models import RegisterCheck, RegisterRoot
from .rooms import settle
from .witnesses import send_roots

logger = logging.getLogger(__name__)
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
