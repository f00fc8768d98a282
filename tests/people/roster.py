"""What the tests of the staff's pages share."""

import re

from django.contrib.auth.models import Group

from people.models import Cohort, Country, Organisation, User
from people.roles import Role
from tests.courses import steps

LINK = re.compile(r"/i/([\w-]{22})/")


def url(name, *args, language="fr"):
    return steps.address(f"people:{name}", *args, language=language)


def cohort_of_lille():
    return Cohort.objects.get(name="Groupe de Lille")


def cohort_elsewhere():
    organisation = Organisation.objects.create(name="Huis van de ambassadeurs", country=Country.BELGIUM)
    return Cohort.objects.create(name="Groep Gent", organisation=organisation)


def person_with(role, organisation=None, **values):
    person = User.objects.create(organisation=organisation, **values)
    person.groups.add(Group.objects.get(name=role))
    return person


def learners(count, cohort, start=0):
    people = [
        User(username=f"person{at}", printed_name=f"Person {at:03}", organisation=cohort.organisation)
        for at in range(start, start + count)
    ]
    cohort.members.add(*User.objects.bulk_create(people))
    Group.objects.get(name=Role.AMBASSADOR).user_set.add(*cohort.members.all())


def tokens(response):
    return set(LINK.findall(response.content.decode()))
