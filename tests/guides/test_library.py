import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from guides.models import Activity, Guide
from tests.guides.shelf import make_activity, make_guide, make_library, make_topic


@pytest.fixture
def library(database):
    return make_library()


@pytest.fixture
def guide(library):
    return make_guide(library, [make_activity(library)], tags=[make_topic()])


def shown(client, library, **filters):
    return client.get(library.url, filters).content.decode()


def test_every_cover_is_drawn(database):
    for number, _label in Guide._meta.get_field("number").choices:
        assert finders.find(f"icons/art/{Guide(number=number).cover}.svg")


def test_a_visitor_reads_the_library_without_account_and_without_cookie(client, library, guide):
    response = client.get(library.url)
    html = response.content.decode()
    assert "Autour d’une table" in html and "Valise à parler" in html
    assert reverse("guides:pdf", args=[guide.translation_key, "phone"]) in html
    assert not response.cookies


def test_the_tab_leads_to_the_library_of_the_language(client, guide):
    assert client.get("/fr/guides/all/").headers["Location"] == "/fr/guides/"
    assert client.get("/nl/guides/all/").headers["Location"] == "/nl/gidsen/"


def test_no_library_in_this_language_is_a_404(client, database):
    assert client.get("/nl/guides/all/").status_code == 404


def test_the_dutch_library_speaks_dutch(client, library, guide):
    html = client.get("/nl/gidsen/").content.decode()
    assert "Rond een tafel" in html and "Praatvalies" in html and "Autour" not in html


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"Dehors", "Dedans"}),
        ({"level": "B2"}, {"Dehors"}),
        ({"level": ["pre-A1", "B2"]}, {"Dehors", "Dedans"}),
        ({"place": "outdoor"}, {"Dehors"}),
        ({"place": ["outdoor", "indoor"]}, {"Dehors", "Dedans"}),
        ({"topic": "work"}, {"Dedans"}),
        ({"q": "ECOLE"}, {"Dedans"}),
        ({"q": "marché été"}, {"Dehors"}),
        ({"q": "introuvable"}, set()),
        ({"level": "C2", "topic": "nothing"}, {"Dehors", "Dedans"}),
    ],
)
def test_filters(client, library, filters, found):
    activity = make_activity(library)
    outside = {"level_min": "A2", "level_max": "B2", "place": "outdoor", "summary": "Le marché, en été."}
    inside = {"level_min": "pre-A1", "level_max": "A1", "summary": "Comme à l’école."}
    make_guide(library, [activity], "Dehors", "Buiten", **outside)
    make_guide(library, [activity], "Dedans", "Binnen", [make_topic("work", "Travail", "Werk")], **inside)
    html = shown(client, library, **filters)
    assert {title for title in ("Dehors", "Dedans") if f">{title}</a>" in html} == found


def test_activities_are_filtered_too(client, library):
    make_activity(library, "Au jardin", "In de tuin", place="outdoor", theme=make_topic("work", "Travail", "Werk"))
    make_activity(library, "À table", "Aan tafel")
    html = shown(client, library, place="outdoor", topic="work")
    assert "Au jardin" in html and "À table" not in html


def test_topics_carry_the_label_of_the_language(client, library, guide):
    assert '<option value="language">Langue</option>' in shown(client, library)
    assert '<option value="language">Taal</option>' in client.get("/nl/gidsen/").content.decode()


def test_what_is_not_published_is_not_shown(client, library, guide):
    Guide.objects.filter(pk=guide.pk).update(live=False)
    Activity.objects.all().update(live=False)
    html = shown(client, library)
    assert "Autour d’une table" not in html and "Valise à parler" not in html


def test_queries_do_not_grow_with_the_library(library, guide, django_assert_max_num_queries):
    client = Client()
    shown(client, library)
    counts = [queries(client, library, django_assert_max_num_queries)]
    for number in range(8):
        activity = make_activity(library, f"Activité {number}", f"Activiteit {number}")
        make_guide(library, [activity], f"Guide {number}", f"Gids {number}")
    counts.append(queries(client, library, django_assert_max_num_queries))
    assert counts[0] == counts[1]


def queries(client, library, counter):
    with counter(30) as captured:
        shown(client, library)
    return len(captured)
