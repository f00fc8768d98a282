"""load_content: pages from files, in both languages, once; and every mistake named by file and line."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site
from wagtail_localize.models import StringTranslation, Translation

from courses.models import Course, Item, Lesson, Module, Question, Quiz
from events.models import Event, Session
from guides.models import Activity, Guide
from home.models import Contact, HomePage, SiteSettings, StandardPage, Topic
from lms.content.blocks import key_of
from people.models import User
from tests import cast
from tests.lms.conftest import load

WRITES = ("INSERT", "UPDATE", "DELETE")
LESSON, QUIZ, HELP = "course/1-listen/01-silence.yaml", "course/1-listen/quiz.yaml", "pages/help.yaml"


pytestmark = pytest.mark.usefixtures("loaded")


def mistake():
    with pytest.raises(CommandError) as caught:
        load()
    return str(caught.value)


def forget(name):
    """The page of this file is not there yet."""
    for page in Page.objects.filter(translation_key=key_of(name.removesuffix(".yaml"))):
        page.specific.delete()


def editor():
    return User.objects.create(username="editor", is_superuser=True)


def snapshot():
    """Every page with its texts and rows, as the database holds them."""
    pages = {page.pk: page.specific.to_json() for page in Page.objects.all()}
    return pages, list(StringTranslation.objects.order_by("pk").values_list("pk", "data"))


def test_every_file_becomes_a_page_in_both_languages():
    for model, count in {HomePage: 1, StandardPage: 2, Course: 1, Module: 1, Lesson: 1, Quiz: 1, Activity: 1}.items():
        for language in ("fr", "nl"):
            assert model.objects.live().filter(locale__language_code=language).count() == count, model
    titles = ["Accueil", "Start", "Se taire", "Zwijgen", "Un webinaire", "Een webinar", "Ensemble", "Samen"]
    assert set(titles) <= set(Page.objects.live().values_list("title", flat=True))


def test_every_page_is_shown():
    for page in Page.objects.live().filter(depth__gt=1):
        assert Client().get(page.url).status_code == 200, page.url


def test_the_dutch_lesson_says_the_same_in_dutch():
    french, dutch = Lesson.objects.get(slug="se-taire"), Lesson.objects.get(slug="zwijgen")
    assert french.translation_key == dutch.translation_key
    assert [block.id for block in french.body] == [block.id for block in dutch.body]
    assert str(dutch.body[0].value) == "<p>Ga zitten.</p><ul><li>een punt</li><li>een <b>ander</b> punt</li></ul>"
    assert dutch.body[1].value["terms"][0]["meaning"] == "Niets zeggen."
    assert [topic.label for topic in dutch.tags.all()] == ["Santé"]
    assert (dutch.minutes, dutch.hat, dutch.verified_on) == (french.minutes, french.hat, french.verified_on)


def test_the_dutch_quiz_asks_the_same_in_dutch():
    french, dutch = (Quiz.objects.get(locale__language_code=language) for language in ("fr", "nl"))
    assert [(value.key, value.ids, value.expected) for value in french.values] == [
        (value.key, value.ids, value.expected) for value in dutch.values
    ]
    assert dutch.values[0].text == "Wat doet u?"
    assert dutch.rows[0].review_key == Lesson.objects.get(slug="se-taire").translation_key


def test_dutch_is_made_as_a_translator_makes_it():
    lesson = Lesson.objects.get(slug="se-taire")
    translation = Translation.objects.get(source__object_id=lesson.translation_key)
    strings = StringTranslation.objects.filter(context__object_id=lesson.translation_key)
    assert {"Zwijgen", "zwijgen", "Stilte helpt.", "een <b>ander</b> punt", "de stilte"} <= set(
        strings.values_list("data", flat=True)
    )
    client = Client()
    cast.sign_in(client, editor())
    page = client.get(f"/admin/pages/{Lesson.objects.get(slug='zwijgen').pk}/edit/")
    assert page.status_code == 200
    assert "Ga zitten." in page.content.decode()
    assert translation.get_progress()[0] == translation.get_progress()[1]


def test_links_lead_to_the_page_in_their_language():
    help_page, about = StandardPage.objects.get(slug="aide"), StandardPage.objects.get(slug="projet")
    assert f'id="{about.pk}"' in str(help_page.body.raw_data[0])
    assert 'href="/fr/projet/"' in Client().get(help_page.url).content.decode()
    assert 'href="/nl/over-ons/"' in Client().get("/nl/hulp/").content.decode()


def test_the_site_opens_on_our_home_page():
    assert Site.objects.get().root_page.specific == HomePage.objects.get(slug="accueil")
    assert not Page.objects.filter(depth=2).exclude(title__in=["Accueil", "Start"]).exists()


def test_a_home_page_that_an_editor_made_is_never_deleted():
    root = Page.objects.get(depth=1)
    mine = root.add_child(instance=StandardPage(title="La mienne", slug="mienne", body=[]))
    Site.objects.update(root_page=mine)
    forget("pages/home.yaml")
    load()
    assert Page.objects.filter(pk=mine.pk).exists()
    assert Site.objects.get().root_page_id == mine.pk


def test_the_settings_and_the_footer_are_filled():
    settings = SiteSettings.load()
    assert (settings.provider, settings.partner_list) == ("Maison", ["Un partenaire"])
    assert [page.title for page in settings.footer_pages("nl")] == ["Hulp", "Over ons"]


def test_a_session_waits_for_its_dates():
    assert Session.objects.get().status == Session.Status.DRAFT
    assert Event.objects.count() == 2


# Again


def test_a_second_loading_writes_nothing():
    before = snapshot()
    with CaptureQueriesContext(connection) as captured:
        said = load()
    written = [query["sql"] for query in captured.captured_queries if query["sql"].startswith(WRITES)]
    assert [sql for sql in written if "auth_group_permissions" not in sql] == [], "adding a permission again is ignored"
    assert snapshot() == before
    assert "0 written" in said


def test_what_an_editor_changed_stays():
    lesson = Lesson.objects.get(slug="se-taire")
    lesson.title = "Autre titre"
    lesson.save_revision().publish()
    Contact.objects.update(number="113")
    Topic.objects.update(label_nl="Welzijn")
    SiteSettings.objects.update(city="Gand", help_page=StandardPage.objects.get(slug="projet"))
    load()
    assert Lesson.objects.get(pk=lesson.pk).title == "Autre titre"
    assert Contact.objects.get().number == "113"
    assert Topic.objects.get().label_nl == "Welzijn"
    assert SiteSettings.load().city == "Gand"
    assert SiteSettings.load().help_page.slug == "projet"


def test_a_new_file_is_added_to_what_is_there(folder):
    folder.write(
        "course/1-listen/02-new.yaml", folder.read(LESSON).replace("se-taire", "neuf").replace("zwijgen", "nieuw")
    )
    assert "1 written" in load()
    assert Lesson.objects.filter(slug__in=["neuf", "nieuw"]).count() == 2


def test_refresh_writes_the_text_of_the_files_again(folder):
    keys = {page.pk: page.translation_key for page in Page.objects.all()}
    answers = [(row.value.key, row.value.ids) for row in Quiz.objects.get(locale__language_code="fr").rows]
    Lesson.objects.update(title="Autre titre")
    Contact.objects.update(number="113")
    folder.change(LESSON, "Asseyez-vous.", "Prenez une chaise.")
    folder.change(LESSON, "Ga zitten.", "Neem een stoel.")
    folder.change(QUIZ, "Wat doet u?", "Wat doet u eerst?")
    load(refresh=True)
    assert {page.pk: page.translation_key for page in Page.objects.all()} == keys
    assert set(Lesson.objects.values_list("title", flat=True)) == {"Se taire", "Zwijgen"}
    assert "Neem een stoel." in Client().get(Lesson.objects.get(slug="zwijgen").url).content.decode()
    french, dutch = (Quiz.objects.get(locale__language_code=language) for language in ("fr", "nl"))
    assert [(row.value.key, row.value.ids) for row in french.rows] == answers
    assert [(row.value.key, row.value.ids) for row in dutch.rows] == answers
    assert dutch.rows[0].text == "Wat doet u eerst?"
    assert Question.objects.count() == 4
    assert Guide.objects.get(locale__language_code="fr").chapters.count() == 1
    assert Contact.objects.get().number == "112"


def test_a_page_deleted_and_loaded_again_is_taught_again():
    lesson = Lesson.objects.get(slug="se-taire")
    Lesson.objects.get(slug="zwijgen").delete()
    lesson.delete()
    assert Item.objects.get(key=lesson.translation_key).retired_at
    load()
    again = Lesson.objects.get(slug="se-taire")
    assert again.translation_key == lesson.translation_key
    assert Item.objects.get(key=lesson.translation_key).retired_at is None
    assert Client().get("/nl/opleiding/worden/luisteren/zwijgen/").status_code == 200


# Mistakes

MISTAKES = [
    (LESSON, "minutes: 7", "minutes: [7", "This is not valid YAML"),
    (LESSON, "minutes: 7", "minutes: 7\nminutes: 8", "“minutes” is written twice"),
    (LESSON, "minutes: 7", "minutes: 7\nno: 1", "“False” is not a name"),
    (LESSON, "minutes: 7", "minutes: sept", "“minutes” should be a whole number."),
    (LESSON, "minutes: 7", "minutes: 70", "“minutes” should be between 5 and 10."),
    (LESSON, "minutes: 7", "minutes: true", "“minutes” should be a whole number."),
    (LESSON, "hat: mediator", "hat: wizard", "“hat” should be one of: interpreter, mediator, peer."),
    (LESSON, "hat: mediator", "hatt: mediator", "“hatt” is not known here."),
    (LESSON, "tags: [health]", "tags: [helth]", "“helth” is not in tags.yaml."),
    (LESSON, "tags: [health]", "tags: health", "“tags” should be a list."),
    (LESSON, "tags: [health]", "tags: [[health]]", "“tags” should be a list of names."),
    (
        LESSON,
        "title: {fr: Se taire, nl: Zwijgen}",
        "title: {fr: Se taire}",
        "“title” should be a pair: {fr: …, nl: …}.",
    ),
    (LESSON, "title: {fr: Se taire, nl: Zwijgen}", 'title: {fr: Se taire, nl: ""}', "“title” has no text in “nl”."),
    (LESSON, "title: {fr: Se taire, nl: Zwijgen}", "title: Se taire", "“title” should be a mapping."),
    (LESSON, "title: {fr: Se taire, nl: Zwijgen}", f"title: {{fr: {'a' * 151}, nl: b}}", "longer than 150 characters."),
    (LESSON, "verified_on: 2026-11-23", "verified_on: hier", "“verified_on” should be a date."),
    (LESSON, "country: eu}", "country: uk}", "“country” should be one of: fr, be, eu, any."),
    (LESSON, "- keep: {", "- keap: {", "“keap” is not a block."),
    (LESSON, "meaning: {", "means: {", "“meaning” is missing."),
    (LESSON, "- un **autre** point", "un **autre** point", "“text” has other paragraphs, headings or items"),
    (HELP, "keys: [emergency]", "keys: [emergencie]", "“emergencie” is not in contacts.yaml."),
    (HELP, "[le projet](page:about)", "[le projet](page:nowhere)", "“page:nowhere” leads to no page."),
    (QUIZ, "review: 01-silence", "review: 02-silence", "“02-silence” is not a lesson of this module."),
    (QUIZ, "kind: single", "kind: singel", "“kind” should be one of:"),
    (QUIZ, "pass_percent: 70", "pass_percent: 0", "“pass_percent” should be between 1 and 100."),
    ("pages/home.yaml", '\n  - {fr: "Accompagnez.", nl: "Begeleid."}', "", "“headline” should be two lines."),
    ("activities/01-table.yaml", "theme: health", "theme: helth", "“helth” is not in tags.yaml."),
    ("guides/ensemble.yaml", "activities: [01-table]", "activities: [02-table]", "“02-table” is not an activity."),
    ("events/webinar.yaml", "kind: webinar", "kind: party", "“kind” should be one of: webinar, workshop."),
    ("contacts.yaml", "country: any", "country: uk", "“country” should be one of"),
    ("contacts.yaml", 'number: "112"', "number: 112", "“number” should be a text."),
    ("contacts.yaml", 'number: "112", ', "", "“emergency” has neither a number nor an e-mail."),
]
# How far the line that is named stands from the one that was changed: a text begins above, what was added is below.
AWAY = {
    "meaning: {": -1,
    "- un **autre** point": -5,
    '\n  - {fr: "Accompagnez.", nl: "Begeleid."}': -1,
    "minutes: [7": 1,
    "minutes: 7\nminutes: 8": 1,
    "minutes: 7\nno: 1": 1,
}


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"), MISTAKES, ids=[f"{row[0]}: {row[2][:40]}" for row in MISTAKES]
)
def test_a_mistake_is_named_by_file_and_line(folder, name, old, new, sentence):
    forget(name)
    line = folder.change(name, old, new)
    said = mistake()
    assert sentence in said
    place, number, _rest = said.split(":", 2)
    assert place == f"content/{name}"
    assert int(number) == line + AWAY.get(new, AWAY.get(old, 0)), said


def test_a_mistake_in_a_pair_names_the_line_of_the_language(folder):
    forget(LESSON)
    folder.change(LESSON, "title: {fr: Se taire, nl: Zwijgen}", "title:\n  fr: Se taire\n  nl:")
    assert mistake() == f"content/{LESSON}:4: “title” has no text in “nl”."


@pytest.mark.parametrize("key", ["slug", "title", "summary", "minutes", "tags", "body"])
def test_a_missing_key_is_named(folder, key):
    kept = [part for part in sections(folder.read(LESSON)) if not part.startswith(f"{key}:")]
    forget(LESSON)
    folder.write(LESSON, "\n".join(kept))
    assert mistake() == f"content/{LESSON}:1: “{key}” is missing."


def sections(text):
    """The top keys of a file, each with what is below it."""
    parts = []
    for line in text.splitlines():
        if not line or line.startswith((" ", "-")):
            parts[-1] += "\n" + line
        else:
            parts.append(line)
    return parts


IMPOSSIBLE = {
    "single": "[[right, a], [right, b], [wrong, c]]",
    "multiple": "[[right, a], [right, b]]",
    "boolean": "[[right, a], [wrong, b], [wrong, c]]",
    "ordering": "[[right, a], [right, b]]",
    "matching": "[[right, a], [right, b], [right, b]]",
}


@pytest.mark.parametrize("kind", IMPOSSIBLE)
def test_a_question_that_nobody_can_answer_is_named(folder, kind):
    forget(QUIZ)
    folder.write(QUIZ, quiz_with(kind, IMPOSSIBLE[kind]))
    assert mistake() == f"content/{QUIZ}:8: This “{kind}” question cannot be answered: see content/README.md."


def quiz_with(kind, choices):
    rows = [pair.split(", ") for pair in choices.strip("[]").split("], [")]
    lines = [
        "slug: {fr: quiz, nl: quiz}",
        "title: {fr: Quiz, nl: Quiz.}",
        "minutes: 10",
        "pass_percent: 70",
        "questions:",
        f"  - kind: {kind}",
        '    text: {fr: "Que faire ?", nl: "Wat doet u?"}',
        "    choices:",
    ]
    for number, (truth, match) in enumerate(rows):
        correct = "correct: true, " if truth == "right" else ""
        matches = f"match: {{fr: {match}, nl: {match}}}, " if kind == "matching" else ""
        text = f"text: {{fr: oui {number}, nl: ja {number}}}"
        lines.append(f"      - {{{text}, {correct}{matches}feedback: {{fr: Oui., nl: Ja.}}}}")
    return "\n".join(lines)


def test_a_slug_that_is_no_slug_is_named(folder):
    forget(LESSON)
    folder.change(LESSON, "fr: se-taire", 'fr: "se taire !"')
    assert mistake().startswith(f"content/{LESSON}:1: In French: ")


def test_two_pages_with_one_slug_are_named(folder):
    folder.write("course/1-listen/02-again.yaml", folder.read(LESSON))
    assert mistake().startswith("content/course/1-listen/02-again.yaml:1: In French: ")


def test_a_file_that_is_not_text_is_named(folder):
    forget(LESSON)
    folder.path(LESSON).write_bytes(b"title: \xff\xfe")
    assert mistake() == f"content/{LESSON}:1: This file is not plain UTF-8 text."
    folder.path(LESSON).write_bytes(b"title: \x07")
    assert mistake() == f"content/{LESSON}:1: This file is not plain UTF-8 text."


@pytest.mark.parametrize("text", ["", "- a list", "a text", "42"])
def test_a_file_that_is_no_mapping_is_named(folder, text):
    forget(LESSON)
    folder.write(LESSON, text)
    assert mistake() == f"content/{LESSON}:1: A mapping of names and values is expected."


@pytest.mark.parametrize("name", [QUIZ, "tags.yaml", "pages/home.yaml"])
def test_a_file_that_is_not_there_is_named(folder, name):
    forget(name)
    folder.path(name).unlink()
    assert mistake() == f"content/{name}:1: This file is not there."


def test_a_program_is_not_read_as_data(folder):
    forget(LESSON)
    folder.change(LESSON, "minutes: 7", "minutes: !!python/object/apply:os.getcwd []")
    assert "This is not valid YAML" in mistake()


# All or nothing


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Écoutez.", " "),
        ("Luister.", " "),
        ("- een **ander** punt", "een **ander** punt"),
        ("hat: mediator", "hatt: mediator"),
    ],
)
def test_a_broken_file_writes_nothing_of_its_page(folder, old, new):
    forget(LESSON)
    StringTranslation.objects.filter(data="Stilte helpt.").delete()
    folder.change(LESSON, old, new)
    mistake()
    assert not Lesson.objects.exists()
    assert not StringTranslation.objects.filter(data="Stilte helpt.").exists()
    module = Module.objects.get(slug="ecouter")
    assert [page.specific_class for page in module.get_children()] == [Quiz]
    assert module.numchild == 1


def test_a_page_that_is_there_stays_whole_when_its_file_breaks(folder):
    before = snapshot()
    folder.change(QUIZ, "Wat doet u?", " ")
    with pytest.raises(CommandError):
        load(refresh=True)
    pages, _strings = snapshot()
    quizzes = Quiz.objects.values_list("pk", flat=True)
    assert {pk: pages[pk] for pk in quizzes} == {pk: before[0][pk] for pk in quizzes}


def test_once_the_mistake_is_mended_the_rest_is_loaded(folder):
    forget(LESSON)
    forget("guides/ensemble.yaml")
    folder.change(LESSON, "hat: mediator", "hatt: mediator")
    mistake()
    assert not Guide.objects.exists()
    folder.change(LESSON, "hatt: mediator", "hat: mediator")
    load()
    assert Guide.objects.live().count() == 2
    assert "0 written" in load()
