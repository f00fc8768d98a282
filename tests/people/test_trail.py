"""The audit trail: every act of the staff is noted with its act, told in a sentence, found and exported."""

import csv
import datetime
import io
import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from certification.issuing import issue
from certification.models import LateDecision, SlotLock
from people import privacy
from people.models import Country, ErasureRequest, Organisation, TrailDetail, TrailEntry, User
from people.models.trail import note
from people.roles import Role
from people.trail import sentence
from tests.cast import PASSWORD
from tests.certification.facts import everyone_present, make_ready, say
from tests.courses import steps
from tests.databases import together

Action = TrailEntry.Action


def url(name="people:trail", *args, language="fr"):
    return steps.address(name, *args, language=language)


@pytest.fixture
def admin(coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    return coordinator


@pytest.fixture
def corrected(session, trainer, learner):
    slot = session.half_days[0]
    say(slot, learner, trainer, "absent")
    say(slot, learner, trainer, source=4, reason="Wrong line.")
    return TrailEntry.objects.get(action=Action.CORRECTED)


def noted(action):
    return TrailEntry.objects.get(action=action)


def shown(client, **asked):
    return [line for _entry, line in client.get(url(), asked).context["lines"]]


def edit(person):
    return f"/admin/users/edit/{person.pk}/"


def typed(person, **values):
    roles = list(person.groups.values_list("pk", flat=True))
    given = {"username": person.username, "printed_name": person.printed_name, "used_name": person.used_name}
    organisation = {"agreement": person.agreement, "organisation": person.organisation_id}
    return {**given, **organisation, "is_active": "on", "groups": roles, **values}


def test_a_correction_says_from_what_to_what(corrected, trainer, learner):
    assert (corrected.author, corrected.person) == (trainer, learner)
    assert corrected.before == {"status": "absent", "minutes": 0}
    assert corrected.after == {"status": "present", "minutes": 210}
    assert "Wrong line." not in str(vars(corrected))


def test_a_sentence_in_the_language_of_the_reader(browse_as, coordinator, corrected):
    html = browse_as(coordinator).get(url()).content.decode()
    assert "Claire Dubois" in html and "Amina Diallo" in html
    assert sentence(corrected).startswith("Claire Dubois a corrigé la présence de Amina Diallo")
    assert "absent → présent" in sentence(corrected)


def test_a_countersignature_and_a_decision(session, trainer, learner):
    everyone_present(session, trainer)
    slot = session.half_days[0]
    assert TrailEntry.objects.filter(action=Action.SIGNED, author=trainer).count() == 2
    SlotLock.objects.countersign(slot, trainer, timezone.now())
    assert TrailEntry.objects.filter(action=Action.SIGNED).count() == 2
    mark = say(slot, learner, trainer, "absent")
    for _time in range(2):
        LateDecision.objects.decide(mark, trainer, True, timezone.now())
    entry = noted(Action.DECIDED)
    assert (entry.person, entry.after) == (learner, {"status": "absent", "minutes": 0, "accepted": True})


def test_a_certificate_issued_and_revoked_by_the_staff(session, trainer, learner, other_learner, coordinator):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, trainer, timezone.now())
    issue(learner, session.edition, trainer, timezone.now())
    issue(other_learner, session.edition, other_learner, timezone.now())
    entry = noted(Action.ISSUED)
    assert (entry.author, entry.person, entry.subject) == (trainer, learner, certificate.number)
    for reason in ("error", "request"):
        certificate.revoke(reason, coordinator, timezone.now())
    assert noted(Action.REVOKED).after == {"revoked_for": "error"}


def test_an_act_that_is_undone_leaves_no_entry(session, trainer, learner):
    with transaction.atomic():
        everyone_present(session, trainer)
        transaction.set_rollback(True)
    assert not TrailEntry.objects.exists()


def test_two_erasures_at_once_are_one_entry(real_database, learner, coordinator):
    now = timezone.now()
    together(*[lambda: privacy.erase(learner, now, coordinator)] * 2)
    assert noted(Action.ERASED).author == coordinator


def test_an_edit_notes_the_fields_that_changed_and_no_secret(browse_as, admin, learner):
    secret = "nouveau-mot-de-passe"
    data = typed(learner, printed_name="Amina Bah", password1=secret, password2=secret)
    assert browse_as(admin).post(edit(learner), data).status_code == 302
    entry = noted(Action.CHANGED)
    assert entry.changes == [("printed_name", "Amina Diallo", "Amina Bah")]
    assert (entry.before, entry.after) == ({}, {})
    assert noted(Action.RESET).person == learner
    everything = str(list(TrailEntry.objects.values())) + str(list(TrailDetail.objects.values()))
    assert secret not in everything and "md5" not in everything


