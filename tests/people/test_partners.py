"""Groups and partners in the admin: a coordinator makes the groups of their own organisation."""

import pytest

from lms.content.access import load_access
from people.models import Cohort, Country, Organisation

ADD, LIST = "/admin/snippets/people/cohort/add/", "/admin/snippets/people/cohort/"


@pytest.fixture
def desk(browse_as, coordinator, edition):
    load_access()
    return browse_as(coordinator)


@pytest.fixture
def elsewhere(database):
    return Organisation.objects.create(name="Huis van de ambassadeurs", country=Country.BELGIUM)


def typed(organisation, trainer, **values):
    return {"name": "Groupe de Roubaix", "organisation": organisation.pk, "trainers": [trainer.pk], **values}


def test_a_coordinator_makes_a_group(desk, coordinator, trainer):
    desk.post(ADD, typed(coordinator.organisation, trainer))
    assert Cohort.objects.get(name="Groupe de Roubaix").trainers.get() == trainer


def test_the_same_name_twice_is_told_and_nothing_is_lost(desk, coordinator, trainer, edition):
    response = desk.post(ADD, typed(coordinator.organisation, trainer, name=edition.cohort.name))
    assert response.status_code == 200 and edition.cohort.name in response.content.decode()
    assert Cohort.objects.count() == 1


def test_a_group_of_another_organisation_is_neither_made_nor_seen(desk, elsewhere, trainer):
    desk.post(ADD, typed(elsewhere, trainer))
    assert not Cohort.objects.filter(organisation=elsewhere).exists()
    cohort = Cohort.objects.create(name="Groep Gent", organisation=elsewhere)
    assert cohort.name not in desk.get(LIST).content.decode()
    assert desk.get(f"/admin/snippets/people/cohort/edit/{cohort.pk}/", follow=True).status_code == 404


def test_learners_are_not_offered_as_trainers(desk, trainer, learner):
    form = desk.get(ADD).content.decode()
    assert str(trainer) in form and str(learner) not in form


def test_changing_a_group_keeps_its_learners(desk, trainer, learner, edition):
    cohort = edition.cohort
    assert learner in cohort.members.all()
    desk.post(f"/admin/snippets/people/cohort/edit/{cohort.pk}/", typed(cohort.organisation, trainer))
    cohort.refresh_from_db()
    assert cohort.name == "Groupe de Roubaix" and learner in cohort.members.all()


@pytest.mark.parametrize("role", ["trainer", "learner"])
def test_the_others_make_no_group(request, browse_as, desk, coordinator, trainer, role):
    browse_as(request.getfixturevalue(role)).post(ADD, typed(coordinator.organisation, trainer))
    assert not Cohort.objects.filter(name="Groupe de Roubaix").exists()
