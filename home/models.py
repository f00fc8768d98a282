import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from people.models import Country

from .blocks import COMMON_BLOCKS, SOURCES, PlaceOfLaw, StepBlock
from .uploads import check_document


def in_language(instance, name):
    """The `name_fr` or `name_nl` of a small bilingual row, in the language of the page; French when Dutch is empty."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return getattr(instance, f"{name}_{language[:2]}", "") or getattr(instance, f"{name}_fr")


class SiteImage(AbstractImage):
    admin_form_fields = Image.admin_form_fields


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_made_once")
        ]


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    def clean(self):
        """A file that is stored was looked at when it came."""
        super().clean()
        if not self.file or self.file._committed:
            return
        try:
            check_document(self.file)
        except ValidationError as refused:
            raise ValidationError({"file": refused}) from refused


class SiteMedia(AbstractMedia):
    admin_form_fields = ["title", "file", "collection", "duration", "thumbnail", "tags"]


class Topic(TagBase):
    """A tag named in French, with a label in Dutch. Only editors add topics: they filter lessons, guides and events."""

    free_tagging = False
    label_nl = models.CharField(_("label in Dutch"), max_length=80)

    panels = [FieldPanel("name"), FieldPanel("label_nl"), FieldPanel("slug")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    @property
    def label(self):
        return self.label_nl if translation.get_language() == "nl" and self.label_nl else self.name


class Contact(index.Indexed, models.Model):
    """Whom to call or write to. One row per number, so that the yearly check has one place to correct."""

    key = models.SlugField(_("key"), unique=True)
    country = models.CharField(_("country"), max_length=3, choices=PlaceOfLaw)
    number = models.CharField(_("number"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    name_fr = models.CharField(_("name in French"), max_length=120)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    note_fr = models.CharField(_("note in French"), max_length=200, blank=True)
    note_nl = models.CharField(_("note in Dutch"), max_length=200, blank=True)
    verified_on = models.DateField(_("verified on"))

    search_fields = [index.AutocompleteField("name_fr"), index.AutocompleteField("name_nl")]

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["country", "name_fr"]
        constraints = [
            models.CheckConstraint(
                name="contact_has_number_or_email", condition=~models.Q(number="") | ~models.Q(email="")
            )
        ]

    def __str__(self):
        return self.name_fr

    @property
    def name(self):
        return in_language(self, "name")

    @property
    def note(self):
        return in_language(self, "note")

    @property
    def spoken_number(self):
        """The number as people read it: 0800 32 123, 078 15 43 24; short numbers stay whole."""
        if len(self.number) <= 6:
            return self.number
        head = 4 if self.number.startswith("0800") else 3 if len(self.number) == 9 else 2
        pairs = re.findall(r"\d\d(?:\d$)?", self.number[head:])
        return " ".join([self.number[:head], *pairs])


class HomePage(Page):
    headline = models.CharField(_("headline"), max_length=80)
    headline_end = models.CharField(_("second line"), max_length=80)
    intro = models.CharField(_("introduction"), max_length=300)
    modules_title = models.CharField(_("title of the modules"), max_length=80)
    modules_note = models.CharField(_("note on the modules"), max_length=150, blank=True)
    events_title = models.CharField(_("title of the events"), max_length=80)
    how_title = models.CharField(_("title of “how it works”"), max_length=80)
    how = StreamField([("step", StepBlock())], verbose_name=_("how it works"), max_num=5)
    guides_title = models.CharField(_("title of the guides"), max_length=80)
    guides_note = models.CharField(_("note on the guides"), max_length=200, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("headline_end"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("modules_title"), FieldPanel("modules_note")], _("Modules")),
        FieldPanel("events_title"),
        MultiFieldPanel([FieldPanel("how_title"), FieldPanel("how")], _("How it works")),
        MultiFieldPanel([FieldPanel("guides_title"), FieldPanel("guides_note")], _("Guides")),
    ]

    class Meta:
        verbose_name = _("home page")


class StandardPage(Page):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(COMMON_BLOCKS, verbose_name=_("text"))
    sources = StreamField(SOURCES, blank=True, verbose_name=_("sources"))
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    template = "home/standard_page.html"
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("verified_on")], _("Sources")),
    ]

    class Meta:
        verbose_name = _("standard page")


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """The training provider and the funding block that pages, documents and e-mails carry."""

    provider = models.CharField(_("training provider"), max_length=150, default="AB Réfugiés-Social")
    nda = models.CharField(_("activity declaration number (NDA)"), max_length=11, blank=True)
    siret = models.CharField(_("SIRET"), max_length=14, blank=True)
    signatory = models.CharField(
        _("who signs the documents"), max_length=120, blank=True, help_text=_("The legal representative: Ms, Mr, name.")
    )
    signatory_role_fr = models.CharField(_("quality of the signatory in French"), max_length=80, blank=True)
    signatory_role_nl = models.CharField(_("quality of the signatory in Dutch"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=80, default="Lille")
    country = models.CharField(_("country"), max_length=2, choices=Country, default=Country.FRANCE)
    email = models.EmailField(_("e-mail of the coordination"), blank=True)
    disability_contact = models.CharField(
        _("disability contact"), max_length=150, blank=True, help_text=_("Name, and e-mail or telephone.")
    )
    funding = models.BooleanField(_("show the funding block"), default=False)
    funding_fr = models.CharField(_("funding sentence in French"), max_length=150, blank=True)
    funding_nl = models.CharField(_("funding sentence in Dutch"), max_length=150, blank=True)
    programme_fr = models.CharField(_("programme in French"), max_length=200, blank=True)
    programme_nl = models.CharField(_("programme in Dutch"), max_length=200, blank=True)
    partners = models.TextField(_("partners, one a line"), blank=True)
    help_page = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="+")
    privacy_page = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="+")
    accessibility_page = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="+")
    about_page = models.ForeignKey(Page, models.SET_NULL, null=True, blank=True, related_name="+")
    exit_url = models.URLField(_("page opened by the quick exit"), default="https://www.meteo.be/")

    class Meta:
        verbose_name = _("provider and funding")

    @classmethod
    def of(cls, request):
        return cls.load(request_or_site=request)

    @property
    def funding_sentence(self):
        return in_language(self, "funding")

    @property
    def programme(self):
        return in_language(self, "programme")

    @property
    def signatory_role(self):
        return in_language(self, "signatory_role")

    @property
    def partner_list(self):
        return self.partners.splitlines()

    def footer_pages(self, language):
        """Accessibility, privacy, help and about, in that order, in `language`: one query."""
        wanted = [self.accessibility_page_id, self.privacy_page_id, self.help_page_id, self.about_page_id]
        keys = Page.objects.filter(pk__in=[pk for pk in wanted if pk]).values("translation_key")
        pages = list(Page.objects.filter(translation_key__in=keys).select_related("locale"))
        key_of = {page.pk: page.translation_key for page in pages}
        said = {page.translation_key: page for page in pages if page.live and page.locale.language_code == language}
        return [said[key_of[pk]] for pk in wanted if key_of.get(pk) in said]
