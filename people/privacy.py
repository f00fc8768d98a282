"""What the rooms hold on a person: why, on which legal basis, until when; how it is exported and how it is erased.

Each room registers its kinds of data in its own `privacy.py` (this room in `kinds.py`), which `people.apps` finds when
the site starts: people is exported and erased without importing the rooms above it. A relation to a person is declared
by a kind, or named in `exempt` with a reason; a test walks all models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import PurePath

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from .models import ErasureRequest, TrailEntry, User
from .models.trail import note

ROOMS = {}
EXEMPT = {}


class Basis(models.TextChoices):
    CONTRACT = "contract", _("the training that the person follows (contract)")
    LAW = "law", _("a legal obligation: to prove that the training took place")
    CHOICE = "choice", _("the person’s own choice")
    CONSENT = "consent", _("the person’s consent, which they may take back")


class Fate(models.TextChoices):
    """What happens to it when the person is erased."""

    DELETED = "deleted", _("Deleted at once.")
    UNNAMED = "unnamed", _("Kept without a name: a code stands in its place.")
    PROOF = "proof", _("Kept as proof for its legal time, then deleted.")
    REGISTER = "register", _("Kept as proof for its legal time: the register cannot be changed.")


SINCE = {
    "device": _("until %(time)s after the sign-in, or until it is signed out"),
    "account": _("until %(time)s after the last visit"),
    "start": _("until %(time)s after it was started"),
    "fact": _("until %(time)s after it was done"),
    "edition": _("until %(time)s after the end of the training"),
    "session": _("until %(time)s after the session"),
    "request": _("until %(time)s after the request"),
    "accepted": _("until %(time)s after the State’s register accepted it"),
    "": _("as long as the account"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of data. `person` is the lookup that leads to its person, `at` the one of its moment: without it the
    rows live as long as the account. `goes` narrows down what an erasure deletes."""

    key: str
    name: str
    why: str
    basis: Basis
    model: type[models.Model]
    person: str
    values: tuple[str, ...]
    fate: Fate
    term: str = "account"
    since: str = ""
    at: str = ""
    goes: Callable | None = None
    files: Callable = lambda user: []

    def __hash__(self):
        return hash(self.key)

    @property
    def relation(self):
        return f"{self.model._meta.label}.{self.person}"

    @property
    def days(self):
        return timedelta(days=settings.RETENTION_DAYS[self.term])

    @property
    def until(self):
        return SINCE[self.since] % {"time": in_words(self.days.days)}

    def rows(self, user):
        return self.model._base_manager.filter(**{self.person: user.pk})

    def export(self, user):
        return list(self.rows(user).order_by("pk").values(*self.values))

    def expired(self, now):
        """What is older than its time. A register refuses to delete a row, whatever its age."""
        rows = self.model._base_manager
        if not self.at or self.fate == Fate.REGISTER:
            return rows.none()
        return rows.filter(**{f"{self.at}__lt": now - self.days})

    def leaving(self, user, now):
        """What an erasure deletes at once."""
        if self.goes:
            return self.goes(self.rows(user), now)
        if self.fate == Fate.DELETED:
            return self.rows(user)
        return self.expired(now).filter(**{self.person: user.pk}) if self.fate == Fate.PROOF else self.rows(user).none()

    def preview(self, user, now):
        leaving = self.leaving(user, now)
        kept = self.rows(user).exclude(pk__in=leaving.values("pk"))
        proof = self.at and self.fate in (Fate.PROOF, Fate.REGISTER)
        latest = kept.aggregate(latest=Max(self.at))["latest"] if proof else None
        return Preview(self, leaving.count(), kept.count(), latest and latest + self.days)

    def erase(self, user, now):
        self.forget_labels(user)
        self.remove(self.leaving(user, now))

    def remove(self, leaving):
        """Deletes rows and, once that is sure, the files that they hold."""
        rows = list(leaving)
        self.model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
        for file in uploads(self.model, rows):
            transaction.on_commit(partial(file.storage.delete, file.name))

    def forget_labels(self, user):
        """Wagtail writes the name of what was edited in its journal."""
        entries = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(self.model))
        pks = [str(pk) for pk in self.rows(user).values_list("pk", flat=True)]
        entries.filter(object_id__in=pks).update(label=user.code.hex)


