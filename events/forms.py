from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from home.models import Topic

from .models import Event


class TopicField(forms.ModelChoiceField):
    def label_from_instance(self, topic):
        return topic.label


class EventFilter(forms.Form):
    """What a visitor looks for. A value that nobody offers filters nothing."""

    kind = forms.MultipleChoiceField(
        label=_("Kind"), choices=Event.Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    topic = TopicField(
        label=_("Topic"),
        queryset=Topic.objects.filter(event_topics__isnull=False).distinct(),
        to_field_name="slug",
        required=False,
        empty_label=_("All topics"),
    )

    @cached_property
    def wanted(self):
        self.full_clean()
        return self.cleaned_data

    def events(self, pages):
        if kinds := self.wanted.get("kind"):
            pages = pages.filter(kind__in=kinds)
        if topic := self.wanted.get("topic"):
            pages = pages.filter(tags=topic)
        return pages
