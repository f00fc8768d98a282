from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification import sentences
from certification.access import own_enrolment, seen_certificate
from certification.issuing import issue as issue_certificate
from certification.pages import module_titles
from certification.refusals import NotYet, Refused
from certification.tasks import make_file
from home.documents.fonts import MissingGlyph
from people import limits
from people.downloads import private_file


@login_required
@require_POST
def issue(request, code):
    """The learner asks for the certificate of an edition."""
    edition = own_enrolment(request.user, code).edition
    try:
        issue_certificate(request.user, edition, request.user, timezone.now())
    except NotYet as refused:
        tell_missing(request, refused.verdict, edition)
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    except MissingGlyph as error:
        messages.error(request, sentences.unprintable(error))
    else:
        messages.success(request, _("Your certificate is issued. Well done!"))
    return redirect("courses:path")


def tell_missing(request, verdict, edition):
    for sentence in sentences.to_learner(verdict, module_titles(edition.asked, get_language())):
        if not sentence.met:
            messages.warning(request, sentence.title)


@login_required
@require_POST
def prepare(request, code):
    """Asks again for the PDF of a certificate, for the case where it was never made."""
    certificate = seen_certificate(request.user, code)
    if not limits.allow("prepare", f"{request.user.pk} {certificate.code}", 5, 600):
        return limits.too_many(request)
    if hasattr(certificate, "file"):
        messages.success(request, _("The document is ready."))
    else:
        make_file.enqueue(certificate.pk)
        messages.info(request, _("The document is being prepared. Come back in a minute."))
    if certificate.learner_id == request.user.pk:
        return redirect("courses:path")
    return redirect("certification:cohort", certificate.edition.code)


@login_required
@require_safe
def download(request, code):
    return file_of(seen_certificate(request.user, code))


def file_of(certificate):
    """The document, as it was made once."""
    if not hasattr(certificate, "file"):
        raise Http404
    with storages["private"].open(certificate.file.name) as file:
        return private_file(file.read(), f"{certificate.number}.pdf")
