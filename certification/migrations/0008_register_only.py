import django.db.models.deletion
from django.db import migrations, models

from people.append_only import AppendOnly

LINKED = ("AttendanceMark", "LateDecision", "SlotLock", "PaperSheet")


def entry(name):
    return migrations.AlterField(
        model_name=name.lower(),
        name="entry",
        field=models.OneToOneField(
            editable=False,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="%(class)s",
            to="certification.registerentry",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("certification", "0007_link")]

    operations = [
        *map(entry, LINKED),
        migrations.RemoveField(model_name="attendancemark", name="digest"),
        migrations.RemoveField(model_name="slotlock", name="printed_name"),
        migrations.AlterField(
            model_name="slotlock", name="detail_digest", field=models.CharField(max_length=64)
        ),
        *map(AppendOnly, LINKED),
    ]
