"""A certificate as credentials that anyone verifies without us: gathered here, built and signed by credentials/."""

import datetime
import json

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.documents.archive import Attachment
from home.interface import spoken_in
from home.typography import duration

from . import keys
from .credentials import did, open_badge, payload, proofs, status_list
from .credentials.badge import badge
from .credentials.multikey import multikey
from .models import Credential, FrameworkVersion, Scheme, StatusList

LANGUAGES = ("fr", "nl")
# What a line of a list ends with.
ENDINGS = " \u00a0\u202f;,."


@transaction.atomic
def make_credentials(certificate, now):
    """Those of a certificate, in each language, made once and together: may be asked for again at any time."""
    made = [
        Credential.objects.make(certificate, language, writer(certificate, language, now), now)
        for language in LANGUAGES
    ]
    for number in {credential.status_list for credential in made}:
        if not StatusList.objects.filter(number=number).exists():
            publish(number, now)
    return made


def attachments_of(certificate):
    """The credentials, as files that travel in the document."""
    for credential in certificate.credentials.order_by("language"):
        with spoken_in(credential.language):
            described = _("This certificate as an Open Badge, which machines verify")
        name = f"{certificate.number}-{credential.language}.jsonld"
        yield Attachment(name, credential.body.encode(), "application/ld+json", described)


def writer(certificate, language, now):
    """Called with a place in a status list, writes and signs the credential."""

    def write(number, index):
        document = open_badge.credential(
            address=credential_address(certificate.code, language),
            issuer=issuer(issuer_name(certificate)),
            holder=certificate.printed["holder"],
            achieved=achieved(certificate, language),
            status=status_list.entry(list_address(number), index),
            issued_at=certificate.issued_at,
            ends_at=last_moment(certificate.expires_on),
        )
        return signed(document, now)

    return write


def achieved(certificate, language):
    """What was achieved, from the strings that are printed and the framework that the training followed."""
    printed, dutch = certificate.printed, language == "nl"
    title = printed[f"title_{language}"]
    described = " · ".join(pair[dutch].rstrip(ENDINGS) for pair in printed["skills"]) or title
    with spoken_in(language):
        narrative = criteria(certificate.rules_met["requirements"])
        alternative = _("Badge: %(title)s") % {"title": title}
        aligned = alignments(certificate, language)
    return open_badge.achievement(title, described, narrative, language, badge(title), alternative, aligned)


def alignments(certificate, language):
    """Each competence of the framework, in one language; none when there was no framework."""
    version = FrameworkVersion.objects.of(certificate.edition)
    if version is None:
        return []
    provider = issuer_name(certificate)
    framework = _("Competence framework of %(provider)s, version %(number)d") % {
        "provider": provider,
        "number": version.number,
    }
    address = f"{settings.PUBLIC_ORIGIN}{version.public_path(language)}"
    return [
        open_badge.alignment(one.title[language], f"{address}#{one.code}", framework, one.code)
        for one in version.framework.competences
    ]


def criteria(requirements):
    count = len(requirements["modules"])
    if not requirements["presence_minutes"]:
        return ngettext("To have passed %(count)d module.", "To have passed %(count)d modules.", count) % {
            "count": count
        }
    sentence = ngettext(
        "To have been present for at least %(time)s, and to have passed %(count)d module.",
        "To have been present for at least %(time)s, and to have passed %(count)d modules.",
        count,
    )
    return sentence % {"time": duration(requirements["presence_minutes"]), "count": count}


def publish(number, now):
    """The status list, signed again when what it says or the key has changed."""
    address, method = list_address(number), current_method()

    def write(indexes, body):
        held = json.loads(body) if body else None
        if held and said_by(held) == (status_list.encoded(indexes), method):
            return body
        return signed(status_list.credential(address, our_did(), indexes, proofs.stamp(now)), now)

    return StatusList.objects.publish(number, write, now)


def said_by(held):
    return held["credentialSubject"]["encodedList"], held["proof"][0]["verificationMethod"]


def signed(document, now):
    """The exact text that is kept and served."""
    document = proofs.signed(document, keys.issuing_key(), current_method(), now)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def current_method():
    return did.method(our_did(), multikey(keys.issuing_key().public_key()))


def our_did():
    return did.did_web(settings.PUBLIC_ORIGIN)


def our_keys():
    """Every key that ever signed, by its name in a DID document."""
    found = [keys.public_key(jwk["x"]) for jwk in keys.public_keys().values()]
    return {multikey(key): key for key in found}


def issuer_name(certificate):
    return certificate.printed["provider_sub"] or certificate.printed["provider"]


def issuer(name):
    return open_badge.profile(our_did(), name, f"{settings.PUBLIC_ORIGIN}/")


def credential_address(code, language):
    return f"{settings.PUBLIC_ORIGIN}/api/certificates/{code}/credential/{language}/"


def list_address(number):
    return f"{settings.PUBLIC_ORIGIN}/api/status/{number}/"


def last_moment(day):
    """The end of a day, here."""
    if day is None:
        return None
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))


def qr_text(certificate):
    """What the QR code of a certificate says: its address, and after it what verifies without us.

    A scheme is named by its row, which nobody deletes.
    """
    facts = payload.Facts(
        code=certificate.code,
        scheme=Scheme.objects.get(key=certificate.scheme).pk,
        issued_on=timezone.localdate(certificate.issued_at),
        expires_on=certificate.expires_on,
        holder=certificate.printed["holder"],
    )
    key = keys.issuing_key()
    return (
        f"{certificate.printed['verify_url']}#{payload.written(facts, key, short_name(keys.jwk_of(key.public_key())))}"
    )


def short_name(jwk):
    """The key as a QR code names it: four bytes."""
    return keys.decoded(jwk["kid"])[:4]


def published_keys():
    """For the page that verifies without us: each key by its short name."""
    return [{"name": short_name(jwk).hex(), "key": keys.decoded(jwk["x"]).hex()} for jwk in keys.public_keys().values()]
