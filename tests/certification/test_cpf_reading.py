"""The return file: the forms it was seen in are read, anything else is refused with its line."""

import io

import pytest

from certification import sentences
from certification.cpf.reading import Unreadable, read

HEAD = "<nomFichier>a.xml</nomFichier><idFlux>f</idFlux><idTraitement>51354</idTraitement>"
REASON = "Aucun titulaire ne correspond aux critères obligatoires"


def report(body, root="rapport", before=""):
    head = f'{before}<n:{root} xmlns:n="urn:cdc:cpf:pc5:rapport:schema">'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{HEAD}\n{body}\n</n:{root}>'
    return io.BytesIO(text.encode())


def test_passages_in_their_elements_or_alone_whatever_the_capitals():
    found = read(
        report(
            "<PassagesOK><idTechnique>1</idTechnique><n:idTechnique>2</n:idTechnique></PassagesOK>"
            "<passagesOK><passage><idTechnique>3</idTechnique></passage></passagesOK>"
            f"<n:PassagesKO><n:passage><n:idTechnique>4</n:idTechnique><n:messageErreur>{REASON}</n:messageErreur>"
            "<n:messageErreur>Autre</n:messageErreur></n:passage></n:PassagesKO>"
        )
    )
    assert (found.flux, found.file, found.treatment) == ("f", "a.xml", "51354")
    assert {key: answer.reason for key, answer in found.answers.items()} == {
        "1": "",
        "2": "",
        "3": "",
        "4": f"{REASON} · Autre",
    }


def test_a_file_refused_as_a_whole():
    found = read(
        report("<erreurs><erreur><type>XSD</type><message>cvc-length</message><ligne>12</ligne></erreur></erreurs>")
    )
    assert found.errors == [("12", "cvc-length")] and not found.answers


@pytest.mark.parametrize(
    ("file", "reason", "line"),
    [
        (report("", root="flux"), "root", 2),
        (report("<passagesOK/>"), "no_answer", 0),
        (report("<passagesOK><passage/></passagesOK>"), "no_id", 4),
        (report("\n<passagesOK>\n<idTechnique> </idTechnique></passagesOK>"), "no_id", 6),
        (report("<passagesKO><passage><idTechnique>1</idTechnique></passage></passagesKO>"), "no_reason", 4),
        (report("<passagesOK><idTechnique>1</idTechnique>\n<idTechnique>1</idTechnique></passagesOK>"), "twice", 5),
        (report("<passagesOK><idTechnique>1</passagesOK>"), "xml", 4),
        (report("", before='<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'), "doctype", 3),
        (io.BytesIO(b"idTechnique;resultat\n1;OK"), "xml", 1),
        (io.BytesIO(b""), "xml", 0),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(file, reason, line):
    with pytest.raises(Unreadable) as refused:
        read(file)
    assert (refused.value.reason, refused.value.line) == (reason, line)
    assert sentences.unreadable_receipt(refused.value)


def test_an_entity_is_never_opened():
    entity = '<!DOCTYPE r [<!ENTITY a "boom">]>\n'
    with pytest.raises(Unreadable):
        read(report("<passagesOK><idTechnique>&a;</idTechnique></passagesOK>", before=entity))


@pytest.mark.parametrize(
    ("reason", "word"),
    [
        (REASON, "OFPRA"),
        ("Plusieurs titulaires ont été identifiés", "jour"),
        ("Passage en doublon", "portail"),
        ("Le contrat est inactif", "certificateur"),
    ],
)
@pytest.mark.django_db
def test_what_the_register_says_is_explained(reason, word):
    assert word in sentences.advice(reason)
    assert sentences.advice("Erreur 42") == ""
