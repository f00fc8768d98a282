"""The database itself refuses to change proof: both verbs, on every proof table, on the database in use."""

import uuid

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from certification import models as proof
from certification.models.auditors import LONGEST
from people.append_only import REFUSAL, VERBS
from tests.certification.practising import make_practice, make_rule
from tests.certification.sitting import make_jury

PROOF = [
    proof.AttendanceMark,
    proof.LateDecision,
    proof.PaperSheet,
    proof.SlotLock,
    proof.Certificate,
    proof.CertificateFile,
    proof.CertificateEvent,
    proof.Credential,
    proof.AuditorVisit,
    proof.Assessment,
    proof.FrameworkVersion,
    proof.RuleVersion,
    proof.ConflictDeclaration,
    proof.JuryDecision,
    proof.JuryMinutes,
    proof.JurySignature,
    proof.JuryClosing,
    proof.MinutesFile,
    proof.IssuedDocument,
    proof.RegisterEntry,
    proof.Tombstone,
    proof.RegisterRoot,
    proof.RegisterLeaf,
]
CHANGING = {
    proof.MarkDetail,
    proof.LockDetail,
    proof.Counter,
    proof.AuditorLink,
    proof.RootMail,
    proof.RegisterCheck,
    proof.Exchange,
    proof.ExchangeNote,
    proof.GuestPresence,
    proof.Counter,
    proof.AuditorLink,
    proof.CivilStatus,
    proof.Passage,
    proof.PassageFile,
    proof.Receipt,
    proof.Scheme,
    proof.SchemeEdition,
    proof.StatusList,
    proof.AssessmentDetail,
    proof.AssessmentAnswer,
    proof.Assignment,
    proof.CoverageLink,
    proof.Batch,
    proof.BatchItem,
    proof.CorrectionRequest,
    proof.ExpiryReminder,
    proof.DocumentBody,
    proof.DocumentCounter,
    proof.DocumentTemplate,
    proof.FrameworkDraft,
    proof.PortfolioItem,
    proof.PortfolioReview,
    proof.Recognition,
    proof.Jury,
    proof.JuryCandidate,
    proof.JuryMember,
    proof.JuryConvocation,
}
# The closing of a jury ends them.
CLOSED = {proof.JuryDecision, proof.JuryMinutes, proof.JurySignature}
TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE '%\\_no\\_%'"
    ),
}


def make_mark(slot, learner, trainer, now, link):
    return proof.AttendanceMark.objects.create(
        slot=slot,
        learner=learner,
        author=trainer,
        status="present",
        minutes=slot.minutes,
        uuid=uuid.uuid4(),
        device_at=now,
        recorded_at=now,
        position=1,
        entry=link,
    )


def make_visit(cohort, trainer, now):
    times = {"starts_at": now, "ends_at": now + LONGEST, "made_at": now}
    link = proof.AuditorLink.objects.create(cohort=cohort, author=trainer, **times)
    return proof.AuditorVisit.objects.create(link=link, at=now)


def make_document(edition, learner, trainer, now):
    made = {"issued_by": trainer, "issued_at": now, "size": 1}
    return proof.IssuedDocument.objects.create(number="AF-1", kind="end", learner=learner, edition=edition, **made)


@pytest.fixture
def rows(session, learner, trainer, coordinator):
    """One row in each proof table."""
    practice = make_practice(session.edition, learner, coordinator)
    now, slot = timezone.now(), session.half_days[0]
    links = (proof.RegisterEntry.objects.create(session=session, position=at) for at in range(1, 9))
    mark = make_mark(slot, learner, trainer, now, next(links))
    certificate = proof.Certificate.objects.create(
        number="2026-0001",
        learner=learner,
        edition=session.edition,
        issued_at=now,
        issued_by=trainer,
        printed={},
        rules_met={},
    )
    link, root = next(links), proof.RegisterRoot.objects.create(day=now.date(), sessions=1, made_at=now)
    return {
        proof.RegisterEntry: link,
        proof.Tombstone: proof.Tombstone.objects.create(entry=link),
        proof.RegisterRoot: root,
        proof.RegisterLeaf: proof.RegisterLeaf.objects.create(root=root, session=session, position=1),
        proof.AttendanceMark: mark,
        proof.LateDecision: proof.LateDecision.objects.create(
            mark=mark, author=trainer, accepted=True, at=now, entry=next(links)
        ),
        proof.PaperSheet: proof.PaperSheet.objects.create(
            slot=slot, author=trainer, size=1, added_at=now, entry=next(links)
        ),
        proof.SlotLock: proof.SlotLock.objects.create(
            slot=slot, trainer=trainer, signed_at=now, marks=1, entry=next(links)
        ),
        proof.Certificate: certificate,
        proof.CertificateFile: proof.CertificateFile.objects.create(certificate=certificate, size=1, made_at=now),
        proof.CertificateEvent: proof.CertificateEvent.objects.create(
            certificate=certificate, kind="revoked", reason="error", author=trainer, at=now
        ),
        proof.Credential: proof.Credential.objects.create(
            certificate=certificate, language="fr", status_list=1, status_index=1, made_at=now
        ),
        proof.AuditorVisit: make_visit(session.edition.cohort, trainer, now),
        proof.Assessment: practice.assessment,
        proof.FrameworkVersion: practice.version,
        proof.RuleVersion: make_rule(trainer, now),
        proof.IssuedDocument: make_document(session.edition, learner, trainer, now),
        **judged(session.edition, learner, coordinator),
    }


def judged(edition, learner, coordinator):
    sitting = make_jury(edition, coordinator, learner).declare().admit_all().sign_all()
    closing = sitting.jury.closing
    return {
        proof.ConflictDeclaration: sitting.chair.declarations.get(),
        proof.JuryDecision: sitting.jury.decisions.get(),
        proof.JuryMinutes: closing.minutes,
        proof.JurySignature: closing.minutes.signatures.first(),
        proof.JuryClosing: closing,
        proof.MinutesFile: closing.file,
    }


def refused(sql, *values):
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


@pytest.mark.parametrize("model", PROOF)
def test_refuses_update_and_delete(model, rows):
    table, key = model._meta.db_table, rows[model].pk
    assert refused(f"UPDATE {table} SET id = id WHERE id = %s", key)
    assert refused(f"DELETE FROM {table} WHERE id = %s", key)
    assert model.objects.filter(pk=key).exists()


@pytest.mark.parametrize("model", PROOF)
def test_has_a_trigger_for_each_verb(model, db):
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {name.upper() for table, name in cursor.fetchall() if table == model._meta.db_table}
    verbs = [*VERBS, "INSERT"] if model in CLOSED else VERBS
    assert found == {f"{model._meta.db_table}_no_{verb}".upper() for verb in verbs}


def test_every_model_of_the_room_is_either_proof_or_known_to_change():
    in_room = {value for value in vars(proof).values() if isinstance(value, type) and issubclass(value, models.Model)}
    assert in_room == {*PROOF, *CHANGING}
