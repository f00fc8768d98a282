"""Every page type: where it may stand, and that it is shown in both languages to whoever comes."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from courses.models import Catalogue, Course, Lesson, Module, Quiz
from events.models import Event, EventIndex
from guides.models import Activity, Guide, Library
from home.models import HomePage, StandardPage
from people.roles import Role
from tests.courses import steps
from tests.courses.filled import filled, library, page_types, translated

CHILDREN = {
    Page: {HomePage},
    HomePage: {Catalogue, StandardPage, EventIndex, Library},
    Catalogue: {Course},
    Course: {Module, Quiz},
    Module: {Lesson, Quiz},
    Lesson: set(),
    Quiz: set(),
    StandardPage: set(),
    EventIndex: {Event},
    Event: set(),
    Library: {Guide, Activity},
    Guide: set(),
    Activity: set(),
}
ROLES = [None, "learner", "stranger", "trainer", "coordinator"]
BLOCK_LISTS = {Lesson: "ecouter", StandardPage: "accueil", Event: "agenda"}


class Outline(HTMLParser):
    """What is asked of every page: one h1, one main, no id twice, labels for what is typed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.attributes = [], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        self.attributes.setdefault(tag, attributes)
        if attributes.get("id"):
            self.ids.append(attributes["id"])


def outline_of(response):
    assert response.status_code == 200
    return Outline(response.content.decode())


def client_of(request, browse_as, role):
    return browse_as(request.getfixturevalue(role)) if role else Client()


def filled_page(model):
    return filled(model, Page.objects.get(slug=BLOCK_LISTS[model], locale__language_code="fr").specific)


@pytest.mark.parametrize("parent", CHILDREN, ids=lambda model: model.__name__)
def test_a_page_type_takes_only_its_own_children(parent):
    assert set(parent.creatable_subpage_models()) == CHILDREN[parent]


def test_every_page_type_is_constrained():
    assert set(page_types("courses", "home", "events", "guides")) == set(CHILDREN) - {Page}


@pytest.mark.django_db
def test_a_home_page_has_one_catalogue():
    home = HomePage.objects.get(slug="accueil")
    assert not Catalogue.can_create_at(home)
    assert Library.can_create_at(home)
    library()
    assert not Library.can_create_at(HomePage.objects.get(slug="accueil"))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.usefixtures("session")
def test_every_page_of_the_site_is_shown(request, browse_as, role, language):
    client = client_of(request, browse_as, role)
    pages = Page.objects.live().filter(locale__language_code=language, depth__gt=1).specific()
    assert {type(page) for page in pages} == {HomePage, Catalogue, Course, Module, Lesson, Quiz, EventIndex, Event}
    for page in pages:
        outline = outline_of(client.get(page.url))
        assert outline.tags.count("h1") == outline.tags.count("main") == 1, page.url
        assert len(outline.ids) == len(set(outline.ids)), page.url
        assert outline.attributes["html"]["lang"] == language


