"""The short address of the help page."""

import pytest
from django.test import Client

from home.models import HomePage, SiteSettings, StandardPage
from tests.courses import steps
from tests.courses.filled import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def help_page():
    home = HomePage.objects.get(slug="accueil")
    page = home.add_child(instance=StandardPage(title="Aide", slug="aide", body=[]))
    SiteSettings.objects.create(help_page=page)
    return page


def help_me(language):
    return Client().get(steps.address("help", language=language))


def test_it_leads_to_the_page_in_the_language_of_the_address(help_page):
    dutch = translated(help_page)
    assert help_me("fr").url == help_page.url
    assert help_me("nl").url == dutch.url
    assert Client().get(dutch.url).status_code == 200


def test_without_a_translation_it_leads_to_the_page_that_is_there(help_page):
    assert help_me("nl").url == help_page.url


def test_a_translation_that_is_not_published_is_not_a_translation(help_page):
    translated(help_page).unpublish()
    assert help_me("nl").url == help_page.url


def test_without_a_help_page_it_is_not_found():
    assert help_me("fr").status_code == 404
    SiteSettings.objects.create()
    assert help_me("nl").status_code == 404


def test_post_is_refused(help_page):
    assert Client().post(steps.address("help")).status_code == 405


def test_the_footer_names_the_pages_in_its_own_order(help_page):
    home = HomePage.objects.get(slug="accueil")
    others = {
        name: home.add_child(instance=StandardPage(title=title, slug=title.lower(), body=[]))
        for name, title in [("about_page", "Projet"), ("privacy_page", "Donnees"), ("accessibility_page", "Acces")]
    }
    SiteSettings.objects.update(**others)
    assert footer("/fr/") == ["Acces", "Donnees", "Aide", "Projet"]
    dutch = {translated(page).title: page.title for page in (help_page, others["privacy_page"])}
    assert [dutch[title] for title in footer("/nl/")] == ["Donnees", "Aide"]


def footer(url):
    return [link["title"] for link in Client().get(url).context["footer_links"]]
