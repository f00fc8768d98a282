"""Menus in Arabic, lessons in French: the shell goes from right to left, what is taught does not, nothing collides.

The catalogue is a stub made here: Arabic letters in place of each French sentence, as many words, the same holes.
"""

import re

import polib
import pytest
from django.conf import settings as site

from tests.browser.screens import (
    LEARNER,
    OF_LEARNERS,
    OF_STAFF,
    PUBLIC,
    TRAINER,
    user,
)

SHOWN = [
    "home", "module", "sensitive lesson", "lesson in two languages", "event to come", "guides", "guide", "path",
    "path in Dutch", "lesson to finish", "quiz done", "matching question", "quiz passed", "event registered for",
]  # fmt: skip
SHOWN_TO_STAFF = ["sessions", "roster", "signed roster", "countersignature", "correction"]
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]")
SPOKEN_ADDRESS = re.compile(r"^[\w-]+/|<\w+:\w+>")

COLLIDING = """() => {
  const floating = ".dock, .tabs, .lbar, .count, [hidden]";
  const controls = [...document.querySelectorAll("a[href], button, select, label.choice, .seg > label, input.in")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(floating));
  const boxes = controls.map((node) => [node, node.getBoundingClientRect()]);
  const wide = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  const over = ([one, a], [other, b]) =>
    !one.contains(other) && !other.contains(one) && Math.min(wide(a, b), high(a, b)) > 4;
  return boxes.flatMap((box, at) => boxes.slice(at + 1).filter((other) => over(box, other)).map(
    (other) => `${box[0].outerHTML.slice(0, 100)} over ${other[0].outerHTML.slice(0, 100)}`
  ));
}"""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    """The folder of a catalogue that says everything in Arabic letters."""
    folder = tmp_path_factory.mktemp("locale")
    said = polib.pofile(site.BASE_DIR / "locale/fr/LC_MESSAGES/django.po")
    stub = polib.POFile()
    stub.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=n != 1;",
    }
    for entry in said:
        if not SPOKEN_ADDRESS.search(entry.msgid):
            stub.append(in_arabic_letters(entry))
    (folder / "ar" / "LC_MESSAGES").mkdir(parents=True)
    stub.save_as_mofile(folder / "ar" / "LC_MESSAGES" / "django.mo")
    return folder


def in_arabic_letters(entry):
    if entry.msgid_plural:
        plurals = {number: letters(text) for number, text in entry.msgstr_plural.items()}
        return polib.POEntry(
            msgid=entry.msgid, msgid_plural=entry.msgid_plural, msgctxt=entry.msgctxt, msgstr_plural=plurals
        )
    return polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=letters(entry.msgstr))


def letters(text):
    return " ".join(word if HOLES.search(word) else "كلمات"[: len(word)] or word for word in text.split())


@pytest.fixture
def in_arabic(gallery, arabic, settings):
    """The gallery, for readers of Arabic menus."""
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, arabic]
    settings.INTERFACE_LANGUAGES = [*settings.INTERFACE_LANGUAGES, ("ar", "العربية")]
    readers = [user(LEARNER), user(TRAINER)]
    say(readers, "ar")
    yield gallery
    say(readers, "")


def say(readers, language):
    for reader in readers:
        reader.interface_language = language
        reader.save(update_fields=["interface_language"])


def as_read_by(reader, screens, names):
    return [screen.read_by(reader) for screen in screens if screen.name in names]


@pytest.mark.parametrize("screen", as_read_by(LEARNER, [*PUBLIC, *OF_LEARNERS], SHOWN), ids=str)
def test_the_shell_turns_and_the_lesson_does_not(in_arabic, screen):
    page = in_arabic.show(screen)
    content = "nl" if "Dutch" in screen.name else "fr"
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("main").get_attribute("lang") == content
    assert page.locator("main").get_attribute("dir") == "ltr"
    assert faults(page) == []


@pytest.mark.parametrize("screen", as_read_by(TRAINER, OF_STAFF, SHOWN_TO_STAFF), ids=str)
def test_a_page_without_a_lesson_turns_as_a_whole(in_arabic, screen):
    page = in_arabic.show(screen)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("main").get_attribute("dir") is None
    assert faults(page) == []


def faults(page):
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"sideways at {width} px")
        found += [f"at {width} px: {said}" for said in page.evaluate(COLLIDING)]
    return found
