from django.urls import reverse

from events.models import Session, Slot
from tests import cast
from tests.certification.facts import everyone_present

URL = "certification:sessions"


def test_each_half_day_leads_to_its_roster(browse_as, trainer, session):
    content = browse_as(trainer).get(reverse(URL)).content.decode()
    for slot in session.half_days:
        assert reverse("certification:roster", args=[slot.code]) in content


def test_signed_half_days_say_so(browse_as, trainer, session):
    before = browse_as(trainer).get(reverse(URL)).content.decode()
    everyone_present(session, trainer)
    after = browse_as(trainer).get(reverse(URL)).content.decode()
    assert after.count("chip--ok") == before.count("chip--ok") + 2


def test_a_coordinator_sees_them_all_and_another_trainer_none(browse_as, trainer, coordinator, session):
    session.trainers.clear()
    session.edition.cohort.trainers.clear()
    roster = reverse("certification:roster", args=[session.half_days[0].code])
    assert roster in browse_as(coordinator).get(reverse(URL)).content.decode()
    assert roster not in browse_as(trainer).get(reverse(URL)).content.decode()


def test_more_sessions_take_no_more_queries(
    browse_as, trainer, session, django_assert_num_queries, django_assert_max_num_queries
):
    client = browse_as(trainer)
    client.get(reverse(URL))
    with django_assert_max_num_queries(20) as few:
        client.get(reverse(URL))
    other = Session.objects.create(key=cast.uuid.uuid4(), edition=session.edition, city="Gand")
    first = session.half_days[0]
    Slot.objects.create(session=other, period=first.period, starts_at=first.starts_at, ends_at=first.ends_at)
    with django_assert_num_queries(len(few)):
        client.get(reverse(URL))
