"""Every address of the project: no write is accepted without the token of the page that asked for it."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import RoutePattern

from certification.views.verification import verify_form
from home.views import theme
from tests import cast

VALUES = {"uuid": "11111111-1111-4111-8111-111111111111", "int": "1", "slug": "x", "str": "x", "path": "x"}
CONVERTED = re.compile(r"<(?:(\w+):)?\w+>")
# No cookie for a visitor, hence no token: a theme is no secret, and a file that is verified is read and forgotten.
WITHOUT_TOKEN = {theme, verify_form}


def patterns(node, prefix="", plain=True):
    """(address or None when it is a regular expression, view) of every pattern below a node of the resolver."""
    for child in node.url_patterns:
        address = prefix + CONVERTED.sub(lambda said: VALUES.get(said[1] or "str", "x"), str(child.pattern))
        simple = plain and (isinstance(child.pattern, RoutePattern) or not hasattr(child.pattern, "_regex"))
        if isinstance(child, URLPattern):
            yield (f"/{address}" if simple else None), child.callback
        else:
            yield from patterns(child, address, simple)


@pytest.fixture
def everything(db):
    return list(patterns(get_resolver()))


def test_every_address_refuses_a_post_without_a_token(everything, coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    client = Client(enforce_csrf_checks=True)
    cast.sign_in(client, coordinator)
    addresses = sorted({address for address, view in everything if address and view not in WITHOUT_TOKEN})
    assert len(addresses) > 200
    accepted = {address: status for address in addresses if (status := client.post(address).status_code) != 403}
    assert accepted == {}
