"""What a learner has done so far, gathered from facts; and the verbs that add a fact."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Value

from people.models import User

from . import scoring
from .models import Completion, Enrolment, ModuleCompletion, QuizAttempt, QuizDraft


@dataclass(frozen=True)
class Progress:
    """Keys (UUID) of the lessons completed and the quizzes passed; `last` is what was worked on last, passed or not."""

    steps: frozenset = frozenset()
    last: object = None

    def done_in(self, part):
        return sum(key in self.steps for key in part.keys)

    def next_in(self, part):
        """The first step of a module that is not done; None when all are."""
        return next((step for step in part.steps if step.translation_key not in self.steps), None)


def progress_of(user):
    """One query; none for a visitor."""
    if not user.is_authenticated:
        return Progress()
    lessons = Completion.objects.filter(learner=user).values_list("item", "at", Value(True))
    quizzes = QuizAttempt.objects.filter(learner=user).values_list("item", "finished_at", "passed")
    facts = sorted(lessons.union(quizzes, all=True), key=lambda fact: fact[1])
    return Progress(frozenset(item for item, _at, done in facts if done), facts[-1][0] if facts else None)


def resume(parts, progress):
    """The (part, step) where the learner stopped: in the module worked on last, else the first unfinished one."""
    started = [part for part in parts if progress.last in part.keys]
    for part in [*started, *parts]:
        step = progress.next_in(part)
        if step:
            return part, step
    return None


@transaction.atomic
def join(learner, edition, now):
    """Enrols a learner; what was done before counts. Twice is harmless."""
    Enrolment.objects.get_or_create(learner=learner, edition=edition)
    settle(learner, now)


@transaction.atomic
def complete(learner, lesson, now):
    """Records that a lesson is finished. Twice is harmless."""
    completion, _created = Completion.objects.get_or_create(
        learner=learner,
        item_id=lesson.translation_key,
        defaults={"minutes": lesson.minutes, "language": lesson.locale.language_code, "at": now},
    )
    settle(learner, now)
    return completion


@transaction.atomic
def answer(learner, quiz, question, given, now):
    """Keeps an answer: the first one to a question counts, the latest one is only for learning.

    A first answer that an editor has since made impossible gives way to this one.
    """
    QuizDraft.objects.get_or_create(learner=learner, item_id=quiz.translation_key, defaults={"started_at": now})
    draft = QuizDraft.objects.select_for_update().get(learner=learner, item=quiz.translation_key)
    if not is_answered(question, draft):
        draft.answers[question.key] = given
    draft.tries[question.key] = given
    draft.save(update_fields=["answers", "tries"])
    return draft


def is_answered(question, draft):
    return draft is not None and scoring.is_possible(question, draft.answers.get(question.key, []))


@transaction.atomic
def finish(learner, quiz, now):
    """Freezes the attempt and drops the draft; None when there is nothing to finish (it was finished already)."""
    draft = QuizDraft.objects.select_for_update().filter(learner=learner, item=quiz.translation_key).first()
    if draft is None:
        return None
    questions = quiz.values
    result = scoring.score(questions, draft.answers, quiz.pass_percent)
    attempt = QuizAttempt.objects.create(
        learner=learner,
        item_id=quiz.translation_key,
        uuid=draft.uuid,
        questions=[frozen(question, draft.answers.get(question.key), result) for question in questions],
        right=len(result.right),
        total=result.total,
        pass_percent=quiz.pass_percent,
        passed=result.passed,
        language=quiz.locale.language_code,
        started_at=draft.started_at,
        finished_at=now,
    )
    draft.delete()
    settle(learner, now)
    return attempt


def frozen(question, given, result):
    choices = [
        {"id": choice.id, "text": choice.text, "match": choice.match, "correct": choice.correct}
        for choice in question.choices
    ]
    return {
        "key": question.key,
        "kind": str(question.kind),
        "text": question.text,
        "choices": choices,
        "answer": given,
        "right": question.key in result.right,
    }


def settle(learner, now):
    """Records each module that the learner has finished, as the editions that have started ask for it.

    The learner is locked first: of two last pieces sent at once, the second one sees the first.
    """
    User.objects.select_for_update(no_key=True).get(pk=learner.pk)
    enrolments = Enrolment.objects.filter(learner=learner, edition__started_at__isnull=False).select_related("edition")
    lessons = {str(item) for item in Completion.objects.filter(learner=learner).values_list("item", flat=True)}
    scores = best_scores(learner)
    asked = [module for enrolment in enrolments for module in enrolment.edition.asked.modules]
    done = {module.key for module in asked if module.is_met_by(lessons, scores)}
    known = ModuleCompletion.objects.filter(learner=learner, item__in=done).values_list("item", flat=True)
    for key in done - {str(item) for item in known}:
        ModuleCompletion.objects.get_or_create(learner=learner, item_id=key, defaults={"at": now})


def best_scores(learner):
    """Quiz key → the best percentage, rounded down."""
    attempts = QuizAttempt.objects.filter(learner=learner, total__gt=0).values_list("item", "right", "total")
    percents = sorted((100 * right // total, str(item)) for item, right, total in attempts)
    return {item: percent for percent, item in percents}
