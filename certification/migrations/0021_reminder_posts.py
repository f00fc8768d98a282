from django.db import migrations, models


def settle(apps, schema_editor):
    """What was sent is known; of what was only claimed nobody knows."""
    reminders = apps.get_model("certification", "ExpiryReminder").objects
    reminders.exclude(sent_at=None).update(state="sent")
    reminders.filter(sent_at=None).update(state="uncertain")


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0020_no_digest'),
    ]

    operations = [
        migrations.RenameField(model_name='expiryreminder', old_name='claimed_at', new_name='at'),
        migrations.AlterModelOptions(
            name='expiryreminder',
            options={'ordering': ['at', 'pk'], 'verbose_name': 'reminder before a certificate ends'},
        ),
        migrations.AddField(
            model_name='expiryreminder',
            name='claimed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='expiryreminder',
            name='state',
            field=models.CharField(choices=[('waiting', 'to be sent'), ('claimed', 'being sent'), ('sent', 'sent'), ('failed', 'not sent'), ('uncertain', 'uncertain: it may have arrived'), ('to_share', 'to share by hand')], default='waiting', max_length=9),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='expiryreminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'claimed'), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='expiryreminder_claimed_at_a_moment'),
        ),
    ]
