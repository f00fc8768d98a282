"""A grid filled on a telephone without a network: it waits there, and arrives once."""

import datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from certification.models import Assessment, Assignment
from tests import cast
from tests.certification.practising import make_assessor, publish


@pytest.fixture
def assignment(live, edition, learner, coordinator):
    publish(coordinator, at=timezone.now() - datetime.timedelta(days=400))
    return Assignment.objects.ask(edition, learner, make_assessor(), coordinator, timezone.now())


@pytest.fixture
def context(browser, live, assignment):
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="fr-FR", has_touch=True)
    value = cast.sign_in(Client(), assignment.assessor).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live}])
    yield context
    context.close()


def kept_page(context, live, assignment):
    """The page of a learner, once it is kept with its grids."""
    page = context.new_page()
    page.goto(live + reverse("certification:practised", args=[assignment.code]))
    expect(page.locator("[data-ready]")).to_be_attached()
    return page


def fill(page, marks=(2, 1)):
    for number, mark in enumerate(marks, 1):
        page.locator(f"label:has([name='mark-B1.C1.K{number}'][value='{mark}'])").tap()
    page.locator("#id_remark").fill("Prenez le temps.")


def save(page):
    page.locator(".dock button").tap()


def back_online(context, page):
    with page.expect_response(lambda answer: "/outbox/" in answer.url and answer.request.method == "POST") as sent:
        context.set_offline(False)
    assert {one["verdict"] for one in sent.value.json()["verdicts"]} == {"recorded"}


def test_a_grid_waits_on_the_phone_and_arrives_once(context, live, assignment):
    page = kept_page(context, live, assignment)
    context.set_offline(True)
    page.locator("a[data-moment=after]").first.tap()
    expect(page.locator("[name=moment][value=after]")).to_be_checked()
    fill(page)
    save(page)
    expect(page.locator("[data-state=offline]")).to_be_visible()
    expect(page.locator("#grid")).to_be_hidden()
    assert not Assessment.objects.exists()
    back_online(context, page)
    seen = Assessment.objects.get()
    assert (seen.moment, seen.marks) == ("after", {"B1.C1.K1": 2, "B1.C1.K2": 1})
    assert seen.detail.remark == "Prenez le temps."


def test_two_grids_of_one_kept_page_are_two(context, live, assignment):
    page = kept_page(context, live, assignment)
    context.set_offline(True)
    for moment in ("before", "during"):
        page.goto(live + reverse("certification:practised", args=[assignment.code]))
        page.locator(f"a[data-moment={moment}]").first.tap()
        fill(page)
        save(page)
        expect(page.locator("#grid")).to_be_hidden()
    back_online(context, page)
    assert set(Assessment.objects.values_list("moment", flat=True)) == {"before", "during"}


def test_with_a_network_it_is_sent_at_once(context, live, assignment):
    page = kept_page(context, live, assignment)
    page.locator("a[data-moment=before]").first.tap()
    fill(page)
    save(page)
    expect(page).to_have_url(live + reverse("certification:practised", args=[assignment.code]))
    assert Assessment.objects.get().moment == "before"


def test_what_was_typed_comes_back_after_a_killed_page(context, live, assignment):
    page = kept_page(context, live, assignment)
    page.locator("a[data-moment=after]").first.tap()
    fill(page)
    page.close()
    page = context.new_page()
    page.goto(live + reverse("certification:grid", args=[assignment.code, "B1"]))
    expect(page.locator("[data-draft-back]")).to_be_visible()
    expect(page.locator("#id_remark")).to_have_value("Prenez le temps.")
    expect(page.locator("[name='mark-B1.C1.K1'][value='2']")).to_be_checked()


def test_a_grid_that_says_nothing_is_answered_by_the_form(context, live, assignment):
    page = kept_page(context, live, assignment)
    page.locator("a[data-moment=after]").first.tap()
    save(page)
    expect(page.locator("[role=alert]")).to_be_visible()
    assert not Assessment.objects.exists()
