"""The page tree: which file is which page, and writing a page with its translation."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site

from courses.models import Catalogue, Course, Lesson, Module, Quiz
from events.models import Event, EventIndex
from guides.models import Activity, Chapter, Guide, Library
from home.models import Contact, HomePage, StandardPage, Topic

from . import pages
from .blocks import key_of
from .reader import ROOT, Mistake, read
from .translate import Unequal, translate

ROWS = ("questions", "chapters")


@dataclass(frozen=True)
class Leaf:
    """A file, the page made of it, and the place of its parent. The place is the file's path without its ending."""

    path: Path
    model: type
    fields: callable
    parent: str

    @property
    def place(self):
        return self.path.relative_to(ROOT).with_suffix("").as_posix()

    @property
    def key(self):
        return key_of(self.place)


def plan():
    """Every page, parents first and the pages that others link to before them."""
    home, top = "pages/home", ROOT / "pages"
    yield Leaf(top / "home.yaml", HomePage, pages.home, "")
    special = {"home", "catalogue", "library", "events"}
    for path in sorted(top.glob("*.yaml")):
        if path.stem not in special:
            yield Leaf(path, StandardPage, pages.standard, home)
    yield Leaf(top / "catalogue.yaml", Catalogue, pages.listing, home)
    yield Leaf(ROOT / "course/course.yaml", Course, pages.course, "pages/catalogue")
    for folder in sorted(path for path in (ROOT / "course").iterdir() if path.is_dir()):
        yield from module_plan(folder)
    yield Leaf(top / "library.yaml", Library, pages.listing, home)
    for path in sorted((ROOT / "activities").glob("*.yaml")):
        yield Leaf(path, Activity, pages.activity, "pages/library")
    for path in sorted((ROOT / "guides").glob("*.yaml")):
        yield Leaf(path, Guide, pages.guide, "pages/library")
    yield Leaf(top / "events.yaml", EventIndex, pages.listing, home)
    for path in sorted((ROOT / "events").glob("*.yaml")):
        yield Leaf(path, Event, pages.event, "pages/events")


def module_plan(folder):
    module = f"course/{folder.name}/module"
    yield Leaf(folder / "module.yaml", Module, pages.module, "course/course")
    for path in sorted(folder.glob("[0-9]*.yaml")):
        yield Leaf(path, Lesson, pages.lesson, module)
    yield Leaf(folder / "quiz.yaml", Quiz, pages.quiz, module)


class Given:
    """What is already in the database and that files refer to by name."""

    def __init__(self, documents):
        self.french, self.dutch = Locale.objects.get(language_code="fr"), Locale.objects.get(language_code="nl")
        self.contacts = dict(Contact.objects.values_list("key", "pk"))
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.documents = documents

    def page(self, key):
        return Page.objects.filter(translation_key=key, locale=self.french).first()

    def links(self):
        """Names of `page:name` links: the files of content/pages."""
        pages = {key_of(f"pages/{path.stem}"): path.stem for path in (ROOT / "pages").glob("*.yaml")}
        found = Page.objects.filter(translation_key__in=pages, locale=self.french)
        return {pages[page.translation_key]: page.pk for page in found}

    def topic(self, entry, name):
        if name not in self.topics:
            raise entry.wrong("theme" if entry.has("theme") else "tags", f"“{name}” is not in tags.yaml.")
        return self.topics[name]

    def activity(self, entry, name):
        page = self.page(key_of(f"activities/{name}"))
        if page is None:
            raise entry.wrong("activities", f"“{name}” is not an activity.")
        return page

    def document(self, entry, name, kind, title):
        return self.documents.of(entry, name, kind, title).pk

    def image(self, entry, name, title):
        return self.documents.image(entry, name, title).pk


def write(leaf, given, refresh=False):
    """Writes the page of a file in both languages, all or nothing. Returns False when it was there already:
    an editor's work is kept unless `refresh` asks for the file's text again."""
    page = given.page(leaf.key)
    if page and not refresh and not is_bare(page):
        return False
    with transaction.atomic():
        page = save(leaf, given, page)
        entry, dutch = instance(leaf, given, "nl")
        try:
            translate(page, dutch, given.dutch)
        except Unequal as unequal:
            raise Mistake(leaf.path, 1, f"“{unequal}” has not the same texts in French and in Dutch.") from unequal
        except ValidationError as error:
            raise Mistake(leaf.path, 1, f"In Dutch: {'; '.join(error.messages)}") from error
        entry.finish()
    return True


def is_bare(page):
    """Made by `make_room`, not written yet."""
    return isinstance(page.specific, StandardPage) and not page.specific.body


def save(leaf, given, page):
    if page is None and leaf.model is StandardPage:
        make_room(leaf, given)
        page = given.page(leaf.key)
    entry, french = instance(leaf, given, "fr", page and page.specific)
    entry.finish()
    try:
        if page is None:
            parent_of(leaf, given).add_child(instance=french)
        else:
            french.save()
    except ValidationError as error:
        raise Mistake(leaf.path, 1, f"In French: {'; '.join(error.messages)}") from error
    return french


def make_room(leaf, given):
    """Standard pages link to one another: each is there, empty, before any is written."""
    for path in sorted((ROOT / "pages").glob("*.yaml")):
        other = Leaf(path, StandardPage, pages.standard, leaf.parent)
        if path.stem in ("home", "catalogue", "library", "events") or given.page(other.key):
            continue
        entry = read(path)
        page = StandardPage(translation_key=other.key, locale=given.french, **pages.common(entry), body="[]")
        parent_of(other, given).add_child(instance=page)


def instance(leaf, given, language, page=None):
    """An unsaved page with the fields of the file in a language, and the entry that was read."""
    entry = read(leaf.path).spoken(language, given.links())
    fields = leaf.fields(entry, leaf.place, given)
    rows = {name: fields.pop(name) for name in ROWS if name in fields}
    tags = fields.pop("tags", None)
    page = page or leaf.model(translation_key=leaf.key, locale=given.french, live=True)
    for name, value in fields.items():
        stream = isinstance(leaf.model._meta.get_field(name), StreamField)
        setattr(page, name, json.dumps(value) if stream else value)
    page.draft_title = page.title
    page.first_published_at = page.last_published_at = timezone.now()
    for name, values in rows.items():
        setattr(page, name, rows_of(name, values, given))
    if tags is not None:
        page.tags.set(tags)
    return entry, page


def rows_of(name, values, given):
    if name == "chapters":
        return [Chapter(activity_id=page.pk, sort_order=order) for order, page in enumerate(values)]
    for question in values:
        question.locale = given.french
    return values


def parent_of(leaf, given):
    if not leaf.parent:
        return Page.get_first_root_node()
    return given.page(key_of(leaf.parent)).specific


def point_site_at_home(given):
    """The default site opens on our home page and Wagtail's empty welcome page goes. An editor's home page stays."""
    home = given.page(key_of("pages/home"))
    site = Site.objects.get(is_default_site=True)
    welcome = site.root_page
    if welcome.specific_class is Page and welcome.is_leaf():
        site.root_page, site.site_name, site.port = home, "Ambassadeurs", 80
        site.save()
        welcome.delete()