def test_an_edit_that_changes_nothing_is_not_noted(browse_as, admin, learner):
    browse_as(admin).post(edit(learner), typed(learner))
    assert not TrailEntry.objects.exists()


def test_roles_that_change(browse_as, admin, learner):
    trainers = Group.objects.get(name=Role.TRAINER)
    browse_as(admin).post(edit(learner), typed(learner, groups=[trainers.pk]))
    entry = noted(Action.ROLES)
    assert (entry.before, entry.after) == ({"roles": ["ambassador"]}, {"roles": ["trainer"]})
    assert "ambassadeur" in sentence(entry) and "formateur" in sentence(entry)


def test_a_person_who_is_added_and_one_who_is_deleted(browse_as, admin, stranger):
    client = browse_as(admin)
    client.post("/admin/users/new/", {"username": "nadia", "password1": PASSWORD, "password2": PASSWORD})
    assert noted(Action.CHANGED).person.username == "nadia"
    client.post(f"/admin/users/delete/{stranger.pk}/")
    assert noted(Action.ERASED).subject == stranger.code.hex[:6]


def test_many_who_are_changed_at_once(browse_as, admin, learner, stranger):
    client = browse_as(admin)
    people = f"?id={learner.pk}&id={stranger.pk}"
    role = Group.objects.get(name=Role.VOLUNTEER)
    client.post(f"/admin/bulk/people/user/assign_role/{people}", {"role": role.pk})
    assert set(TrailEntry.objects.filter(action=Action.ROLES).values_list("person", flat=True)) == {
        learner.pk,
        stranger.pk,
    }
    client.post(f"/admin/bulk/people/user/set_active_state/{people}", {"mark_as_active": "False"})
    assert TrailEntry.objects.filter(action=Action.CHANGED, after={"is_active": False}).count() == 2
    client.post(f"/admin/bulk/people/user/delete/{people}")
    assert User.objects.filter(pk=learner.pk).exists()


def test_an_erasure_takes_the_names_out_of_the_trail(browse_as, admin, learner):
    browse_as(admin).post(edit(learner), typed(learner, printed_name="Amina Bah"))
    privacy.erase(learner, timezone.now(), admin)
    assert not TrailDetail.objects.exists()
    assert "Amina" not in " ".join(sentence(entry) for entry in TrailEntry.objects.all())
    assert [entry.action for entry in TrailEntry.objects.all()] == ["erased", "changed"]


@pytest.mark.django_db
def test_the_database_refuses_to_change_it(coordinator):
    entry = note(Action.EXPORTED, coordinator, timezone.now())
    for change in (lambda: TrailEntry.objects.update(subject="x"), entry.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("person", ["learner", "trainer", "stranger"])
def test_who_may_not_read_it(request, browse_as, person):
    client = browse_as(request.getfixturevalue(person))
    assert client.get(url()).status_code == client.post(url("people:trail_export")).status_code == 403
    assert not TrailEntry.objects.exists()


def test_a_visitor_signs_in_and_get_exports_nothing(browse_as, coordinator):
    assert Client().get(url()).url.startswith(steps.address("account_login"))
    assert browse_as(coordinator).get(url("people:trail_export")).status_code == 405


def elsewhere(coordinator, leads=False):
    coordinator.organisation = Organisation.objects.create(name="Ander huis", country=Country.BELGIUM, leads=leads)
    coordinator.save()
    return User.objects.get(pk=coordinator.pk)


def test_a_coordinator_reads_of_the_own_organisation(browse_as, coordinator, corrected, session, trainer):
    everyone_present(session, trainer)
    assert len(shown(browse_as(coordinator))) == 3
    assert shown(browse_as(elsewhere(coordinator))) == []


def test_a_lead_partner_reads_of_everybody(browse_as, coordinator, corrected):
    assert len(shown(browse_as(elsewhere(coordinator, leads=True)))) == 1


def test_a_command_has_no_author(browse_as, admin, learner):
    privacy.erase(learner, timezone.now())
    assert shown(browse_as(admin))[0].startswith("Le site a effacé")


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"q": "amina"}, 1),
        ({"q": "Claire"}, 1),
        ({"q": "AB-2026"}, 1),
        ({"q": "personne"}, 0),
        ({"action": "corrected"}, 1),
        ({"action": "erased"}, 0),
        ({"since": "2020-01-01"}, 2),
        ({"since": "2999-01-01"}, 0),
        ({"until": "2020-01-01"}, 0),
        ({"page": "99"}, 2),
        ({"page": "x"}, 2),
    ],
)
def test_what_is_looked_for(browse_as, coordinator, corrected, asked, count):
    note(Action.ISSUED, coordinator, timezone.now(), coordinator, "AB-2026-0001")
    assert len(shown(browse_as(coordinator), **asked)) == count


