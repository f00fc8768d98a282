"""The documents that attest what a learner did: their words, those of a group, and those of oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import document_board, sentences
from certification.access import coordinated_edition, led_edition, own_enrolment, seen_document
from certification.document_kinds import OPEN_TO_LEARNERS, Kind, holes_of
from certification.forms import AskDocumentForm, DocumentForm, TemplateForm
from certification.issuing_documents import issue_document, issue_to_everyone
from certification.models import DocumentTemplate
from certification.pages import course_titles
from certification.refusals import Refused
from home.documents.fonts import MissingGlyph
from people import limits
from people.access import require_coordinator, require_lead
from people.downloads import private_file, zip_file
from people.models import TrailEntry
from people.models.trail import note


@login_required
@require_safe
def templates(request):
    require_coordinator(request.user)
    return render(request, "certification/document_templates.html", {"kinds": list(Kind)})


@login_required
@require_http_methods(["GET", "POST"])
def template(request, kind):
    """The words of one kind. What was issued keeps those it had."""
    require_coordinator(request.user)
    if request.method == "POST":
        require_lead(request.user)
    found = DocumentTemplate.objects.of(kind_or_404(kind))
    form = TemplateForm(request.POST or None, instance=found)
    if form.is_bound and form.is_valid():
        return save_template(request, form)
    context = {"template": found, "form": form, "holes": holes_of(kind)}
    return render(request, "certification/document_template.html", context, status=422 if form.is_bound else 200)


def save_template(request, form):
    if form.has_changed():
        form.save()
        note(TrailEntry.Action.WORDED, request.user, timezone.now(), subject=form.instance.kind)
    messages.success(request, _("The text is saved. Documents that were made keep theirs."))
    return redirect("certification:document_templates")


def kind_or_404(kind):
    if kind not in Kind:
        raise Http404
    return Kind(kind)


@login_required
@require_safe
def documents(request, code):
    """What each learner of an edition has."""
    edition = led_edition(request.user, code)
    context = {
        "edition": edition,
        "title": course_titles([edition], get_language()).get(edition.course_id, ""),
        "board": document_board.of(edition),
        "coordinates": request.user.is_coordinator,
    }
    return render(request, "certification/documents.html", context)


@login_required
@require_POST
def make_document(request, code, learner):
    edition = coordinated_edition(request.user, code)
    person = get_object_or_404(edition.enrolments.select_related("learner"), learner__code=learner).learner
    form = DocumentForm(request.POST)
    if form.is_valid():
        make(request, person, edition, **form.cleaned_data)
    else:
        messages.error(request, _("Choose a document and a language."))
    return redirect("certification:activities", edition.code, person.code)


def make(request, learner, edition, kind, language):
    try:
        issued = issue_document(Kind(kind), learner, edition, language, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    except MissingGlyph as error:
        messages.error(request, sentences.unprintable(error))
    else:
        messages.success(request, _("Document %(number)s is ready.") % {"number": issued.number})


@login_required
@require_POST
def make_documents(request, code):
    """One for everyone, in the background: a document that exists and says the same stays."""
    edition = coordinated_edition(request.user, code)
    form = DocumentForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        issue_to_everyone.enqueue(edition.pk, asked["kind"], asked["language"], request.user.pk)
        messages.info(request, _("The documents are being prepared. Come back in a minute."))
    else:
        messages.error(request, _("Choose a document and a language."))
    return redirect("certification:documents", edition.code)


@login_required
@require_POST
def documents_zip(request, code, kind, language):
    """The documents of one kind and one language of a group, each read when its turn comes. Who took them is written
    down."""
    edition = led_edition(request.user, code)
    rows = document_board.standing(edition).filter(kind=kind_or_404(kind), language=language)
    found = list(rows.filter(body__isnull=False).order_by("number"))
    if not found:
        raise Http404
    files = ((f"{issued.number} {name_of(issued)}.pdf", issued.body.content()) for issued in found)
    name = f"{Kind(kind).label} {edition.cohort}.zip"
    note(TrailEntry.Action.EXPORTED, request.user, timezone.now(), subject=name)
    return zip_file(name, files)


def name_of(issued):
    return issued.body.facts["holder"][:80].replace("/", " ")


@login_required
@require_safe
def download_document(request, code):
    issued = seen_document(request.user, code)
    return private_file(issued.body.content(), f"{issued.number}.pdf")


@login_required
@require_safe
def my_documents(request):
    """One's own, and what may be asked for in the language of the page."""
    enrolments = request.user.enrolments.select_related("edition__cohort").order_by("-edition__starts_on")
    held = document_board.of_learner(request.user)
    editions = [enrolment.edition for enrolment in enrolments]
    titles = course_titles(editions, get_language())
    context = {
        "editions": [(edition, titles.get(edition.course_id, ""), held[edition.pk]) for edition in editions],
        "kinds": [Kind(kind) for kind in OPEN_TO_LEARNERS],
        "language": get_language(),
    }
    return render(request, "certification/my_documents.html", context)


@login_required
@require_POST
def ask_document(request, code):
    edition = own_enrolment(request.user, code).edition
    if not limits.allow("document", f"{request.user.pk}", 20, 600):
        return limits.too_many(request)
    form = AskDocumentForm(request.POST)
    if form.is_valid():
        make(request, request.user, edition, **form.cleaned_data)
    else:
        messages.error(request, _("Choose a document and a language."))
    return redirect("certification:my_documents")
