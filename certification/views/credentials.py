"""Certificates for other programs: credentials, badges, the status lists, and who signs them. Open to all origins."""

import json
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_safe

from certification import credentialing
from certification.codes import is_possible, normalised
from certification.credentials import did, open_badge
from certification.credentials.baking import baked
from certification.credentials.linked_data import CREDENTIALS, OPEN_BADGES
from certification.models import Credential, StatusList
from home.models import SiteSettings
from people.downloads import private_file

from .verification import guarded, noindex

LINKED_DATA = "application/ld+json"


def open_to_all(view):
    """A verifier reads it from a page of another site. What is missing is 404, never another address."""

    @wraps(view)
    def opened(request, **kwargs):
        try:
            response = view(request, **kwargs)
        except Http404:
            # Otherwise LocaleMiddleware turns this 404 into a redirect to the same address with a language.
            request.urlconf = "certification.public_urls"
            response = JsonResponse({"status": "unknown"}, status=404)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return opened


def made(code, language):
    code = normalised(code)
    rows = Credential.objects.select_related("certificate")
    return get_object_or_404(rows, certificate__code=code if is_possible(code) else "", language=language)


@noindex
@never_cache
@guarded
@open_to_all
@require_safe
def credential(request, code, language):
    """As it was written, to the byte."""
    found = made(code, language)
    return private_file(found.body.encode(), f"{found.certificate.number}-{language}.json", LINKED_DATA)


@noindex
@never_cache
@guarded
@open_to_all
@require_safe
def badge(request, code, language):
    """The picture that the credential carries, with the credential in it."""
    found = made(code, language)
    picture = open_badge.picture_of(json.loads(found.body))
    return private_file(baked(picture, found.body), f"{found.certificate.number}-{language}.png", "image/png")


def etag(request, number):
    held = StatusList.objects.filter(number=number).values_list("made_at", flat=True).first()
    return held and f'"{held.timestamp()}"'


@open_to_all
@cache_control(public=True, max_age=300)
@condition(etag_func=etag)
@require_safe
def status_list(request, number):
    return HttpResponse(get_object_or_404(StatusList, number=number).body, content_type=LINKED_DATA)


@open_to_all
@cache_control(public=True, max_age=3600)
@require_safe
def did_document(request):
    """did:web: every key that verifies what this site signs."""
    document = did.document(credentialing.our_did(), settings.PUBLIC_ORIGIN, list(credentialing.our_keys()))
    return JsonResponse(document)


@open_to_all
@cache_control(public=True, max_age=3600)
@require_safe
def issuer(request):
    """The profile of the issuer, as it is today."""
    profile = credentialing.issuer(SiteSettings.load().provider)
    return HttpResponse(
        json.dumps({"@context": [CREDENTIALS, OPEN_BADGES], **profile}, ensure_ascii=False), content_type=LINKED_DATA
    )
