"""A certificate as an OpenBadgeCredential (Open Badges 3.0, VC 2.0), in one language: what the paper says, no more."""

import base64
import json
import re
from uuid import NAMESPACE_URL, uuid5

from .linked_data import CREDENTIALS, OPEN_BADGES
from .proofs import stamp

PNG = "data:image/png;base64,"
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]


def credential(address, issuer, holder, achieved, status, issued_at, ends_at=None):
    """To be signed. `achieved` comes from achievement(), `status` from status_list.entry()."""
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": address,
        "type": TYPES,
        "name": achieved["name"],
        "issuer": issuer,
        "validFrom": stamp(issued_at),
        **({"validUntil": stamp(ends_at)} if ends_at else {}),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": holder}],
            "achievement": achieved,
        },
        "credentialStatus": status,
    }


def profile(did, name, url):
    return {"id": did, "type": ["Profile"], "name": name, "url": url}


def alignment(name, url, framework, code):
    """A competence that the achievement shows, where its framework says it."""
    return {
        "type": ["Alignment"],
        "targetName": name,
        "targetUrl": url,
        "targetFramework": framework,
        "targetCode": code,
    }


def achievement(name, description, narrative, language, picture, alternative, alignments=()):
    """The same for everyone who was asked the same: its identifier follows from what it says."""
    said = {
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": name,
        "description": description,
        "criteria": {"narrative": narrative},
        "inLanguage": language,
        "image": {"id": PNG + base64.b64encode(picture).decode(), "type": "Image", "caption": alternative},
        **({"alignment": list(alignments)} if alignments else {}),
    }
    return {"id": uuid5(NAMESPACE_URL, json.dumps(said, sort_keys=True)).urn, **said}


def picture_of(document):
    """The PNG that the credential carries."""
    return base64.b64decode(document["credentialSubject"]["achievement"]["image"]["id"].removeprefix(PNG))


def text_at(document, *path):
    """The text found along a path in a document that anybody may have written; lists give their first; "" without."""
    value = document
    for name in path:
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(name) if isinstance(value, dict) else None
    value = value[0] if isinstance(value, list) and value else value
    return value[:300].encode(errors="ignore").decode() if isinstance(value, str) else ""


def holder_of(document):
    """The name of the holder; "" when the credential does not say it in clear."""
    subject = ("credentialSubject", "identifier")
    named = re.sub("[^a-z]", "", text_at(document, *subject, "identityType").lower()) == "name"
    return text_at(document, *subject, "identityHash") if named else text_at(document, "credentialSubject", "name")
