"""A lead partner writes what a certificate asks for, sees who would gain or lose, publishes: never retroactive."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from certification import issuing, trial
from certification.models import Certificate, RuleVersion, Scheme, SchemeEdition
from certification.models.schemes import DEFAULT
from certification.refusals import Conflict, NotYet
from certification.rules import RuleSet
from certification.views.cohorts import asks
from courses.models import Edition, Enrolment
from people.models import TrailEntry
from tests.certification.facts import make_ready
from tests.certification.practising import make_assessor, make_practice
from tests.certification.test_practice import queries, read, url
from tests.databases import together

VIRTUAL = {"modules": "on", "virtual": "60"}
STRICT = RuleSet(virtual=60)


@pytest.fixture
def scheme(db):
    return Scheme.objects.get(key=DEFAULT)


@pytest.fixture
def coordination(browse_as, lead):
    return browse_as(lead)


@pytest.fixture
def ready(session, trainer):
    make_ready(session, trainer)
    return session.edition


def publish(scheme, rule_set, author, at=None):
    last = RuleVersion.objects.latest_of(scheme)
    after = last.number if last else 0
    return RuleVersion.objects.publish(scheme, rule_set, after, author, at or timezone.now())[0]


def long_ago():
    return timezone.now() - datetime.timedelta(days=400)


def test_it_is_written_tried_and_published(coordination, scheme, ready, coordinator):
    assert scheme.title in read(coordination.get(url("rules")))
    page = read(coordination.get(url("rule", scheme.key)))
    assert 'lang="fr"' in page and "Chaque module est terminé." in page and "Elke module is af." in page
    before = RuleVersion.objects.count()
    tried = coordination.get(url("try_rule", scheme.key), VIRTUAL)
    html = read(tried)
    assert (tried.context["losing"], tried.context["gaining"]) == (2, 0)
    assert "Classe virtuelle" in html and "Amina Diallo" in html
    assert RuleVersion.objects.count() == before
    for _time in range(2):
        answer = coordination.post(url("publish_rule", scheme.key), {**VIRTUAL, "after": "0"})
        assert answer.url == url("rule", scheme.key)
    version = RuleVersion.objects.get()
    assert (version.number, version.rule_set, version.author) == (1, STRICT, coordinator)
    entry = TrailEntry.objects.get(action="rule")
    assert (entry.author, entry.subject) == (coordinator, f"{scheme} 1")
    assert "1" in read(coordination.get(url("rule", scheme.key)))


def test_a_published_rule_is_never_retroactive(scheme, ready, learner, coordinator):
    publish(scheme, RuleSet(blocks=True, assessors=2), coordinator)
    certificate = issuing.issue(learner, ready, learner, timezone.now())
    assert certificate.rules_met["rule"] is None


def test_a_training_that_starts_later_follows_it(scheme, ready, learner, coordinator, browse_as):
    first = publish(scheme, STRICT, coordinator)
    Edition.objects.update(started_at=timezone.now())
    publish(scheme, RuleSet(), coordinator)
    ready.refresh_from_db()
    assert RuleVersion.objects.of(ready) == first
    with pytest.raises(NotYet) as refused:
        issuing.issue(learner, ready, learner, timezone.now())
    assert [finding.identity for finding in refused.value.verdict.missing] == [("minutes", "virtual")]
    assert browse_as(learner).post(url("issue", ready.code)).status_code == 302
    assert not Certificate.objects.exists()


def test_what_was_asked_is_kept_with_the_certificate(scheme, ready, learner, coordinator):
    version = publish(scheme, RuleSet(quiz_percent=0, on_site=60), coordinator, long_ago())
    met = issuing.issue(learner, ready, learner, timezone.now()).rules_met
    assert met["rule"] == {"version": version.number, **version.content}
    assert met["minutes"]["on_site"] >= 60


def test_practice_counts_when_a_rule_asks_for_it(scheme, ready, learner, other_learner, coordinator):
    make_practice(ready, learner, coordinator)
    publish(scheme, RuleSet(assessors=1), coordinator, long_ago())
    assert issuing.issue(learner, ready, learner, timezone.now()).rules_met["assessors"] == 1
    with pytest.raises(NotYet):
        issuing.issue(other_learner, ready, other_learner, timezone.now())


def test_blocks_that_are_not_validated_are_named(scheme, ready, learner, coordinator):
    make_practice(ready, learner, coordinator)
    publish(scheme, RuleSet(blocks=True), coordinator, long_ago())
    with pytest.raises(NotYet) as refused:
        issuing.issue(learner, ready, learner, timezone.now())
    assert [finding.identity for finding in refused.value.verdict.missing] == [("block", "B1")]


def test_each_scheme_has_its_own_rule(scheme, edition, coordinator):
    other = Scheme.objects.create(key="other", title_fr="Autre", title_nl="Ander", certifier="X")
    publish(scheme, STRICT, coordinator, long_ago())
    assert RuleVersion.objects.asked_by(edition) == STRICT
    SchemeEdition.objects.create(scheme=other, edition=edition)
    assert RuleVersion.objects.asked_by(edition) == RuleSet()
    mine = publish(other, RuleSet(work=30), coordinator, long_ago())
    assert RuleVersion.objects.of(edition) == mine and mine.number == 1


def test_who_gains_and_who_loses_comes_first(scheme, session, trainer, learner, other_learner, coordinator):
    make_ready(session, trainer)
    publish(scheme, RuleSet(virtual=60), coordinator, long_ago())
    today = timezone.localdate()
    (edition,) = trial.running(scheme, coordinator, today)
    rows = trial.tried(RuleSet(), [edition])
    assert all(row.gains and not row.loses and row.less and not row.more for row in rows)
    make_practice(edition, learner, coordinator)
    rows = trial.tried(RuleSet(assessors=1), [edition])
    assert [(row.learner, row.gains) for row in rows] == [(learner, True), (other_learner, False)]
    assert rows[1].more and rows[1].less


def test_only_trainings_that_run_are_tried(scheme, edition, coordinator):
    today = timezone.localdate()
    assert list(trial.running(scheme, coordinator, edition.ends_on)) == [edition]
    assert not trial.running(scheme, coordinator, edition.ends_on + datetime.timedelta(days=1))
    Edition.objects.update(started_at=None, requirements=None)
    assert not trial.running(scheme, coordinator, today) and asks(edition)


@pytest.mark.parametrize(
    "wrong", [{}, {"virtual": "-1"}, {"quiz_percent": "101"}, {"assessors": "x"}, {"work": "999999"}]
)
def test_a_rule_that_cannot_be_is_said_and_kept(coordination, scheme, wrong):
    answers = [
        coordination.get(url("try_rule", scheme.key), wrong),
        coordination.post(url("publish_rule", scheme.key), {**wrong, "after": "0"}),
    ]
    for answer in answers:
        html = read(answer)
        assert answer.status_code == 422 and 'role="alert"' in html
        assert all(f'value="{value}"' in html for value in wrong.values())
    assert not RuleVersion.objects.exists()


def test_what_stands_already_is_not_published(coordination, scheme):
    html = read(coordination.get(url("try_rule", scheme.key), {"modules": "on"}))
    assert url("publish_rule", scheme.key) not in html
    coordination.post(url("publish_rule", scheme.key), {"modules": "on", "after": "0"})
    assert not RuleVersion.objects.exists()


def test_a_version_that_came_meanwhile_is_shown_first(coordination, scheme, coordinator):
    publish(scheme, RuleSet(work=30), coordinator)
    answer = coordination.post(url("publish_rule", scheme.key), {**VIRTUAL, "after": "0"})
    assert answer.status_code == 409 and 'name="after" value="1"' in read(answer)
    assert RuleVersion.objects.count() == 1
    with pytest.raises(Conflict):
        RuleVersion.objects.publish(scheme, STRICT, 0, coordinator, timezone.now())


def test_published_twice_at_once_it_is_one_version(real_database, browse_as, lead):
    scheme = Scheme.objects.get(key=DEFAULT)
    data = {**VIRTUAL, "after": "0"}
    together(*[lambda: browse_as(lead).post(url("publish_rule", scheme.key), data)] * 2)
    assert RuleVersion.objects.count() == 1


@pytest.mark.parametrize("person", ["trainer", "learner", "stranger"])
def test_only_a_coordinator_reads_and_writes(request, browse_as, scheme, person):
    client = browse_as(request.getfixturevalue(person))
    for address in (url("rules"), url("rule", scheme.key), url("try_rule", scheme.key)):
        assert client.get(address, VIRTUAL).status_code == 403
    assert client.post(url("publish_rule", scheme.key), {**VIRTUAL, "after": "0"}).status_code == 403
    assert not RuleVersion.objects.exists()


def test_the_coordinator_of_another_partner_only_reads(browse_as, scheme, coordinator):
    client = browse_as(coordinator)
    assert scheme.title in read(client.get(url("rules")))
    page = read(client.get(url("rule", scheme.key)))
    assert "Chaque module est terminé." in page and url("try_rule", scheme.key) not in page
    assert client.get(url("try_rule", scheme.key), VIRTUAL).status_code == 403
    assert client.post(url("publish_rule", scheme.key), {**VIRTUAL, "after": "0"}).status_code == 403
    assert not RuleVersion.objects.exists()


def test_what_is_not_there_and_what_a_get_may_not(coordination, scheme):
    assert coordination.get(url("rule", "none")).status_code == 404
    assert coordination.get(url("try_rule", "none"), VIRTUAL).status_code == 404
    assert coordination.post(url("publish_rule", "none"), {**VIRTUAL, "after": "0"}).status_code == 404
    assert coordination.get(url("publish_rule", scheme.key)).status_code == 405
    assert coordination.post(url("try_rule", scheme.key), VIRTUAL).status_code == 405


def test_as_many_queries_for_many_people(coordination, scheme, ready):
    address = f"{url('try_rule', scheme.key)}?modules=on&assessors=2&blocks=on"
    before = queries(coordination, address)
    for number in range(6):
        person = make_assessor(f"more{number}", f"Personne {number}", "ambassador")
        Enrolment.objects.create(learner=person, edition=ready)
    assert queries(coordination, address) == before


def test_a_group_reads_what_it_will_be_asked_before_it_starts(coordination, scheme, edition, coordinator):
    Edition.objects.update(started_at=None, requirements=None)
    publish(scheme, STRICT, coordinator)
    assert "Classe virtuelle : au moins 1 h." in read(coordination.get(url("cohort", edition.code))).replace(
        "\xa0", " "
    )
    assert coordination.post(url("start", edition.code)).status_code == 302
    edition.refresh_from_db()
    assert RuleVersion.objects.asked_by(edition) == STRICT


def test_a_learner_reads_the_blocks_by_their_titles(browse_as, scheme, ready, learner, coordinator):
    make_practice(ready, learner, coordinator)
    publish(scheme, RuleSet(blocks=True), coordinator, long_ago())
    html = read(browse_as(learner).get(reverse("courses:path")))
    assert "B1 · Accueillir" in html and "B2 · Accompagner" in html
    with translation.override("nl"):
        dutch = read(browse_as(learner).get(reverse("courses:path")))
    assert "B1 · Accueillir (nl)" in dutch and "B1 · Accueillir<" not in dutch
