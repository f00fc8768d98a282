"""Issues the certificates of a batch: one transaction a person, so that it may be stopped at any point and taken up."""

import logging

from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task

from home.documents.fonts import MissingGlyph

from . import refusals
from .issuing import issue
from .models import Batch, BatchItem
from .refusals import Refused

logger = logging.getLogger(__name__)
# After so many people, other jobs have their turn.
AT_ONCE = 50


def begin(edition, by, now):
    """The batch of an edition, and a worker that is asked for it. Refused before the edition starts."""
    if edition.asked is None:
        raise Refused("not_started")
    batch = Batch.objects.begin(edition, by, now)
    transaction.on_commit(lambda: carry_on.enqueue(batch.pk))
    return batch


@task(backend="background")
def carry_on(batch_id):
    """May be asked for again at any time, and by several workers at once."""
    batch = Batch.objects.select_related("edition__cohort", "author").get(pk=batch_id)
    issue_some(batch)
    if not batch.finish(timezone.now()):
        carry_on.enqueue(batch_id)


def issue_some(batch, clock=timezone.now):
    """Issues to the next ones who are left."""
    for pk in list(batch.items.left().values_list("pk", flat=True)[:AT_ONCE]):
        settle(pk, batch, clock())


@transaction.atomic
def settle(pk, batch, now):
    """The certificate and the line that says so come together, or neither does."""
    item = BatchItem.objects.select_for_update(of=("self",)).select_related("learner").get(pk=pk)
    if item.settled_at is None:
        item.settle(now, refused(item.learner, batch, now))


def refused(learner, batch, now):
    """Why this person got none, as it is kept; None when they have one."""
    try:
        issue(learner, batch.edition, batch.author, now)
    except (Refused, MissingGlyph) as error:
        return refusals.kept(error)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("A certificate could not be issued in the batch %s.", batch.code)
        return {"code": "failed"}
    return None
