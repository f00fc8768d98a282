"""Every fact of a session is a link of its register, and nothing can be changed in it unseen."""

import datetime
import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from certification import chain
from certification.models import (
    AttendanceMark,
    LateDecision,
    LockDetail,
    MarkDetail,
    PaperSheet,
    RegisterCheck,
    RegisterEntry,
    RegisterRoot,
    SlotLock,
    is_whole,
    verify,
)
from certification.models.verifying import AT_ONCE
from certification.refusals import Refused
from events.models import Session, Slot
from tests import cast
from tests.certification.facts import STROKES, everyone_present, say, sign
from tests.certification.tampering import FIELDS, change, open_tables
from tests.databases import together

SCAN = b"%PDF-1.7 signed"


@pytest.fixture
def lived(session, trainer, coordinator, learner, other_learner):
    """A session with a link of every kind, in a root; a third half-day without a signature."""
    now, morning = timezone.now(), session.half_days[0]
    Slot.objects.create(session=session, period="evening", starts_at=now, ends_at=now + datetime.timedelta(hours=1))
    sign(morning, learner)
    everyone_present(session, trainer)
    say(morning, learner, trainer, "absent", source=4, reason="Wrong line.")
    LateDecision.objects.decide(say(morning, other_learner, coordinator, "late", 60), trainer, True, now)
    PaperSheet.objects.attach(morning, trainer, SCAN, "application/pdf", now)
    RegisterRoot.objects.make(now)
    return session


def kinds(session):
    return list(RegisterEntry.objects.filter(session=session).order_by("position").values_list("kind", flat=True))


def run(*arguments):
    out = io.StringIO()
    call_command("verify_register", *arguments, stdout=out)
    return out.getvalue()


def test_each_fact_is_a_link_of_the_session(lived):
    assert kinds(lived) == ["mark", "mark", "mark", "lock", "mark", "mark", "lock", "mark", "mark", "decision", "paper"]
    positions = RegisterEntry.objects.filter(session=lived).values_list("position", flat=True)
    assert sorted(positions) == list(range(1, 12))
    assert verify().broken is None
    assert all(is_whole(slot) for slot in lived.half_days)


def test_no_name_and_no_image_is_in_the_chain(lived):
    texts = " ".join(RegisterEntry.objects.values_list("body", flat=True))
    for value in ("Amina", "Diallo", "Claire", "Wrong line", str(STROKES[0][:4])[1:-1]):
        assert value not in texts
    assert str(cast.person_named("learner").code) in texts


def test_a_refused_fact_leaves_no_link(session, trainer, learner):
    with pytest.raises(Refused):
        SlotLock.objects.countersign(session.half_days[0], trainer, timezone.now())
    say(session.half_days[0], learner, trainer)
    assert kinds(session) == ["mark"]


def test_what_is_sent_twice_is_one_link(session, trainer, learner):
    slot, now = session.half_days[0], timezone.now()
    for _time in range(2):
        say(slot, learner, trainer, uuid=uuid.UUID(int=1))
        PaperSheet.objects.attach(slot, trainer, SCAN, "application/pdf", now)
    assert kinds(session) == ["mark", "paper"]


def test_the_command_says_that_it_is_whole(lived):
    assert run() == "The register is whole: 1 sessions, 11 links, 0 erased, 0 purged, 1 roots.\n"
    assert "11 links" in run("--session", str(lived.code))
    assert RegisterCheck.objects.get().found == ""


def test_the_command_names_the_first_broken_link(lived, learner):
    mark = AttendanceMark.objects.filter(late=False).order_by("pk")[2]
    change(mark, AttendanceMark._meta.get_field("minutes"))
    with pytest.raises(CommandError) as refused:
        run()
    said = f"session {lived.code}, link {mark.entry.position}: it does not say what its row says: minutes"
    assert said in str(refused.value)
    assert refused.value.returncode == 1
    assert RegisterCheck.objects.get().found == said


