import json

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import chain, keys
from events.models import Session
from events.models.posts import Post

from .register import RegisterEntry


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
        return self.mails.all().send_again(now)

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


class RootMail(Post):
    """A root on its way to an address outside."""

    root = models.ForeignKey(RegisterRoot, models.PROTECT, related_name="mails")
    address = models.CharField(max_length=254)

    class Meta(Post.Meta):
        verbose_name = _("root sent outside")
        ordering = ["address"]
        constraints = [
            *Post.Meta.constraints,
            models.UniqueConstraint(fields=["root", "address"], name="root_sent_once"),
        ]

    def __str__(self):
        return f"{self.root} · {self.address}"
