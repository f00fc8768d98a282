"""A trainer tells a group something: the learners read it at once on their path; it can be withdrawn."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from people.models import Cohort, News
from tests.databases import together

PATHS = {"fr": "/fr/mon-parcours/", "nl": "/nl/mijn-traject/"}
TEXTS = {"text_fr": "La salle change : c’est la salle 2.", "text_nl": "Een andere zaal: het is zaal 2."}


@pytest.fixture
def cohort(database):
    return Cohort.objects.get(name="Groupe de Lille")


def url(name, code):
    with translation.override("fr"):
        return reverse(f"people:{name}", args=[code])


def tell(client, cohort, **values):
    return client.post(url("news", cohort.code), {"code": uuid.uuid4(), **TEXTS, **values})


def make(cohort, author, **values):
    return News.objects.create(cohort=cohort, author=author, at=timezone.now(), **(values or TEXTS))


def path(client, language="fr"):
    return client.get(PATHS[language]).content.decode()


def test_the_group_reads_it_at_once_in_its_language(browse_as, trainer, learner, stranger, cohort):
    assert tell(browse_as(trainer), cohort).url == url("news", cohort.code)
    reader = browse_as(learner)
    assert "salle 2." in path(reader) and "zaal 2." in path(reader, "nl")
    assert "salle 2." not in path(browse_as(stranger))
    assert News.objects.get().author == trainer


def test_one_language_is_read_by_all(browse_as, trainer, learner, cohort):
    make(cohort, trainer, text_nl="Tot morgen!")
    assert '<div lang="nl"><p>Tot morgen!</p></div>' in path(browse_as(learner))


def test_the_newest_comes_first(browse_as, trainer, learner, cohort):
    for number in range(7):
        make(cohort, trainer, text_fr=f"Nouvelle {number}.")
    html = path(browse_as(learner))
    assert html.index("Nouvelle 6.") < html.index("Nouvelle 2.") and "Nouvelle 1." not in html


@pytest.mark.parametrize(
    "wrong", [{"text_fr": "", "text_nl": " "}, {"text_fr": "x" * 501}, {"text_nl": "x" * 501}, {"code": "forged"}]
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browse_as, trainer, cohort, wrong):
    response = tell(browse_as(trainer), cohort, **wrong)
    assert response.status_code == 422 and not News.objects.exists()
    assert "zaal 2." in response.content.decode() or "text_nl" in wrong


def test_a_text_is_never_markup(browse_as, trainer, learner, cohort):
    tell(browse_as(trainer), cohort, text_fr="<script>alert(1)</script>")
    assert "<script>alert" not in path(browse_as(learner))


def test_sent_twice_it_is_told_once(browse_as, trainer, cohort):
    code = uuid.uuid4()
    for _time in range(2):
        assert tell(browse_as(trainer), cohort, code=code).status_code == 302
    assert News.objects.count() == 1


def test_sent_again_with_another_text_it_is_told_that_nothing_changed(browse_as, trainer, cohort):
    code, desk = uuid.uuid4(), browse_as(trainer)
    tell(desk, cohort, code=code)
    response = tell(desk, cohort, code=code, text_fr="À 14 h.")
    assert response.status_code == 409 and "À 14 h." in response.content.decode()
    assert "À 14 h." not in News.objects.get().text_fr
    assert tell(desk, cohort, code=response.context["form"]["code"].value(), text_fr="À 14 h.").status_code == 302
    assert News.objects.count() == 2


def test_the_end_of_a_line_counts_once(browse_as, trainer, cohort):
    assert tell(browse_as(trainer), cohort, text_fr="x" * 400 + "\r\n" * 60 + "x" * 40).status_code == 302
    assert "\r" not in News.objects.get().text_fr


def test_twice_at_the_same_time_is_once(real_database, browse_as, trainer, cohort):
    code, desks = uuid.uuid4(), [browse_as(trainer), browse_as(trainer)]
    answers = together(*[lambda desk=desk: tell(desk, cohort, code=code).status_code for desk in desks])
    assert list(answers) == [302, 302] and News.objects.count() == 1


def test_the_code_of_somebody_else_is_not_there(browse_as, trainer, coordinator, cohort):
    told = make(cohort, coordinator)
    assert tell(browse_as(trainer), cohort, code=told.code).status_code == 404
    assert News.objects.get().author == coordinator


def test_it_is_withdrawn_and_put_back(browse_as, trainer, learner, cohort):
    told, desk = make(cohort, trainer), browse_as(trainer)
    for _time in range(2):
        assert desk.post(url("withdraw_news", told.code)).url == url("news", cohort.code)
    assert "salle 2." not in path(browse_as(learner))
    assert url("put_back_news", told.code) in desk.get(url("news", cohort.code)).content.decode()
    for _time in range(2):
        desk.post(url("put_back_news", told.code))
    assert "salle 2." in path(browse_as(learner))


def test_who_may_tell(client, browse_as, trainer, learner, coordinator, cohort):
    assert browse_as(trainer).get(url("news", cohort.code)).status_code == 200
    assert tell(browse_as(coordinator), cohort).status_code == 302
    assert tell(browse_as(learner), cohort).status_code == 403
    assert "/compte/login" in tell(client, cohort).url
    cohort.trainers.clear()
    assert tell(browse_as(trainer), cohort).status_code == 404
    assert News.objects.count() == 1


@pytest.mark.parametrize("name", ["withdraw_news", "put_back_news"])
def test_who_may_withdraw(client, browse_as, trainer, learner, coordinator, cohort, name):
    told = make(cohort, coordinator)
    assert browse_as(trainer).get(url(name, told.code)).status_code == 405
    assert browse_as(trainer).post(url(name, uuid.uuid4())).status_code == 404
    assert browse_as(learner).post(url(name, told.code)).status_code == 403
    assert "/compte/login" in client.post(url(name, told.code)).url
    cohort.trainers.clear()
    assert browse_as(trainer).post(url(name, told.code)).status_code == 404
    assert not News.objects.get().withdrawn_at


def test_the_group_leads_its_trainer_there(browse_as, trainer, cohort):
    assert url("news", cohort.code) in browse_as(trainer).get(url("cohort", cohort.code)).content.decode()


def test_the_list_asks_the_same_number_of_questions(browse_as, trainer, cohort):
    def asked(count):
        for _one in range(count):
            make(cohort, trainer)
        client = browse_as(trainer)
        client.get(url("news", cohort.code))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("news", cohort.code))
        return len(queries)

    assert asked(2) == asked(10)
