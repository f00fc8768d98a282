"""A file that somebody received: whether it is genuine, who made it, and what became of it. Nothing is ever fetched."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from . import credentialing
from .credentials import multikey, open_badge, proofs
from .credentials.linked_data import Unreadable
from .credentials.reading import documents_in, is_pdf
from .models import Certificate

ADDRESS = re.compile(r"/api/certificates/([0-9A-Z]{16})/credential/(fr|nl)/$")


class Kind(StrEnum):
    OURS = "ours"  # genuine; `certificate` says what became of it
    GONE = "gone"  # genuine, but its row was removed since
    OTHER = "other"  # genuine, by an issuer whose key is its name
    UNCHECKED = "unchecked"  # by an issuer whose key stands at an address that we do not visit
    CHANGED = "changed"
    UNREADABLE = "unreadable"  # a credential of a kind that we cannot check
    NOTHING = "nothing"


class Unvisited(ValueError):
    """The key stands at an address of somebody else."""


@dataclass(frozen=True)
class Finding:
    kind: Kind
    certificate: Certificate | None = None
    document: dict | None = None
    is_pdf: bool = False

    def said(self, now):
        """What the credential says, in plain values; its words are those of whoever made it."""
        until = moment(self.document, "validUntil")
        return {
            "holder": open_badge.holder_of(self.document),
            "title": open_badge.text_at(self.document, "credentialSubject", "achievement", "name")
            or open_badge.text_at(self.document, "name"),
            "issuer": issuer_of(self.document, "name") or issuer_of(self.document, "id"),
            "issuer_id": issuer_of(self.document, "id"),
            "issued_at": moment(self.document, "validFrom"),
            "until": until,
            "has_ended": bool(until and until < now),
        }


def inspect(data):
    if not is_pdf(data):
        found = [finding_of(document) for document in documents_in(data)]
        return found[0] if found else Finding(Kind.NOTHING)
    certificate = certificate_of(file__sha256=hashlib.sha256(data).hexdigest())
    if certificate:
        return Finding(Kind.OURS, certificate, is_pdf=True)
    found = [finding_of(document) for document in documents_in(data)]
    ours = [finding for finding in found if finding.kind in (Kind.OURS, Kind.GONE)]
    return Finding(Kind.CHANGED if ours else Kind.NOTHING, is_pdf=True)


def finding_of(document):
    if "VerifiableCredential" not in as_list(document.get("type")):
        return Finding(Kind.NOTHING)
    try:
        method = proofs.verified(document, key_of)
    except proofs.Changed:
        return Finding(Kind.CHANGED)
    except Unvisited:
        return Finding(Kind.UNCHECKED, document=document)
    except Unreadable:
        return Finding(Kind.CHANGED if claims_to_be_ours(document) else Kind.UNREADABLE)
    if issuer_of(document, "id") != method.partition("#")[0]:
        return Finding(Kind.CHANGED)
    return ours(document) if is_our_method(method) else Finding(Kind.OTHER, document=document)


def ours(document):
    code = ADDRESS.search(open_badge.text_at(document, "id"))
    if not code or "OpenBadgeCredential" not in as_list(document["type"]):
        return Finding(Kind.NOTHING)
    certificate = certificate_of(code=code[1])
    return Finding(Kind.OURS if certificate else Kind.GONE, certificate, document)


def certificate_of(**named):
    return Certificate.objects.with_facts().with_renewal().filter(**named).first()


def key_of(method):
    """Ours, or the one that a did:key carries. Raises Unvisited, or Changed for a key of ours that never was."""
    own = credentialing.our_keys().get(method.partition("#")[2])
    if own:
        return own
    if method.partition("#")[0] == credentialing.our_did():
        raise proofs.Changed(method)
    try:
        carried = multikey.key_of_did(method)
    except ValueError as error:
        raise Unreadable("another kind of key") from error
    if carried is None:
        raise Unvisited(method)
    return carried


def is_our_method(method):
    return method.partition("#")[2] in credentialing.our_keys()


def claims_to_be_ours(document):
    proof = as_list(document.get("proof"))
    named = proof[0].get("verificationMethod") if proof and isinstance(proof[0], dict) else None
    return issuer_of(document, "id") == credentialing.our_did() or (isinstance(named, str) and is_our_method(named))


def issuer_of(document, name):
    """An issuer is an object, or its address alone."""
    return open_badge.text_at(document, "issuer", name) or (
        open_badge.text_at(document, "issuer") if name == "id" else ""
    )


def moment(document, name):
    """In our time; None for what is no moment, or none that a calendar knows."""
    try:
        found = parse_datetime(open_badge.text_at(document, name))
        return found and timezone.localtime(timezone.make_aware(found) if timezone.is_naive(found) else found)
    except (ValueError, OverflowError):
        return None


def as_list(value):
    return value if isinstance(value, list) else [value]
