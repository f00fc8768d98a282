"""The rules of a quiz, on plain values."""

from hypothesis import given, settings
from hypothesis import strategies as st

from courses.scoring import Choice, Kind, Question, Result, is_possible, is_right, score, shuffled

# A busy machine is no mistake of ours, and nothing is kept from one run to the next.
settings.register_profile("rules", deadline=None, database=None, max_examples=60)
settings.load_profile("rules")
words = st.text(max_size=8)


@st.composite
def questions(draw, kinds=tuple(Kind)):
    kind = draw(st.sampled_from(kinds))
    key = draw(st.integers(0, 999))
    ids = [f"{key}{letter}" for letter in "abcdef"[: draw(st.integers(2, 6))]]
    count = draw(st.integers(1, len(ids))) if kind == Kind.MULTIPLE else 1
    right = set(draw(st.permutations(ids))[:count])
    choices = tuple(Choice(id, id, id in right) for id in ids)
    return Question(str(key), kind, str(key), choices)


@st.composite
def quizzes(draw):
    """Questions, and an answer of any shape to some of them."""
    asked = draw(st.lists(questions(), max_size=6, unique_by=lambda question: question.key))
    ids = [id for question in asked for id in question.ids]
    pieces = st.sampled_from(ids) | words | st.tuples(st.sampled_from(ids), st.sampled_from(ids)).map(":".join)
    answers = {q.key: draw(st.lists(pieces, max_size=6)) for q in asked if draw(st.booleans())} if ids else {}
    return asked, answers


percents = st.integers(1, 100)


@given(quizzes(), percents)
def test_the_score_counts_each_question_once(quiz, percent):
    asked, answers = quiz
    result = score(asked, answers, percent)
    assert len(result.right) <= result.total == len(asked)
    assert {*result.right, *result.wrong} == {question.key for question in asked}
    assert not set(result.right) & set(result.wrong)
    assert set(result.right) <= set(answers)


@given(quizzes(), percents)
def test_an_unknown_question_changes_nothing(quiz, percent):
    asked, answers = quiz
    assert score(asked, {**answers, "elsewhere": ["x"]}, percent) == score(asked, answers, percent)


@given(st.lists(questions(), min_size=1, max_size=6, unique_by=lambda question: question.key), percents)
def test_the_expected_answers_always_pass(asked, percent):
    result = score(asked, {question.key: question.expected for question in asked}, percent)
    assert result.passed
    assert result.wrong == ()


@given(st.lists(questions(), min_size=1, max_size=6, unique_by=lambda question: question.key), percents)
def test_no_answer_never_passes(asked, percent):
    assert not score(asked, {}, percent).passed


def test_a_quiz_without_questions_is_not_passed():
    assert not score([], {}, 1).passed


@given(questions())
def test_the_expected_answer_is_possible_and_right(question):
    assert is_possible(question, question.expected)
    assert is_right(question, question.expected)


@given(questions(), st.randoms())
def test_only_an_order_depends_on_the_order(question, random):
    answer = random.sample(question.expected, len(question.expected))
    assert is_right(question, answer) == (question.kind != Kind.ORDERING or answer == question.expected)


@given(questions(), words)
def test_a_foreign_id_is_impossible(question, word):
    foreign = f"foreign {word}"
    pair = f"{question.ids[0]}:{foreign}" if question.kind == Kind.MATCHING else foreign
    assert not is_possible(question, [pair, *question.expected[1:]])
    assert not is_possible(question, [*question.expected, pair])


@given(questions())
def test_a_double_is_impossible(question):
    doubled = [*question.expected, question.expected[0]]
    assert not is_possible(question, doubled)
    assert not is_right(question, doubled)


@given(questions([Kind.ORDERING, Kind.MATCHING]))
def test_a_line_that_is_missing_is_impossible(question):
    assert not is_possible(question, question.expected[1:])
    assert not is_right(question, question.expected[1:])


@given(questions())
def test_nothing_is_impossible(question):
    assert not is_possible(question, [])


@given(questions([Kind.SINGLE, Kind.BOOLEAN]))
def test_two_answers_are_impossible_where_one_is_asked(question):
    assert not is_possible(question, question.ids[:2])


@given(questions([Kind.MULTIPLE]), st.data())
def test_any_choices_are_possible_where_several_are_asked(question, data):
    some = data.draw(st.lists(st.sampled_from(question.ids), min_size=1, unique=True))
    assert is_possible(question, some)
    assert is_right(question, some) == (set(some) == set(question.expected))


@given(questions([Kind.MATCHING]))
def test_a_pair_without_its_second_half_is_impossible(question):
    assert not is_possible(question, question.ids)


@given(questions([Kind.ORDERING, Kind.MATCHING]))
def test_another_order_or_match_is_possible_and_wrong(question):
    ids = question.ids[::-1]
    answer = (
        ids
        if question.kind == Kind.ORDERING
        else [f"{left}:{right}" for left, right in zip(question.ids, ids, strict=True)]
    )
    assert is_possible(question, answer)
    assert not is_right(question, answer)


@given(st.integers(0, 40), percents)
def test_what_is_needed_rounds_up(total, percent):
    needed = Result(("q",) * total, (), percent).needed
    assert needed * 100 >= total * percent
    assert (needed - 1) * 100 < total * percent


def test_seventy_percent_of_eight_questions_is_six():
    assert Result(("q",) * 5, ("q",) * 3, 70).needed == 6
    assert not Result(("q",) * 5, ("q",) * 3, 70).passed
    assert Result(("q",) * 6, ("q",) * 2, 70).passed


@given(st.lists(words, max_size=6, unique=True), words)
def test_shuffled_keeps_each_line_and_is_the_same_each_time(ids, seed):
    mixed = shuffled(ids, seed)
    assert sorted(mixed) == sorted(ids)
    assert mixed == shuffled(ids, seed)


@given(st.lists(words, min_size=2, max_size=6, unique=True), words)
def test_shuffled_never_gives_the_order_away(ids, seed):
    assert shuffled(ids, seed) != ids


@given(words, st.integers(0, 6), words)
def test_shuffled_ends_when_there_is_no_other_order(id, count, seed):
    assert shuffled([id] * count, seed) == [id] * count
