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

from courses.feedback import feedback_on
from courses.forms import QuestionForm
from courses.models import Course, Enrolment, Lesson, Quiz, QuizAttempt, QuizDraft
from courses.progress import answer as keep_answer
from courses.progress import finish as freeze
from courses.progress import is_answered
from courses.scoring import is_possible


def quiz_or_404(key):
    return get_object_or_404(
        Quiz.objects.live().select_related("locale"), translation_key=key, locale__language_code=get_language()
    )


def row_or_404(quiz, number):
    if not 1 <= number <= len(quiz.rows):
        raise Http404
    return quiz.rows[number - 1]


def enrolled(request, quiz):
    """Whether this person takes the course of the quiz; otherwise a sentence says whom to ask."""
    course = quiz.get_ancestors().type(Course).first()
    if Enrolment.objects.latest_of(request.user, course.translation_key):
        return True
    messages.error(request, _("You are not enrolled in this training yet. Ask your trainer. Nothing was lost."))
    return False


def draft_of(user, quiz):
    return QuizDraft.objects.filter(learner=user, item=quiz.translation_key).first()


def left_in(quiz, draft):
    """The numbers of the questions that have no answer yet."""
    return [number for number, value in enumerate(quiz.values, start=1) if not is_answered(value, draft)]


def seed_of(user, question):
    return f"{user.code}:{question.key}"


@login_required
@require_safe
def question(request, key, number):
    quiz = quiz_or_404(key)
    row = row_or_404(quiz, number)
    if not enrolled(request, quiz):
        return redirect(quiz.get_url(request))
    draft = draft_of(request.user, quiz)
    given = last_try(draft, row.value)
    form = QuestionForm(row.value, seed_of(request.user, row.value), given=given)
    again = "again" in request.GET
    feedback = feedback_on(row.value, given) if given and not again else None
    return question_screen(request, quiz, number, form, draft, feedback)


def last_try(draft, question):
    """What was answered last; None when an editor has since made it impossible."""
    given = draft.tries[question.key] if is_answered(question, draft) else []
    return given if is_possible(question, given) else None


@require_POST
def answer(request, key, number):
    quiz = quiz_or_404(key)
    row = row_or_404(quiz, number)
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("courses:question", args=[key, number]))
    if not enrolled(request, quiz):
        return redirect(quiz.get_url(request))
    form = QuestionForm(row.value, seed_of(request.user, row.value), request.POST)
    if not form.is_valid():
        return question_screen(request, quiz, number, form, draft_of(request.user, quiz), status=422)
    keep_answer(request.user, quiz, row.value, form.cleaned_data["answer"], timezone.now())
    return redirect("courses:question", key, number)


def question_screen(request, quiz, number, form, draft, feedback=None, status=200):
    total, left = len(quiz.rows), left_in(quiz, draft)
    ahead = [index for index in left if index > number] or [index for index in left if index != number]
    context = {
        "quiz": quiz,
        "module": quiz.get_parent().specific,
        "form": form,
        "question": form.question,
        "options": form.options(feedback.marks if feedback else {}),
        "review": reviews_of(quiz).get(quiz.rows[number - 1].review_key),
        "number": number,
        "total": total,
        "dots": ["now" if i == number else "" if i in left else "done" for i in range(1, total + 1)],
        "feedback": feedback,
        "following": ahead[0] if ahead else None,
        "complete": not left,
    }
    return render(request, "courses/question.html", context, status=status)


@require_POST
def finish(request, key):
    quiz = quiz_or_404(key)
    if not request.user.is_authenticated:
        return redirect_to_login(quiz.get_url(request))
    if not enrolled(request, quiz):
        return redirect(quiz.get_url(request))
    draft = draft_of(request.user, quiz)
    left = left_in(quiz, draft) if draft else []
    if left:
        messages.warning(request, _("Some questions have no answer yet. Your answers are kept."))
        return redirect("courses:question", key, left[0])
    freeze(request.user, quiz, timezone.now())
    return redirect("courses:result", key)


@login_required
@require_safe
def result(request, key):
    quiz = quiz_or_404(key)
    attempts = QuizAttempt.objects.filter(learner=request.user, item=quiz.translation_key).order_by("-finished_at")
    attempt = attempts.first()
    if attempt is None:
        return redirect(quiz.get_url(request))
    context = {
        "quiz": quiz,
        "module": quiz.get_parent().specific,
        "attempt": attempt,
        "needed": -(-attempt.total * attempt.pass_percent // 100),
        "wrong": wrong_in(attempt, quiz),
        "following": quiz.get_parent().get_next_siblings().live().first(),
    }
    return render(request, "courses/result.html", context)


def wrong_in(attempt, quiz):
    """The questions to look at again, in today's wording where they still exist, with the lesson that helps."""
    rows = {str(row.translation_key): row for row in quiz.rows}
    reviews = reviews_of(quiz)
    wrong = []
    for number, kept in enumerate(attempt.questions, start=1):
        if not kept["right"]:
            row = rows.get(kept["key"])
            wrong.append(
                {
                    "number": number,
                    "text": row.text if row else kept["text"],
                    "review": reviews.get(row.review_key) if row else None,
                }
            )
    return wrong


def reviews_of(quiz):
    """The lessons that its questions point to, in the language of the quiz, by key: one query."""
    keys = {row.review_key for row in quiz.rows} - {None}
    lessons = Lesson.objects.live().filter(translation_key__in=keys, locale=quiz.locale_id).defer("body", "sources")
    return {lesson.translation_key: lesson for lesson in lessons}
