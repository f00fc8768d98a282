from django.db import migrations, models

ACTIONS = [
    ("invited", "invited"),
    ("entered", "used an invitation"),
    ("reset", "gave a new way in"),
    ("card", "made cards"),
    ("card_revoked", "cancelled a card"),
    ("changed", "changed a person"),
    ("roles", "changed roles"),
    ("erased", "erased a person"),
    ("refused", "refused an erasure"),
    ("signed", "signed a half-day"),
    ("corrected", "corrected attendance"),
    ("decided", "decided a late mark"),
    ("issued", "issued a certificate"),
    ("revoked", "revoked a certificate"),
    ("auditor", "gave an auditor access"),
    ("auditor_ended", "ended an auditor’s access"),
    ("exported", "exported"),
    ("unlocked", "removed a second proof"),
]


class Migration(migrations.Migration):
    """Changes what Django knows, not the table: its triggers stay."""

    dependencies = [("people", '0006_entry')]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("trailentry", "action", models.CharField(choices=ACTIONS, max_length=13))
            ]
        )
    ]
