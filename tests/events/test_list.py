import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from events.models import Event, Session
from home.models import Topic
from tests.events.planned import make_event, plan, register


def tag(markup, user, language="fr"):
    request = RequestFactory().get(f"/{language}/")
    request.user = user
    template = Template("{% load events_tags %}" + markup)
    return template.render(Context({"request": request, "user": user, "language": language}))


def coming(user=None, language="fr"):
    return tag("{% coming_events language %}", user or AnonymousUser(), language)


def mine(user, language="fr"):
    return tag("{% my_events user language %}", user, language)


def test_the_home_page_lists_the_next_three_in_order(database):
    plan(days=20)
    for days in (5, 40, 10):
        make_event(f"Dans {days} jours", f"Over {days} dagen", days)
    html = coming()
    titles = ["Dans 5 jours", "Dans 10 jours", "Une journée ensemble"]
    assert [html.index(title) for title in titles] == sorted(html.index(title) for title in titles)
    assert "Dans 40 jours" not in html


def test_in_dutch(database):
    plan()
    assert "Een dag samen" in coming(language="nl") and "/nl/agenda/een-dag-samen/" in coming(language="nl")


@pytest.mark.parametrize("status", [Session.Status.DRAFT, Session.Status.CANCELLED])
def test_drafts_and_cancelled_sessions_are_never_listed(client, learner, status):
    register(plan(status=status), learner)
    assert "Une journée" not in coming(learner) + mine(learner)
    assert "Une journée" not in client.get("/fr/agenda/").content.decode()


def test_without_a_page_in_the_language_nothing_is_listed(database):
    plan()
    Event.objects.filter(locale__language_code="nl").update(live=False)
    assert "<li" in coming() and "<li" not in coming(language="nl")


def test_places_are_said(learner, other_learner):
    session = plan(capacity=2)
    assert "chip--warn" in coming()
    register(session, learner)
    assert "chip--ok" in coming(learner) and "i-check" in coming(learner)
    register(session, other_learner)
    assert "i-hourglass" in coming()
    Session.objects.update(status=Session.Status.CLOSED)
    assert "i-hourglass" not in coming()


def test_cancelled_registrations_leave_the_place(learner):
    session = plan(capacity=1)
    register(session, learner)
    session.registrations.update(cancelled_at=session.half_days[0].starts_at)
    assert "i-hourglass" not in coming() and "Une journée" not in mine(learner)


def test_my_events_are_mine_and_to_come(learner, other_learner):
    register(plan(), learner)
    register(make_event("Passée", "Voorbij", days=-3), learner)
    assert "Une journée ensemble" in mine(learner) and "Passée" not in mine(learner)
    assert "Een dag samen" in mine(learner, "nl")
    assert reverse("events:index") in mine(other_learner) and "Une journée" not in mine(other_learner)


def test_the_index_shows_what_comes_then_what_is_past(client, database):
    plan(days=5)
    make_event("Avant-hier", "Eergisteren", days=-2)
    html = client.get("/fr/agenda/").content.decode()
    assert html.index("Une journée ensemble") < html.index("Avant-hier")
    assert not client.get("/fr/agenda/").cookies


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"Une couture", "Un exposé"}),
        ({"kind": "webinar"}, {"Un exposé"}),
        ({"kind": ["webinar", "workshop"]}, {"Une couture", "Un exposé"}),
        ({"topic": "health"}, {"Un exposé"}),
        ({"kind": "workshop", "topic": "health"}, set()),
        ({"kind": "circus", "topic": "nothing"}, {"Une couture", "Un exposé"}),
    ],
)
def test_filters(client, database, filters, found):
    health = Topic.objects.create(name="Santé", slug="health", label_nl="Gezondheid")
    make_event("Une couture", "Naaien", kind="workshop")
    make_event("Un exposé", "Lezing", tags=[health], kind="webinar")
    html = client.get("/fr/agenda/", filters).content.decode()
    assert {title for title in ("Une couture", "Un exposé") if f">{title}</span>" in html} == found
    assert ">Santé</option>" in html


def test_the_tab_leads_to_the_index_of_the_language(client, database):
    assert client.get("/fr/sessions/all/").headers["Location"] == "/fr/agenda/"
    assert client.get("/nl/sessions/all/").headers["Location"] == "/nl/agenda/"


def counted(counter, act):
    with counter(40) as queries:
        act()
    return len(queries)


def test_queries_do_not_grow_with_the_events(client, learner, django_assert_max_num_queries):
    register(plan(), learner)
    acts = [lambda: coming(learner), lambda: mine(learner), lambda: client.get("/fr/agenda/")]
    make_event("Passée", "Voorbij", days=-3)
    for act in acts:
        act()
    before = [counted(django_assert_max_num_queries, act) for act in acts]
    for number in range(6):
        register(make_event(f"Rencontre {number}", f"Bijeenkomst {number}", days=number + 1), learner)
        make_event(f"Ancienne {number}", f"Oude {number}", days=-4 - number)
    after = [counted(django_assert_max_num_queries, act) for act in acts]
    assert before == after and max(after[:2]) <= 5
