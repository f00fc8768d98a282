import datetime
import json

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import chain, keys
from events.models import Session

from .register import RegisterEntry

LOST = datetime.timedelta(minutes=10)


class RootQuerySet(models.QuerySet):
    def make(self, now):
        """The root of the day, once: days that were missed are in the next. None when there is one already."""
        day = timezone.localdate(now)
        last = self.order_by("day").last()
        return None if last and last.day >= day else self._add(day, last, now)

    @transaction.atomic
    def _add(self, day, last, now):
        root = self.model(day=day, previous=last.root if last else chain.START, made_at=now)
        ends = [RegisterLeaf(session=end.session, position=end.position, digest=end.digest) for end in new_ends()]
        root.root = chain.hashed(root.text(ends))
        root.sessions = len(ends)
        root.kid, root.signature = keys.sign(root.signed_line)
        root.save(force_insert=True)
        for end in ends:
            end.root = root
        RegisterLeaf.objects.bulk_create(ends, batch_size=1000)
        RootMail.objects.bulk_create(RootMail(root=root, address=address) for address in settings.REGISTER_WITNESSES)
        return root


class RegisterRoot(models.Model):
    """One digest over the registers that grew since the root before, and over that root: each day covers all that came
    before it, and costs no more than what happened."""

    day = models.DateField(unique=True)
    previous = models.CharField(max_length=64, unique=True)
    sessions = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    kid = models.CharField(max_length=43)
    signature = models.CharField(max_length=86)
    made_at = models.DateTimeField()

    objects = RootQuerySet.as_manager()

    class Meta:
        verbose_name = _("root of the register")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day} · {self.root[:16]}"

    @property
    def signed_line(self):
        return f"register root {self.day:%Y-%m-%d} {self.root}"

    def text(self, ends=None):
        """What the root is the digest of."""
        ends = self.ends.select_related("session") if ends is None else ends
        listed = sorted([str(end.session.code), end.position, end.digest] for end in ends)
        return chain.canonical(
            {"day": f"{self.day:%Y-%m-%d}", "made_at": self.made_at, "previous": self.previous, "sessions": listed}
        )

    def told(self, ends=None):
        """What the root is the digest of, and how it is signed: for whoever checks it elsewhere."""
        values = json.loads(self.text(ends))
        return {**values, "root": self.root, "kid": self.kid, "signature": self.signature}

    def send_again(self, now):
        """Its mails that failed or are in doubt wait again, because a person asks for it. How many: twice is once."""
        lost = Q(state=RootMail.State.CLAIMED, claimed_at__lt=now - LOST)
        doubtful = Q(state__in=[RootMail.State.FAILED, RootMail.State.UNCERTAIN]) | lost
        return self.mails.filter(doubtful).update(state=RootMail.State.WAITING, claimed_at=None)

    @property
    def holds(self):
        """Whether it is what its ends give, signed by one of our keys."""
        ends = list(self.ends.select_related("session"))
        right = chain.hashed(self.text(ends)) == self.root and len(ends) == self.sessions
        return right and keys.is_signed(self.kid, self.signed_line, self.signature)


class RegisterLeaf(models.Model):
    """Where the register of a session ended when a root was made."""

    root = models.ForeignKey(RegisterRoot, models.PROTECT, related_name="ends")
    session = models.ForeignKey(Session, models.PROTECT, related_name="register_ends")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("end of a register")
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="end_in_one_root")]

    def __str__(self):
        return f"{self.session_id} · {self.position}"


def new_ends():
    """The last link of each session whose register grew since the last root."""
    known = RegisterLeaf.objects.filter(session=OuterRef("session")).values("session").annotate(end=Max("position"))
    last = RegisterEntry.objects.filter(session=OuterRef("session")).order_by("-position").values("position")[:1]
    ends = RegisterEntry.objects.annotate(last=Subquery(last), known=Subquery(known.values("end")))
    grown = ends.filter(position=F("last")).filter(Q(known=None) | Q(known__lt=F("position")))
    return grown.select_related("session")


class RootMailQuerySet(models.QuerySet):
    def claim(self, pk, now):
        """Whether it is ours to send: of several workers, one gets it."""
        waiting = self.filter(pk=pk, state=RootMail.State.WAITING)
        return bool(waiting.update(state=RootMail.State.CLAIMED, claimed_at=now))


class RootMail(models.Model):
    """A root on its way to an address outside. Claimed before it is sent; in doubt, it is not sent again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be sent")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        UNCERTAIN = "uncertain", _("uncertain: it may have arrived")

    root = models.ForeignKey(RegisterRoot, models.PROTECT, related_name="mails")
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = RootMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("root sent outside")
        ordering = ["address"]
        constraints = [
            models.UniqueConstraint(fields=["root", "address"], name="root_sent_once"),
            models.CheckConstraint(
                name="root_claimed_at_a_moment", condition=~Q(state="claimed") | Q(claimed_at__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.root} · {self.address}"

    def state_at(self, now):
        """One that stayed claimed was in the hands of a worker that stopped."""
        if self.state == self.State.CLAIMED and self.claimed_at < now - LOST:
            return self.State.UNCERTAIN
        return self.State(self.state)
