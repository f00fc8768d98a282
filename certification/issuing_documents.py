"""The documents that attest what a learner did: gathered, written once, then only served."""

from dataclasses import asdict

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from courses.models import Edition, Enrolment
from home.documents.fonts import MissingGlyph, missing
from home.models import SiteSettings
from people.models import TrailEntry
from people.models.trail import note

from .document_facts import facts_of
from .document_kinds import SIGNED
from .document_words import document_text
from .documents.document import document as draw
from .issuing import strings_in
from .models import DocumentCounter, DocumentTemplate, IssuedDocument
from .refusals import Refused


def issue_document(kind, learner, edition, language, by, now):
    """The document that says the facts as they are: the one that exists, or a new one that replaces it.

    Raises Refused when there is nothing to attest or nobody to sign, MissingGlyph when a name cannot be printed; then
    nothing is written and no number is used.
    """
    facts = attested(kind, learner, edition, language)
    with transaction.atomic():
        Enrolment.objects.select_for_update().get(learner=learner, edition=edition)
        before = IssuedDocument.objects.latest(kind, learner, edition, language)
        if before and before.says(facts):
            return before
        issued = IssuedDocument(kind=kind, learner=learner, edition=edition, language=language)
        issued.issued_at, issued.issued_by, issued.replaces = now, by, before
        return write(issued, facts)


def attested(kind, learner, edition, language):
    """The facts, of somebody of whom there is something to attest."""
    if edition.asked is None:
        raise Refused("not_started")
    facts = facts_of(kind, learner, edition, language)
    if not facts["holder"]:
        raise Refused("unnamed")
    if not facts["minutes"]:
        raise Refused("nothing_followed")
    if kind in SIGNED and not facts["signatory"]:
        raise Refused("no_signatory")
    return facts


def write(issued, facts):
    """Numbers the document, freezes what it prints, and draws it."""
    day, language = timezone.localdate(issued.issued_at), issued.language
    template = DocumentTemplate.objects.of(issued.kind).said(language)
    issued.number = DocumentCounter.objects.take(issued.kind, day.year)
    replaced = issued.replaces.number if issued.replaces else ""
    text = document_text(issued.kind, facts, template, issued.number, replaced, SiteSettings.load(), day, language)
    printed = asdict(text)
    if unprintable := missing(" ".join(strings_in(printed)).replace("\n", " ")):
        raise MissingGlyph(unprintable)
    issued.keep(draw(text), facts=facts, template=template, printed=printed)
    note(TrailEntry.Action.DOCUMENT, issued.issued_by, issued.issued_at, issued.learner, issued.number)
    return issued


@task(backend="background")
def issue_to_everyone(edition_id, kind, language, author_id):
    """A document of this kind for each learner of an edition. May be stopped and asked for again: what is made stays.
    Whoever cannot have one is left out; their own page says why."""
    edition, author = Edition.objects.get(pk=edition_id), get_user_model().objects.get(pk=author_id)
    for enrolment in edition.enrolments.filter(learner__erased_at=None).select_related("learner"):
        try:
            issue_document(kind, enrolment.learner, edition, language, author, timezone.now())
        except (Refused, MissingGlyph):
            continue
