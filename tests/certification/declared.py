"""A registered title, people who hold it, and the answers of the register, in one line each."""

import io

from django.utils import timezone

from certification import depositing
from certification.batching import issue_some
from certification.models import Batch, Passage, Scheme
from tests.certification.facts import make_ready

KABUL = {
    "birth_name": "DIALLO",
    "used_name": "KEITA",
    "first_name": "Amina",
    "second_name": "Zahra",
    "year": 1992,
    "month": 1,
    "day": 1,
    "sex": "F",
    "country": "99212",
    "town": "KABOUL",
}
TYPED = {**KABUL, "born": "abroad", "third_name": "", "commune": "", "postcode": ""}


def register_title(**more):
    """The default scheme, in the RS for a year, with the numbers of its certifier."""
    decided_on = timezone.localdate() - timezone.timedelta(days=365)
    values = {
        "registration": "rs",
        "register_code": "RS5875",
        "decided_on": decided_on,
        "certifier": "AB Réfugiés-Social",
        "client_id": "12345678",
        "contract_id": "MCFCER000209",
        **more,
    }
    Scheme.objects.filter(key="ambassador").update(**values)
    return Scheme.objects.get(key="ambassador")


def issue_all(session, trainer, now=None):
    """Both learners of the cohort hold the certificate; the passages, the learner's first."""
    make_ready(session, trainer)
    batch = Batch.objects.begin(session.edition, trainer, now or timezone.now())
    issue_some(batch, clock=lambda: now or timezone.now())
    return list(Passage.objects.order_by("certificate__learner__username"))


def give_civil_status(*passages, **more):
    for passage in passages:
        person = passage.certificate.learner
        depositing.write_civil_status(person, {**KABUL, **more}, person, timezone.now())


def answer(file, accepted=(), refused=(), head=None, reason="Aucun titulaire ne correspond aux critères obligatoires"):
    """The return file, as the portal writes it."""
    head = head or f"<nomFichier>{file.name}</nomFichier><idFlux>{file.code}</idFlux><idTraitement>51354</idTraitement>"
    good = "".join(f"<passage><idTechnique>{one.technical_id}</idTechnique></passage>\n" for one in accepted)
    bad = "".join(
        f"<passage><idTechnique>{one.technical_id}</idTechnique><messageErreur>{reason}</messageErreur></passage>\n"
        for one in refused
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ns2:rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema">{head}\n'
        f"<passagesOK>\n{good}</passagesOK>\n<PassagesKO>\n{bad}</PassagesKO></ns2:rapport>"
    )


def as_file(text):
    file = io.BytesIO(text.encode())
    file.name = "accuse.xml"
    return file
