"""Everything that carries a topic, in the language of the address."""

import pytest
from django.test import Client

from courses.models import Lesson
from events.models import Event
from guides.models import Guide
from home.models import Topic
from tests.courses import steps
from tests.courses.filled import filled, library, translated


@pytest.fixture
def topic(db):
    return Topic.objects.create(name="Santé", slug="sante", label_nl="Gezondheid")


def tagged(page, topic):
    page.tags.add(topic)
    page.save_revision().publish()
    return page


def topic_page(language="fr", slug="sante"):
    return Client().get(steps.address("topic", slug, language=language))


def titles(response):
    assert response.status_code == 200
    return [page.title for page in response.context["pages"]]


def test_lessons_guides_and_events_are_together(topic):
    tagged(steps.lesson(), topic)
    tagged(Event.objects.get(slug="une-journee-ensemble"), topic)
    guide = tagged(filled(Guide, library())[0], topic)
    response = topic_page()
    assert set(titles(response)) == {"Se taire", "Une journée ensemble", guide.title}
    html = response.content.decode()
    assert f'href="{steps.lesson().url}"' in html
    assert "<h1>Santé</h1>" in html


def test_a_translated_lesson_is_listed_in_dutch(topic):
    page = tagged(filled(Lesson, steps.quiz().get_parent().specific)[0], topic)
    dutch = translated(page)
    assert titles(topic_page("nl")) == [dutch.title]
    assert "<h1>Gezondheid</h1>" in topic_page("nl").content.decode()


def test_a_lesson_without_dutch_is_not_listed_in_dutch(topic):
    tagged(steps.lesson(), topic)
    assert titles(topic_page("nl")) == []


def test_an_unpublished_page_is_not_listed(topic):
    tagged(steps.lesson(), topic).unpublish()
    assert titles(topic_page()) == []


def test_another_topic_is_not_listed(topic):
    tagged(steps.lesson(), Topic.objects.create(name="Logement", slug="logement"))
    assert titles(topic_page()) == []


def test_a_topic_without_a_dutch_label_keeps_its_name(topic):
    Topic.objects.update(label_nl="")
    assert "<h1>Santé</h1>" in topic_page("nl").content.decode()


def test_the_language_switch_leads_to_the_same_topic(topic):
    assert f'href="{steps.address("topic", "sante", language="nl")}"' in topic_page().content.decode()


@pytest.mark.parametrize("slug", ["inconnu", "1"])
def test_an_unknown_topic_is_not_found(topic, slug):
    assert topic_page(slug=slug).status_code == 404


def test_post_is_refused(topic):
    assert Client().post(steps.address("topic", "sante")).status_code == 405


def test_the_queries_do_not_depend_on_the_number_of_lessons(
    topic, django_assert_num_queries, django_assert_max_num_queries
):
    module = steps.quiz().get_parent()
    tagged(steps.lesson(), topic)
    topic_page()
    with django_assert_max_num_queries(12) as few:
        topic_page()
    for number in range(5):
        page = Lesson(title=f"Plus {number}", slug=f"plus-{number}", summary="…", minutes=5, body=[])
        tagged(module.add_child(instance=page), topic)
    with django_assert_num_queries(len(few)):
        assert len(titles(topic_page())) == 6
