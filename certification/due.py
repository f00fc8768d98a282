"""The marks of the online rooms that ended; once a day the root of the register, its verification and its letters; what
a lost job did not make of certificates, files, minutes and credentials, or did not send; and the status lists when the
key has changed."""

import datetime
import logging

from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from events.due import due, survived

from .batching import carry_on
from .convoking import send_convoked
from .credentialing import make_credentials, publish
from .expiry import remind_all
from .models import Batch, Certificate, JuryClosing, RegisterCheck, RegisterRoot, StatusList
from .rooms import settle
from .tasks import make_file, make_minutes
from .witnesses import send_roots

logger = logging.getLogger(__name__)
LATE, AT_ONCE = datetime.timedelta(minutes=10), 50
due(settle)
due(remind_all)
due(send_convoked)


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
def late_batches(now):
    """Those whose worker was stopped."""
    for batch in [] if is_queued(carry_on) else Batch.objects.lost(now):
        carry_on.enqueue(batch.pk)


@due
def late_files(now):
    """Of certificates whose job was lost: none waits for a worker, and yet there is no file."""
    late = Certificate.objects.filter(file=None, issued_at__lt=now - LATE).order_by("pk")
    for certificate in [] if is_queued(make_file) else late[:AT_ONCE]:
        make_file.enqueue(certificate.pk)


@due
def late_minutes(now):
    """Of juries that all signed, in the same way."""
    late = JuryClosing.objects.filter(file=None, at__lt=now - LATE).exclude(minutes=None).order_by("pk")
    for closing in [] if is_queued(make_minutes) else late[:AT_ONCE]:
        make_minutes.enqueue(closing.pk)


def is_queued(task):
    return DBTaskResult.objects.ready().filter(task_path=task.module_path).exists()


@due
def status_lists(now):
    for number in StatusList.objects.values_list("number", flat=True):
        publish(number, now)
