"""Somebody who reaches the database itself and changes one value, past the triggers."""

import datetime
import uuid
from contextlib import contextmanager

from django.db import connection, models

from certification import models as proof
from events.models import Session, Slot
from people.append_only import VERBS, create, drop
from people.models import User

CHAINED = [
    proof.RegisterEntry,
    proof.AttendanceMark,
    proof.MarkDetail,
    proof.LateDecision,
    proof.SlotLock,
    proof.LockDetail,
    proof.PaperSheet,
    proof.RegisterRoot,
    proof.RegisterLeaf,
]
APPEND_ONLY = [model for model in CHAINED if model not in (proof.MarkDetail, proof.LockDetail)]
FIELDS = [(model, field) for model in CHAINED for field in model._meta.concrete_fields if not field.primary_key]


@contextmanager
def open_tables():
    with connection.cursor() as cursor:
        for model in APPEND_ONLY:
            drop(cursor, model._meta.db_table, VERBS, connection.vendor)
        yield
        if connection.vendor == "postgresql":
            connection.check_constraints()
        for model in APPEND_ONLY:
            create(cursor, model._meta.db_table, VERBS, connection.vendor)


def change(row, field):
    with open_tables():
        type(row).objects.filter(pk=row.pk).update(**{field.name: other_value(row, field)})


def other_value(row, field):
    value = getattr(row, field.attname)
    if field.is_relation:
        return other_row(field, value)
    if field.choices:
        return next(choice for choice, _label in field.choices if choice != value)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=3650)
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(field, models.JSONField):
        return [*value, [1, 2, 3, 4]]
    return value[:-1] + ("0" if value[-1:] != "0" else "1")


def other_row(field, pk):
    """Another one that no row of this kind points to."""
    model = field.related_model
    if model is proof.RegisterEntry:
        session = Session.objects.create(key=uuid.uuid4())
        return proof.RegisterEntry.objects.append(session, "mark", {}).pk
    if model is proof.RegisterRoot:
        day = datetime.date(2000, 1, 1)
        made_at = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
        return proof.RegisterRoot.objects.create(day=day, previous="-", sessions=1, made_at=made_at).pk
    if field.one_to_one or model is Slot:
        free = {field.related_query_name(): None} if field.one_to_one else {"marks": None}
        return model.objects.exclude(pk=pk).filter(**free).first().pk
    if model is Session:
        return model.objects.create(key=uuid.uuid4()).pk
    assert model is User
    return model.objects.exclude(pk=pk).order_by("pk").last().pk
