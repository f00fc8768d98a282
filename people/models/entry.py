"""How somebody without an e-mail address gets in, and back in (docs/architecture.md, decision 11)."""

import datetime
import hashlib
import secrets
import uuid
from enum import StrEnum

from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .persons import User

LIFETIMES = {"first": datetime.timedelta(days=30), "reset": datetime.timedelta(minutes=15)}
# After each of these numbers of wrong PINs one waits; after the last number nothing opens but a new PIN.
PAUSES, PAUSE, LAST = (5, 10, 15), datetime.timedelta(minutes=15), 20


def new_code():
    """128 bits, in letters that a QR code and an address carry as they are."""
    return secrets.token_urlsafe(16)


class CardQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(revoked_at=None)

    def read(self, code):
        """The standing card with this code; None when it was revoked or never was, or when its person has left."""
        return self.standing().filter(code=code, person__is_active=True).select_related("person").first()

    def digests(self, people):
        """The SHA-256 of the standing card of each person, by pk: enough to know a card that is seen, and no more."""
        cards = self.standing().filter(person__in=people).values_list("person", "code")
        return {person: hashlib.sha256(code.encode()).hexdigest() for person, code in cards}

    def of(self, person, now):
        """The standing card of this person, made when there is none."""
        return self.get_or_create(person=person, revoked_at=None, defaults={"made_at": now})[0]


class Card(models.Model):
    """A personal card with a QR code: it says who somebody is and proves nothing, the PIN does."""

    code = models.CharField(max_length=22, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="cards")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card")
        constraints = [models.UniqueConstraint("person", condition=Q(revoked_at=None), name="one_standing_card")]

    def __str__(self):
        return f"{self.person}"


class InvitationQuerySet(models.QuerySet):
    def open(self, now):
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)

    def invite(self, person, author, now, kind="first", by_card=False):
        """The new invitation and the token of its link, which is kept nowhere. It takes the place of the one before."""
        token = new_code()
        with transaction.atomic():
            self.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
            invitation = self.create(
                person=person,
                author=author,
                kind=kind,
                by_card=by_card,
                digest=digest_of(token),
                made_at=now,
                expires_at=now + LIFETIMES[kind],
            )
        return invitation, token

    def opened_by(self, token, now):
        """The open invitation of a link; None when it was used, replaced, has expired or never was."""
        return self.told(now).filter(digest=digest_of(token)).first()

    def opened_by_card(self, card, now):
        """The first entry of somebody who received a card before choosing a PIN."""
        return self.told(now).filter(person=card.person_id, person__pin=None, kind="first", by_card=True).first()

    def entered(self, user, token):
        """Whether somebody who is signed in came by this link."""
        return user.is_authenticated and self.filter(digest=digest_of(token), person=user).exists()

    def told(self, now):
        """Open, with what its page shows."""
        return self.open(now).filter(person__is_active=True).select_related("person__organisation", "author")


class Invitation(models.Model):
    """Opens an account to whoever holds its link, once and for a time: the first entry, or a new PIN."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first entry")
        RESET = "reset", _("new PIN")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    author = models.ForeignKey(User, models.PROTECT, related_name="invitations_made")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.FIRST)
    by_card = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                "person", condition=Q(used_at=None, withdrawn_at=None), name="one_standing_invitation"
            ),
            models.CheckConstraint(
                name="invitation_used_or_withdrawn", condition=Q(used_at=None) | Q(withdrawn_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.get_kind_display()}"

    def use(self, now):
        """Whether it was still open: of two who come at once, one enters."""
        return bool(Invitation.objects.open(now).filter(pk=self.pk).update(used_at=now))


def digest_of(token):
    return salted_hmac("people.invitation", token, algorithm="sha256").hexdigest()


class PinQuerySet(models.QuerySet):
    def choose(self, person, digits, now):
        """A new PIN is counted anew."""
        new = {"digest": make_password(digits), "set_at": now, "failures": 0, "failed_at": None}
        return self.update_or_create(person=person, defaults=new)[0]

    def open_to_a_try(self, now):
        return self.filter(failures__lt=LAST).exclude(failures__in=PAUSES, failed_at__gt=now - PAUSE)


class Pin(models.Model):
    """Six digits, kept apart from the password: they open an account only to a card or a device that is known.

    `failures` counts the wrong ones since the last right one, from wherever they come.
    """

    class Answer(StrEnum):
        RIGHT, WRONG, WAIT, LOCKED = "right", "wrong", "wait", "locked"

    person = models.OneToOneField(User, models.CASCADE, related_name="pin")
    digest = models.CharField(max_length=255)
    set_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("PIN")

    def __str__(self):
        return f"{self.person}"

    def answer(self, digits, now):
        """A try is counted before it is looked at: many at once have no more tries than one after the other."""
        if not self.fail(now):
            return self.refusal()
        if not check_password(digits, self.digest):
            return self.Answer.WRONG
        Pin.objects.filter(pk=self.pk).update(failures=0, failed_at=None)
        return self.Answer.RIGHT

    def fail(self, now):
        """Whether one more try is allowed; it is counted."""
        allowed = Pin.objects.open_to_a_try(now).filter(pk=self.pk)
        return bool(allowed.update(failures=F("failures") + 1, failed_at=now))

    def refusal(self):
        self.refresh_from_db(fields=["failures"])
        return self.Answer.LOCKED if self.failures >= LAST else self.Answer.WAIT
