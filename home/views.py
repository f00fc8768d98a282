import contextlib
import posixpath

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import storages
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_POST, require_safe
from django.views.static import serve as serve_file
from django_tasks_db.models import DBTaskResult
from taggit.models import ItemBase
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from . import worker
from .context import THEMES
from .forms import SpecimenForm
from .interface import spoken_in
from .models import SiteSettings, Topic
from .ranges import part_of

DAY = 24 * 3600
YEAR = 365 * DAY


@require_safe
def root(request):
    """`/` leads to the reader's language, asked of the browser; French when it says nothing useful."""
    return redirect(f"/{get_language_from_request(request)}/")


@csrf_exempt  # a public page has no cookie for a visitor, and a theme is no secret
@require_POST
def theme(request):
    wanted, back = request.POST.get("theme"), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie("theme")
    return response


def stale(request, reason=""):
    """A form that was opened before somebody signed in or out, in another tab perhaps (CSRF)."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)


def page(request, path):
    """Wagtail's own view, told which page it is: two queries, where walking down the tree takes two for each level."""
    found = page_at(request, path)
    if found:
        request._wagtail_route_for_request = RouteResult(found.specific)
    return serve(request, path)


def page_at(request, path):
    """The live page with this whole address; None leaves the search to Wagtail."""
    site = Site.find_for_request(request)
    here = (site and site.pk, get_language())
    roots = [root.root_path for root in Site.get_site_root_paths() if (root.site_id, root.language_code) == here]
    return Page.objects.live().filter(url_path__in=[root + path for root in roots]).first()


@require_safe
def media(request, path):
    """The web server's work in production (docs/running.md). A document has one address, which looks at the reader."""
    if posixpath.normpath(path).lstrip("/").startswith("documents/"):
        raise Http404
    response = serve_file(request, path, document_root=settings.MEDIA_ROOT)
    return part_of(response, request.headers.get("Range", ""))


@require_safe
def topic(request, slug):
    """Everything that carries a topic, in the language of the address."""
    found = get_object_or_404(Topic, slug=slug)
    return render(request, "home/topic.html", {"topic": found, "pages": tagged(found, get_language())})


def tagged(topic, language):
    """Lessons, guides and events alike: whatever room links pages to topics."""
    links = [relation for relation in Topic._meta.related_objects if issubclass(relation.related_model, ItemBase)]
    keys = [
        pk
        for relation in links
        for pk in getattr(topic, relation.get_accessor_name()).values_list("content_object", flat=True)
    ]
    return Page.objects.live().filter(pk__in=keys, locale__language_code=language).order_by("path").specific()


@require_safe
def help_me(request):
    """Leads to the help page in the language of the address."""
    page = SiteSettings.of(request).help_page
    if page is None:
        raise Http404
    return redirect(page.localized.get_url(request))


@require_safe
@condition(etag_func=worker.etag)
def service_worker(request):
    """At the root, so that it serves every page; a browser asks for it again at each visit."""
    return HttpResponse(worker.script(), "text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def manifest(request, language):
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with spoken_in(language):
        content = worker.manifest(language, settings.WAGTAIL_SITE_NAME)
    headers = {"Cache-Control": f"max-age={DAY}"}
    return JsonResponse(content, content_type="application/manifest+json", headers=headers)


@require_safe
def offline(request):
    """What the service worker shows when a page is not kept. It is fetched without a cookie: it names nobody."""
    return render(request, "home/offline.html")


@require_safe
def styleguide(request):
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    form = SpecimenForm({"name": "Selam Tesfay", "email": "selam", "place": "lille", "reading": "fr", "days": ["1"]})
    return render(request, "home/styleguide.html", {"form": form, "day": timezone.localdate()})


@require_safe
def health(request):
    """200 when the database, the shared cache, the storage and the job queue answer; 503 names what does not."""
    answers = {name: answers_well(check) for name, check in HEALTH.items()}
    return JsonResponse({"ok": all(answers.values()), **answers}, status=200 if all(answers.values()) else 503)


def answers_well(check):
    try:
        check()
    except Exception:  # noqa: BLE001 - whatever is wrong, the answer is "no"
        return False
    return True


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def storage_answers():
    """It says that there is no such file; a storage that is broken says something else."""
    with contextlib.suppress(FileNotFoundError):
        storages["private"].open("health").close()


HEALTH = {
    "database": database_answers,
    "cache": lambda: caches["shared"].get("health"),
    "storage": storage_answers,
    "queue": lambda: DBTaskResult.objects.exists(),
}
