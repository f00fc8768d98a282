from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.models import AttendanceMark, MarkDetail, SlotLock, is_whole, roster_of
from certification.refusals import Conflict, Refused
from events.models import Registration
from tests.certification.facts import everyone_present, say
from tests.databases import together


@pytest.fixture
def slot(session):
    return session.half_days[0]


def answers(*rows):
    """What the roster form sends: (learner, letter, minutes)."""
    data = {}
    for learner, letter, minutes in rows:
        data |= {f"{learner.code}-status": letter, f"{learner.code}-minutes": minutes, f"{learner.code}-uuid": uuid4()}
    return data


def post(client, slot, data):
    return client.post(reverse("certification:mark", args=[slot.code]), data)


def test_it_works(browse_as, trainer, learner, other_learner, slot):
    response = post(browse_as(trainer), slot, answers((learner, "p", ""), (other_learner, "l", 150)))
    assert response.status_code == 302
    marks = {mark.learner: mark for mark in AttendanceMark.objects.all()}
    assert (marks[learner].status, marks[learner].minutes) == ("present", 210)
    assert (marks[other_learner].status, marks[other_learner].minutes) == ("late", 150)
    assert marks[learner].detail.printed_name == "Amina Diallo"
    assert is_whole(slot)


def test_an_empty_answer_changes_nothing(browse_as, trainer, learner, other_learner, slot):
    assert post(browse_as(trainer), slot, answers((learner, "", ""))).status_code == 302
    assert not AttendanceMark.objects.exists()


def test_only_rows_that_changed_are_saved(browse_as, trainer, learner, other_learner, slot):
    client = browse_as(trainer)
    post(client, slot, answers((learner, "p", ""), (other_learner, "p", "")))
    post(client, slot, answers((learner, "p", ""), (other_learner, "a", "")))
    assert AttendanceMark.objects.count() == 3
    assert AttendanceMark.objects.filter(slot=slot).standing()[str(other_learner.pk)].status == "absent"


def test_sent_twice_it_is_recorded_once(browse_as, trainer, learner, slot):
    data = answers((learner, "p", ""))
    for _time in range(2):
        post(browse_as(trainer), slot, data)
    assert AttendanceMark.objects.count() == 1


def test_the_same_uuid_with_another_answer_is_a_conflict(browse_as, trainer, learner, other_learner, slot):
    data = answers((learner, "p", ""), (other_learner, "p", ""))
    post(browse_as(trainer), slot, data)
    response = post(
        browse_as(trainer), slot, {**data, f"{learner.code}-status": "a", f"{other_learner.code}-uuid": uuid4()}
    )
    assert response.status_code == 409
    assert str(data[f"{learner.code}-uuid"]) not in response.content.decode()
    assert AttendanceMark.objects.count() == 2


@pytest.mark.parametrize("minutes", ["", "0", "-5", "9999", "many"])
def test_bad_minutes_are_refused_and_what_was_typed_is_kept(browse_as, trainer, learner, other_learner, slot, minutes):
    data = answers((learner, "l", minutes), (other_learner, "p", ""))
    response = post(browse_as(trainer), slot, data)
    assert response.status_code == 422
    assert not AttendanceMark.objects.exists()
    rows = {row.learner: row for row in response.context["roster"].rows}
    assert (rows[learner].letter, rows[other_learner].letter) == ("l", "p")
    assert rows[learner].errors
    assert not rows[other_learner].errors


@pytest.mark.parametrize("spoiled", [{"status": "z"}, {"uuid": ""}, {"uuid": "not-one"}])
def test_a_spoiled_row_is_refused(browse_as, trainer, learner, slot, spoiled):
    data = answers((learner, "p", "")) | {f"{learner.code}-{name}": value for name, value in spoiled.items()}
    assert post(browse_as(trainer), slot, data).status_code == 422
    assert not AttendanceMark.objects.exists()


def test_after_the_signature_a_mark_is_late_and_changes_nothing(browse_as, trainer, session, learner, slot):
    everyone_present(session, trainer)
    response = post(browse_as(trainer), slot, answers((learner, "a", "")))
    assert response.status_code == 302
    late = AttendanceMark.objects.get(late=True)
    assert AttendanceMark.objects.filter(slot=slot).standing()[str(learner.pk)].status == "present"
    assert late in AttendanceMark.objects.filter(slot=slot).waiting()
    assert is_whole(slot)


