"""Many invented people, to see how the site does with them."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lms.management.commands.make_people import make_people
from people.models import Cohort, Invitation, User
from people.roles import Role


@pytest.mark.django_db
def test_it_shares_people_out_among_cohorts():
    before = Cohort.objects.count()
    made = make_people(20, 4, timezone.now())
    assert Cohort.objects.count() == before + 4
    assert [cohort.members.count() for cohort in made] == [5] * 4
    assert all(cohort.trainers.get().roles == {Role.TRAINER} for cohort in made)
    member = made[0].members.first()
    assert member.roles == {Role.AMBASSADOR} and not member.has_usable_password()
    assert member.organisation_id == made[0].organisation_id
    assert Invitation.objects.open(timezone.now()).count() == 7


@pytest.mark.django_db
def test_twice_adds_others(capsys):
    for _time in range(2):
        call_command("make_people", people=3, cohorts=1)
    assert User.objects.filter(groups__name=Role.TRAINER, username__startswith="trainer-").count() == 2
    assert "3 people in 1 cohorts." in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"people": -1}, {"cohorts": 0}])
def test_it_refuses_nonsense(asked):
    with pytest.raises(CommandError):
        call_command("make_people", **asked)


@pytest.mark.django_db
def test_never_on_a_real_site(settings):
    settings.DEBUG = settings.DEMO = False
    before = User.objects.count()
    with pytest.raises(CommandError):
        call_command("make_people", people=1, cohorts=1)
    assert User.objects.count() == before
