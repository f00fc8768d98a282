"""Data Integrity proofs, cryptosuite eddsa-rdfc-2022: what Open Badges 3.0 asks for."""

import hashlib
from datetime import UTC

from cryptography.exceptions import InvalidSignature

from . import multikey
from .linked_data import Unreadable, canonical

SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}


class Changed(ValueError):
    """The signature does not match what is there."""


def signed(document, private_key, method, now):
    """The document with its proof. Raises Unreadable when a term would stay unsigned."""
    proof = {**SUITE, "created": stamp(now), "verificationMethod": method}
    value = multikey.encode(private_key.sign(digest(document, proof)))
    return {**document, "proof": [{**proof, "proofValue": value}]}


def verified(document, key_of):
    """The method of the proof. `key_of(method)` finds the key. Raises Unreadable, Changed, or what key_of raises."""
    unsigned, proof = parted(document)
    method, value = proof["verificationMethod"], proof.pop("proofValue")
    key = key_of(method)
    try:
        key.verify(multikey.decode(value), digest(unsigned, proof))
    except (InvalidSignature, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Changed(method) from error
    return method


def parted(document):
    """The document without its proof, and the one proof."""
    if not isinstance(document, dict):
        raise Unreadable("not an object")
    proofs = document.get("proof")
    proofs = proofs if isinstance(proofs, list) else [proofs]
    if len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise Unreadable("not one proof")
    proof = dict(proofs[0])
    if any(proof.get(name) != value for name, value in SUITE.items()):
        raise Unreadable("another kind of proof")
    if not all(isinstance(proof.get(name), str) for name in ("verificationMethod", "proofValue", "created")):
        raise Unreadable("incomplete proof")
    return {key: value for key, value in document.items() if key != "proof"}, proof


def digest(document, proof):
    options = {"@context": document.get("@context"), **proof}
    return hashed(options) + hashed(document)


def hashed(document):
    return hashlib.sha256(canonical(document).encode()).digest()


def stamp(moment):
    """In UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
