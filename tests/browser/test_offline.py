"""Attendance taken on a phone without a network: nothing is lost, and everything arrives once."""

import datetime
import os
import shutil
from io import BytesIO

import pytest
import segno
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from certification.models import AttendanceMark, SlotLock, is_whole, roster_of
from certification.presence import Source
from courses.models import Enrolment
from events.models import Slot
from people.models import Card, User
from tests import cast
from tests.browser.conftest import ARGS
from tests.certification.facts import say

SHOTS = os.environ.get("SHOTS")
PEOPLE = 40


@pytest.fixture
def slot(live, session):
    """Forty people, in a half-day that began five minutes ago."""
    names = [f"Personne {number:02d}" for number in range(PEOPLE - 2)]
    learners = [User.objects.create(username=name.lower().replace(" ", "."), printed_name=name) for name in names]
    Enrolment.objects.bulk_create(Enrolment(learner=person, edition=session.edition) for person in learners)
    now = timezone.now()
    start = now - datetime.timedelta(minutes=5)
    return Slot.objects.create(
        session=session, period="evening", starts_at=start, ends_at=start + datetime.timedelta(hours=2)
    )


@pytest.fixture
def phone(browser, live):
    """`phone(trainer)`: a telephone of its own, signed in; its network is cut on purpose, so nobody watches it."""
    contexts = []

    def take(person, language="fr"):
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale=f"{language}-FR", has_touch=True)
        contexts.append(context)
        sign_in(context, live, person)
        return context

    yield take
    for context in contexts:
        context.close()


def sign_in(context, live, person):
    value = cast.sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live}])


def address(live, slot, language="fr"):
    return live + reverse("certification:roster", args=[slot.code]).replace("/fr/", f"/{language}/")


def open_roster(context, live, slot, language="fr"):
    """The page, once it is kept."""
    page = context.new_page()
    page.goto(address(live, slot, language))
    expect(page.locator("[data-state=kept], [data-state=sent] [data-kept]").locator("visible=true")).to_be_visible()
    return page


def row(page, name):
    return page.locator(f".roll[data-name='{name}']")


def tap(page, name, letter="p"):
    row(page, name).locator(f"label:has([value={letter}])").tap()


def chosen(page, name):
    return row(page, name).locator("[type=radio]:checked").get_attribute("value")


def draw(page):
    box = page.locator("#pad").bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 30, middle)
    page.mouse.down()
    for step in range(1, 20):
        page.mouse.move(box["x"] + 30 + 10 * step, middle + (25 if step % 2 else -25))
    page.mouse.up()


def have_sign(page, name):
    row(page, name).locator("[data-signs]").tap()
    draw(page)
    page.locator("[data-signed]").tap()
    expect(page.locator("#signature")).to_be_hidden()


def shot(page, name, **more):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", **more)


def state(page, name):
    return page.locator(f"[data-state={name}]")


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
    assert AttendanceMark.objects.count() == 2 * PEOPLE and is_whole(slot)
    assert {mark.status for mark in AttendanceMark.objects.filter(slot=slot).standing().values()} == {"present"}
    assert pages[0].locator("[data-said] .note").count() == 0


def test_who_was_marked_elsewhere_is_no_longer_to_mark(phone, live, trainer, coordinator, slot):
    page = open_roster(phone(trainer), live, slot)
    say(slot, User.objects.get(printed_name="Personne 05"), coordinator, "absent")
    tap(page, "Personne 00")
    page.locator("[data-send]").tap()
    expect(row(page, "Personne 05").locator("[value=a]")).to_be_checked()
    page.locator("[data-all]").tap()
    page.locator(".dock__in .btn").first.tap()
    expect(page.locator("[data-left]")).to_have_text("Tout le monde est marqué")
    expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.count() == PEOPLE


