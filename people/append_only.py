"""A migration operation: the database itself refuses UPDATE and DELETE on a proof table.

SQLite rebuilds a table when a migration alters it and drops its triggers, so every later migration on a proof table
ends with this operation again (docs/architecture.md, decision 5).
"""

from django.db.migrations.operations.base import Operation

REFUSAL = "append-only table"

SQLITE = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRES = "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
VERBS = ("UPDATE", "DELETE")


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
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        self.drop(schema_editor, table)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRES_FUNCTION.format(refusal=REFUSAL))
        create = POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE
        for verb in VERBS:
            schema_editor.execute(create.format(table=table, verb=verb, refusal=REFUSAL))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.drop(schema_editor, from_state.apps.get_model(app_label, self.model_name)._meta.db_table)

    def drop(self, schema_editor, table):
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in VERBS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on_table}")

    def describe(self):
        return f"Refuse UPDATE and DELETE on {self.model_name}"
