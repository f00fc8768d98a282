"""The roster of forty people on a telephone: taps, undo, cards, and what the site says of it."""

import datetime
import shutil
from io import BytesIO

import pytest
import segno
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from certification.models import AttendanceMark
from courses.models import Enrolment
from people.models import Card, User
from tests.browser.conftest import ARGS, CROWD, let_in
from tests.browser.rosters import address, chosen, draw, open_roster, row, shot, state, tap
from tests.certification.facts import say


@pytest.fixture
def slot(crowd):
    return crowd


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
    assert AttendanceMark.objects.count() == CROWD


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
    assert taps <= 45 and len(standing) == CROWD
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


def test_late_without_minutes_is_told(phone, live, trainer, slot, axe):
    context = phone(trainer)
    page = open_roster(context, live, slot)
    tap(page, "Personne 00", "l")
    expect(row(page, "Personne 00").locator("[type=number]")).to_be_focused()
    tap(page, "Personne 01")
    context.set_offline(True)
    page.locator(".dock__in .btn").first.tap()
    expect(row(page, "Personne 00").locator("[type=number]")).to_be_focused()
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
    let_in(context, live, trainer)
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
    let_in(context, live, trainer)
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
