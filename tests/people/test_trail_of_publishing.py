"""What is published for many, and what is purged, leaves a line of the audit trail: once, with its state."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from certification.models import RegisterEntry
from certification.purging import purge
from events.models import Material
from people.models import Cohort, News, TrailEntry
from people.trail import sentence
from tests.certification.practising import SMALL, draft_of
from tests.certification.test_purge import old  # noqa: F401

Action = TrailEntry.Action


@pytest.fixture
def cohort(database):
    return Cohort.objects.get(name="Groupe de Lille")


def url(name, *args):
    with translation.override("fr"):
        return reverse(name, args=args)


def told(action):
    return [sentence(entry).replace("\xa0", " ") for entry in TrailEntry.objects.filter(action=action).order_by("pk")]


def twice(client, address, values=None):
    for _time in range(2):
        assert client.post(address, values or {}).status_code in (302, 422)


def test_news_leave_a_line_for_each_change(browse_as, trainer, cohort):
    client, code = browse_as(trainer), uuid4()
    twice(client, url("people:news", cohort.code), {"code": code, "text_fr": "La salle change."})
    for name in ("withdraw_news", "put_back_news"):
        twice(client, url(f"people:{name}", code))
    line = "Claire Dubois a changé les nouvelles d’un groupe : Groupe de Lille : "
    assert told(Action.NEWS) == [line + state for state in ("publié", "retiré", "remis")]
    assert News.objects.get().withdrawn_at is None


def test_a_material_leaves_a_line_for_each_change(browse_as, trainer):
    now = timezone.now()
    values = {"audience": "trainers", "title_nl": "Woordenlijst", "url": "https://example.org/"}
    code = uuid4()
    for _time in range(2):
        Material.objects.publish(trainer, code, values, None, now)
    client = browse_as(trainer)
    for name in ("withdraw", "put_back"):
        twice(client, url(f"events:{name}", code))
    line = "Claire Dubois a changé les fichiers et liens : Woordenlijst : "
    assert told(Action.MATERIAL) == [line + state for state in ("publié", "retiré", "remis")]


def test_nobody_else_leaves_a_line(browse_as, learner, stranger, cohort, trainer):
    news = News.objects.create(cohort=cohort, author=trainer, at=timezone.now(), text_fr="Bonjour.")
    for person in (learner, stranger):
        assert browse_as(person).post(url("people:withdraw_news", news.code)).status_code == 403
    assert not TrailEntry.objects.filter(action=Action.NEWS).exists()


def test_a_framework_leaves_a_line_once_it_is_published(browse_as, lead):
    client = browse_as(lead)
    draft_of(SMALL, lead)
    twice(client, url("certification:publish_framework"))
    draft_of(SMALL, lead)
    assert client.post(url("certification:publish_framework")).status_code == 422
    assert told(Action.FRAMEWORK) == ["Els Peeters a publié un référentiel : ambassador 1"]


def test_a_purge_leaves_a_line_of_the_site(old):  # noqa: F811
    links = RegisterEntry.objects.filter(session=old).count()
    purge(old, timezone.now())
    assert told(Action.PURGED) == [
        f"Le site a effacé un registre à l’échéance : {old.code} : maillons du registre : {links}"
    ]
