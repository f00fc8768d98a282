import re

import pytest

from courses.terms import Word, mark


def word(term, number=1):
    return Word(number, term, "What it means.")


def buttons(html):
    return re.findall(r'<button class="term" type="button" popovertarget="word-(\d)">([^<]+)</button>', html)


@pytest.mark.parametrize(
    ("term", "html", "said"),
    [
        ("le stress", "<p>C’est le stress.</p>", "stress"),
        ("l’excision", "<p>On dit « l’excision ».</p>", "excision"),
        ("de burn-out", "<p>Een Burn-out komt traag.</p>", "Burn-out"),
        ("l’épuisement professionnel (burn-out)", "<p>Un épuisement professionnel.</p>", "épuisement professionnel"),
        ("LGBT", "<ul><li>LGBT</li></ul>", "LGBT"),
    ],
)
def test_a_term_is_marked_where_it_is_said(term, html, said):
    assert buttons(mark(html, [word(term)])) == [("1", said)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Le stressant.</p>",
        "<h2>Le stress</h2>",
        '<p><a href="/stress/">Le stress</a></p>',
        '<p><b title="stress">Rien.</b></p>',
    ],
)
def test_it_is_not_marked_elsewhere(html):
    asked = word("le stress")
    assert mark(html, [asked]) == html
    assert not asked.found


def test_it_is_marked_once_even_over_two_texts():
    asked = word("le stress")
    assert buttons(mark("<p>Le stress, puis le stress.</p>", [asked])) == [("1", "stress")]
    assert mark("<p>Le stress.</p>", [asked]) == "<p>Le stress.</p>"


def test_a_term_is_not_looked_for_in_another_one():
    asked = [word("la peur du noir", 1), word("la peur", 2)]
    assert buttons(mark("<p>La peur du noir. La peur.</p>", asked)) == [("1", "peur du noir"), ("2", "peur")]
