"""The file for the register, one passage after the other, in constant memory."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

CPF = "urn:cdc:cpf:pc5:schema:1.0.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {"cpf": CPF, "xsi": XSI}
DECLARED = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items()).encode()
SCHEMAS = ("1.1.2", "1.1.5")
CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Titulaire:
    """Somebody by their civil status. `insee` is a commune, or 99xxx of a country; without it `postcode`, if known."""

    birth_name: str
    first_names: tuple[str, ...]
    year: int
    sex: str
    month: int | None = None
    day: int | None = None
    used_name: str | None = None
    insee: str = ""
    postcode: str | None = None
    town: str | None = None
    country: str | None = None
    country_name: str | None = None
    comment: str | None = None

    def __post_init__(self):
        if self.sex not in ("M", "F"):
            raise ValueError("The register takes M or F only.")
        if not 1 <= len(self.first_names) <= 3:
            raise ValueError("The register takes one to three first names.")


@dataclass(frozen=True, slots=True)
class DossierFormation:
    """Somebody by the number of a training that their CPF paid."""

    number: str
    name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class IdentifiantNational:
    """Somebody by the 13 characters of their NIR: schema 1.1.5."""

    nir: str
    birth_name: str


@dataclass(frozen=True, slots=True)
class DigitalLevel:
    """`results` holds (level 1 to 8, domain, competence)."""

    score: int | None = None
    results: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Inscription:
    access: str | None = "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION"
    vae: str | None = None
    initiative: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What one person obtained. None: the element is left out, or nil where the schema wants it there."""

    id: str
    valid_from: date
    holder: Titulaire | DossierFormation | IdentifiantNational
    valid_until: date | None = None
    obtained: str = "PAR_ADMISSION"
    certified: bool = True
    proof_url: str | None = None
    option: str | None = None
    exam_from: date | None = None
    exam_until: date | None = None
    exam_mode: str | None = None
    exam_postcode: str | None = None
    language_level: str | None = None
    digital_level: DigitalLevel | None = None
    scoring: str | None = None
    mention: str | None = None
    inscription: Inscription = Inscription()
    verbatim: str | None = None


@dataclass(frozen=True, slots=True)
class Certification:
    kind: str
    code: str
    passages: Iterable[Passage]
    depositor: str | None = "CERTIFICATEUR"


@dataclass(frozen=True, slots=True)
class Flux:
    """The head of a file. `at` has the offset of its zone; `action` exists in schema 1.1.5 alone."""

    id: str
    at: datetime
    sender: str
    certifier: str
    contract: str
    schema: str = "1.1.2"
    action: str = "CREATION"

    def __post_init__(self):
        if self.at.utcoffset() is None:
            raise ValueError("The register wants an hour with its offset.")
        if self.schema not in SCHEMAS:
            raise ValueError(f"Schema {self.schema} is not known.")


class Sink:
    """What lxml writes to, until it is drained."""

    def __init__(self):
        self.parts, self.size = [], 0

    def write(self, data):
        self.parts.append(bytes(data))
        self.size += len(data)

    def drain(self):
        data = b"".join(self.parts)
        self.parts, self.size = [], 0
        return data


def write(flux, certifications):
    """The file as pieces of bytes, one passage a line: the line of an error says whose it is."""
    sink = Sink()
    with ExitStack() as open_elements:
        xml = open_elements.enter_context(etree.xmlfile(sink, encoding="UTF-8"))
        xml.write_declaration()
        open_elements.enter_context(xml.element(tag("flux"), nsmap=NAMESPACES))
        head(xml, flux, open_elements)
        for certification in certifications:
            with xml.element(tag("certification")):
                leaves(xml, type=certification.kind, code=certification.code, natureDeposant=certification.depositor)
                with xml.element(tag("passageCertifications")):
                    for passage in certification.passages:
                        xml.flush()
                        sink.write(line(passage_element(passage, flux.schema)))
                        if sink.size > CHUNK:
                            yield sink.drain()
    yield sink.drain()


def line(element):
    """A passage on a line of its own, without the namespaces that the root declares already."""
    return b"\n" + etree.tostring(element, encoding="UTF-8").replace(DECLARED, b"", 1)


def head(xml, flux, open_elements):
    action = flux.action if flux.schema != "1.1.2" else None
    leaves(xml, idFlux=flux.id, horodatage=flux.at.isoformat(timespec="seconds"), action=action)
    open_elements.enter_context(xml.element(tag("emetteur")))
    leaves(xml, idClient=flux.sender)
    for name in ("certificateurs", "certificateur"):
        open_elements.enter_context(xml.element(tag(name)))
    leaves(xml, idClient=flux.certifier, idContrat=flux.contract)
    open_elements.enter_context(xml.element(tag("certifications")))


