"""The audit trail in words: a plain sentence for each entry, in the reader's language.

Each room names the values that it notes in its own `trail.py`, which `people.apps` finds when the site starts.
"""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import ErasureRequest, TrailEntry, User
from .models.trail import Shown, note
from .roles import Role

Action = TrailEntry.Action
SENTENCES = {
    Action.INVITED: gettext_lazy("%(author)s invited %(whom)s"),
    Action.ENTERED: gettext_lazy("%(whom)s used an invitation"),
    Action.RESET: gettext_lazy("%(author)s gave %(whom)s a new way in"),
    Action.CARD: gettext_lazy("%(author)s made a card for %(whom)s"),
    Action.CARD_REVOKED: gettext_lazy("%(author)s cancelled the card of %(whom)s"),
    Action.CHANGED: gettext_lazy("%(author)s changed the account of %(whom)s"),
    Action.ROLES: gettext_lazy("%(author)s changed the roles of %(whom)s"),
    Action.ERASED: gettext_lazy("%(author)s erased %(whom)s"),
    Action.REFUSED: gettext_lazy("%(author)s refused to erase %(whom)s"),
    Action.SIGNED: gettext_lazy("%(author)s signed a half-day: %(whom)s"),
    Action.CORRECTED: gettext_lazy("%(author)s corrected the presence of %(whom)s"),
    Action.DECIDED: gettext_lazy("%(author)s decided on a late mark of %(whom)s"),
    Action.ISSUED: gettext_lazy("%(author)s issued a certificate to %(whom)s"),
    Action.REVOKED: gettext_lazy("%(author)s revoked the certificate of %(whom)s"),
    Action.AUDITOR: gettext_lazy("%(author)s opened the proof of a group to an auditor: %(whom)s"),
    Action.AUDITOR_ENDED: gettext_lazy("%(author)s ended the access of an auditor: %(whom)s"),
    Action.EXPORTED: gettext_lazy("%(author)s exported: %(whom)s"),
    Action.UNLOCKED: gettext_lazy("%(author)s removed the second proof of %(whom)s"),
    Action.CIVIL_READ: gettext_lazy("%(author)s read the civil status of %(whom)s"),
    Action.CIVIL_WRITTEN: gettext_lazy("%(author)s wrote the civil status of %(whom)s"),
    Action.DECLARED: gettext_lazy("%(author)s worked on a file for the State’s register: %(whom)s"),
    Action.JURY: gettext_lazy("%(author)s prepared a jury: %(whom)s"),
    Action.JURY_OFF: gettext_lazy("%(author)s cancelled a jury: %(whom)s"),
    Action.JURY_DECIDED: gettext_lazy("%(author)s wrote what a jury decided of %(whom)s"),
    Action.JURY_SIGNED: gettext_lazy("%(author)s signed the minutes of a jury: %(whom)s"),
    Action.DOCUMENT: gettext_lazy("%(author)s made a document for %(whom)s"),
    Action.WORDED: gettext_lazy("%(author)s changed the text of a document: %(whom)s"),
    Action.FRAMEWORK: gettext_lazy("%(author)s published a framework: %(whom)s"),
    Action.RULE: gettext_lazy("%(author)s published a rule: %(whom)s"),
    Action.NEWS: gettext_lazy("%(author)s changed the news of a group: %(whom)s"),
    Action.MATERIAL: gettext_lazy("%(author)s changed the files and links: %(whom)s"),
    Action.PURGED: gettext_lazy("%(author)s purged a register: %(whom)s"),
}
SUBJECTS = {"trail": gettext_lazy("the audit trail"), "activities": gettext_lazy("Online activities")}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
NAMES, VALUES = {}, {}
FIELDS = [
    "username",
    "printed_name",
    "used_name",
    "email",
    "agreement",
    "interface_language",
    "mother_tongue",
    "organisation",
    "is_active",
    "is_superuser",
]


def name(field, label, choices=()):
    """How a noted value is called, "" when it speaks for itself, and what each of its codes means."""
    NAMES[field], VALUES[field] = label, dict(choices)


for field in FIELDS:
    name(field, User._meta.get_field(field).verbose_name, User._meta.get_field(field).choices or ())
name("roles", "", Role.choices)
name("shown", "", Shown.choices)
name("reason", "", ErasureRequest.Reason.choices)


def sentence(entry):
    """“Claire Dubois corrected the presence of Amina Diallo (Lille · 23 November 2026 09:00): absent → present”."""
    subject = MOMENT.sub(moment, str(SUBJECTS.get(entry.subject, entry.subject)))
    said = str(SENTENCES[Action(entry.action)]) % {
        "author": entry.author or _("The site"),
        "whom": entry.person or subject or "—",
    }
    if entry.person and subject:
        said = _("%(sentence)s (%(subject)s)") % {"sentence": said, "subject": subject}
    changes = ", ".join(change(*one) for one in entry.changes)
    return _("%(sentence)s: %(changes)s") % {"sentence": said, "changes": changes} if changes else said


def moment(found):
    """A subject is noted in no language, with the hour of the site."""
    return date_format(datetime.fromisoformat(found[0]), "DATETIME_FORMAT")


def change(field, before, after):
    said = value(field, after) if before is None else f"{value(field, before)} → {value(field, after)}"
    label = NAMES.get(field, field)
    return _("%(sentence)s: %(changes)s") % {"sentence": label, "changes": said} if label else said


def value(field, code):
    if isinstance(code, bool):
        return _("yes") if code else _("no")
    if isinstance(code, list):
        return ", ".join(value(field, one) for one in code) or "—"
    return "—" if code in (None, "") else str(VALUES.get(field, {}).get(code, code))


def row(entry):
    """A line of the export."""
    return [
        date_format(timezone.localtime(entry.at), "Y-m-d H:i:s"),
        str(entry.author or _("The site")),
        str(Action(entry.action).label),
        str(entry.person or ""),
        entry.subject,
        sentence(entry),
    ]


HEADINGS = [
    gettext_lazy("When"),
    gettext_lazy("Who"),
    gettext_lazy("What"),
    gettext_lazy("Person"),
    gettext_lazy("Subject"),
    gettext_lazy("In words"),
]


def facts_of(person):
    """What a form of the staff may change of an account, as the trail keeps it: never a password."""
    facts = {field: getattr(person, field) for field in FIELDS if field != "organisation"}
    facts["organisation"] = str(person.organisation or "")
    return facts, sorted(person.groups.values_list("name", flat=True))


def note_changes(before, person, author, now):
    """Notes what is not any more as `facts_of` said before; `before` None: the account is new."""
    person = User.objects.get(pk=person.pk)
    old, old_roles = before or ({}, [])
    new, new_roles = facts_of(person)
    changed = [field for field in new if (old.get(field) or "") != (new[field] or "")]
    if changed:
        values = {"before": {field: old.get(field) for field in changed if before}}
        note(Action.CHANGED, author, now, person, after={field: new[field] for field in changed}, **values)
    if old_roles != new_roles:
        note(Action.ROLES, author, now, person, before={"roles": old_roles}, after={"roles": new_roles})
