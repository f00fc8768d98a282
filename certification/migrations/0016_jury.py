import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from people.append_only import AppendOnly, ClosedBy


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0015_constraints'),
        ('courses', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Jury',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('place', models.CharField(max_length=200)),
                ('opened_at', models.DateTimeField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='juries', to='courses.edition')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='juries_opened', to=settings.AUTH_USER_MODEL)),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='juries', to='certification.scheme')),
            ],
            options={
                'verbose_name': 'jury',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='JuryMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('seat', models.CharField(choices=[('chair', 'chair'), ('professional', 'professional'), ('trainer', 'trainer')], max_length=12)),
                ('named_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='certification.jury')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'jury member',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ConflictDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('candidates', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='certification.jurymember')),
            ],
            options={
                'verbose_name': 'declaration of conflicts of interest',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='JuryMinutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='certification.jury')),
            ],
            options={
                'verbose_name': 'minutes of a jury',
            },
        ),
        migrations.CreateModel(
            name='JuryClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('jury', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='certification.jury')),
                ('minutes', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='certification.juryminutes')),
            ],
            options={
                'verbose_name': 'closing of a jury',
            },
        ),
        migrations.CreateModel(
            name='JurySignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strokes', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='certification.jurymember')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='certification.juryminutes')),
            ],
            options={
                'verbose_name': 'signature of the minutes',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MinutesFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('closing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='file', to='certification.juryclosing')),
            ],
            options={
                'verbose_name': 'file of the minutes',
            },
        ),
        migrations.CreateModel(
            name='JuryCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='certification.jury')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'candidate of a jury',
                'constraints': [models.UniqueConstraint(fields=('jury', 'learner'), name='candidate_once')],
            },
        ),
        migrations.CreateModel(
            name='JuryConvocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('place', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=2)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('state', models.CharField(choices=[('waiting', 'to be sent'), ('claimed', 'being sent'), ('sent', 'sent'), ('failed', 'not sent'), ('uncertain', 'uncertain: it may have arrived'), ('to_share', 'to share by hand')], default='waiting', max_length=9)),
                ('at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convocations', to='certification.jury')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='convocations', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'convocation to a jury',
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'claimed'), _negated=True), ('claimed_at__isnull', False), _connector='OR'), name='juryconvocation_claimed_at_a_moment'), models.UniqueConstraint(fields=('jury', 'person', 'starts_at', 'place'), name='convoked_once')],
            },
        ),
        migrations.CreateModel(
            name='JuryDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('decision', models.CharField(choices=[('ADMIS', 'admitted'), ('VALIDATION_PARTIELLE', 'validated in part'), ('AJOURNE', 'postponed'), ('ABSENT', 'absent'), ('FRAUDE', 'fraud')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('blocks', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_decisions_written', to=settings.AUTH_USER_MODEL)),
                ('jury', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='certification.jury')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jury_decisions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'decision of a jury',
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', 'ADMIS'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='jury_gives_its_reason'), models.CheckConstraint(condition=models.Q(('learner', models.F('author')), _negated=True), name='nobody_decides_of_themselves')],
            },
        ),
        migrations.AddConstraint(
            model_name='jurymember',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('jury', 'person'), name='member_named_once'),
        ),
        migrations.AddConstraint(
            model_name='jurymember',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), ('seat', 'chair')), fields=('jury',), name='jury_chaired_by_one'),
        ),
        migrations.AddConstraint(
            model_name='juryminutes',
            constraint=models.UniqueConstraint(fields=('jury', 'number'), name='minutes_numbered_once'),
        ),
        migrations.AddConstraint(
            model_name='jurysignature',
            constraint=models.UniqueConstraint(fields=('minutes', 'member'), name='minutes_signed_once'),
        ),
        AppendOnly("ConflictDeclaration"),
        AppendOnly("JuryDecision"),
        AppendOnly("JuryMinutes"),
        AppendOnly("JurySignature"),
        AppendOnly("JuryClosing"),
        AppendOnly("MinutesFile"),
        ClosedBy("JuryMember", "JuryClosing", "jury_id"),
        ClosedBy("JuryCandidate", "JuryClosing", "jury_id"),
        ClosedBy("JuryDecision", "JuryClosing", "jury_id"),
        ClosedBy("JuryMinutes", "JuryClosing", "jury_id"),
        ClosedBy("JurySignature", "JuryClosing", "minutes_id"),
    ]