@pytest.mark.parametrize("model", BLOCK_LISTS, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_every_block_is_shown_in_both_languages(model):
    page, words = filled_page(model)
    dutch = translated(page)
    for shown, prefix in ((page, ""), (dutch, "nl ")):
        html = Client().get(shown.url).content.decode().replace("\u00a0", " ")
        unseen = {
            place for text, place in words.said.items() if place.startswith("body.") and prefix + text not in html
        }
        assert unseen == set()
        assert "{" not in re.sub(r"<[^>]*>", "", html)


@pytest.mark.django_db
def test_both_languages_stand_side_by_side():
    page, words = filled_page(Lesson)
    translated(page)
    html = Client().get(page.url + "?two=1").content.decode().replace("\u00a0", " ")
    body = [text for text, place in words.said.items() if place.startswith("body.")]
    assert [text for text in body if text not in html or f"nl {text}" not in html] == []


@pytest.mark.usefixtures("course")
def test_a_lesson_without_dutch_is_shown_alone_when_both_are_asked_for():
    steps.lesson(language="nl").unpublish()
    response = Client().get(steps.lesson().url + "?two=1")
    assert response.status_code == 200
    assert 'class="bi"' not in response.content.decode()


@pytest.mark.parametrize("two", ["", "0", "<script>", "é" * 500])
@pytest.mark.usefixtures("course")
def test_an_odd_question_in_the_address_is_harmless(two):
    response = Client().get(steps.lesson().url, {"two": two})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


@pytest.mark.usefixtures("course")
def test_a_lesson_leads_to_the_steps_around_it():
    html = Client().get(steps.lesson("poser-une-question").url).content.decode()
    assert f'<a class="btn" href="{steps.lesson().url}"' in html
    assert steps.quiz().title.replace(" :", "\u00a0:") in html


@pytest.mark.usefixtures("edition")
def test_a_module_without_lessons_is_not_called_finished(browse_as, learner, course):
    empty = course.add_child(instance=Module(title="Vide", slug="vide", number=3, summary="…", certificate_line="…"))
    html = browse_as(learner).get(empty.url).content.decode()
    assert steps.said("You have finished this module.") not in html


@pytest.mark.usefixtures("course")
def test_a_quiz_without_a_module_is_shown(course):
    bank = course.add_child(instance=Quiz(title="Banque", slug="banque"))
    assert Client().get(bank.url).status_code == 200
    assert Client().get(course.url).status_code == 200


@pytest.mark.parametrize("model", BLOCK_LISTS, ids=lambda model: model.__name__)
@pytest.mark.usefixtures("coordinator")
def test_an_editor_sees_the_page_before_it_is_published(browse_as, coordinator, model):
    coordinator.is_superuser = True
    coordinator.save()
    page, _words = filled_page(model)
    page.title = "Brouillon"
    page.save_revision()
    response = browse_as(coordinator).get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Brouillon" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["", "inconnue/", "formation/inconnue/", "formation/../admin/", "formation//devenir-ambassadeur/"]
)
@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.django_db
def test_an_address_that_leads_nowhere_is_not_found(language, path):
    assert Client().get(f"/{language}/{path}").status_code == (404 if path else 200)


@pytest.mark.usefixtures("course")
def test_a_page_is_not_found_under_the_address_of_the_other_language():
    french, dutch = steps.lesson(), steps.lesson(language="nl")
    assert Client().get(french.url.replace("/fr/", "/nl/")).status_code == 404
    assert Client().get(dutch.url.replace("/nl/", "/fr/")).status_code == 404


@pytest.mark.usefixtures("course")
def test_an_unpublished_page_is_not_found_and_what_is_below_it_stays():
    module, lesson = steps.quiz().get_parent(), steps.lesson()
    module.unpublish()
    assert Client().get(module.url).status_code == 404
    assert Client().get(lesson.url).status_code == 200


@pytest.mark.usefixtures("course")
def test_a_private_page_asks_to_sign_in(browse_as, learner):
    module, lesson = steps.quiz().get_parent(), steps.lesson()
    module.view_restrictions.create(restriction_type="login")
    response = Client().get(lesson.url, follow=True)
    assert response.redirect_chain[-1][0] == f"{steps.address('account_login')}?next={lesson.url}"
    assert browse_as(learner).get(lesson.url).status_code == 200


@pytest.mark.usefixtures("course")
def test_a_page_for_a_group_says_so_to_the_others(browse_as, learner, trainer):
    lesson = steps.lesson()
    restriction = lesson.view_restrictions.create(restriction_type="groups")
    restriction.groups.set(Group.objects.filter(name=Role.TRAINER))
    assert browse_as(learner).get(lesson.url, follow=True).status_code == 403
    assert browse_as(trainer).get(lesson.url).status_code == 200


@pytest.mark.usefixtures("course")
def test_a_renamed_home_page_still_leads_everywhere():
    home = HomePage.objects.get(slug="accueil")
    home.slug = "bienvenue"
    home.save_revision().publish()
    assert Client().get(steps.lesson().url).status_code == 200
    with translation.override("nl"):
        assert Client().get(steps.lesson(language="nl").url).status_code == 200


@pytest.mark.usefixtures("session")
def test_a_visitor_receives_no_cookie():
    for page in Page.objects.live().filter(depth__gt=1):
        response = Client().get(page.url)
        assert not response.cookies, page.url
