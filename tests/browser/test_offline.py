"""Attendance taken on a phone without a network: nothing is lost, and everything arrives once."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from certification.models import AttendanceMark, SlotLock, is_whole, roster_of
from certification.presence import Source
from people.models import User
from tests.browser.conftest import CROWD, let_in
from tests.browser.rosters import address, chosen, have_sign, open_roster, row, shot, state, tap
from tests.certification.facts import say


@pytest.fixture
def slot(crowd):
    return crowd


def test_marks_and_signatures_survive_a_killed_page_and_arrive_once(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    shot(page, "kept")
    context.set_offline(True)
    for number in range(14):
        tap(page, f"Personne {number:02d}", "a" if number == 3 else "p")
    for number in (20, 21, 22):
        have_sign(page, f"Personne {number}")
    expect(state(page, "offline")).to_contain_text("17 saisies gardées")
    assert axe(page) == []
    shot(page, "offline")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("scrollTo(0, 0)")
    shot(page, "offline_1280")
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(address(live, slot))
    expect(state(page, "offline")).to_contain_text("17 saisies gardées")
    assert (chosen(page, "Personne 03"), chosen(page, "Personne 04"), chosen(page, "Personne 21")) == ("a", "p", "p")
    assert row(page, "Personne 21").get_by_text("a signé").is_visible()
    assert not AttendanceMark.objects.exists()
    context.set_offline(False)
    expect(state(page, "sent")).to_be_visible()
    shot(page, "sent")
    assert AttendanceMark.objects.count() == 17
    assert AttendanceMark.objects.filter(source=Source.SIGNATURE).count() == 3
    page.reload()
    expect(state(page, "kept")).to_be_visible()
    assert chosen(page, "Personne 03") == "a"
    assert AttendanceMark.objects.count() == 17 and is_whole(slot)


def test_what_was_sent_is_still_there_when_the_kept_page_is_older(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    tap(page, "Personne 00")
    page.locator("[data-send]").tap()
    expect(state(page, "sent")).to_be_visible()
    page.evaluate("""async () => {
        for (const name of await caches.keys()) if (name.startsWith("kept-")) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                const copy = await cache.match(request);
                const old = (await copy.text()).replace(/data-now="[^"]*"/, 'data-now="2020-01-01T00:00:00Z"');
                await cache.put(request, new Response(old.replace(/ checked/g, ""), { headers: copy.headers }));
            }
        }
    }""")
    context.set_offline(True)
    page.goto(address(live, slot))
    expect(row(page, "Personne 00").locator("[value=p]")).to_be_checked()
    expect(state(page, "offline").locator("p").first).to_have_text("Sans connexion")


def test_two_devices_in_any_order_keep_both_and_show_it(phone, live, trainer, coordinator, slot, axe):
    first, second = phone(trainer), phone(coordinator)
    pages = [open_roster(context, live, slot) for context in (first, second)]
    first.set_offline(True)
    second.set_offline(True)
    tap(pages[0], "Personne 00", "p")
    tap(pages[1], "Personne 00", "a")
    tap(pages[1], "Personne 01", "p")
    expect(state(pages[1], "offline")).to_contain_text("2 saisies")
    second.set_offline(False)
    expect(state(pages[1], "sent")).to_be_visible()
    first.set_offline(False)
    expect(state(pages[0], "sent")).to_be_visible()
    assert AttendanceMark.objects.count() == 3
    said = row(pages[0], "Personne 00").locator("[data-said]")
    expect(said).to_contain_text("Deux appareils ne disent pas la même chose.")
    expect(said).to_contain_text("Claire Dubois")
    expect(said).to_contain_text("Els Peeters")
    expect(said).to_contain_text("Ce qui compte avant une correction : Absent")
    assert chosen(pages[0], "Personne 00") == "a"
    standing = AttendanceMark.objects.filter(slot=slot).standing()
    assert standing[str(User.objects.get(printed_name="Personne 00").pk)].status == "absent"
    assert axe(pages[0]) == []
    row(pages[0], "Personne 00").scroll_into_view_if_needed()
    shot(pages[0], "disagreement")
    pages[0].set_viewport_size({"width": 1280, "height": 800})
    shot(pages[0], "disagreement_1280")
    assert is_whole(slot)


def test_two_devices_of_one_trainer(phone, live, trainer, slot):
    contexts = [phone(trainer), phone(trainer)]
    pages = [open_roster(context, live, slot) for context in contexts]
    for context, page in zip(contexts, pages, strict=True):
        context.set_offline(True)
        page.locator("[data-all]").tap()
    for context, page in reversed(list(zip(contexts, pages, strict=True))):
        context.set_offline(False)
        expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.count() == 2 * CROWD and is_whole(slot)
    assert {mark.status for mark in AttendanceMark.objects.filter(slot=slot).standing().values()} == {"present"}
    assert pages[0].locator("[data-said] .note").count() == 0


def test_signing_the_half_day_sends_first(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    page.locator("[data-all]").tap()
    context.set_offline(True)
    page.locator("[name=sign]").tap()
    expect(page.locator("[name=sign]")).not_to_have_attribute("aria-busy", "true")
    expect(state(page, "offline")).to_be_visible()
    assert page.url == address(live, slot)
    context.set_offline(False)
    page.locator("[name=sign]").tap()
    page.wait_for_url(live + reverse("certification:countersign", args=[slot.code]))
    assert AttendanceMark.objects.count() == CROWD


def test_a_mark_after_the_lock_waits_for_a_decision(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    context.set_offline(True)
    tap(page, "Personne 00", "a")
    for person in roster_of(slot):
        say(slot, person, trainer)
    SlotLock.objects.countersign(slot, trainer, timezone.now())
    context.set_offline(False)
    expect(page.locator("[data-note=late]")).to_contain_text("1 pointage attend votre décision.")
    assert axe(page) == []
    assert AttendanceMark.objects.filter(slot=slot).waiting().count() == 1


def kept_pages(page):
    return page.evaluate("""async () => {
        const names = (await caches.keys()).filter((name) => name.startsWith("kept-"));
        return (await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))).flat().length;
    }""")


def test_signing_out_deletes_the_kept_page_and_never_the_outbox(phone, live, trainer, learner, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    context.set_offline(True)
    tap(page, "Personne 00")
    expect(state(page, "offline")).to_contain_text("1 saisie")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(live + "/fr/compte/logout/")
    page.locator("main [type=submit]").click()
    page.wait_for_url(live + "/fr/")
    assert kept_pages(page) == 0
    context.set_offline(True)
    page.goto(address(live, slot))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sans connexion")
    assert axe(page) == []
    shot(page, "offline_page")
    context.set_offline(False)
    assert not AttendanceMark.objects.exists()
    let_in(context, live, trainer)
    page.goto(live + reverse("certification:sessions"))
    expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.get().author == trainer


def test_the_entries_of_somebody_else_stay(phone, live, trainer, coordinator, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    context.set_offline(True)
    tap(page, "Personne 00")
    page.close()
    context.set_offline(False)
    let_in(context, live, coordinator)
    page = open_roster(context, live, slot)
    expect(page.locator("[data-note=others]")).to_contain_text("1 saisie d’une autre personne")
    assert kept_pages(page) == 1
    assert axe(page) == []
    assert not AttendanceMark.objects.exists()
    let_in(context, live, trainer)
    page.goto(address(live, slot))
    expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.get().author == trainer


def test_a_session_that_ended_keeps_the_entries_and_says_what_to_do(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    tap(page, "Personne 00")
    page.locator("[data-send]").tap()
    expect(state(page, "signed_out")).to_contain_text("Reconnectez-vous pour envoyer 1 saisie")
    assert axe(page) == []
    shot(page, "signed_out")
    state(page, "signed_out").get_by_role("link").tap()
    page.wait_for_url("**/compte/login/**")
    let_in(context, live, trainer)
    page.goto(address(live, slot))
    expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.count() == 1


def test_who_was_away_proves_who_they_are_and_the_entries_go(phone, live, trainer, slot, settings):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    settings.STAFF_IDLE_SECONDS = -1
    tap(page, "Personne 00")
    page.locator(".dock__in .btn").first.tap()
    expect(state(page, "signed_out")).to_be_visible()
    assert not AttendanceMark.objects.exists()
    settings.STAFF_IDLE_SECONDS = 1800
    state(page, "signed_out").get_by_role("link").tap()
    expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.count() == 1


def test_a_kept_page_lives_twelve_hours(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    page.evaluate("""async () => {
        const name = (await caches.keys()).find((name) => name.startsWith("kept-"));
        const cache = await caches.open(name);
        const [request] = await cache.keys();
        const copy = await cache.match(request);
        const headers = new Headers(copy.headers);
        headers.set("X-Kept-At", Date.now() - 12 * 3600 * 1000 - 1000);
        await cache.put(request, new Response(await copy.text(), { headers }));
    }""")
    context.set_offline(True)
    page.goto(address(live, slot))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sans connexion")
    assert kept_pages(page) == 0


def test_a_refused_page_is_kept_no_longer(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    slot.session.trainers.clear()
    slot.session.edition.cohort.trainers.clear()
    page.goto(address(live, slot))
    assert kept_pages(page) == 0


def test_the_offline_page_leads_to_what_is_kept(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    context.set_offline(True)
    page.goto(live + "/nl/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Geen verbinding")
    shot(page, "offline_page_nl")
    page.locator("[data-kept-pages] a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Qui est là ?")


def test_the_site_can_be_installed(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    devtools = context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == [] and "/manifest/fr.webmanifest" in found["url"]
    errors = {error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}
