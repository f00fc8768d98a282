"""What observed practice and the portfolio hold on a person."""

from django.utils.translation import gettext_lazy as _

from people.privacy import Basis, Fate, Kind

from .models import (
    Assessment,
    AssessmentAnswer,
    AssessmentDetail,
    Assignment,
    PortfolioItem,
    PortfolioReview,
    Recognition,
)

PRACTICE = _("To know whether the person masters each block, as two assessors saw it.")
SHOWN = _("To show what the person can do.")
ASKED, SEEN = ("made_at", "ended_at"), ("code", "block", "moment", "observed_on", "recorded_at")


def portfolio(user):
    for item in PortfolioItem.objects.filter(learner=user).order_by("pk"):
        yield f"portfolio-{item.code.hex[:8]}-{item.download_name}", item.content()


def practised(key, name, model, person, values, at="at", fate=Fate.UNNAMED):
    """Kept for as long as the proof that it leads to."""
    return Kind(
        key=key, name=name, why=PRACTICE, basis=Basis.LAW, model=model, person=person, values=values, fate=fate,
        term="proof", since="fact", at=at,
    )  # fmt: skip


KINDS = [
    practised("assessments", _("Observed practice: what assessors saw"), Assessment, "learner",
              (*SEEN, "version__number", "marks", "outside"), "recorded_at", Fate.REGISTER),
    practised("assessment_details", _("The comments of assessors, and the printed name beside them"), AssessmentDetail,
              "assessment__learner", ("assessment__code", "printed_name", "comments", "remark"),
              "assessment__recorded_at", Fate.PROOF),
    practised("assessments_made", _("Observed practice of others that the person assessed"), Assessment, "author",
              SEEN, "recorded_at", Fate.REGISTER),
    Kind(
        key="assessment_answers", name=_("What the person answered to their assessors"),
        why=_("To hear the person on what was seen of them."), basis=Basis.CHOICE, model=AssessmentAnswer,
        person="assessment__learner", values=("assessment__code", "text", "at"), fate=Fate.DELETED, term="proof",
        since="fact", at="at",
    ),
    practised("assignments", _("Who is asked to assess the person"), Assignment, "learner", ASKED, "made_at"),
    practised("assignments_received", _("Learners whom the person is asked to assess"), Assignment, "assessor", ASKED,
              "made_at"),
    practised("assignments_made", _("Assessors whom the person asked"), Assignment, "author", ASKED, "made_at"),
    practised("recognitions", _("Experience and other titles that were recognised"), Recognition, "learner",
              ("block", "kind", "source_title", "source_block", "at", "ended_at")),
    practised("recognitions_made", _("Blocks that the person recognised for others"), Recognition, "author",
              ("block", "kind", "at", "ended_at")),
    practised("recognitions_ended", _("Recognitions that the person withdrew"), Recognition, "ended_by",
              ("block", "kind", "at", "ended_at")),
    Kind(
        key="portfolio", name=_("The portfolio: photos, voices, documents"), why=SHOWN, basis=Basis.CHOICE,
        model=PortfolioItem, person="learner", values=("title", "content_type", "size", "sha256", "added_at"),
        fate=Fate.DELETED, term="learning", since="fact", at="added_at", files=portfolio,
    ),
    Kind(
        key="portfolio_answers", name=_("What was answered to the files of the portfolio"), why=SHOWN,
        basis=Basis.CONTRACT, model=PortfolioReview, person="item__learner",
        values=("item__title", "verdict", "block", "reason", "at"), fate=Fate.DELETED, term="learning", since="fact",
        at="at",
    ),
    practised("portfolio_reviews", _("Files of portfolios that the person answered"), PortfolioReview, "author",
              ("verdict", "block", "at")),
]  # fmt: skip
