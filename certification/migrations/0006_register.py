import django.db.models.deletion
from django.db import migrations, models

import certification.models.attendance
from people.append_only import AppendOnly, Opened

LINKED = ("AttendanceMark", "LateDecision", "SlotLock", "PaperSheet")


def entry(name):
    """Empty until the next migration links what was recorded before."""
    return migrations.AddField(
        model_name=name.lower(),
        name="entry",
        field=models.OneToOneField(
            editable=False,
            null=True,
            on_delete=django.db.models.deletion.PROTECT,
            related_name="%(class)s",
            to="certification.registerentry",
        ),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0005_paper'),
        ('events', '0003_practical'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('sessions', models.PositiveIntegerField()),
                ('links', models.PositiveIntegerField()),
                ('erased', models.PositiveIntegerField()),
                ('purged', models.PositiveIntegerField()),
                ('roots', models.PositiveIntegerField()),
                ('found', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'verbose_name': 'verification of the register',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegisterRoot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('previous', models.CharField(max_length=64, unique=True)),
                ('sessions', models.PositiveIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('kid', models.CharField(max_length=43)),
                ('signature', models.CharField(max_length=86)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'root of the register',
                'ordering': ['-day'],
            },
        ),
        migrations.CreateModel(
            name='LockDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printed_name', models.CharField(max_length=150)),
                ('salt', models.CharField(default=certification.models.attendance.new_salt, max_length=32)),
                ('lock', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='detail', to='certification.slotlock')),
            ],
            options={
                'verbose_name': 'name beside a countersignature',
            },
        ),
        migrations.CreateModel(
            name='RegisterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('mark', 'presence'), ('decision', 'decision on a late mark'), ('lock', 'countersignature'), ('paper', 'paper sheet'), ('tombstone', 'purged')], max_length=9)),
                ('body', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register', to='events.session')),
            ],
            options={
                'verbose_name': 'link of the register',
                'ordering': ['session', 'position'],
            },
        ),
        migrations.CreateModel(
            name='RegisterLeaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register_ends', to='events.session')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='certification.registerroot')),
            ],
            options={
                'verbose_name': 'end of a register',
            },
        ),
        migrations.CreateModel(
            name='RootMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254)),
                ('state', models.CharField(choices=[('waiting', 'to be sent'), ('claimed', 'being sent'), ('sent', 'sent'), ('failed', 'not sent'), ('uncertain', 'uncertain: it may have arrived')], default='waiting', max_length=9)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='certification.registerroot')),
            ],
            options={
                'verbose_name': 'root sent outside',
                'ordering': ['address'],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kid', models.CharField(max_length=43)),
                ('signature', models.CharField(max_length=86)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='tombstone', to='certification.registerentry')),
            ],
            options={
                'verbose_name': 'tombstone',
            },
        ),
        migrations.AddConstraint(
            model_name='registerentry',
            constraint=models.UniqueConstraint(fields=('session', 'position'), name='link_follows_another'),
        ),
        migrations.AddConstraint(
            model_name='registerleaf',
            constraint=models.UniqueConstraint(fields=('session', 'position'), name='end_in_one_root'),
        ),
        migrations.AddConstraint(
            model_name='rootmail',
            constraint=models.UniqueConstraint(fields=('root', 'address'), name='root_sent_once'),
        ),
        migrations.AddField(
            model_name="slotlock",
            name="detail_digest",
            field=models.CharField(default="", max_length=64),
        ),
        *map(entry, LINKED),
        *map(Opened, LINKED),
        *map(AppendOnly, ("RegisterEntry", "Tombstone", "RegisterRoot", "RegisterLeaf")),
    ]
