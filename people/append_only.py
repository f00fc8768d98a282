"""A migration operation: the database itself refuses UPDATE and DELETE on a proof table.

SQLite rebuilds a table when a migration alters it and drops its triggers, so every later migration on a proof table
ends with this operation again (docs/architecture.md, decision 5).
"""

from contextlib import contextmanager

from django.db.migrations.operations.base import Operation

REFUSAL = "append-only table"

SQLITE = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
VERBS = ("UPDATE", "DELETE")
SQLITE_CLOSED = """
CREATE TRIGGER {table}_no_INSERT BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {closing} WHERE {column} = NEW.{column}) BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
# PostgreSQL takes no query in the condition of a trigger.
POSTGRES_CLOSED_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_closed() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE closed boolean; BEGIN
EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE %I = ($1).%I)', TG_ARGV[0], TG_ARGV[1], TG_ARGV[1])
INTO closed USING NEW;
IF closed THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
RETURN NEW; END $$
"""
POSTGRES_CLOSED = """
CREATE TRIGGER {table}_no_INSERT BEFORE INSERT ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_closed('{closing}', '{column}')
"""


class AppendOnly(Operation):
    reversible = True
    reduces_to_sql = True

    def __init__(self, model_name):
        self.model_name = model_name

    def deconstruct(self):
        return (type(self).__name__, [self.model_name], {})

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        close(schema_editor, to_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        drop(schema_editor, from_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def describe(self):
        return f"Refuse UPDATE and DELETE on {self.model_name}"


class Opened(AppendOnly):
    """The table takes changes until AppendOnly comes again, in a later migration."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        drop(schema_editor, to_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        close(schema_editor, from_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def describe(self):
        return f"Let {self.model_name} be changed while it migrates"


class ClosedBy(AppendOnly):
    """The table takes no row any more whose `column` stands in another table, which closes what it belongs to."""

    def __init__(self, model_name, closing, column):
        super().__init__(model_name)
        self.closing, self.column = closing, column

    def deconstruct(self):
        return (type(self).__name__, [self.model_name, self.closing, self.column], {})

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table, closing = (
            to_state.apps.get_model(app_label, name)._meta.db_table for name in (self.model_name, self.closing)
        )
        drop(schema_editor, table, ["INSERT"])
        is_postgres = schema_editor.connection.vendor == "postgresql"
        if is_postgres:
            schema_editor.execute(POSTGRES_CLOSED_FUNCTION.replace("{refusal}", REFUSAL), params=None)
        sentence = POSTGRES_CLOSED if is_postgres else SQLITE_CLOSED
        values = {"table": table, "closing": closing, "column": self.column, "refusal": REFUSAL}
        schema_editor.execute(sentence.format(**values), params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        drop(schema_editor, from_state.apps.get_model(app_label, self.model_name)._meta.db_table, ["INSERT"])

    def describe(self):
        return f"Refuse INSERT on {self.model_name} once {self.closing} closes it"


class Reopened(ClosedBy):
    """The table takes rows again until ClosedBy comes again, so that SQLite may rebuild the table that closes it."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        super().database_backwards(app_label, schema_editor, to_state, from_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        super().database_forwards(app_label, schema_editor, to_state, from_state)

    def describe(self):
        return f"Let {self.model_name} take rows while {self.closing} migrates"


@contextmanager
def purging(connection, *models):
    """Rows of these tables may be deleted until the end of the block, inside of one transaction: no other connection
    ever sees the tables open, and a failure closes them again with all the rest."""
    if not connection.in_atomic_block:
        raise RuntimeError("A purge is one transaction.")
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for table in tables:
            drop(cursor, table, ["DELETE"], connection.vendor)
        yield
        if connection.vendor == "postgresql":
            # It alters no table whose deferred checks are still to come.
            connection.check_constraints()
        for table in tables:
            create(cursor, table, ["DELETE"], connection.vendor)


def close(schema_editor, table):
    vendor = schema_editor.connection.vendor
    drop(schema_editor, table)
    if vendor == "postgresql":
        schema_editor.execute(POSTGRES_FUNCTION.format(refusal=REFUSAL))
    create(schema_editor, table, VERBS, vendor)


def create(runner, table, verbs, vendor):
    sentence = POSTGRES if vendor == "postgresql" else SQLITE
    for verb in verbs:
        runner.execute(sentence.format(table=table, verb=verb, refusal=REFUSAL))


def drop(runner, table, verbs=VERBS, vendor=None):
    on_table = f" ON {table}" if (vendor or runner.connection.vendor) == "postgresql" else ""
    for verb in verbs:
        runner.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on_table}")
