import pytest

from guides.contents import levels, paragraphs, people
from guides.forms import any_level, folded
from guides.models import Activity


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("", []),
        ("<p></p><p>Un.</p>", ["Un."]),
        ("<p>Un <b>grand</b>\n pas.</p>", ["Un **grand** pas."]),
        ("<h2>Pour <b>qui</b> ?</h2>", ["**Pour qui ?**"]),
        ("<ul><li>un</li><li>deux</li></ul>", ["• un", "• deux"]),
        ("<ol><li>un</li><li>deux<ul><li>trois</li></ul></li></ol>", ["1. un", "2. deux", "• trois"]),
        ("<ul><li><p>un</p></li></ul>", ["• un"]),
        ('<p>Voir <a linktype="page" id="4">Aide &amp; contact</a>.</p>', ["Voir Aide & contact."]),
    ],
)
def test_rich_text_becomes_paragraphs(html, plain):
    assert paragraphs(html) == plain


def test_short_facts(database):
    activity = Activity(level_min="A1", level_max="A1", group_min=2, group_max=2)
    assert levels(activity) == "A1"
    assert "2" in people(activity)
    activity.level_max, activity.group_max = "B1", 8
    assert "A1" in levels(activity) and "B1" in levels(activity)
    assert "2" in people(activity) and "8" in people(activity)


def test_a_level_is_found_in_every_range_that_holds_it():
    condition = dict(any_level(["A2"]).children)
    assert condition == {"level_min__in": ["pre-A1", "A1", "A2"], "level_max__in": ["A2", "B1", "B2"]}


def test_accents_do_not_hide_a_word():
    assert folded("Été à l’École") == "ete a l’ecole"
