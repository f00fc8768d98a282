from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import limits
from people.access import seen_cohort, seen_news
from people.models import News
from people.news_forms import NewsForm

WRITTEN = {"limit": 30, "seconds": 3600}
ROWS = 20


@login_required
@require_http_methods(["GET", "POST"])
def news(request, code):
    """What a group was told, and something new to tell it."""
    cohort = seen_cohort(request.user, code)
    if request.method == "GET":
        return news_screen(request, cohort, NewsForm())
    if not limits.allow("news", request.user.pk, **WRITTEN):
        return limits.too_many(request)
    form = NewsForm(request.POST)
    if not form.is_valid():
        return news_screen(request, cohort, form)
    if News.objects.filter(code=form.cleaned_data["code"]).exclude(author=request.user, cohort=cohort).exists():
        raise Http404
    if not form.save(cohort, request.user, timezone.now()):
        messages.warning(request, _("This form was already sent with another text. To publish this one too, send it."))
        return news_screen(request, cohort, form.again(), 409)
    messages.success(request, _("It is published: the group sees it now."))
    return redirect("people:news", cohort.code)


def news_screen(request, cohort, form, status=422):
    page = Paginator(cohort.news.select_related("author"), ROWS).get_page(request.GET.get("page"))
    context = {"cohort": cohort, "form": form, "page": page}
    return render(request, "people/news.html", context, status=status if form.is_bound else 200)


@login_required
@require_POST
def withdraw(request, code):
    told = seen_news(request.user, code)
    told.withdraw(request.user, timezone.now())
    messages.success(request, _("It is withdrawn: the group does not see it any more. You can put it back."))
    return redirect("people:news", told.cohort.code)


@login_required
@require_POST
def put_back(request, code):
    told = seen_news(request.user, code)
    told.put_back(request.user, timezone.now())
    messages.success(request, _("It is back: the group sees it again."))
    return redirect("people:news", told.cohort.code)
