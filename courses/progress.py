"""What a learner has done so far, gathered from facts; and the verbs that add a fact."""

from dataclasses import dataclass

from django.db import transaction

from . import scoring
from .models import Completion, Enrolment, ModuleCompletion, QuizAttempt, QuizDraft

NOTHING = frozenset()


@dataclass(frozen=True)
class Progress:
    """Keys (UUID) of the lessons completed, the quizzes passed and the modules finished."""

    lessons: frozenset = NOTHING
    quizzes: frozenset = NOTHING
    modules: frozenset = NOTHING
    last: object = None

    @property
    def steps(self):
        return self.lessons | self.quizzes

    def done_in(self, part):
        return sum(key in self.steps for key in part.keys)

    def next_in(self, part):
        """The first step of a module that is not done; None when all are."""
        return next((step for step in part.steps if step.translation_key not in self.steps), None)

    def finished(self, part):
        return part.module.translation_key in self.modules


def progress_of(user):
    """Three queries; none for a visitor."""
    if not user.is_authenticated:
        return Progress()
    completions = list(Completion.objects.filter(learner=user).order_by("at").values_list("item", "at"))
    attempts = list(
        QuizAttempt.objects.filter(learner=user).order_by("finished_at").values_list("item", "finished_at", "passed")
    )
    modules = ModuleCompletion.objects.filter(learner=user).values_list("item", flat=True)
    facts = sorted([*completions, *(row[:2] for row in attempts)], key=lambda fact: fact[1])
    return Progress(
        lessons=frozenset(item for item, _at in completions),
        quizzes=frozenset(item for item, _at, passed in attempts if passed),
        modules=frozenset(modules),
        last=facts[-1][0] if facts else None,
    )


def resume(parts, progress):
    """The (part, step) where the learner stopped: in the module worked on last, else the first unfinished one."""
    started = [part for part in parts if progress.last in part.keys]
    for part in [*started, *parts]:
        step = progress.next_in(part)
        if step:
            return part, step
    return None


@transaction.atomic
def complete(learner, lesson, now):
    """Records that a lesson is finished. Twice is harmless."""
    completion, _created = Completion.objects.get_or_create(
        learner=learner,
        item_id=lesson.translation_key,
        defaults={"minutes": lesson.minutes, "language": lesson.locale.language_code, "at": now},
    )
    settle(learner, str(lesson.translation_key), now)
    return completion


@transaction.atomic
def answer(learner, quiz, question, given, now):
    """Keeps an answer: the first one to a question counts, the latest one is only for learning."""
    QuizDraft.objects.get_or_create(learner=learner, item_id=quiz.translation_key, defaults={"started_at": now})
    draft = QuizDraft.objects.select_for_update().get(learner=learner, item=quiz.translation_key)
    draft.answers.setdefault(question.key, given)
    draft.tries[question.key] = given
    draft.save(update_fields=["answers", "tries"])
    return draft


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
    settle(learner, str(quiz.translation_key), now)
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


def settle(learner, key, now):
    """Records each module that this lesson or quiz finishes, as the learner's editions ask for it."""
    enrolments = Enrolment.objects.filter(learner=learner, edition__started_at__isnull=False).select_related("edition")
    modules = [enrolment.edition.asked.module_of(key) for enrolment in enrolments]
    done = {str(item) for item in progress_of(learner).steps} if any(modules) else set()
    for module in modules:
        if module and module.keys <= done:
            ModuleCompletion.objects.get_or_create(learner=learner, item_id=module.key, defaults={"at": now})
