from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Course, Edition
from courses.requirements import Requirements
from tests.databases import together

URL = "certification:start"


@pytest.fixture
def waiting(edition):
    """The edition of the cohort, as it was before it started."""
    Edition.objects.update(started_at=None, requirements=None)
    edition.refresh_from_db()
    return edition


def start(client, edition):
    return client.post(reverse(URL, args=[edition.code]), follow=True)


def test_what_is_asked_is_shown_and_then_frozen(browse_as, coordinator, waiting):
    page = browse_as(coordinator).get(reverse("certification:cohort", args=[waiting.code])).content.decode()
    assert reverse(URL, args=[waiting.code]) in page
    content = start(browse_as(coordinator), waiting).content.decode()
    assert reverse(URL, args=[waiting.code]) not in content
    waiting.refresh_from_db()
    assert waiting.asked.modules and waiting.asked.presence_minutes == waiting.presence_minutes


def test_a_second_start_changes_nothing(browse_as, coordinator, edition):
    before = Edition.objects.values_list("started_at", "requirements").get(pk=edition.pk)
    Edition.objects.update(presence_minutes=0)
    start(browse_as(coordinator), edition)
    assert Edition.objects.values_list("started_at", "requirements").get(pk=edition.pk) == before


def test_a_course_that_is_not_published_cannot_start(browse_as, coordinator, waiting):
    Course.objects.update(live=False)
    response = start(browse_as(coordinator), waiting)
    assert "Publiez d’abord" in response.content.decode()
    assert Edition.objects.get().started_at is None


@pytest.mark.parametrize(("role", "status"), [("learner", 403), ("trainer", 403), ("stranger", 404)])
def test_it_is_for_the_coordinator(browse_as, request, waiting, learner, role, status):
    response = start(browse_as(request.getfixturevalue(role)), waiting)
    assert response.status_code == status and Edition.objects.get().started_at is None


def test_the_coordinator_sees_no_edition_that_is_not_there(browse_as, coordinator, waiting):
    waiting.code = uuid4()
    assert start(browse_as(coordinator), waiting).status_code == 404


def test_reading_starts_nothing(browse_as, coordinator, waiting):
    assert browse_as(coordinator).get(reverse(URL, args=[waiting.code])).status_code == 405


def test_of_two_starts_at_once_one_counts(real_database, waiting):
    def begin(minutes):
        Edition.objects.get().start(Requirements(minutes, ()), timezone.now())
        return Edition.objects.get().asked.presence_minutes

    first, second = together(lambda: begin(60), lambda: begin(120))
    assert first == second and first in (60, 120)
