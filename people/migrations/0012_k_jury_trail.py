from django.db import migrations, models

from people.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_declared'),
    ]

    operations = [
        migrations.AlterField(
            model_name='trailentry',
            name='action',
            field=models.CharField(choices=[('invited', 'invited'), ('entered', 'used an invitation'), ('reset', 'gave a new way in'), ('card', 'made cards'), ('card_revoked', 'cancelled a card'), ('changed', 'changed a person'), ('roles', 'changed roles'), ('erased', 'erased a person'), ('refused', 'refused an erasure'), ('signed', 'signed a half-day'), ('corrected', 'corrected attendance'), ('decided', 'decided a late mark'), ('issued', 'issued a certificate'), ('revoked', 'revoked a certificate'), ('auditor', 'gave an auditor access'), ('auditor_ended', 'ended an auditor’s access'), ('exported', 'exported'), ('unlocked', 'removed a second proof'), ('civil_read', 'read a civil status'), ('civil_written', 'wrote a civil status'), ('declared', 'declared to the State’s register'), ('jury', 'prepared a jury'), ('jury_decided', 'wrote a decision of a jury'), ('jury_signed', 'signed the minutes of a jury')], max_length=13),
        ),
        AppendOnly("TrailEntry"),
    ]