@dataclass(frozen=True)
class Preview:
    kind: Kind
    deleted: int
    kept: int
    until: datetime | None

    @property
    def fate(self):
        return self.kind.fate if self.kept else Fate.DELETED


def uploads(model, rows):
    """The files that rows hold in fields of their own."""
    names = [field.name for field in model._meta.concrete_fields if isinstance(field, models.FileField)]
    return [file for row in rows for name in names if (file := getattr(row, name))]


def avatars(user):
    for file in uploads(UserProfile, UserProfile.objects.filter(user=user)):
        with file.storage.open(file.name) as content:
            yield PurePath(file.name).name, content.read()


def in_words(days):
    """How long, for somebody who reads it: in years when they are whole."""
    years, rest = divmod(days, 365.25)
    if years and rest < 1:
        return ngettext("%(count)d year", "%(count)d years", int(years)) % {"count": years}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def register(room, *kinds):
    ROOMS[room] = kinds


def exempt(reason, *relations):
    EXEMPT.update(dict.fromkeys(relations, reason))


def all_kinds():
    """The account first, then room by room upwards: the settings name the rooms from the top."""
    return [kind for app in reversed(list(apps.get_app_configs())) for kind in ROOMS.get(app.name, [])]


def held_on(user):
    """Each kind of which there is something, with how much."""
    counted = [(kind, kind.rows(user).count()) for kind in all_kinds()]
    return [(kind, count) for kind, count in counted if count]


def sections_on(user):
    """The export: what a reader needs to know, and the rows, by kind."""
    return {
        kind.key: {"name": kind.name, "why": kind.why, "until": kind.until, "rows": kind.export(user)}
        for kind in all_kinds()
    }


def files_on(user):
    """Pairs of a name and bytes, read one by one."""
    for kind in all_kinds():
        yield from kind.files(user)


def preview(user, now):
    """What erasing this person would do to each kind of which there is something."""
    lines = [kind.preview(user, now) for kind in all_kinds()]
    return [line for line in lines if line.deleted or line.kept]


@transaction.atomic
def erase(user, now, by=None):
    """In one transaction. Twice is harmless: the first time stays."""
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.erased_at:
        return
    for kind in all_kinds():
        kind.erase(person, now)
    done = {"decided_at": now, "decided_by": by, "outcome": ErasureRequest.Outcome.DONE}
    ErasureRequest.objects.open().filter(person=person).update(**done)
    person.forget(now)
    note(TrailEntry.Action.ERASED, by, now, person)


def inactive(now):
    """The people who neither came nor did anything for the time of an account. Administrators are never among them."""
    since = now - ACCOUNT.days
    people = User.objects.filter(Q(last_login=None) | Q(last_login__lt=since), date_joined__lt=since)
    for kind in all_kinds():
        if kind.at and kind is not ACCOUNT:
            lately = {f"{kind.at}__gte": since, f"{kind.person}__isnull": False}
            people = people.exclude(pk__in=kind.model._base_manager.filter(**lately).values(kind.person))
    return people.filter(erased_at=None, is_superuser=False)


def apply_retention(now, dry_run=False):
    """Removes what is older than its time and erases who has been away for too long. Pairs of a kind and a number."""
    report = []
    for kind in all_kinds():
        due = inactive(now) if kind is ACCOUNT else kind.expired(now)
        report.append((kind, due.count()))
    if not dry_run:
        remove_expired(now)
    return report


@transaction.atomic
def remove_expired(now):
    people = list(inactive(now))
    for kind in all_kinds():
        kind.remove(kind.expired(now))
    for person in people:
        erase(person, now)


ACCOUNT = Kind(
    key="account",
    name=_("The account: names, user name, e-mail, languages"),
    why=_("To sign in, and to be called and addressed as the person wishes."),
    basis=Basis.CONTRACT,
    model=User,
    person="pk",
    values=(
        "username",
        "printed_name",
        "used_name",
        "agreement",
        "interface_language",
        "mother_tongue",
        "email",
        "organisation__name",
        "date_joined",
        "last_login",
        "is_active",
    ),
    fate=Fate.UNNAMED,
    since="account",
)
