import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from people.append_only import AppendOnly


def make_default(apps, schema_editor):
    """The scheme that every certificate issued so far names: it is in no register."""
    values = {"title_fr": "Ambassadeur·rice de l’intégration", "title_nl": "Integratieambassadeur", "certifier": "AB Réfugiés-Social"}
    apps.get_model("certification", "Scheme").objects.get_or_create(key="ambassador", defaults=values)


class Migration(migrations.Migration):

    dependencies = [
        ('certification', '0010_seen'),
        ('courses', '0001_initial'),
        ('people', '0011_declared'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='certificate',
            name='scheme',
            field=models.CharField(default='ambassador', max_length=20),
        ),
        migrations.CreateModel(
            name='CivilStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed', models.BinaryField()),
                ('changed_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='civil_status', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'civil status',
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('technical_id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('made_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('ok', 'accepted'), ('ko', 'refused')], max_length=2)),
                ('reason', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='certification.certificate')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='correction', to='certification.passage')),
            ],
            options={
                'verbose_name': 'passage',
                'ordering': ['certificate__issued_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PassageFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('head', models.JSONField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('fault', models.TextField(blank=True)),
                ('deposited_at', models.DateTimeField(null=True)),
                ('discarded_at', models.DateTimeField(null=True)),
                ('faulty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='certification.passage')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'verbose_name': 'file for the register',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='passage',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='certification.passagefile'),
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='Never changes: certificates hold it.', max_length=20, unique=True, verbose_name='key')),
                ('title_fr', models.CharField(help_text='Exactly as it is registered.', max_length=200, verbose_name='title in French')),
                ('title_nl', models.CharField(max_length=200, verbose_name='title in Dutch')),
                ('certifier', models.CharField(help_text='Its legal name.', max_length=150, verbose_name='certifier')),
                ('trade_name', models.CharField(blank=True, max_length=150, verbose_name='trade name of the certifier')),
                ('registration', models.CharField(choices=[('none', 'in no register'), ('preparing', 'registration in preparation'), ('rs', 'RS: répertoire spécifique'), ('rncp', 'RNCP: répertoire national des certifications professionnelles')], default='none', max_length=9, verbose_name='registration')),
                ('register_code', models.CharField(blank=True, help_text='RNCP or RS, then figures: RS5875.', max_length=20, verbose_name='number in the register')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='date of the decision of France compétences')),
                ('registered_until', models.DateField(blank=True, null=True, verbose_name='registered until')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(8)], verbose_name='level (2 to 8)')),
                ('nsf_codes', models.CharField(blank=True, help_text='Separated by commas: 332t, 333.', max_length=60, validators=[django.core.validators.RegexValidator('^\\d{3}[a-z]?(, ?\\d{3}[a-z]?)*$', 'Write NSF codes such as 332t, 333.')], verbose_name='NSF codes')),
                ('validity_months', models.PositiveSmallIntegerField(blank=True, help_text='Empty: without end.', null=True, verbose_name='valid for (months)')),
                ('client_id', models.CharField(blank=True, help_text='Eight characters, given by the Caisse des Dépôts.', max_length=8, validators=[django.core.validators.RegexValidator('^\\S{8}$', 'Write the eight characters.')], verbose_name='idClient of the certifier')),
                ('contract_id', models.CharField(blank=True, max_length=20, verbose_name='idContrat of the certifier')),
                ('sender_id', models.CharField(blank=True, help_text='Only when somebody else deposits for the certifier.', max_length=8, validators=[django.core.validators.RegexValidator('^\\S{8}$', 'Write the eight characters.')], verbose_name='idClient of the sender')),
            ],
            options={
                'verbose_name': 'certification scheme',
                'verbose_name_plural': 'certification schemes',
                'ordering': ['title_fr'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('registration__in', ['rs', 'rncp']), _negated=True), models.Q(models.Q(('register_code', ''), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='scheme_registered_whole', violation_error_message='A registered title has a number and a date of decision.'), models.CheckConstraint(condition=models.Q(('registration__in', ['rs', 'rncp']), models.Q(('decided_on', None), ('register_code', '')), _connector='OR'), name='scheme_unregistered_bare', violation_error_message='Without a registration there is neither number nor date of decision.'), models.CheckConstraint(condition=models.Q(models.Q(('registration', 'rncp'), _negated=True), ('level__isnull', False), _connector='OR'), name='scheme_rncp_has_level', violation_error_message='A title of the RNCP has a level.')],
            },
        ),
        migrations.AddField(
            model_name='passagefile',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='certification.scheme'),
        ),
        migrations.AddField(
            model_name='passage',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='certification.scheme'),
        ),
        migrations.CreateModel(
            name='SchemeEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='scheme_chosen', to='courses.edition', verbose_name='edition')),
                ('scheme', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='certification.scheme')),
            ],
            options={
                'verbose_name': 'edition of a scheme',
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('treatment', models.CharField(blank=True, max_length=50)),
                ('accepted', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('errors', models.JSONField(default=list)),
                ('read_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='certification.passagefile')),
            ],
            options={
                'verbose_name': 'return file',
                'ordering': ['-read_at'],
                'constraints': [models.UniqueConstraint(fields=('file', 'sha256'), name='receipt_read_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='passagefile',
            constraint=models.CheckConstraint(condition=models.Q(('deposited_at', None), ('discarded_at', None), _connector='OR'), name='passage_file_deposited_or_discarded'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('certificate',), name='passage_of_a_certificate_once'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('file', 'technical_id'), name='passage_once_a_file'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('reason', '')), models.Q(('answer', 'ok'), ('answered_at__isnull', False), ('file__isnull', False), ('reason', '')), models.Q(('answer', 'ko'), ('answered_at__isnull', False), ('file__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='passage_answered_whole'),
        ),
        migrations.RunPython(make_default, migrations.RunPython.noop),
        AppendOnly("Certificate"),
    ]
