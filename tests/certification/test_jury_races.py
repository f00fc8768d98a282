"""Two connections to PostgreSQL at the end of a jury: who comes second waits, and finds what the first one did."""

import pytest

from certification.models import JuryClosing, JuryDecision, JurySignature, MinutesFile
from certification.refusals import Conflict, Refused
from certification.tasks import make_minutes
from tests.certification.sitting import POSTPONED, make_jury
from tests.certification.test_races import overlapping
from tests.databases import together

pytestmark = pytest.mark.postgres


@pytest.fixture
def sitting(real_database, edition, coordinator, learner):
    return make_jury(edition, coordinator, learner).declare().admit_all()


@pytest.mark.parametrize("run", [together, overlapping])
def test_two_last_signatures_at_once_make_one_closing(sitting, run):
    minutes = sitting.draw_up()
    sitting.sign(sitting.chair, minutes)
    signed = run(*[lambda who=who: sitting.sign(who, minutes) for who in (sitting.professional, sitting.trainer)])
    assert all(isinstance(one, JurySignature) for one in signed), signed
    closing = JuryClosing.objects.get()
    assert closing.minutes == minutes and minutes.signatures.count() == 3
    together(*[lambda: make_minutes.call(closing.pk)] * 2)
    assert MinutesFile.objects.get().closing == closing


def test_the_same_signature_twice_at_once_is_one(sitting):
    minutes = sitting.draw_up()
    for member in (sitting.chair, sitting.professional):
        sitting.sign(member, minutes)
    one, two = overlapping(*[lambda: sitting.sign(sitting.trainer, minutes)] * 2)
    assert one == two and JuryClosing.objects.count() == 1


def test_a_decision_that_comes_with_the_last_signature_is_refused(sitting, learner):
    minutes = sitting.draw_up()
    for member in (sitting.chair, sitting.professional):
        sitting.sign(member, minutes)
    last, late = overlapping(
        lambda: sitting.sign(sitting.trainer, minutes), lambda: sitting.decide(learner, POSTPONED, "Trop tard.")
    )
    assert isinstance(last, JurySignature) and isinstance(late, Refused) and late.code == "jury_closed"
    assert JuryDecision.objects.get().decision == "ADMIS"


def test_a_signature_that_comes_with_another_decision_is_refused(sitting, learner):
    minutes = sitting.draw_up()
    for member in (sitting.chair, sitting.professional):
        sitting.sign(member, minutes)
    _decision, late = overlapping(
        lambda: sitting.decide(learner, POSTPONED, "Une fois de plus."), lambda: sitting.sign(sitting.trainer, minutes)
    )
    assert isinstance(late, Conflict) and not JuryClosing.objects.exists()
