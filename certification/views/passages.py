"""The State's register: who is to be declared, the files that were made, the answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import depositing, sentences
from certification.access import coordinated_file, deposited_scheme
from certification.cpf.reading import Unreadable
from certification.deadlines import alert, delay
from certification.forms import ReceiptForm
from certification.models import Passage, PassageFile, Scheme, State
from certification.refusals import Refused
from certification.tasks import check_passage_file
from people import limits
from people.access import require_coordinator
from people.downloads import private_headers

PAGE = 50
SHOWN = [state for state in State if state != State.CORRECTED]


@login_required
@require_safe
def passages(request):
    """Each state with its count; the people in one of them, the oldest first."""
    require_coordinator(request.user)
    today, seen = timezone.localdate(), Passage.objects.coordinated_by(request.user)
    state = request.GET.get("state", "")
    state = state if state in SHOWN else State.TO_SEND
    found = seen.valid().with_state().filter(state=state).select_related("scheme", "certificate__learner__civil_status")
    page = Paginator(found.order_by("certificate__issued_at", "pk"), PAGE).get_page(request.GET.get("page"))
    summary = seen.summary()
    context = {
        "states": [(one, summary[one]) for one in SHOWN],
        "state": State(state),
        "lacking": summary["lacking"],
        "sendable": summary[State.TO_SEND] - summary["lacking"],
        "oldest": summary["oldest"] and delay(summary["oldest"], today),
        "alert": alert(request.user, today),
        "to_delete": seen.to_delete().select_related("certificate")[:PAGE],
        "schemes": Scheme.objects.registered(),
        "page": page,
        "rows": [(passage, delay(passage.issued_at, today)) for passage in page],
        "files": PassageFile.objects.coordinated_by(request.user).with_answers().select_related("scheme")[:PAGE],
        "asked": f"state={state}",
    }
    return render(request, "certification/passages.html", context)


@login_required
@require_POST
def generate(request, key):
    scheme = deposited_scheme(request.user, key)
    try:
        file = depositing.generate(scheme, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
        return redirect("certification:passages")
    sentence = ngettext("The file holds %(count)d person.", "The file holds %(count)d people.", file.count)
    messages.success(request, sentence % {"count": file.count})
    return redirect("certification:passage_file", file.code)


@login_required
@require_http_methods(["GET", "POST"])
def passage_file(request, code):
    """One file: what to do with it next. A POST brings its return file."""
    file = coordinated_file(request.user, code)
    form = ReceiptForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_bound and form.is_valid():
        try:
            receipt = depositing.receive(file, form.cleaned_data["file"], request.user, timezone.now())
        except Unreadable as error:
            form.refuse(error)
        else:
            tell(request, receipt)
            return redirect("certification:passage_file", file.code)
    status = 422 if form.errors else 200
    return render(request, "certification/passage_file.html", file_context(file, form), status=status)


def tell(request, receipt):
    values = {"accepted": receipt.accepted, "refused": receipt.refused}
    if receipt.errors and not receipt.accepted + receipt.refused:
        messages.error(request, _("The register refused the whole file. Its people wait to be sent again."))
    else:
        messages.success(request, _("The answer is read: %(accepted)d accepted, %(refused)d refused.") % values)


def file_context(file, form):
    answered = file.passages.filter(correction=None).select_related("certificate__learner")
    refused = answered.filter(answer=Passage.Answer.KO).order_by("pk")[:PAGE]
    return {
        "file": PassageFile.objects.with_answers().select_related("scheme", "faulty").get(pk=file.pk),
        "form": form,
        "refused": [(passage, sentences.advice(passage.reason)) for passage in refused],
        "receipts": file.receipts.all(),
    }


@login_required
@require_POST
def download_passages(request, code):
    """Written while it is sent; nothing of it stays on the disk. After the last answer it is not given any more."""
    file = coordinated_file(request.user, code)
    if not file.is_ready or file.discarded_at or not file.passages.filter(answer="").exists():
        raise Http404
    pieces = depositing.download(file, request.user, timezone.now())
    return StreamingHttpResponse(pieces, content_type="application/xml", headers=private_headers(file.name))


@login_required
@require_POST
def check_passages(request, code):
    """Asks again for the check of a file, for the case where it never ended."""
    file = coordinated_file(request.user, code)
    if not limits.allow("check_passages", str(file.code), 5, 600):
        return limits.too_many(request)
    check_passage_file.enqueue(file.pk)
    return redirect("certification:passage_file", file.code)


@login_required
@require_POST
def deposit(request, code):
    file = coordinated_file(request.user, code)
    if depositing.deposit(file, request.user, timezone.now()):
        messages.success(request, _("Noted: the file is deposited."))
    else:
        messages.error(request, _("This file cannot be deposited: it is discarded, or its check is not over."))
    return redirect("certification:passage_file", file.code)


@login_required
@require_POST
def discard(request, code):
    file = coordinated_file(request.user, code)
    if depositing.discard(file, request.user, timezone.now()):
        messages.success(request, _("The file is discarded. Its people wait to be sent again."))
    else:
        messages.error(request, _("A file that was deposited cannot be discarded."))
    return redirect("certification:passages")


@login_required
@require_POST
def send_again(request, code):
    file = coordinated_file(request.user, code)
    count = depositing.send_again(file, request.user, timezone.now())
    sentence = ngettext("%(count)d person waits to be sent again.", "%(count)d people wait to be sent again.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("certification:passages")
