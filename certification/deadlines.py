"""How long a certificate may wait for the State's register: alert after 60 days, the law gives three months."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from .models import Passage

ALERT, LIMIT = timedelta(days=60), timedelta(days=90)


@dataclass(frozen=True)
class Delay:
    """`days` since the certificate was issued, and the last day of the law."""

    days: int
    until: date
    late: bool
    over: bool


def delay(issued_at, today):
    issued_on = timezone.localdate(issued_at)
    waited = today - issued_on
    return Delay(waited.days, issued_on + LIMIT, waited >= ALERT, waited > LIMIT)


def alert(user, today):
    """(how many passages have waited for 60 days, the delay of the oldest), None when there is none: one query."""
    end_of_day = timezone.make_aware(datetime.combine(today - ALERT + timedelta(days=1), time()))
    waiting = Passage.objects.coordinated_by(user).open().filter(certificate__issued_at__lt=end_of_day)
    found = waiting.aggregate(count=Count("pk"), oldest=Min("certificate__issued_at"))
    return (found["count"], delay(found["oldest"], today)) if found["count"] else None