def test_forty_people_in_at_most_forty_five_taps(phone, live, trainer, slot):
    context = phone(trainer)
    page, taps = open_roster(context, live, slot), 0
    for number, letter in enumerate("aael"):
        tap(page, f"Personne {number:02d}", letter)
        taps += 1
    row(page, "Personne 03").locator("[type=number]").fill("90")
    taps += 2
    for button in (page.locator("[data-all]"), page.locator(".dock__in .btn").first):
        button.tap()
        taps += 1
    expect(state(page, "sent")).to_be_visible()
    standing = list(AttendanceMark.objects.filter(slot=slot).standing().values())
    assert taps <= 45 and len(standing) == PEOPLE
    assert sorted((mark.status, mark.minutes) for mark in standing)[-1] == ("present", 120)
    assert ("late", 90) in [(mark.status, mark.minutes) for mark in standing]


def test_undo_takes_back_what_was_not_sent(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    context.set_offline(True)
    tap(page, "Personne 00", "a")
    page.locator("[data-all]").tap()
    expect(page.locator("[data-undo]")).to_contain_text("39 personnes marquées présentes")
    assert axe(page) == []
    shot(page, "undo")
    page.locator("[data-undo] button").tap()
    expect(state(page, "offline")).to_contain_text("1 saisie gardée")
    assert page.locator(".roll [type=radio]:checked").count() == 1
    assert chosen(page, "Personne 00") == "a"


def test_signing_the_half_day_sends_first(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    page.locator("[data-all]").tap()
    context.set_offline(True)
    page.locator("[name=sign]").tap()
    expect(state(page, "offline")).to_be_visible()
    assert page.url == address(live, slot)
    context.set_offline(False)
    page.locator("[name=sign]").tap()
    page.wait_for_url(live + reverse("certification:countersign", args=[slot.code]))
    assert AttendanceMark.objects.count() == PEOPLE


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
    page.goto("about:blank")
    context.set_offline(False)
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
    sign_in(context, live, trainer)
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
    sign_in(context, live, coordinator)
    page = open_roster(context, live, slot)
    expect(page.locator("[data-note=others]")).to_contain_text("1 saisie d’une autre personne")
    assert kept_pages(page) == 1
    assert axe(page) == []
    assert not AttendanceMark.objects.exists()
    sign_in(context, live, trainer)
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
    sign_in(context, live, trainer)
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


def photo_of(text):
    """A card on a table, not quite straight."""
    picture = BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=9, border=8)
    return {"name": "card.png", "mimeType": "image/png", "buffer": picture.getvalue()}


def test_a_card_is_read_from_a_photo_without_a_network(phone, live, trainer, learner, stranger, slot, axe):
    card, other = (Card.objects.of(person, timezone.now()) for person in (learner, stranger))
    context = phone(trainer)
    page = open_roster(context, live, slot)
    assert card.code not in page.content()
    context.set_offline(True)
    page.locator("[data-open=cards]").tap()
    said = page.locator("[data-reader] [role=status]")
    assert axe(page) == []
    for code, sentence in [(card.code, "Amina Diallo"), (card.code, "déjà"), (other.code, "Cherchez la personne")]:
        page.locator("#photo").set_input_files(photo_of(f"{settings.PUBLIC_ORIGIN}/c/{code}/"))
        expect(said).to_contain_text(sentence)
    shot(page, "cards")
    page.locator("#photo").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
    expect(said).to_contain_text("Aucune carte")
    page.locator("[data-reader] [data-close]").tap()
    assert chosen(page, "Amina Diallo") == "p"
    context.set_offline(False)
    expect(state(page, "sent")).to_be_visible()
    assert AttendanceMark.objects.get().learner == learner


def test_in_dutch(phone, live, trainer, slot, axe):
    context = phone(trainer, "nl")
    page = open_roster(context, live, slot, "nl")
    shot(page, "kept_nl")
    context.set_offline(True)
    tap(page, "Personne 00")
    tap(page, "Personne 01", "a")
    expect(state(page, "offline")).to_contain_text("Geen verbinding: 2 registraties bewaard")
    assert axe(page) == []
    shot(page, "offline_nl")
    row(page, "Personne 02").locator("[data-signs]").tap()
    draw(page)
    assert axe(page) == []
    shot(page, "signature_nl")


def test_the_site_can_be_installed(phone, live, trainer, slot):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    devtools = context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == [] and "/manifest/fr.webmanifest" in found["url"]
    errors = {error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}


def test_late_without_minutes_is_told(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    tap(page, "Personne 00", "l")
    expect(row(page, "Personne 00").locator("[type=number]")).to_be_focused()
    tap(page, "Personne 01")
    context.set_offline(True)
    page.locator(".dock__in .btn").first.tap()
    expect(state(page, "offline")).to_contain_text("1 saisie gardée")
    context.set_offline(False)
    expect(state(page, "sent")).to_be_visible()
    page.locator(".dock__in .btn").first.tap()
    expect(row(page, "Personne 00").locator(".err").first).to_be_visible()
    assert axe(page) == []
    row(page, "Personne 00").locator("[type=number]").fill("60")
    page.locator(".dock__in .btn").first.tap()
    expect(state(page, "sent")).to_be_visible()
    assert sorted(AttendanceMark.objects.values_list("status", "minutes")) == [("late", 60), ("present", 120)]


def test_without_javascript_the_form_saves(browser, live, trainer, slot):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live, trainer)
    page = context.new_page()
    page.goto(address(live, slot))
    assert page.locator("button[type=button]:visible, [data-outbox]:visible, dialog:visible").count() == 0
    row(page, "Personne 00").locator("label:has([value=a])").click()
    page.locator(".dock__in .btn").first.click()
    expect(page.get_by_text("1 pointage est enregistré.")).to_be_visible()
    context.close()


def film_of(text, path):
    """A film in which somebody holds a card before the camera: grey, then the code in the middle."""
    picture = Image.open(BytesIO(photo_of(text)["buffer"])).convert("L").resize((400, 400))
    frame = Image.new("L", (640, 480), 128)
    frame.paste(picture, (120, 40))
    colours = bytes([128]) * (320 * 240 * 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + frame.tobytes() + colours) * 5)


