"""My data: what is held, a copy of it, and asking to be erased."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from people import downloads, privacy
from people.models import ErasureRequest, User
from tests.courses import steps
from tests.people.lives import live_through

WRITES = ["people:download", "people:ask_erasure", "people:keep_account"]
# What says where a person is, besides relations of our own models.
INDIRECT = {"people.User.pk", "certification.MarkDetail.mark__learner", "certification.LockDetail.lock__trainer"}


def url(name="people:data", language="fr"):
    return steps.address(name, language=language)


@pytest.fixture
def lived(session, learner, trainer, coordinator):
    return live_through(session, learner, trainer, coordinator)


def relations():
    """Every relation from any model to a person, tables between two models included."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_parents=False):
            if (field.many_to_one or field.one_to_one) and field.concrete and field.related_model is User:
                yield f"{model._meta.label}.{field.name}", model, field.name


def opened(response):
    return zipfile.ZipFile(io.BytesIO(response.content))


def export(client):
    return json.loads(opened(client.post(url("people:download"))).read("data.json"))


def test_every_relation_to_a_person_is_declared_or_exempt_once():
    kinds = {kind.relation for kind in privacy.all_kinds() if "__" not in kind.person} - INDIRECT
    found = {relation for relation, _model, _name in relations()}
    assert found == kinds | set(privacy.EXEMPT)
    assert not kinds & set(privacy.EXEMPT)


def test_each_kind_says_what_it_must(settings):
    keys = [kind.key for kind in privacy.all_kinds()]
    assert len(set(keys)) == len(keys)
    for kind in privacy.all_kinds():
        assert kind.name and kind.why and kind.until and kind.term in settings.RETENTION_DAYS
        assert bool(kind.at) == (kind.since not in ("", "account"))


@pytest.mark.usefixtures("lived")
def test_somebody_has_a_row_of_each_kind(learner, trainer, coordinator):
    held = {kind.key for person in (learner, trainer, coordinator) for kind, _count in privacy.held_on(person)}
    assert {kind.key for kind in privacy.all_kinds()} - held == set()


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("who", ["learner", "trainer", "coordinator", "stranger"])
def test_the_copy_is_complete(browse_as, request, who):
    person = request.getfixturevalue(who)
    sections = export(browse_as(person))
    by_relation = {kind.relation: kind.key for kind in privacy.all_kinds()}
    for relation, model, name in relations():
        if relation not in privacy.EXEMPT:
            rows = model._base_manager.filter(**{name: person}).count()
            assert len(sections[by_relation[relation]]["rows"]) == rows, relation


def test_the_copy_holds_the_documents(browse_as, lived):
    certificate = lived.certificates.get()
    folder = opened(browse_as(lived).post(url("people:download")))
    assert folder.testzip() is None
    item = lived.portfolio.get()
    added = f"documents/portfolio-{item.code.hex[:8]}-Une fiche.pdf"
    attested = f"documents/{lived.documents.get().number}.pdf"
    assert folder.namelist() == ["data.json", f"documents/{certificate.number}.pdf", added, attested]
    assert folder.read(attested) == lived.documents.get().body.content()
    assert folder.read(added) == item.content()
    assert folder.read(f"documents/{certificate.number}.pdf").startswith(b"%PDF")


def test_the_copy_is_for_one_reader(browse_as, lived):
    response = browse_as(lived).post(url("people:download"))
    assert response["Content-Type"] == "application/zip"
    assert "attachment" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("who", ["learner", "trainer", "coordinator", "stranger"])
def test_a_copy_never_holds_another_person(browse_as, request, who):
    person = request.getfixturevalue(who)
    text = json.dumps(export(browse_as(person)), ensure_ascii=False)
    learners = {"learner", "other_learner", "stranger"} - {who}
    for other in User.objects.filter(username__in=learners):
        assert not [value for value in (other.printed_name, other.username, str(other.code)) if f'"{value}"' in text]
        assert other.printed_name not in text
    assert person.username in text


def test_what_is_too_large_is_refused_with_a_sentence(browse_as, lived, monkeypatch):
    monkeypatch.setattr(downloads, "LARGEST", 1000)
    response = browse_as(lived).post(url("people:download"))
    assert response.url == url()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_says_what_is_held(browse_as, lived, language):
    html = browse_as(lived).get(url(language=language)).content.decode()
    assert html.count('class="item"') == len(privacy.held_on(lived))
    assert f'action="{url("people:download", language)}"' in html


def test_asking_to_be_erased_twice_is_asking_once(browse_as, learner):
    client = browse_as(learner)
    for _time in range(2):
        assert client.post(url("people:ask_erasure")).url == url()
    asked = ErasureRequest.objects.get()
    assert (asked.person, asked.decided_at, asked.outcome) == (learner, None, "")
    assert url("people:keep_account") in client.get(url()).content.decode()
    assert User.objects.get(pk=learner.pk).is_active


def test_the_database_keeps_one_open_request(learner):
    ErasureRequest.objects.ask(learner, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.create(person=learner, asked_at=timezone.now())


def test_keeping_the_account_and_asking_again(browse_as, learner):
    client = browse_as(learner)
    client.post(url("people:ask_erasure"))
    for _time in range(2):
        assert client.post(url("people:keep_account")).url == url()
    assert ErasureRequest.objects.get().outcome == ErasureRequest.Outcome.WITHDRAWN
    client.post(url("people:ask_erasure"))
    assert ErasureRequest.objects.open().count() == 1


def test_keeping_ones_account_does_not_touch_the_request_of_another(browse_as, learner, stranger):
    ErasureRequest.objects.ask(learner, timezone.now())
    browse_as(stranger).post(url("people:keep_account"))
    assert ErasureRequest.objects.open().get().person == learner


@pytest.mark.parametrize("name", WRITES)
def test_get_writes_nothing_and_a_visitor_signs_in(browse_as, learner, name):
    assert browse_as(learner).get(url(name)).status_code == 405
    assert Client().post(url(name)).url.startswith(steps.address("account_login"))
    assert Client().get(url()).url.startswith(steps.address("account_login"))
    assert not ErasureRequest.objects.exists()


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.django_db
def test_the_register_is_public_and_says_every_kind(language):
    html = Client().get(url("people:register", language)).content.decode()
    assert html.count('<th scope="row"') == len(privacy.all_kinds())
    assert "10 ans" in html or "10 jaar" in html
