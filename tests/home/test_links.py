"""A link inside a text leads to the page in the reader's language."""

import pytest
from django.utils import translation
from wagtail.rich_text import expand_db_html

from tests.courses import steps

pytestmark = pytest.mark.usefixtures("course")


def link(page):
    return f'<a linktype="page" id="{page.pk}">lire</a>'


@pytest.mark.parametrize("written", ["fr", "nl"])
@pytest.mark.parametrize("read", ["fr", "nl"])
def test_it_leads_to_the_page_in_the_language_that_is_read(written, read):
    with translation.override(read):
        html = expand_db_html(link(steps.lesson(language=written)))
    assert html == f'<a href="{steps.lesson(language=read).url}">lire</a>'


def test_without_a_translation_it_leads_to_the_page_that_is_there():
    steps.lesson(language="nl").unpublish()
    with translation.override("nl"):
        assert expand_db_html(link(steps.lesson())) == f'<a href="{steps.lesson().url}">lire</a>'


def test_a_link_to_a_page_that_is_gone_leads_nowhere():
    assert expand_db_html('<a linktype="page" id="99999">lire</a>') == "<a>lire</a>"
    assert expand_db_html('<a linktype="page">lire</a>') == "<a>lire</a>"


def test_many_links_are_one_query(django_assert_num_queries):
    html = link(steps.lesson()) + link(steps.quiz()) + link(steps.lesson("choisir"))
    expand_db_html(html)
    with translation.override("nl"), django_assert_num_queries(1):
        assert expand_db_html(html).count('href="/nl/') == 3
