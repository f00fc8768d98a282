import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests.guides.shelf import make_activity, make_guide, make_library


@pytest.fixture
def library(database):
    return make_library()


def test_a_guide_offers_two_sizes_its_activities_and_the_other_language(client, library):
    guide = make_guide(library, [make_activity(library)])
    html = client.get(guide.url).content.decode()
    assert f"/fr/guides/{guide.translation_key}/phone.pdf" in html
    assert f"/fr/guides/{guide.translation_key}/a4.pdf" in html
    assert "Valise à parler" in html and "CC BY-SA" in html
    assert 'hreflang="nl">Rond een tafel</a>' in html


def test_a_dutch_guide_lists_dutch_activities(client, library):
    guide = make_guide(library, [make_activity(library)])
    html = client.get(guide.get_translations().get().url).content.decode()
    assert "Praatvalies" in html and "Valise" not in html


def test_an_activity_is_read_in_full(client, library):
    activity = make_activity(library, safety="<p>Pas de couteau.</p>", participation_hours=True)
    html = client.get(activity.url).content.decode()
    for text in ("Nommer des objets.", "Une valise", "Sortez un objet.", "Qu’est-ce que c’est", "vrais", "couteau"):
        assert text in html


def test_the_home_page_shows_three_guides_in_one_query(library, django_assert_num_queries):
    for number in range(5):
        make_guide(library, [make_activity(library, f"A{number}", f"B{number}")], f"Guide {number}", f"Gids {number}")
    page = Template("{% load guides_tags %}{% guide_cards language %}")
    request = RequestFactory().get("/nl/")
    library.get_url(request)
    with django_assert_num_queries(1):
        html = page.render(Context({"request": request, "language": "nl"}))
    assert html.count('class="guide"') == 3 and "Gids 0" in html
