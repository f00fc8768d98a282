"""Holds the place of the pages behind a link, a card and a reset: dropped at the merge."""

from django.http import Http404


def stub(request, **found):
    raise Http404
