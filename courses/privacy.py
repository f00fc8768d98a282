"""What this room holds on a learner."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.privacy import Basis, Fate, Kind, register

from .models import Completion, Enrolment, ModuleCompletion, QuizAttempt, QuizDraft


def still_running(enrolments, now):
    """Whoever is erased leaves the trainings that are not over; those that are over stay counted."""
    return enrolments.filter(edition__ends_on__gte=timezone.localdate(now))


register(
    "courses",
    Kind(
        key="enrolments",
        name=_("Enrolments in a training"),
        why=_("To open the training, and to say to the funders how many people follow it."),
        basis=Basis.CONTRACT,
        model=Enrolment,
        person="learner",
        values=("edition__code", "edition__starts_on", "edition__ends_on", "employer__name", "enrolled_at"),
        fate=Fate.UNNAMED,
        term="learning",
        since="edition",
        at="edition__ends_on",
        goes=still_running,
    ),
    Kind(
        key="completions",
        name=_("Lessons finished"),
        why=_("To go on where the person stopped, and to count the hours of training."),
        basis=Basis.CONTRACT,
        model=Completion,
        person="learner",
        values=("item", "minutes", "language", "at"),
        fate=Fate.UNNAMED,
        term="learning",
        since="fact",
        at="at",
    ),
    Kind(
        key="module_completions",
        name=_("Modules finished"),
        why=_("To know what is still missing for the certificate."),
        basis=Basis.CONTRACT,
        model=ModuleCompletion,
        person="learner",
        values=("item", "at"),
        fate=Fate.UNNAMED,
        term="learning",
        since="fact",
        at="at",
    ),
    Kind(
        key="quiz_attempts",
        name=_("Quizzes finished, with the answers"),
        why=_("To show the result, and to know what is still missing for the certificate."),
        basis=Basis.CONTRACT,
        model=QuizAttempt,
        person="learner",
        values=(
            "item",
            "questions",
            "right",
            "total",
            "pass_percent",
            "passed",
            "language",
            "started_at",
            "finished_at",
        ),
        fate=Fate.UNNAMED,
        term="learning",
        since="fact",
        at="finished_at",
    ),
    Kind(
        key="quiz_drafts",
        name=_("Quizzes that are not finished"),
        why=_("To go on where the person stopped."),
        basis=Basis.CONTRACT,
        model=QuizDraft,
        person="learner",
        values=("item", "answers", "tries", "started_at"),
        fate=Fate.DELETED,
        term="draft",
        since="start",
        at="started_at",
    ),
)
