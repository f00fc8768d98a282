"""Who issues, as did:web says it: the address of the site, and the document that lists its keys."""

from urllib.parse import quote, urlsplit


def did_web(origin):
    return "did:web:" + quote(urlsplit(origin).netloc, safe=".-")


def method(did, multikey):
    """The name of a key: the key itself, so that whoever holds a credential holds the key that it was signed with."""
    return f"{did}#{multikey}"


def document(did, origin, multikeys):
    """Every key that ever signed may still be used to verify."""
    methods = [
        {"id": method(did, key), "type": "Multikey", "controller": did, "publicKeyMultibase": key} for key in multikeys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [f"{origin}/"],
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods],
    }
