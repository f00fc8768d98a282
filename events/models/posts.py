import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LOST = datetime.timedelta(minutes=10)


class State(models.TextChoices):
    WAITING = "waiting", _("to be sent")
    CLAIMED = "claimed", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")
    UNCERTAIN = "uncertain", _("uncertain: it may have arrived")
    TO_SHARE = "to_share", _("to share by hand")


class PostQuerySet(models.QuerySet):
    def claim(self, pk, now):
        """Whether it is ours to send: of several workers, one gets it."""
        return bool(self.filter(pk=pk, state=State.WAITING).update(state=State.CLAIMED, claimed_at=now))

    def send_again(self, now):
        """Those that failed or are in doubt wait again, because a person asks for it. How many: twice is once."""
        lost = Q(state=State.CLAIMED, claimed_at__lt=now - LOST)
        doubtful = self.filter(Q(state__in=[State.FAILED, State.UNCERTAIN]) | lost)
        return doubtful.update(state=State.WAITING, claimed_at=None)


class Post(models.Model):
    """What is mailed. It is claimed before it is sent; one that stayed claimed may have arrived or not, and is never
    sent again by itself."""

    State = State

    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_claimed_at_a_moment", condition=~Q(state="claimed") | Q(claimed_at__isnull=False)
            )
        ]

    def state_at(self, now):
        """One that stayed claimed was in the hands of a worker that stopped."""
        if self.state == State.CLAIMED and self.claimed_at < now - LOST:
            return State.UNCERTAIN
        return State(self.state)

    def is_in_doubt(self, now):
        """A person may send it again."""
        return self.state_at(now) in (State.FAILED, State.UNCERTAIN)

    def settle(self, state, now):
        """Writes down what became of one that was claimed. Whether it was sent."""
        sent_at = now if state == State.SENT else None
        type(self).objects.filter(pk=self.pk, state=State.CLAIMED).update(state=state, sent_at=sent_at)
        return state == State.SENT
