from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from home.interface import spoken_in

from .files import SIZES, prepare
from .models import Guide, Library


@require_safe
def library(request):
    page = Library.objects.live().filter(locale__language_code=get_language()).first()
    if page is None:
        raise Http404(_("There are no guides in this language yet."))
    return redirect(page.get_url(request))


@require_safe
@conditional_page
def pdf(request, key, size):
    page = get_object_or_404(
        Guide.objects.live().public().select_related("locale"),
        translation_key=key,
        locale__language_code=get_language(),
    )
    if size not in SIZES:
        raise Http404
    path = prepare(page, size)
    with default_storage.open(path) as file:
        content = file.read()
    headers = {
        "Content-Length": len(content),
        "Content-Disposition": content_disposition_header(True, file_name(page, size)),
        "ETag": f'"{path.rpartition("/")[2].removesuffix(".pdf")}"',
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def file_name(page, size):
    with spoken_in(page.locale.language_code):
        label = pgettext("file name", "phone") if size == "phone" else size
    return f"{slugify(f'{page.title} {label}')}.pdf"
