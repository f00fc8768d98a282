import unicodedata

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from home.models import Topic

from .models import Level, Place


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, topic):
        return topic.label


class LibraryFilter(forms.Form):
    """What a visitor looks for. A value that nobody offers filters nothing."""

    level = forms.MultipleChoiceField(
        label=_("Level"), choices=Level.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.MultipleChoiceField(
        label=_("Place"), choices=Place.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    topic = TopicField(
        label=_("Topic"),
        queryset=Topic.objects.filter(Q(guide_topics__isnull=False) | Q(activities__isnull=False)).distinct(),
        to_field_name="slug",
        required=False,
        empty_label=_("All topics"),
    )
    q = forms.CharField(
        label=_("A word"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("A word")}),
    )

    @cached_property
    def wanted(self):
        self.full_clean()
        return self.cleaned_data

    def guides(self, pages):
        return self.said(self.for_people(pages, "tags"))

    def activities(self, pages):
        return self.said(self.for_people(pages, "theme"))

    def for_people(self, pages, topic_field):
        if levels := self.wanted.get("level"):
            pages = pages.filter(any_level(levels))
        if places := self.wanted.get("place"):
            pages = pages.filter(place__in=places)
        if topic := self.wanted.get("topic"):
            pages = pages.filter(**{topic_field: topic})
        return pages

    def said(self, pages):
        """The pages whose title or summary has every word, whatever the accents."""
        words = folded(self.wanted.get("q", "")).split()
        return [page for page in pages if all(word in folded(f"{page.title} {page.summary}") for word in words)]


def any_level(levels):
    """The pages whose range of levels holds one of these."""
    order, wanted = Level.values, Q()
    for level in levels:
        at = order.index(level)
        wanted |= Q(level_min__in=order[: at + 1], level_max__in=order[at:])
    return wanted


def folded(text):
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
