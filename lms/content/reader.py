"""Reads the YAML of content/ and keeps the line of everything, so that a mistake is named by file and line."""

import datetime
from pathlib import Path

import yaml
from django.conf import settings
from markdown_it import MarkdownIt

ROOT = Path(settings.BASE_DIR) / "content"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
MARKDOWN = MarkdownIt("commonmark")


class Mistake(Exception):
    """A mistake in the data: the sentence begins with file and line."""

    def __init__(self, path, line, sentence):
        place = path.relative_to(ROOT.parent) if path.is_relative_to(ROOT.parent) else path
        super().__init__(f"{place}:{line}: {sentence}")


class Mapping(dict):
    line = 0
    lines = {}


class Sequence(list):
    line = 0
    lines = ()


class LineLoader(yaml.SafeLoader):
    """Safe loading that remembers lines and refuses a key written twice."""


def construct_mapping(loader, node):
    mapping = Mapping()
    yield mapping
    mapping.line, mapping.lines = node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” is not a name", key_node.start_mark)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"“{key}” is written twice", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
        mapping.lines[key] = key_node.start_mark.line + 1


def construct_sequence(loader, node):
    sequence = Sequence()
    yield sequence
    sequence.line = node.start_mark.line + 1
    sequence.lines = tuple(item.start_mark.line + 1 for item in node.value)
    sequence.extend(loader.construct_object(item, deep=True) for item in node.value)


LineLoader.add_constructor("tag:yaml.org,2002:map", construct_mapping)
LineLoader.add_constructor("tag:yaml.org,2002:seq", construct_sequence)


def read(path):
    """The `Entry` of a file. Raises Mistake when it is not there, not YAML or not a mapping."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), LineLoader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Mistake(path, line, f"This is not valid YAML: {error.problem}.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise Mistake(path, 1, "This file is not plain UTF-8 text.") from error
    except FileNotFoundError as error:
        raise Mistake(path, 1, "This file is not there.") from error
    if not isinstance(data, Mapping):
        raise Mistake(path, 1, "A mapping of names and values is expected.")
    return Entry(path, data)


class Entry:
    """One mapping of a file, read in one language at a time. Asking for what is wrong raises Mistake."""

    def __init__(self, path, data, language="fr", links=None):
        self.path, self.data, self.language = path, data, language
        self.links = links if links is not None else {}
        self.asked = set()

    def within(self, data):
        return Entry(self.path, data, self.language, self.links)

    def spoken(self, language, links):
        return Entry(self.path, self.data, language, links)

    def wrong(self, key, sentence):
        line = self.data.lines.get(key, self.data.line)
        return Mistake(self.path, line, sentence)

    def has(self, key):
        return self.data.get(key) not in (None, "", [])

    def raw(self, key, kind=None, default=...):
        self.asked.add(key)
        if key not in self.data:
            if default is ...:
                raise self.wrong(key, f"“{key}” is missing.")
            return default
        value = self.data[key]
        if kind and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
            raise self.wrong(key, f"“{key}” should be {KINDS.get(kind, 'something else')}.")
        return value

    def names(self, key, default=...):
        """A list of names of other things."""
        values = self.raw(key, Sequence, default)
        for value in values:
            if not isinstance(value, str):
                raise self.wrong(key, f"“{key}” should be a list of names.")
        return values

    def date(self, key, default=...):
        return self.raw(key, datetime.date, default)

    def text(self, key, default=..., limit=None):
        """A pair, in the language of this reading."""
        if default is not ... and not self.has(key):
            self.asked.add(key)
            return default
        return self.said(self.raw(key, Mapping), key, limit)

    def said(self, pair, key, limit=None):
        if not isinstance(pair, Mapping) or set(pair) != set(LANGUAGES):
            raise self.wrong(key, f"“{key}” should be a pair: {{fr: …, nl: …}}.")
        for language in LANGUAGES:
            said = pair[language]
            if not isinstance(said, str) or not said.strip():
                raise Mistake(self.path, pair.lines[language], f"“{key}” has no text in “{language}”.")
            if limit and len(said) > limit:
                raise Mistake(self.path, pair.lines[language], f"“{key}” is longer than {limit} characters.")
        return pair[self.language].strip()

    def rich(self, key, default=...):
        """A Markdown pair as HTML. Both languages must have the same paragraphs, headings and items."""
        if default is not ... and not self.has(key):
            self.asked.add(key)
            return default
        pair = self.raw(key, Mapping)
        said = self.said(pair, key)
        shapes = {tuple(shape(pair[language])) for language in LANGUAGES}
        if len(shapes) > 1:
            raise self.wrong(key, f"“{key}” has other paragraphs, headings or items in French than in Dutch.")
        return self.html(said, key)

    def html(self, markdown, key):
        html = MARKDOWN.render(markdown).replace("strong>", "b>").replace("em>", "i>").replace("\n", " ").strip()
        for name in link_names(markdown):
            if name not in self.links:
                raise self.wrong(key, f"“page:{name}” leads to no page.")
            html = html.replace(f'href="page:{name}"', f'linktype="page" id="{self.links[name]}"')
        return html.replace("> <", "><")

    def integer(self, key, low, high, default=...):
        value = self.raw(key, int, default)
        if not low <= value <= high:
            raise self.wrong(key, f"“{key}” should be between {low} and {high}.")
        return value

    def one_of(self, key, allowed, default=...):
        value = self.raw(key, None, default)
        if value not in allowed and (default is ... or value != default):
            raise self.wrong(key, f"“{key}” should be one of: {', '.join(str(item) for item in allowed)}.")
        return value

    def entries(self, key, default=...):
        """A list of mappings, each as an Entry."""
        items = self.raw(key, Sequence, default)
        lines = getattr(items, "lines", ())
        for item, line in zip(items, lines, strict=False):
            if not isinstance(item, Mapping):
                raise Mistake(self.path, line, f"An item of “{key}” should be a mapping.")
        return [self.within(item) for item in items]

    def texts(self, key, default=..., limit=None):
        """A list of pairs, in the language of this reading."""
        return [self.said(item.data, key, limit) for item in self.entries(key, default)]

    def finish(self):
        """Refuses a key that nobody asked for: most often a slip of the pen."""
        for key in self.data:
            if key not in self.asked:
                raise self.wrong(key, f"“{key}” is not known here.")


KINDS = {
    Mapping: "a mapping",
    dict: "a mapping",
    Sequence: "a list",
    list: "a list",
    int: "a whole number",
    bool: "true or false",
    str: "a text",
    datetime.date: "a date",
}


def shape(markdown):
    return [token.tag for token in MARKDOWN.parse(markdown) if token.nesting == 1]


def link_names(markdown):
    tokens = [child for token in MARKDOWN.parse(markdown) for child in token.children or []]
    hrefs = [token.attrGet("href") for token in tokens if token.type == "link_open"]
    return [href.removeprefix("page:") for href in hrefs if href and href.startswith("page:")]
