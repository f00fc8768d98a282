"""When there is no such page, or something broke."""

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.views.defaults import server_error

from tests.courses import steps
from tests.home.test_csp import Page


@pytest.mark.parametrize("url", ["/fr/nulle-part/", "/nl/nergens/", "/fr/formation/nulle-part/"])
@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_home_in_both_languages(url):
    response = Client().get(url)
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{url[1:3]}">' in html
    assert 'class="btn" href="/fr/"' in html
    assert 'class="btn" href="/nl/"' in html
    assert {"fr", "nl"} <= set(Page(html).languages)
    assert not response.cookies


def test_somebody_signed_in_keeps_the_way_to_their_path(browse_as, learner):
    html = browse_as(learner).get("/nl/nergens/").content.decode()
    assert f'href="{steps.address("courses:path", language="nl")}"' in html
    assert "Amina" in html


def test_a_page_for_others_offers_home_in_both_languages(browse_as, learner):
    response = browse_as(learner).get("/admin/", follow=True)
    html = response.content.decode()
    assert response.status_code == 403
    assert 'class="btn" href="/fr/"' in html
    assert 'class="btn" href="/nl/"' in html


@pytest.mark.parametrize("address", ["<script>alert(1)</script>/", "%00/", "é/", "a" * 3000 + "/"])
@pytest.mark.django_db
def test_an_odd_address_is_not_found_and_not_repeated(address):
    response = Client().get("/fr/" + address)
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


def test_a_broken_page_says_so_in_both_languages_without_asking_anything(rf):
    response = server_error(rf.get("/fr/"))
    html = response.content.decode()
    assert response.status_code == 500
    page = Page(html)
    assert page.languages == ["fr", "nl", "nl"]
    assert page.links == ["/fr/", "/nl/"]
    assert page.inline == [] and page.outside == []
    assert html == get_template("500.html").render()


@pytest.mark.usefixtures("real_database")
def test_a_broken_site_answers_with_that_page():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wagtailcore_site RENAME TO gone")
    response = Client(raise_request_exception=False).get("/fr/")
    assert response.status_code == 500
    assert "Une erreur est arrivée." in response.content.decode()
