"""The way to the course."""

import pytest
from django.test import Client

from courses.models import Catalogue, Course
from tests.courses import steps


@pytest.fixture
def second_course(course):
    return course.get_parent().add_child(instance=Course(title="Suite", slug="suite", summary="La suite."))


def catalogue(client, language="fr"):
    return client.get(steps.address("courses:catalogue", language=language))


def test_a_visitor_comes_to_the_course_in_the_language_of_the_address(course):
    assert catalogue(Client()).url == course.url
    assert catalogue(Client(), "nl").url == steps.in_dutch(course).url


@pytest.mark.usefixtures("edition", "second_course")
def test_a_learner_comes_to_the_course_of_their_edition(browse_as, learner, course):
    course.move(course.get_parent(), "last-child")
    assert catalogue(Client()).url == Course.objects.get(slug="suite").url
    assert catalogue(browse_as(learner)).url == course.url


def test_an_unpublished_course_gives_way_to_the_next(browse_as, learner, edition, course, second_course):
    course.unpublish()
    assert catalogue(Client()).url == second_course.url
    assert catalogue(browse_as(learner)).url == second_course.url


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_without_a_course_it_is_not_found(course, language):
    steps.in_dutch(course).unpublish()
    course.unpublish()
    assert catalogue(Client(), language).status_code == 404


def test_post_is_refused(course):
    assert Client().post(steps.address("courses:catalogue")).status_code == 405


@pytest.mark.usefixtures("second_course")
def test_the_catalogue_page_lists_the_courses_that_are_published(course):
    page = Catalogue.objects.get(slug="formation")
    html = Client().get(page.url).content.decode()
    assert f'href="{course.url}"' in html
    assert "La suite." in html
    Course.objects.get(slug="suite").unpublish()
    assert "La suite." not in Client().get(page.url).content.decode()