@pytest.mark.parametrize("asked", [{"since": "hier"}, {"until": "2026-13-01"}, {"action": "x"}, {"q": "x" * 151}])
def test_what_is_asked_wrongly_is_named_and_kept(browse_as, coordinator, asked):
    response = browse_as(coordinator).get(url(), asked)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == set(asked)
    assert [name for name in asked if f'name="{name}"' not in response.content.decode()] == []


def test_fifty_lines_a_page_in_as_many_queries_as_for_one(
    browse_as, coordinator, learner, django_assert_max_num_queries
):
    now = timezone.now()
    client = browse_as(coordinator)
    for number in range(60):
        before = {"printed_name": "A"}
        note(Action.CHANGED, coordinator, now - datetime.timedelta(minutes=number), learner, before=before)
    client.get(url())
    with django_assert_max_num_queries(9):
        assert len(shown(client)) == 50
    assert len(shown(client, page=2)) == 10
    assert "page=2" in client.get(url(), {"q": "Amina"}).content.decode()


def exported(client, **asked):
    response = client.post(url("people:trail_export"), asked)
    content = response.getvalue().decode()
    return response, content, list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))


def test_the_export_is_a_table_and_is_noted_itself(browse_as, coordinator, corrected):
    response, content, rows = exported(browse_as(coordinator))
    assert content.startswith("\ufeff")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert [len(row) for row in rows] == [6, 6]
    assert rows[1][1] == "Claire Dubois" and rows[1][5].startswith("Claire Dubois a corrigé")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rows[1][0])
    assert noted(Action.EXPORTED).author == coordinator


def test_the_export_holds_what_was_looked_for_and_nothing_of_elsewhere(browse_as, coordinator, corrected):
    assert len(exported(browse_as(coordinator), action="erased")[2]) == 1
    assert "Amina" not in exported(browse_as(elsewhere(coordinator)))[1]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_export_is_a_formula(browse_as, coordinator, learner, start):
    User.objects.filter(pk=learner.pk).update(printed_name=f"{start}cmd|' /C calc'!A0")
    note(Action.CHANGED, coordinator, timezone.now(), learner, subject=f"{start}1+1")
    for row in exported(browse_as(coordinator))[2]:
        assert not [cell for cell in row if cell.startswith(start)]


def test_the_export_of_many_is_said_in_one_language(browse_as, coordinator):
    now = timezone.now()
    for _number in range(510):
        note(Action.AUDITOR, coordinator, now, subject="FSE")
    response = browse_as(coordinator).post(url("people:trail_export", language="nl"))
    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert len(rows) == 511
    assert len({row[2] for row in rows[1:]}) == 1


@pytest.mark.usefixtures("edition")
def test_every_action_is_said_in_both_languages(browse_as, admin, learner):
    for action in Action:
        note(action, admin, timezone.now(), learner, "AB-1", after={"status": "present"})
    french, dutch = (browse_as(admin).get(url(language=language)).context["lines"] for language in ("fr", "nl"))
    assert len(french) == len(dutch) == len(Action)
    assert not {line for _entry, line in french} & {line for _entry, line in dutch}


def test_a_refused_erasure_is_noted(browse_as, coordinator, learner):
    asked = ErasureRequest.objects.ask(learner, timezone.now())
    browse_as(coordinator).post(url("people:refuse_erasure", asked.code), {"reason": "law"})
    entry = noted(Action.REFUSED)
    assert (entry.author, entry.person, entry.after) == (coordinator, learner, {"reason": "law"})
    assert not TrailEntry.objects.filter(code=uuid4()).exists()


@pytest.mark.parametrize(
    ("typed", "kind"), [("2026-11-23", "date"), ("hier", "text"), ("2026-02-31", "text"), ("", "date")]
)
def test_a_day_stays_as_it_was_typed(browse_as, coordinator, typed, kind):
    content = browse_as(coordinator).get(url(), {"since": typed}).content.decode()
    assert f'<input type="{kind}" name="since"' in content and (not typed or f'value="{typed}"' in content)