def test_with_sign_it_goes_on_to_the_signature(browse_as, trainer, learner, slot):
    response = post(browse_as(trainer), slot, {**answers((learner, "p", "")), "sign": "1"})
    assert response["Location"] == reverse("certification:countersign", args=[slot.code])


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 302)])
def test_who_may_mark(request, browse_as, learner, slot, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert post(client, slot, answers((learner, "p", ""))).status_code == status
    assert AttendanceMark.objects.exists() == (status == 302)


def test_a_trainer_of_another_group_is_a_stranger(browse_as, trainer, session, learner, slot):
    session.trainers.clear()
    session.edition.cohort.trainers.clear()
    assert post(browse_as(trainer), slot, answers((learner, "p", ""))).status_code == 404


def test_a_visitor_signs_in_first(client, learner, slot):
    response = post(client, slot, answers((learner, "p", "")))
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


def test_get_writes_nothing(browse_as, trainer, slot):
    assert browse_as(trainer).get(reverse("certification:mark", args=[slot.code])).status_code == 405


def test_a_missing_half_day(browse_as, trainer, learner, session):
    url = reverse("certification:mark", args=[uuid4()])
    assert browse_as(trainer).post(url, answers((learner, "p", ""))).status_code == 404


def test_someone_who_is_not_expected_cannot_be_marked(browse_as, trainer, stranger, slot):
    assert post(browse_as(trainer), slot, answers((stranger, "p", ""))).status_code == 302
    assert not AttendanceMark.objects.exists()


def test_the_roster_shows_who_is_to_mark(browse_as, trainer, slot):
    response = browse_as(trainer).get(reverse("certification:roster", args=[slot.code]))
    assert [str(row.learner) for row in response.context["roster"].rows] == ["Amina Diallo", "Tesfay Gebremedhin"]
    assert response.content.decode().count("data-roster") == 1


def test_the_roster_joins_those_enrolled_and_those_registered(stranger, slot):
    Registration.objects.create(session=slot.session, learner=stranger, at=timezone.now())
    assert [person.username for person in roster_of(slot)] == ["learner", "other_learner", "stranger"]


def test_a_cancelled_registration_leaves_the_roster_unless_it_was_marked(trainer, stranger, slot):
    now = timezone.now()
    Registration.objects.create(session=slot.session, learner=stranger, at=now, cancelled_at=now)
    assert stranger not in roster_of(slot)
    say(slot, stranger, trainer)
    assert stranger in roster_of(slot)


def test_the_roster_takes_as_many_queries_for_more_people(
    browse_as, trainer, coordinator, stranger, slot, django_assert_num_queries, django_assert_max_num_queries
):
    client, url = browse_as(trainer), reverse("certification:roster", args=[slot.code])
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for person in (stranger, coordinator):
        Registration.objects.create(session=slot.session, learner=person, at=timezone.now())
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_a_correction_needs_a_reason(trainer, learner, slot):
    with pytest.raises(Refused):
        say(slot, learner, trainer, source=4)


def test_a_mark_of_another_author_with_the_same_uuid_is_another_mark(trainer, coordinator, learner, slot):
    uuid = uuid4()
    assert say(slot, learner, trainer, uuid=uuid) != say(slot, learner, coordinator, uuid=uuid)


def test_the_same_uuid_in_another_half_day_is_a_conflict(trainer, learner, session):
    uuid = uuid4()
    say(session.half_days[0], learner, trainer, uuid=uuid)
    with pytest.raises(Conflict):
        say(session.half_days[1], learner, trainer, uuid=uuid)


def test_an_erased_detail_leaves_the_chain_whole(trainer, learner, slot):
    mark = say(slot, learner, trainer)
    MarkDetail.objects.filter(mark=mark).delete()
    assert is_whole(slot)


def test_a_changed_detail_is_seen(trainer, learner, slot):
    mark = say(slot, learner, trainer)
    MarkDetail.objects.filter(mark=mark).update(printed_name="Someone else")
    assert not is_whole(slot)


def test_the_same_mark_twice_at_once_is_one_row(real_database, trainer, learner, session):
    slot, uuid = session.half_days[0], uuid4()
    first, second = together(*[lambda: say(slot, learner, trainer, uuid=uuid).pk] * 2)
    assert first == second
    assert AttendanceMark.objects.count() == 1


def test_marks_at_once_keep_one_chain(real_database, trainer, coordinator, learner, other_learner, session):
    slot = session.half_days[0]
    together(
        lambda: say(slot, learner, trainer),
        lambda: say(slot, learner, coordinator, "absent"),
        lambda: say(slot, other_learner, trainer),
        lambda: say(slot, other_learner, coordinator, "excused"),
    )
    assert sorted(AttendanceMark.objects.values_list("position", flat=True)) == [1, 2, 3, 4]
    assert is_whole(slot)


def test_a_mark_and_a_signature_at_once_agree(real_database, trainer, learner, session):
    slot = session.half_days[0]
    for enrolment in session.edition.enrolments.all():
        say(slot, enrolment.learner, trainer)
    together(
        lambda: SlotLock.objects.countersign(slot, trainer, timezone.now()),
        lambda: say(slot, learner, trainer, "absent"),
    )
    last = AttendanceMark.objects.filter(slot=slot).last()
    assert last.late == (SlotLock.objects.get(slot=slot).marks == 2)
    assert is_whole(slot)


def test_only_partial_presence_shows_its_minutes(browse_as, trainer, learner, other_learner, slot):
    say(slot, learner, trainer, "absent")
    say(slot, other_learner, trainer, "left_early", 60)
    response = browse_as(trainer).get(reverse("certification:roster", args=[slot.code]))
    shown = {row.learner: row["minutes"].value() for row in response.context["roster"].rows}
    assert shown == {learner: None, other_learner: 60}
