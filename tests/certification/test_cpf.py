"""The file of the register, held against its published schema: on extremes, in order, in constant memory."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from certification.cpf import checking, places
from certification.cpf.writing import (
    CPF,
    XSI,
    Certification,
    DigitalLevel,
    DossierFormation,
    Flux,
    IdentifiantNational,
    Inscription,
    Passage,
    Titulaire,
    write,
)

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = checking.schema_of(checking.PUBLISHED)
SUMMER = datetime.datetime(2026, 7, 1, 17, 21, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
FLUX = Flux("0b0e", SUMMER, "12345678", "12345678", "MCFCER000209")
AMINA = Titulaire("DIALLO", ("Amina",), 1992, "F", insee="99212", country="212", country_name="Afghanistan")
DAY = datetime.date(2026, 6, 1)


def text(most, least=1):
    """Any sign that XML takes, accents, apostrophes and other scripts among them."""
    signs = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])
    return st.text(signs, min_size=least, max_size=most)


def maybe(strategy):
    return st.none() | strategy


DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
PLACES = st.one_of(
    st.fixed_dictionaries({"insee": st.sampled_from(["59350", "2A004", "99212", "99399"])}),
    st.fixed_dictionaries({"postcode": maybe(text(9))}),
)
TITULAIRES = st.builds(
    lambda where, **values: Titulaire(**values, **where),
    where=PLACES,
    birth_name=text(60),
    used_name=maybe(text(60)),
    first_names=st.lists(text(60), min_size=1, max_size=3).map(tuple),
    year=st.integers(1900, 2099),
    month=maybe(st.integers(1, 12)),
    day=maybe(st.integers(1, 31)),
    sex=st.sampled_from("MF"),
    town=maybe(text(60)),
    country=maybe(st.sampled_from(["212", "206"])),
    country_name=maybe(text(60)),
    comment=maybe(text(250)),
)
HOLDERS = TITULAIRES | st.builds(DossierFormation, number=text(13), name=text(30), first_name=text(20))
PASSAGES = st.builds(
    Passage,
    id=text(255),
    valid_from=DAYS,
    holder=HOLDERS,
    valid_until=maybe(DAYS),
    obtained=st.sampled_from(["PAR_ADMISSION", "PAR_SCORING"]),
    certified=st.booleans(),
    proof_url=maybe(text(255)),
    option=maybe(text(255)),
    exam_from=maybe(DAYS),
    exam_until=maybe(DAYS),
    exam_mode=maybe(st.sampled_from(["A_DISTANCE", "EN_PRESENTIEL", "MIXTE"])),
    exam_postcode=maybe(text(9)),
    language_level=maybe(st.sampled_from(["A1", "C2", "INSUFFISANT"])),
    digital_level=maybe(
        st.builds(
            DigitalLevel,
            score=maybe(st.integers(1, 1000)),
            results=st.lists(st.tuples(st.integers(1, 8), text(1), text(1)), max_size=3).map(tuple),
        )
    ),
    scoring=maybe(text(255)),
    mention=maybe(st.sampled_from(["SANS_MENTION", "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY"])),
    inscription=st.builds(
        Inscription,
        access=maybe(st.sampled_from(["VAE", "CANDIDAT_LIBRE", "EQUIVALENCE_DIPLOME_ETRANGER"])),
        vae=maybe(st.sampled_from(["CONGES_VAE", "VAE_CLASSIQUE"])),
        initiative=maybe(st.sampled_from(["CERTIFIE", "OF", "POLE_EMPLOI", "EMPLOYEUR", "AUTRE"])),
        on=maybe(DAYS),
    ),
    verbatim=maybe(text(255)),
)


def document(passages, flux=FLUX):
    return b"".join(write(flux, [Certification("RS", "RS5875", passages)]))


def refusal_of(data):
    SCHEMA.validate(etree.fromstring(data))
    return SCHEMA.error_log[0].message if SCHEMA.error_log else ""


def element(data, name):
    return etree.fromstring(data).find(f".//{{{CPF}}}{name}")


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PASSAGES, min_size=1, max_size=3))
def test_the_schema_accepts_every_extreme(passages):
    data = document(passages)
    assert refusal_of(data) == ""
    assert checking.check([data]).fault == ""
    found = [node.text for node in etree.fromstring(data).iter(f"{{{CPF}}}idTechnique")]
    assert len(found) == len(passages)


def test_it_is_what_the_register_describes():
    data = document([Passage("1", DAY, AMINA)])
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert data.count(b"xmlns:cpf") == 1 and b"<cpf:flux " in data
    assert element(data, "horodatage").text == "2026-07-01T17:21:00+02:00"
    assert element(data, "dateFinValidite").attrib == {f"{{{XSI}}}nil": "true"}
    assert element(data, "codeInsee").text == "99212" and element(data, "codePaysNaissance").text == "212"
    assert [node.tag.split("}")[1] for node in etree.fromstring(data)] == ["idFlux", "horodatage", "emetteur"]


def test_an_unknown_day_an_unknown_place_and_no_used_name_are_nil():
    data = document([Passage("1", DAY, Titulaire("DIALLO", ("Amina",), 1992, "F"))])
    nil = {node.tag.split("}")[1] for node in etree.fromstring(data).iter() if node.get(f"{{{XSI}}}nil")}
    expected = {"dateFinValidite", "scoring", "mentionValidee", "nomUsage", "moisNaissance", "jourNaissance"}
    assert nil == expected | {"codePostal"}
    assert refusal_of(data) == ""


@pytest.mark.parametrize("sex", ["", "X", None, "f"])
def test_another_sex_is_impossible(sex):
    with pytest.raises(ValueError, match="M or F"):
        Titulaire("DIALLO", ("Amina",), 1992, sex)


@pytest.mark.parametrize("names", [(), ("a", "b", "c", "d")])
def test_one_to_three_first_names(names):
    with pytest.raises(ValueError, match="first names"):
        Titulaire("DIALLO", names, 1992, "F")


def test_an_hour_without_its_offset_is_impossible_and_z_is_refused():
    with pytest.raises(ValueError, match="offset"):
        Flux("1", SUMMER.replace(tzinfo=None), "12345678", "12345678", "1")
    utc = Flux("1", SUMMER.astimezone(datetime.UTC), "12345678", "12345678", "1")
    data = document([Passage("1", DAY, AMINA)], utc)
    assert b"T15:21:00+00:00" in data and refusal_of(data) == ""
    assert "pattern" in refusal_of(data.replace(b"+00:00", b"Z"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"birth_name": "x" * 61},
        {"birth_name": ""},
        {"first_names": ("x" * 61,)},
        {"year": 1899},
        {"year": 2100},
        {"month": 13},
        {"day": 32},
        {"insee": "5935"},
        {"town": "x" * 61},
        {"country": "99"},
    ],
)
def test_what_the_schema_refuses_is_named_with_its_person(wrong):
    values = {"birth_name": "DIALLO", "first_names": ("Amina",), "year": 1992, "sex": "F", "insee": "99212", **wrong}
    passages = [Passage("good", DAY, AMINA), Passage("bad", DAY, Titulaire(**values))]
    certification = Certification("RS", "RS5875", passages)
    assert checking.check(write(FLUX, [certification])).fault
    assert checking.culprit(FLUX, [certification]).id == "bad"


def test_a_fault_in_the_head_is_nobodys():
    flux = Flux("1", SUMMER, "short", "12345678", "MCFCER000209")
    certification = Certification("RS", "RS5875", [Passage("good", DAY, AMINA)])
    fault = checking.culprit(flux, [certification])
    assert fault.id == "" and "idClient" in fault.message
    assert checking.culprit(FLUX, [certification]) is None


def test_signs_that_xml_cannot_hold_are_refused():
    with pytest.raises(ValueError, match="XML"):
        document([Passage("1", DAY, Titulaire("DIA\x00LLO", ("Amina",), 1992, "F"))])


def test_the_schema_of_2026_adds_an_action_and_the_national_number():
    flux = Flux("1", SUMMER, "12345678", "12345678", "MCFCER000209", schema="1.1.5")
    data = document([Passage("1", DAY, IdentifiantNational("2920199212345", "DIALLO"))], flux)
    children = [node.tag.split("}")[1] for node in etree.fromstring(data)]
    assert children == ["idFlux", "horodatage", "action", "emetteur"]
    assert element(data, "action").text == "CREATION" and element(data, "nir").text == "2920199212345"
    assert element(data, "titulaire") is None
    with pytest.raises(ValueError, match="NIR"):
        document([Passage("1", DAY, IdentifiantNational("2920199212345", "DIALLO"))])
    with pytest.raises(ValueError, match="not known"):
        Flux("1", SUMMER, "12345678", "12345678", "1", schema="2.0")


def test_countries_are_told_in_both_languages():
    assert places.countries()["99212"] == ("Afghanistan", "Afghanistan")
    assert places.countries()["99315"] == ("Éthiopie", "Ethiopië")
    assert all(places.COMMUNE.fullmatch(code) is None for code in places.countries())
    french = [name for _code, name in places.choices("fr")]
    assert french.index("Égypte") < french.index("Finlande") and len(french) == len(set(french)) > 200
    assert [
        code for code in ("59350", "2A004", "97411", "99212", "2C001", "5935") if places.COMMUNE.fullmatch(code)
    ] == [
        "59350",
        "2A004",
        "97411",
    ]


MANY = """
import datetime, resource, sys
from certification.cpf import checking
from certification.cpf.writing import Certification, Flux, Passage, Titulaire, write
day, zone = datetime.date(2026, 6, 1), datetime.timezone(datetime.timedelta(hours=2))
flux = Flux("f", datetime.datetime(2026, 7, 1, tzinfo=zone), "12345678", "12345678", "MCFCER000209")
def people(count):
    for number in range(count):
        yield Passage(str(number), day, Titulaire(f"NOM {number}", ("Amina",), 1992, "F", insee="99212"))
def peak(count):
    done = checking.check(write(flux, [Certification("RS", "RS5875", people(count))]))
    assert not done.fault, done.fault
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
few = peak(2_000)
print(peak(200_000) - few)
"""


@pytest.mark.slow
def test_200000_people_take_no_more_memory_than_2000():
    done = subprocess.run([sys.executable, "-c", MANY], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 24 * 1024, "kilobytes more than for 2,000"
