"""What a trainer publishes, in one form: a file or a link, its title, where it belongs, who may have it."""

import uuid
from dataclasses import dataclass

from django import forms
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Module
from home import uploads
from people.models import Cohort

from .listing import pages_in
from .models import Material, Session

KINDS = [*uploads.IMAGES, "pdf", *uploads.OOXML, *uploads.ODF, "txt", "mp3", "m4a", "ogg"]
# A list longer than this is chosen in a menu.
BUTTONS = 6
LATEST = 40


@dataclass(frozen=True)
class Upload:
    """A file that was looked at: what it is, its content says."""

    file: UploadedFile
    extension: str

    def stored(self, code):
        self.file.seek(0)
        name = storages["private"].save(f"materials/{code}.{self.extension}", self.file)
        return {
            "file": name,
            "extension": self.extension,
            "content_type": uploads.TYPES[self.extension],
            "size": self.file.size,
        }


def looked_at(file):
    uploads.check_size(file, uploads.LARGEST_DOCUMENT)
    return Upload(file, uploads.recognised(file, KINDS))


class MaterialForm(forms.Form):
    code = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, Word, PowerPoint, Excel, OpenDocument, text, image or sound. 20 MB at most."),
        widget=forms.FileInput,
        error_messages={"empty": _("This file is empty.")},
    )
    url = forms.CharField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        help_text=_("For a video, or a page of another site."),
        widget=forms.URLInput({"placeholder": "https://"}),
    )
    title_fr = forms.CharField(label=_("Title in French"), required=False, max_length=150)
    title_nl = forms.CharField(
        label=_("Title in Dutch"), required=False, max_length=150, help_text=_("One title is enough.")
    )
    place = forms.ChoiceField(label=_("Where does it belong?"), required=False)
    audience = forms.ChoiceField(label=_("Who may have it?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the content"))
    licence = forms.ChoiceField(label=_("Licence"), choices=Material.Licence.choices)

    def __init__(self, user, data=None, files=None, session=""):
        super().__init__(data, files, initial=self.initial_of(user, session))
        self.user = user
        self.fields["place"].choices = self.places((data or {}).get("place", "") or self.initial["place"])
        self.fields["language"].choices = languages()
        self.offer_audiences()

    def initial_of(self, user, session):
        """As the last time, so that only what is new is said."""
        last = Material.objects.filter(author=user).first()
        return {
            "code": uuid.uuid4(),
            "place": f"session:{session}" if session else "",
            "audience": self.group_of(last) if last else "",
            "language": last.language if last else get_language(),
            "licence": last.licence if last else Material.Licence.RESERVED,
        }

    @staticmethod
    def group_of(material):
        return f"group:{material.cohort.code}" if material.cohort_id else material.audience

    def offer_audiences(self):
        groups = [(f"group:{one.code}", _("The group %(group)s") % {"group": one}) for one in self.groups]
        everyone, trainers = Material.Audience.EVERYONE, Material.Audience.TRAINERS
        field = self.fields["audience"]
        choices = [*groups, (everyone, _("Everybody, without an account")), (trainers, _("The trainers"))]
        if len(choices) > BUTTONS:
            field.widget = forms.Select()
        field.choices = choices
        if self.initial["audience"] not in dict(choices):
            self.initial["audience"] = choices[0][0]

    @cached_property
    def groups(self):
        return list(Cohort.objects.seen_by(self.user))

    def places(self, chosen):
        """The library, the modules, then the latest events and the one that was chosen."""
        language = get_language()
        courses = Course.objects.live().filter(locale__language_code=language)
        modules = Module.objects.live().filter(locale__language_code=language).order_by("path")
        numbered = [(f"item:{page.translation_key}", f"{page.number}. {page.title}") for page in modules]
        training = [*((f"item:{page.translation_key}", page.title) for page in courses), *numbered]
        return [
            ("", _("The library")),
            (_("The training"), training),
            (_("My webinars and workshops"), self.events(chosen)),
        ]

    def events(self, chosen):
        led = Session.objects.led_by(self.user).with_times().order_by("-first_start", "-pk")
        sessions = list(led[:LATEST])
        if code := code_in(chosen, "session"):
            sessions += [one for one in led.filter(code=code) if one not in sessions]
        pages = pages_in(get_language()).filter(translation_key__in=[one.key for one in sessions])
        titles = dict(pages.values_list("translation_key", "title"))
        return [(f"session:{one.code}", titles[one.key]) for one in sessions if one.key in titles]

    def clean_file(self):
        file = self.cleaned_data["file"]
        return looked_at(file) if file else None

    def clean_url(self):
        url = self.cleaned_data["url"].strip()
        if url and "://" not in url:
            url = f"https://{url}"
        if url:
            URLValidator(schemes=["http", "https"], message=_("Write the whole address, as the browser shows it."))(url)
        return url

    def clean(self):
        values = super().clean()
        if not {"file", "url"} & set(self.errors) and bool(values.get("file")) == bool(values.get("url")):
            both = bool(values.get("file"))
            said = _("Give a file or a link, not both.") if both else _("Choose a file, or give a link.")
            self.add_error("file", forms.ValidationError(said, code="file_or_link"))
        if not {"title_fr", "title_nl"} & set(self.errors) and not (values["title_fr"] or values["title_nl"]):
            self.add_error("title_fr", forms.ValidationError(_("Give a title."), code="title"))
        return values

    @property
    def values(self):
        """Everything of a material but its file."""
        given = self.cleaned_data
        audience, _colon, group = given["audience"].partition(":")
        return {
            **{name: given[name] for name in ("title_fr", "title_nl", "language", "licence", "url")},
            "audience": audience,
            "cohort": next((one for one in self.groups if str(one.code) == group), None),
            "session": Session.objects.filter(code=code_in(given["place"], "session")).first(),
            "item_id": code_in(given["place"], "item"),
        }

    def again(self):
        """What was typed, to be sent as something new: the file is to be chosen again."""
        return MaterialForm(self.user, {**self.data.dict(), "code": uuid.uuid4()}, self.files)

    def save(self, now):
        given = self.cleaned_data
        return Material.objects.publish(self.user, given["code"], self.values, given["file"], now)


def code_in(chosen, kind):
    """The code of a choice such as “session:…”; nothing when it is of another kind, or forged."""
    try:
        return uuid.UUID(chosen.removeprefix(f"{kind}:")) if chosen.startswith(f"{kind}:") else None
    except ValueError:
        return None


def languages():
    """French, Dutch and both, then the others in their own words."""
    choices = dict(Material._meta.get_field("language").choices)
    first = [(code, choices.pop(code)) for code in ("fr", "nl", "multi")]
    return [*first, *choices.items()]
