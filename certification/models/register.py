from operator import attrgetter

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification import chain
from events.models import Session


def hold(session_id):
    """Whoever writes in the register of a session waits here for the one before."""
    return Session.objects.select_for_update(no_key=True).get(pk=session_id)


class RegisterQuerySet(models.QuerySet):
    def append(self, session, kind, said):
        """The next link of the session, which its writer holds."""
        link = link_after(self.filter(session=session).order_by("position").last(), session, kind, said)
        link.save(force_insert=True)
        return link

    def end_of(self, session):
        """The last digest of a session."""
        last = self.filter(session=session).order_by("position").last()
        return last.digest if last else chain.START


class RegisterEntry(models.Model):
    """A link in the register of a session: what was stated, in codes only, and a digest over it and all before it.

    A tombstone stands for the links that were purged at the end of their legal time.
    """

    class Kind(models.TextChoices):
        MARK = "mark", _("presence")
        DECISION = "decision", _("decision on a late mark")
        LOCK = "lock", _("countersignature")
        PAPER = "paper", _("paper sheet")
        TOMBSTONE = "tombstone", _("purged")

    session = models.ForeignKey(Session, models.PROTECT, related_name="register")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    body = models.TextField()
    digest = models.CharField(max_length=64)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the register")
        ordering = ["session", "position"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="link_follows_another")]

    def __str__(self):
        return f"{self.session_id} · {self.position}"


class Tombstone(models.Model):
    """The signature under the link that stands for a purged session."""

    entry = models.OneToOneField(RegisterEntry, models.PROTECT, related_name="tombstone")
    kid = models.CharField(max_length=43)
    signature = models.CharField(max_length=86)

    class Meta:
        verbose_name = _("tombstone")

    def __str__(self):
        return str(self.entry)


class Fact(models.Model):
    """A row of proof with its link. `SAID` names what the link states, `SEALED` what its side row holds.

    `LINK_KIND` is its kind, `SESSION` leads to its session."""

    LINK_KIND, SAID, SEALED, SESSION = "", {}, {}, "slot__session"

    entry = models.OneToOneField(RegisterEntry, models.PROTECT, related_name="%(class)s", editable=False)

    class Meta:
        abstract = True

    @property
    def said(self):
        return {key: attrgetter(lookup.replace("__", "."))(self) for key, lookup in self.SAID.items()}

    def chain_to(self, session):
        self.entry = RegisterEntry.objects.append(session, self.LINK_KIND, self.said)


def link_body(session_code, position, kind, said):
    return {"session": session_code, "position": position, "kind": kind, **chain.stated(said)}


def link_after(last, session, kind, said):
    """The link of a session that follows another one, or the first. It is not saved."""
    position, previous = (last.position + 1, last.digest) if last else (1, chain.START)
    body = chain.canonical(link_body(session.code, position, kind, said))
    digest = chain.digest(previous, body)
    return RegisterEntry(session=session, position=position, kind=kind, body=body, digest=digest)
