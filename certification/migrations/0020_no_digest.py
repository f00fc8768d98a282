"""A digest without a salt lets whoever guesses a name confirm it, after the name itself was erased."""

from django.db import migrations

from people.append_only import AppendOnly, Opened


class Migration(migrations.Migration):
    dependencies = [("certification", "0019_documents")]

    operations = [
        Opened("IssuedDocument"),
        migrations.RemoveField(model_name="issueddocument", name="facts_digest"),
        AppendOnly("IssuedDocument"),
    ]
