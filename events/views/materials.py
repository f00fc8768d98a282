from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access import kept_material, seen_material
from events.material_forms import MaterialForm
from events.models import Material
from events.shelf import with_places
from people import limits
from people.access import require_staff
from people.downloads import private_headers

PUBLISHED = {"limit": 60, "seconds": 3600}
ROWS = 30


@require_safe
def shelf(request):
    """Everything that this reader may have, the newest first."""
    return listed(request, "events/shelf.html", Material.objects.seen_by(request.user))


def listed(request, template, materials):
    page = Paginator(materials.select_related("cohort", "session", "author"), ROWS).get_page(request.GET.get("page"))
    return render(request, template, {"page": page, "materials": with_places(list(page))})


@require_safe
def material(request, code):
    try:
        found = seen_material(request.user, code)
    except Http404:
        if request.user.is_authenticated or not Material.objects.standing().filter(code=code).exists():
            raise
        return redirect_to_login(request.get_full_path())
    if found.url:
        return redirect(found.url)
    headers = {"content_type": found.content_type, "headers": private_headers(found.file_name)}
    return FileResponse(found.open(), as_attachment=True, filename=found.file_name, **headers)


@login_required
@require_safe
def mine(request):
    """What this person published or answers for, withdrawn or not."""
    require_staff(request.user)
    return listed(request, "events/mine.html", Material.objects.kept_by(request.user))


@login_required
@require_http_methods(["GET", "POST"])
def publish(request):
    require_staff(request.user)
    if request.method == "GET":
        return publish_screen(request, MaterialForm(request.user, session=request.GET.get("session", "")))
    if not limits.allow("publish", request.user.pk, **PUBLISHED):
        return limits.too_many(request)
    form = MaterialForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return publish_screen(request, form)
    code = form.cleaned_data["code"]
    if Material.objects.filter(code=code).exclude(author=request.user).exists():
        raise Http404
    if not form.save(timezone.now()):
        messages.warning(request, _("This form was already sent otherwise. To publish this too, send it again."))
        return publish_screen(request, form.again(), 409)
    messages.success(request, _("It is published: those who may have it see it now."))
    return redirect("events:materials")


def publish_screen(request, form, status=422):
    return render(request, "events/publish.html", {"form": form}, status=status if form.is_bound else 200)


@login_required
@require_POST
def withdraw(request, code):
    kept_material(request.user, code).withdraw(request.user, timezone.now())
    messages.success(request, _("It is withdrawn: nobody else sees it any more. You can put it back."))
    return redirect("events:materials")


@login_required
@require_POST
def put_back(request, code):
    kept_material(request.user, code).put_back(request.user, timezone.now())
    messages.success(request, _("It is back: those who may have it see it again."))
    return redirect("events:materials")
