from django import forms
from django.utils.dateparse import parse_date


class DayInput(forms.DateInput):
    """A day chosen in a calendar. What is no day stays as it was typed: a calendar would not show it."""

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = "date" if is_day(context["widget"]["value"] or "") else "text"
        return context


def is_day(value):
    try:
        return not value or parse_date(value) is not None
    except ValueError:
        return False
