"""Small reference data: languages, topics, contacts, the provider and the funding block."""

from wagtail.models import Locale, Page

from home.blocks import PlaceOfLaw
from home.models import Contact, SiteSettings, Topic

from .blocks import key_of
from .reader import ROOT, read

FOOTER = {
    "help_page": "pages/help",
    "privacy_page": "pages/privacy",
    "accessibility_page": "pages/accessibility",
    "about_page": "pages/about",
}


def load_languages():
    for code in ("fr", "nl"):
        Locale.objects.get_or_create(language_code=code)


def keep(model, refresh, defaults, **key):
    """Makes a row; one that is there is an editor's, unless `refresh` asks for the file's text again."""
    (model.objects.update_or_create if refresh else model.objects.get_or_create)(**key, defaults=defaults)


def load_topics(refresh):
    entry = read(ROOT / "tags.yaml")
    for name in entry.data:
        french, dutch = entry.text(name), entry.spoken("nl", {}).text(name)
        keep(Topic, refresh, {"name": french, "label_nl": dutch}, slug=name)


def load_contacts(refresh):
    entry = read(ROOT / "contacts.yaml")
    verified_on = entry.date("verified_on")
    rows = entry.within(entry.raw("contacts", dict))
    for key in rows.data:
        row = rows.within(rows.raw(key, dict))
        dutch = row.spoken("nl", {})
        values = {
            "country": row.one_of("country", PlaceOfLaw.values),
            "number": row.raw("number", str, ""),
            "email": row.raw("email", str, ""),
            "name_fr": row.text("name", limit=120),
            "name_nl": dutch.text("name", limit=120),
            "note_fr": row.text("note", limit=200),
            "note_nl": dutch.text("note", limit=200),
            "verified_on": verified_on,
        }
        row.finish()
        if not values["number"] and not values["email"]:
            raise rows.wrong(key, f"“{key}” has neither a number nor an e-mail.")
        keep(Contact, refresh, values, key=key)


def load_settings():
    """The provider and the funding block of the demo. An existing row is an editor's and stays as it is."""
    if SiteSettings.objects.exists():
        return
    entry = read(ROOT / "settings.yaml")
    dutch = entry.spoken("nl", {})
    SiteSettings.objects.create(
        provider=entry.raw("provider", str),
        signatory=entry.raw("signatory", str, ""),
        signatory_role_fr=entry.text("signatory_role", ""),
        signatory_role_nl=dutch.text("signatory_role", ""),
        city=entry.raw("city", str),
        country=entry.raw("country", str),
        funding=True,
        funding_fr=entry.text("funding"),
        funding_nl=dutch.text("funding"),
        programme_fr=entry.text("programme"),
        programme_nl=dutch.text("programme"),
        partners="\n".join(entry.raw("partners", list)),
    )


def load_footer():
    """The pages that every page links to. An editor's choice stays as it is."""
    settings = SiteSettings.load()
    pages = Page.objects.filter(locale__language_code="fr", translation_key__in=map(key_of, FOOTER.values()))
    found = {page.translation_key: page for page in pages}
    empty = [field for field, place in FOOTER.items() if getattr(settings, field) is None and key_of(place) in found]
    for field in empty:
        setattr(settings, field, found[key_of(FOOTER[field])])
    if empty:
        settings.save(update_fields=empty)
