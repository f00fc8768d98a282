"""A file for the register, from rows to bytes. The head of the file is frozen when it is made."""

from django.conf import settings
from django.utils import timezone

from .cpf import checking, places, writing

ROWS = 2000


def head(scheme):
    """What a file says of its certifier, as it is now."""
    return {
        "schema": settings.CPF_SCHEMA,
        "sender": scheme.sender_id or scheme.client_id,
        "certifier": scheme.client_id,
        "contract": scheme.contract_id,
        "kind": scheme.registration.upper(),
        "code": scheme.register_code,
        "depositor": "TIERS_CONFIANCE" if scheme.sender_id else "CERTIFICATEUR",
        "origin": settings.PUBLIC_ORIGIN,
    }


def xsd_of(file):
    return checking.PUBLISHED if file.head["schema"] == "1.1.2" else settings.CPF_XSD


def written(file):
    """The bytes of a file, piece by piece."""
    return writing.write(flux(file), [certification(file)])


def flux(file):
    values = {name: file.head[name] for name in ("schema", "sender", "certifier", "contract")}
    return writing.Flux(id=str(file.code), at=timezone.localtime(file.made_at), **values)


def certification(file):
    values = {name: file.head[name] for name in ("kind", "code", "depositor")}
    return writing.Certification(passages=passages(file), **values)


def passages(file):
    """Read in slices, each passage as the register wants it."""
    rows = file.passages.order_by("pk").select_related("certificate__learner__civil_status")
    rows = rows.defer("certificate__printed", "certificate__rules_met")
    for row in rows.iterator(chunk_size=ROWS):
        yield passage(row, file.head["origin"])


def passage(row, origin):
    certificate = row.certificate
    learner = certificate.learner
    learner.civil_status.person = learner
    return writing.Passage(
        id=str(row.technical_id),
        proof_url=f"{origin}/v/{certificate.code}/",
        valid_from=timezone.localdate(certificate.issued_at),
        valid_until=certificate.expires_on,
        holder=holder(learner.civil_status.values),
    )


def holder(values):
    """Somebody whose document shows one name only is declared with it as name and as first name: both are asked."""
    if values.get("nir"):
        return writing.IdentifiantNational(values["nir"], values["birth_name"])
    first_names = [values[name] for name in ("first_name", "second_name", "third_name") if values.get(name)]
    return writing.Titulaire(
        birth_name=values["birth_name"],
        used_name=values.get("used_name") or None,
        first_names=tuple(first_names) or (values["birth_name"],),
        year=values["year"],
        month=values.get("month"),
        day=values.get("day"),
        sex=values["sex"],
        **place(values),
    )


def place(values):
    """Born abroad: 99 and the code of the country, the town in words. In France: the commune, else its postal code."""
    town = values.get("town") or None
    if country := values.get("country"):
        name = places.countries()[country][0]
        return {"insee": country, "town": town, "country": country[2:], "country_name": name}
    return {"insee": values.get("commune") or "", "postcode": values.get("postcode") or None, "town": town}