def leaves(xml, **values):
    for name, value in values.items():
        if value is not None:
            with xml.element(tag(name)):
                xml.write(said(value))


def passage_element(passage, schema):
    element = etree.Element(tag("passageCertification"), nsmap=NAMESPACES)
    add(element, "idTechnique", passage.id)
    add(element, "urlPreuve", passage.proof_url)
    add(element, "libelleOption", passage.option)
    add(element, "obtentionCertification", passage.obtained)
    add(element, "donneeCertifiee", passage.certified)
    add(element, "dateDebutExamen", passage.exam_from)
    add(element, "dateFinExamen", passage.exam_until)
    add(element, "modalitePassageExamen", passage.exam_mode)
    add(element, "codePostalCentreExamen", passage.exam_postcode)
    add(element, "dateDebutValidite", passage.valid_from)
    add_or_nil(element, "dateFinValidite", passage.valid_until)
    add_levels(element, passage)
    add_or_nil(element, "scoring", passage.scoring)
    add_or_nil(element, "mentionValidee", passage.mention)
    add_inscription(element, passage.inscription)
    add_holder(etree.SubElement(element, tag("identificationTitulaire")), passage.holder, schema)
    add(element, "verbatim", passage.verbatim)
    return element


def add_levels(element, passage):
    add(element, "presenceNiveauLangueEuro", passage.language_level is not None)
    add(element, "niveauLangueEuropeen", passage.language_level)
    add(element, "presenceNiveauNumeriqueEuro", passage.digital_level is not None)
    if passage.digital_level is None:
        return
    level = etree.SubElement(element, tag("niveauNumeriqueEuropeen"))
    add(level, "scoreGeneral", passage.digital_level.score)
    if passage.digital_level.results:
        results = etree.SubElement(level, tag("resultats"))
        for number, domain, competence in passage.digital_level.results:
            result = etree.SubElement(results, tag("resultat"))
            add(result, "niveau", number)
            add(result, "domaineCompetenceId", domain)
            add(result, "competenceId", competence)


def add_inscription(element, inscription):
    modes = etree.SubElement(element, tag("modalitesInscription"))
    add_or_nil(modes, "modaliteAcces", inscription.access)
    add(modes, "voieAccessVAE", inscription.vae)
    add(modes, "initiativeInscription", inscription.initiative)
    add(modes, "dateInscription", inscription.on)


def add_holder(element, holder, schema):
    if isinstance(holder, Titulaire):
        add_titulaire(etree.SubElement(element, tag("titulaire")), holder)
    elif isinstance(holder, DossierFormation):
        training = etree.SubElement(element, tag("dossierFormation"))
        add(training, "idDossier", holder.number)
        add(training, "nomTitulaire", holder.name)
        add(training, "prenom1Titulaire", holder.first_name)
    elif schema == "1.1.2":
        raise ValueError("Schema 1.1.2 has no place for the NIR.")
    else:
        national = etree.SubElement(element, tag("identifiantNational"))
        add(national, "nir", holder.nir)
        add(national, "nomNaissance", holder.birth_name)


def add_titulaire(element, holder):
    add(element, "nomNaissance", holder.birth_name)
    add_or_nil(element, "nomUsage", holder.used_name)
    for number, name in enumerate(holder.first_names, 1):
        add(element, f"prenom{number}", name)
    add(element, "anneeNaissance", holder.year)
    add_or_nil(element, "moisNaissance", holder.month)
    add_or_nil(element, "jourNaissance", holder.day)
    add(element, "sexe", holder.sex)
    place = etree.SubElement(element, tag("codeCommuneNaissance"))
    if holder.insee:
        add(etree.SubElement(place, tag("codeInseeNaissance")), "codeInsee", holder.insee)
    else:
        add_or_nil(etree.SubElement(place, tag("codePostalNaissance")), "codePostal", holder.postcode)
    add(element, "libelleCommuneNaissance", holder.town)
    add(element, "codePaysNaissance", holder.country)
    add(element, "libellePaysNaissance", holder.country_name)
    add(element, "commentairesMEN", holder.comment)


def tag(name):
    return f"{{{CPF}}}{name}"


def add(parent, name, value):
    """None: the element is left out."""
    if value is not None:
        etree.SubElement(parent, tag(name)).text = said(value)


def add_or_nil(parent, name, value):
    """None: the element says that it is nil."""
    if value is None:
        etree.SubElement(parent, tag(name)).set(f"{{{XSI}}}nil", "true")
    else:
        add(parent, name, value)


def said(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