def test_a_card_is_read_by_the_camera(browser, live, trainer, learner, slot, tmp_path):
    card = Card.objects.of(learner, timezone.now())
    film_of(f"{settings.PUBLIC_ORIGIN}/c/{card.code}/", tmp_path / "card.y4m")
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={tmp_path}/card.y4m"]
    filming = browser.browser_type.launch(executable_path=shutil.which("chromium"), args=[*ARGS, *camera])
    context = filming.new_context(viewport={"width": 360, "height": 740}, has_touch=True, permissions=["camera"])
    sign_in(context, live, trainer)
    page = open_roster(context, live, slot)
    page.locator("[data-open=cards]").tap()
    expect(page.locator("[data-reader] [role=status]")).to_contain_text("Amina Diallo")
    shot(page, "camera")
    page.locator("[data-reader] [data-close]").tap()
    assert chosen(page, "Amina Diallo") == "p"
    filming.close()


def test_what_the_site_refuses_is_said_and_stops_nothing(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    Enrolment.objects.filter(learner__printed_name="Personne 00").delete()
    tap(page, "Personne 00")
    tap(page, "Personne 01")
    page.locator("[data-send]").tap()
    refused = page.locator("[data-note=refused]")
    expect(refused).to_contain_text("1 saisie n’est pas enregistrée")
    expect(refused.get_by_role("listitem")).to_contain_text("Personne 00 · Cette personne n’est pas attendue")
    assert axe(page) == []
    shot(page, "refused")
    refused.get_by_role("button").tap()
    expect(refused).to_be_hidden()
    assert AttendanceMark.objects.get().learner.printed_name == "Personne 01"


def test_a_clock_that_is_wrong_is_said(phone, live, trainer, slot):
    context = phone(trainer)
    page = context.new_page()
    page.clock.install(time=timezone.now() + datetime.timedelta(minutes=20))
    page.goto(address(live, slot))
    tap(page, "Personne 00")
    page.locator("[data-send]").tap()
    expect(page.locator("[data-note=clock]")).to_contain_text("L’horloge de ce téléphone se trompe de 20 minutes")
    mark = AttendanceMark.objects.get()
    assert mark.device_at > mark.recorded_at >= mark.weighed_at and -1210 < mark.skew < -1190
