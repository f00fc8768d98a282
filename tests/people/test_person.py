"""A person, on unsaved rows where that is enough."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from people.models import Cohort, Country, Organisation, User
from people.roles import Role


@pytest.mark.parametrize(
    ("names", "full", "short"),
    [
        (("amina", "Amina Diallo", "Amina"), "Amina Diallo", "Amina"),
        (("amina", "Amina", ""), "Amina", "Amina"),
        (("amina", "أمينة", ""), "أمينة", "أمينة"),
        (("amina", "", "Mina"), "amina", "Mina"),
        (("amina", "", ""), "amina", "amina"),
    ],
)
def test_one_name_is_enough(names, full, short):
    username, printed_name, used_name = names
    person = User(username=username, printed_name=printed_name, used_name=used_name)
    assert (person.get_full_name(), person.get_short_name(), str(person)) == (full, short, full)


def test_no_first_and_last_name_is_kept():
    names = {field.name for field in User._meta.get_fields()}
    assert not {"first_name", "last_name"} & names


def test_everybody_has_a_code_that_tells_nothing():
    assert User().code != User().code


@pytest.mark.django_db
def test_every_role_is_a_group():
    assert set(Group.objects.values_list("name", flat=True)) >= set(Role.values)


def test_a_role_is_known_by_its_group(trainer, learner, coordinator):
    assert trainer.has_role(Role.TRAINER) and not trainer.has_role(Role.COORDINATOR)
    assert coordinator.is_coordinator and not trainer.is_coordinator
    assert [person.takes_attendance for person in (learner, trainer, coordinator)] == [False, True, True]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_an_administrator_has_every_role(role):
    assert User(username="root", is_superuser=True).has_role(role)


def test_the_roles_are_asked_once(trainer, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not trainer.has_role(Role.JURY) and not trainer.has_role(Role.EDITOR)


def test_a_trainer_sees_the_cohorts_they_lead(trainer, learner, coordinator):
    other = Cohort.objects.create(name="Groupe de Gand", organisation=trainer.organisation)
    assert [cohort.name for cohort in Cohort.objects.seen_by(trainer)] == ["Groupe de Lille"]
    assert not Cohort.objects.seen_by(learner).exists()
    assert other in Cohort.objects.seen_by(coordinator)


@pytest.mark.django_db
def test_a_cohort_is_named_once_in_an_organisation():
    lille = Cohort.objects.get(name="Groupe de Lille")
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.create(name=lille.name, organisation=lille.organisation)
    other = Organisation.objects.create(name="Autre", country=Country.BELGIUM)
    assert str(Cohort.objects.create(name=lille.name, organisation=other)) == lille.name
