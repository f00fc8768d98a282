"""The three steps to a certificate: gather, judge, write once. A button, a bulk action and a command all come here."""

from dataclasses import asdict
from functools import partial

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from courses.models import Enrolment
from home.documents.fonts import MissingGlyph, missing
from home.models import SiteSettings
from people.models import TrailEntry
from people.models.trail import note
from people.roles import Role

from . import depositing, verdicts
from .models import Certificate, CertificateEvent, CorrectionRequest, Counter, RuleVersion, Scheme
from .pages import certificate_lines
from .refusals import NotYet, Refused
from .tasks import make_file, publish_status
from .wording import COORDINATORS, TRAINERS, certificate_text, corrected

# What agrees with the person, of all that is printed.
NAMING = ("holder", "title_fr", "title_nl", "heading_fr", "heading_nl")


@transaction.atomic
def issue(learner, edition, by, now):
    """The certificate of a learner for an edition: the one that exists, or a new one when everything is met.

    Raises NotYet with the verdict, Refused before the edition starts or when the one that exists was revoked,
    MissingGlyph when a name cannot be printed; then nothing is written and no number is used.
    """
    # All of this person: of two trainings that end at once, the second must see what the first one renewed.
    enrolments = Enrolment.objects.select_for_update(of=("self",)).filter(learner=learner).order_by("pk")
    if edition.pk not in [enrolment.edition_id for enrolment in enrolments]:
        raise Enrolment.DoesNotExist
    held = Certificate.objects.latest(learner, edition)
    if held and held.was_revoked:
        raise Refused("withdrawn")
    if held:
        return held
    if edition.asked is None:
        raise Refused("not_started")
    judged = verdicts.of(learner, edition)
    facts = judged.record
    if not judged.verdict.ready:
        raise NotYet(judged.verdict)
    scheme = Scheme.objects.of(edition)
    certificate = Certificate(scheme=scheme.key, learner=learner, edition=edition, issued_by=by, issued_at=now)
    write(certificate, facts, scheme)
    depositing.begin(certificate, scheme)
    if by != learner:
        note(TrailEntry.Action.ISSUED, by, now, learner, certificate.number)
    transaction.on_commit(partial(make_file.enqueue, certificate.pk))
    return certificate


def write(certificate, facts, scheme):
    """Numbers the certificate and freezes what it prints and why."""
    on = timezone.localdate(certificate.issued_at)
    certificate.expires_on = scheme.expires_on(on)
    certificate.renews = Certificate.objects.renewed_by(certificate)
    certificate.number = next_number(on)
    rule = RuleVersion.objects.of(certificate.edition)
    certificate.rules_met = {
        "rule": {"version": rule.number, **rule.content} if rule else None,
        "requirements": certificate.edition.requirements,
        "presence_minutes": facts.presence_minutes,
        "asynchronous_minutes": facts.asynchronous_minutes,
        "modules": sorted(facts.modules),
        "scores": facts.scores,
        "minutes": facts.minutes,
        "assessors": facts.assessors,
        "blocks": facts.blocks,
        "jury": facts.jury,
    }
    certificate.printed = printed(certificate, facts, scheme, on)
    certificate.save(force_insert=True)


def printed(certificate, facts, scheme, on):
    asked = certificate.edition.asked
    lines = [certificate_lines(asked, language) for language in ("fr", "nl")]
    signing, site = signatories(certificate.edition), SiteSettings.load()
    text = certificate_text(certificate, facts, lines, signing, site, on, scheme)
    return printable(asdict(text))


def printable(values):
    unprintable = missing(" ".join(strings_in(values)))
    if unprintable:
        raise MissingGlyph(unprintable)
    return values


def next_number(on):
    return f"AB-{on.year}-{Counter.objects.take(on.year):04d}"


def strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings_in(inner)


def signatories(edition):
    """The cohort's first trainer, then the first coordinator."""
    coordinators = get_user_model().objects.filter(groups__name=Role.COORDINATOR, is_active=True)
    found = [
        (edition.cohort.trainers.order_by("pk").first(), TRAINERS),
        (coordinators.order_by("pk").first(), COORDINATORS),
    ]
    return [(person, roles) for person, roles in found if person]


@transaction.atomic
def replace(certificate, by, now):
    """The certificate of the same facts with the name as it is now, in the place of one whose name was wrong.

    The one that exists when it was replaced already. Raises Refused when it was revoked for another reason than an
    error or when nothing changes, and MissingGlyph when the name cannot be printed; then no number is used.
    """
    rows = Certificate.objects.select_for_update(of=("self",)).select_related("learner")
    old = rows.get(pk=certificate.pk)
    held = Certificate.objects.filter(replaces=old).first()
    if held:
        return held
    if old.events.exclude(reason=CertificateEvent.Reason.ERROR).exists():
        raise Refused("revoked")
    new = Certificate(replaces=old, issued_by=by, issued_at=now)
    for name in ("scheme", "learner", "edition", "expires_on", "rules_met"):
        setattr(new, name, getattr(old, name))
    new.number, scheme = next_number(timezone.localdate(now)), Scheme.objects.get(key=old.scheme)
    new.printed = printable(corrected(new, old, scheme, SiteSettings.load()))
    if not new.learner.printed_name.strip() or all(new.printed[name] == old.printed[name] for name in NAMING):
        raise Refused("same_name")
    new.save(force_insert=True)
    depositing.begin(new, scheme)
    note_replacement(new, old, by, now)
    return new


def note_replacement(new, old, by, now):
    CorrectionRequest.objects.answer(old, now)
    values = [{"certificate": one.number, "printed_name": one.printed["holder"]} for one in (old, new)]
    note(TrailEntry.Action.ISSUED, by, now, new.learner, new.number, *values)
    transaction.on_commit(partial(make_file.enqueue, new.pk))
    transaction.on_commit(partial(publish_status.enqueue, old.pk))
