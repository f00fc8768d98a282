"""The links of invitations: shown once, in the answer that made them, because they are kept nowhere."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from people.models import User


@dataclass(frozen=True)
class Link:
    person: User
    url: str
    language: str
    until: datetime
    phone: str = ""


def links_page(request, invited, cohort=None, phone=""):
    links = [link_of(one, phone) for one in invited]
    return render(request, "people/links.html", {"links": links, "cohort": cohort})


def link_of(invited, phone):
    address = settings.PUBLIC_ORIGIN + reverse("entry:invitation", args=[invited.token])
    return Link(invited.person, address, language_of(invited.person), invited.until, phone)


def language_of(person):
    """One of the languages of the site: the person's, or that of the page."""
    wanted = person.interface_language
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language()
