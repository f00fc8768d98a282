"""Every sentence of the interface is said in French and in Dutch."""

import re
import shutil

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from tests.judge import unavailable

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What stays as it is: values, marks of HTML, converters of an address.
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sd]|%%?[sd]|\{\w*\}|<[^<>]*>")


def catalogues(code, folder=None):
    """The entries of a language that are still asked for, with the name of their file."""
    folder = folder or settings.BASE_DIR / "locale"
    for path in sorted((folder / code / "LC_MESSAGES").glob("*.po")):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                yield path.stem, entry


def sentences(code, folder=None):
    return {(domain, entry.msgctxt, entry.msgid) for domain, entry in catalogues(code, folder)}


def said(entry):
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_left_in_english(code):
    assert [entry.msgid for _domain, entry in catalogues(code) if not all(said(entry))] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_a_guess(code):
    assert [entry.msgid for _domain, entry in catalogues(code) if entry.fuzzy] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_placeholders_are_kept(code):
    """The singular says those of the English singular, the plural those of the plural."""
    lost = [
        text
        for _domain, entry in catalogues(code)
        for english, text in zip([entry.msgid, entry.msgid_plural], said(entry), strict=False)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(english))
    ]
    assert lost == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_catalogue_says_the_same(code):
    for path in (settings.BASE_DIR / "locale" / code / "LC_MESSAGES").glob("*.po"):
        compiled = {(entry.msgctxt, entry.msgid): said(entry) for entry in polib.mofile(str(path.with_suffix(".mo")))}
        assert compiled == {(e.msgctxt, e.msgid): said(e) for e in polib.pofile(str(path)) if not e.obsolete}


@pytest.mark.parametrize(
    ("code", "sentence", "one", "many"),
    [("fr", "Aller au contenu", "Question 1 sur 2", "2 leçons"), ("nl", "Naar de inhoud", "Vraag 1 van 2", "2 lessen")],
)
def test_a_reader_gets_the_sentence(code, sentence, one, many):
    with translation.override(code):
        assert translation.gettext("Skip to the content") == sentence
        assert translation.gettext("Question %(number)s of %(total)s") % {"number": 1, "total": 2} == one
        assert translation.ngettext("%(lessons)s lesson", "%(lessons)s lessons", 2) % {"lessons": 2} == many


@pytest.mark.judge
@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_sentence_of_the_code_is_in_the_catalogues(domain, tmp_path, settings, monkeypatch):
    if not shutil.which("xgettext"):
        unavailable("apt-get install -y gettext")
    for part in ("lms", "people", "home", "courses", "events", "guides", "certification", "templates", "static"):
        shutil.copytree(settings.BASE_DIR / part, tmp_path / part)
    shutil.copytree(settings.BASE_DIR / "locale", tmp_path / "locale")
    settings.LOCALE_PATHS = [str(tmp_path / "locale")]
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=LANGUAGES, domain=domain, no_obsolete=True, verbosity=0)
    for code in LANGUAGES:
        assert sorted(map(str, sentences(code, tmp_path / "locale") - sentences(code))) == []
