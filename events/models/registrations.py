import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.refusals import Refusal

from .messages import Message
from .sessions import Session

Kind = Message.Kind


class RegistrationQuerySet(models.QuerySet):
    def standing(self):
        """Those who have a place."""
        return self.filter(cancelled_at=None, waiting=False)

    def in_line(self):
        return self.filter(cancelled_at=None, waiting=True).order_by("at", "pk")

    def kept(self):
        """With a place or waiting for one."""
        return self.filter(cancelled_at=None)

    def seen_by(self, user):
        sessions = Session.objects.led_by(user)
        return self.filter(Q(session__in=sessions) | Q(learner__in=user.people_seen()))

    @transaction.atomic
    def register(self, session, learner, now, language=settings.LANGUAGE_CODE):
        """Registers once: with a place while one is free, else at the end of the line. Returns a Refusal or None."""
        session = locked(session)
        if self.kept().filter(session=session, learner=learner).exists():
            return None
        refusal = session.refusal(now)
        if refusal is None and not session.is_for(learner):
            refusal = Refusal.MEMBERS
        if refusal is None:
            self.admit(session, {}, now, learner=learner, language=language)
        return refusal

    @transaction.atomic
    def register_guest(self, session, detail, now, language):
        """Somebody without an account, known by an e-mail or a phone number; once. Returns a Refusal or None."""
        session = locked(session)
        refusal = session.refusal(now) if session.open_to_public else Refusal.MEMBERS
        same = Q(detail__email__iexact=detail["email"]) if detail["email"] else Q(detail__phone=detail["phone"])
        known = self.kept().filter(same, session=session, learner=None).exists()
        if refusal is None and not known:
            self.admit(session, detail, now, language=language)
        return refusal

    def admit(self, session, detail, now, **who):
        """Needs the lock: nobody overtakes those who wait."""
        here = self.filter(session=session)
        full = here.in_line().exists() or here.standing().count() >= session.capacity
        registration = self.create(session=session, at=now, waiting=full, **who)
        if detail:
            RegistrationDetail.objects.create(registration=registration, **detail)
        Message.objects.write(Kind.LINE if full else Kind.CONFIRMATION, [registration], session, now)

    def cancel(self, session, learner, now):
        """Without a registration there is nothing to do. Returns a Refusal or None."""
        mine = self.kept().filter(session=session, learner=learner).first()
        return mine and mine.cancel(now)

    def move_up(self, session, now):
        """Needs the lock. Gives the free places to those who wait, in the order they came, and tells them."""
        if session.has_started(now) or session.status not in (Session.Status.OPEN, Session.Status.CLOSED):
            return
        here = self.filter(session=session)
        free = max(session.capacity - here.standing().count(), 0)
        moved = list(here.in_line().select_related("learner", "detail")[:free])
        here.filter(pk__in=[registration.pk for registration in moved]).update(waiting=False)
        Message.objects.write(Kind.MOVED, moved, session, now)

    @transaction.atomic
    def tell_changes(self, session, now):
        """Tells those who are registered what changed since they were last told, and fills the free places."""
        session = locked(session)
        if session.status == Session.Status.DRAFT or session.has_ended(now):
            return
        cancelled = session.status == Session.Status.CANCELLED
        if session.told != session.facts:
            news = int(bool(session.told) or cancelled)
            Session.objects.filter(pk=session.pk).update(told=session.facts, sequence=F("sequence") + news)
            session.sequence += news
            if news:
                people = self.kept().filter(session=session).select_related("learner", "detail")
                Message.objects.write(Kind.CANCELLATION if cancelled else Kind.CHANGE, people, session, now)
        self.move_up(session, now)


def locked(session):
    return Session.objects.select_for_update().get(pk=session.pk)


class Registration(models.Model):
    """A place, or a place in the waiting list. Without a learner it is somebody who has no account."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="registrations")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    waiting = models.BooleanField(_("waiting"), default=False)
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(_("convocation read"), null=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "learner"], condition=models.Q(cancelled_at=None), name="registered_once"
            )
        ]

    def __str__(self):
        return f"{self.name} · {self.session}"

    @property
    def said(self):
        """What they said when they registered; it goes after the session."""
        return getattr(self, "detail", None)

    @property
    def name(self):
        return str(self.learner) if self.learner_id else (self.said.name if self.said else "—")

    @property
    def address(self):
        """An e-mail address, or nothing."""
        return self.learner.email if self.learner_id else (self.said.email if self.said else "")

    @property
    def phone(self):
        return self.said.phone if self.said else ""

    @property
    def spoken(self):
        wanted = self.learner.interface_language if self.learner_id else ""
        return wanted if wanted in dict(settings.LANGUAGES) else self.language

    def acknowledge(self, now):
        """They read their convocation. Twice is once."""
        Registration.objects.standing().filter(pk=self.pk, read_at=None).update(read_at=now)

    @transaction.atomic
    def cancel(self, now, by_staff=False):
        """Twice is once; somebody who waits may leave at any time. Returns a Refusal or None."""
        session = locked(self.session)
        mine = Registration.objects.kept().filter(pk=self.pk).first()
        if mine is None:
            return None
        if not (mine.waiting or by_staff or session.may_cancel(now)):
            return Refusal.LATE
        Registration.objects.filter(pk=mine.pk).update(cancelled_at=now)
        Message.objects.write(Kind.LEFT, [mine], session, now)
        Registration.objects.move_up(session, now)
        return None


class RegistrationDetail(models.Model):
    """What somebody told the trainers of one session, and nobody else: deleted soon after it."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="detail")
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    needs = models.CharField(_("what you need to take part"), max_length=300, blank=True)
    question = models.CharField(_("your question"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("registration detail")

    def __str__(self):
        return f"{self.registration_id}"
