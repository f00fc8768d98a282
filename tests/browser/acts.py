"""What somebody does on a page before it is judged: each act leaves it in one of its states."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.stage import LEARNER, today_slots, user


def press_go(page):
    page.locator(".btn--go:visible").last.click()


def refused(page):
    press_go(page)
    expect(page.get_by_role("alert").first).to_be_visible()
    page.wait_for_load_state()


def hole_unknown(page):
    page.locator("[name=intro_fr]").fill("{prénom} a suivi la formation.")
    refused(page)


def marked_late_without_minutes(page):
    page.locator(".roll").first.locator("label:has([value=l])").click()
    page.locator(".dock [type=submit]").first.click()
    expect(page.locator(".roll .err")).to_be_visible()


def signed_in_wrongly(page):
    page.locator("[name=login]").fill("selam")
    page.locator("[name=password]").fill("faux")
    refused(page)


def code_asked(page):
    page.locator("[type=email]").fill("personne@example.org")
    press_go(page)
    expect(page.locator("[autocomplete=one-time-code]")).to_be_visible()


def card_refused(page):
    page.locator("[name=pin]").fill("739150")
    refused(page)


def shown_the_code(page):
    press_go(page)
    expect(page.locator("svg.qr")).to_be_visible()


def revoked_without_a_reason(page):
    page.locator("main button.btn--bad").click()
    expect(page.get_by_role("alert")).to_be_visible()


def report_read(page):
    """A report of Zoom in which one is known and one is not."""
    slot = today_slots()[0]
    came, left = (timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") for moment in (slot.starts_at, slot.ends_at))
    rows = "".join(f"{name},,{came},{left},1\n" for name in (user(LEARNER).printed_name, "iPhone"))
    content = f"Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n{rows}".encode()
    page.locator("[name=file]").set_input_files({"name": "zoom.csv", "mimeType": "text/csv", "buffer": content})
    press_go(page)
    expect(page.locator("select").first).to_be_visible()


def refusal_opened(page):
    page.locator("summary").last.click()


def all_opened(page):
    for fold in page.locator("main summary").all():
        fold.click()


def let_in(page):
    press_go(page)
    expect(page.locator("main a.item").first).to_be_visible()


def reads_an_edition(page):
    let_in(page)
    page.locator("main a.item").first.click()
    expect(page.locator("main .table")).to_be_visible()


def reads_a_half_day(page):
    reads_an_edition(page)
    page.locator("main a.item[href*=half-day]").first.click()
    expect(page.locator("main .table")).to_be_visible()


def list_given(page):
    page.locator("[name=text]").fill("Zoë Şahin; zoe@example.org\n=1+1\nSelam Tesfay")
    press_go(page)
    expect(page.locator("[name=seal]")).to_be_attached()


def link_made(page):
    press_go(page)
    expect(page.locator("textarea[readonly]")).to_be_visible()


def no_return_file(page):
    page.locator("form[enctype] button").click()
    expect(page.get_by_role("alert").first).to_be_visible()


def civil_status_opened(page):
    page.locator("[name=open]").click()
    expect(page.locator("[name=birth_name]")).to_be_visible()


def civil_status_empty(page):
    civil_status_opened(page)
    refused(page)
