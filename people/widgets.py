from django import forms
from django.utils.dateparse import parse_date, parse_datetime


class Picked:
    """Chosen in a calendar. What is nothing of the kind stays as it was typed: a calendar would not show it."""

    def __init__(self, attrs=None):
        super().__init__(attrs, format=self.written)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = self.kind if self.shows(context["widget"]["value"]) else "text"
        return context

    def shows(self, value):
        try:
            return not value or self.read(value) is not None
        except ValueError:
            return False


class DayInput(Picked, forms.DateInput):
    kind, written, read = "date", "%Y-%m-%d", staticmethod(parse_date)


class MomentInput(Picked, forms.DateTimeInput):
    kind, written, read = "datetime-local", "%Y-%m-%dT%H:%M", staticmethod(parse_datetime)


class Lines(forms.Textarea):
    """A browser counts the end of a line once and sends it as two letters: it is one again here."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value
