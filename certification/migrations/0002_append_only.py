from django.db import migrations

from people.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [
        AppendOnly("AttendanceMark"),
        AppendOnly("LateDecision"),
        AppendOnly("SlotLock"),
        AppendOnly("Certificate"),
        AppendOnly("CertificateFile"),
        AppendOnly("CertificateEvent"),
    ]
