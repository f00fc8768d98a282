from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import Course, Edition, Enrolment, Lesson
from courses.outline import course_in, parts_of
from courses.progress import complete, join, progress_of, resume


@require_safe
def catalogue(request):
    """Leads to the course in the language of the address: the learner's own, else the first."""
    enrolment = Enrolment.objects.latest_of(request.user) if request.user.is_authenticated else None
    course = (enrolment and course_in(get_language(), enrolment.edition.course_id)) or course_in(get_language())
    if course is None:
        raise Http404
    return redirect(course.get_url(request))


@require_safe
@login_required
def path(request):
    enrolment = Enrolment.objects.latest_of(request.user)
    if enrolment is None and request.user.takes_attendance:
        return redirect("certification:sessions")
    course = course_in(get_language(), enrolment and enrolment.edition.course_id)
    parts = parts_of(course) if course else []
    progress = progress_of(request.user)
    following = resume(parts, progress) if enrolment else None
    context = {
        "tab": "path",
        "enrolment": enrolment,
        "course": course,
        "part": following and following[0],
        "step": following and following[1],
        "position": following and following[0].steps.index(following[1]) + 1,
        "progress": progress,
        "finished": bool(parts) and following is None,
        "open_edition": None if enrolment or not course else open_edition(course.translation_key),
    }
    return render(request, "courses/path.html", context)


def open_edition(course_key):
    today = timezone.localdate()
    return Edition.objects.filter(
        course=course_key, open_to_all=True, started_at__isnull=False, ends_on__gte=today
    ).first()


@require_POST
def enrol(request, code):
    edition = get_object_or_404(Edition, code=code, open_to_all=True, started_at__isnull=False)
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("courses:path"))
    if edition.ends_on < timezone.localdate():
        messages.error(request, _("This edition is over. Ask a trainer for the next one."))
        return redirect("courses:path")
    join(request.user, edition, timezone.now())
    messages.success(request, _("You are enrolled. Welcome!"))
    return redirect("courses:path")


def lesson_or_404(key):
    return get_object_or_404(
        Lesson.objects.live().select_related("locale"), translation_key=key, locale__language_code=get_language()
    )


@require_POST
def done(request, key):
    lesson = lesson_or_404(key)
    if not request.user.is_authenticated:
        return redirect_to_login(lesson.get_url(request))
    course = lesson.get_ancestors().type(Course).first()
    if not Enrolment.objects.latest_of(request.user, course.translation_key):
        messages.error(request, _("You are not enrolled in this training yet. Ask your trainer. Nothing was lost."))
        return redirect(lesson.get_url(request))
    complete(request.user, lesson, timezone.now())
    following = lesson.get_next_siblings().live().first()
    return redirect((following or lesson.get_parent()).get_url(request))