@pytest.mark.parametrize("code", ["no code", "8aa34ec1-c98e-4263-b8d4-187e136b86e1"])
def test_the_command_refuses_a_session_that_is_not(db, code):
    with pytest.raises(CommandError, match="There is no session"):
        run("--session", code)


@pytest.mark.parametrize(("model", "field"), FIELDS, ids=[f"{m.__name__}.{f.name}" for m, f in FIELDS])
def test_any_changed_value_is_found(lived, model, field):
    if model in (MarkDetail, LockDetail):
        # Somebody else whose name was erased: there is room for what is moved.
        MarkDetail.objects.filter(mark__slot=lived.half_days[1]).delete()
        LockDetail.objects.filter(lock__slot=lived.half_days[1]).delete()
    change(model.objects.order_by("pk").first(), field)
    assert verify().broken is not None


def test_a_link_and_its_row_that_are_taken_away_together_are_found(lived):
    """The chain alone does not show that its end is missing: the root does."""
    with open_tables():
        PaperSheet.objects.all().delete()
        RegisterEntry.objects.order_by("position").last().delete()
    assert "the root" in str(verify().broken)
    assert verify(lived).broken.position == 11


def test_a_whole_register_that_is_written_again_is_found(lived):
    """Every digest computed again after a change: only the root remembers."""
    minutes = AttendanceMark.objects.filter(pk=AttendanceMark.objects.first().pk)
    with open_tables():
        minutes.update(minutes=1)
        previous = chain.START
        for entry in RegisterEntry.objects.order_by("position"):
            body = entry.body.replace('"minutes":210', '"minutes":1', 1) if entry.position == 1 else entry.body
            previous = chain.digest(previous, body)
            RegisterEntry.objects.filter(pk=entry.pk).update(body=body, digest=previous)
    assert verify().broken is not None


def test_what_is_erased_says_so_and_breaks_nothing(lived):
    MarkDetail.objects.all().delete()
    LockDetail.objects.all().delete()
    report = verify()
    assert (report.broken, report.erased) == (None, 9)
    assert str(SlotLock.objects.first().printed_name) == "effacé"


def test_a_file_that_was_exchanged_is_found(lived, settings):
    path = settings.PRIVATE_ROOT / PaperSheet.objects.get().name
    path.write_bytes(b"%PDF-1.7 another")
    assert "file" in str(verify().broken)
    path.unlink()
    assert (verify().broken, verify().erased) == (None, 1)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "sign", "correct", "lock", "decide", "paper", "erase", "root"]),
        st.integers(0, 1),
        st.sampled_from(["learner", "other_learner"]),
        st.sampled_from(["present", "absent", "excused"]),
    ),
    max_size=14,
)


def play(session, trainer, step, number):
    what, half_day, who, status = step
    slot, learner = session.half_days[half_day], cast.person_named(who)
    now = timezone.now()
    try:
        if what == "say":
            say(slot, learner, trainer, status)
        elif what == "sign":
            sign(slot, learner)
        elif what == "correct":
            say(slot, learner, trainer, status, source=4, reason="Wrong line.")
        elif what == "lock":
            SlotLock.objects.countersign(slot, trainer, now)
        elif what == "decide":
            for mark in AttendanceMark.objects.filter(slot=slot).waiting():
                LateDecision.objects.decide(mark, trainer, status == "present", now)
        elif what == "paper":
            PaperSheet.objects.attach(slot, trainer, SCAN + str(number).encode(), "application/pdf", now)
        elif what == "erase":
            MarkDetail.objects.filter(mark__learner=learner).delete()
        else:
            RegisterRoot.objects.make(now + datetime.timedelta(days=number))
    except Refused:
        pass


@pytest.mark.slow
@hypothesis(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.data())
def test_any_order_of_facts_is_whole_and_any_change_after_it_is_found(session, trainer, steps, data):
    with transaction.atomic():
        for number, step in enumerate(steps):
            play(session, trainer, step, number)
        assert verify().broken is None
        model, field = data.draw(st.sampled_from([pair for pair in FIELDS if not pair[1].is_relation]))
        rows = list(model.objects.order_by("pk"))
        if rows:
            change(data.draw(st.sampled_from(rows)), field)
            assert verify().broken is not None
        transaction.set_rollback(True)


def test_it_asks_as_many_questions_for_many_links_as_for_few(lived, learner, trainer):
    slot = lived.half_days[1]
    with CaptureQueriesContext(
        connection,
    ) as few:
        verify()
    for _time in range(20):
        say(slot, learner, trainer)
    with CaptureQueriesContext(connection) as many:
        verify()
    assert len(many) == len(few)
    assert len(many) < AT_ONCE


def test_facts_at_once_are_one_chain(real_database, session, trainer, coordinator, learner, other_learner):
    """From several connections, in two half-days of the same session."""
    morning, afternoon = session.half_days
    now = timezone.now()
    together(
        lambda: say(morning, learner, trainer),
        lambda: say(afternoon, learner, coordinator, "absent"),
        lambda: sign(morning, other_learner).pk,
        lambda: PaperSheet.objects.attach(afternoon, trainer, SCAN, "application/pdf", now).pk,
    )
    assert sorted(kinds(session)) == ["mark", "mark", "mark", "paper"]
    assert verify().broken is None


def test_what_was_recorded_before_is_linked_by_the_migration(migrated_database):
    executor = MigrationExecutor(connection)
    executor.migrate([("certification", "0005_paper")])
    old = executor.loader.project_state([("certification", "0005_paper"), ("events", "0003_practical")]).apps
    cast.build()
    session = cast.make_session(cast.make_edition(timezone.localdate()), timezone.localdate())
    write_as_before(old, session)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("certification"))
    assert kinds(session) == ["mark", "mark", "lock", "mark", "decision", "paper"]
    report = verify()
    assert (report.broken, report.erased) == (None, 3)
    assert SlotLock.objects.get().printed_name == "Claire Dubois"
    assert Session.objects.get(pk=session.pk).register.count() == 6


def write_as_before(old, session):
    mark_model, now = old.get_model("certification", "AttendanceMark"), timezone.now()
    slot, trainer, learner = session.half_days[0], cast.person_named("trainer"), cast.person_named("learner")
    made = [
        mark_model.objects.create(
            slot_id=slot.pk,
            learner_id=learner.pk,
            author_id=trainer.pk,
            status="present",
            minutes=210,
            source=2,
            late=position == 3,
            uuid=uuid.uuid4(),
            device_at=now,
            recorded_at=now + datetime.timedelta(minutes=position),
            position=position,
            detail_digest=chain.sealed("salt", {"printed_name": "Amina Diallo", "reason": ""}),
            digest="0" * 64,
        )
        for position in (1, 2, 3)
    ]
    detail = {"mark": made[0], "printed_name": "Amina Diallo", "reason": "", "salt": "salt"}
    old.get_model("certification", "MarkDetail").objects.create(**detail)
    old.get_model("certification", "SlotLock").objects.create(
        slot_id=slot.pk,
        trainer_id=trainer.pk,
        printed_name="Claire Dubois",
        signed_at=now - datetime.timedelta(days=1),
        marks=2,
        digest="0" * 64,
    )
    decision = {"mark": made[2], "author_id": trainer.pk, "accepted": True, "at": now}
    old.get_model("certification", "LateDecision").objects.create(**decision)
    old.get_model("certification", "PaperSheet").objects.create(
        slot_id=slot.pk,
        author_id=trainer.pk,
        name="papers/a.pdf",
        content_type="application/pdf",
        sha256="0" * 64,
        size=1,
        added_at=now + datetime.timedelta(hours=1),
    )
