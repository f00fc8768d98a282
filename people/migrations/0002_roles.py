from django.db import migrations

from people.roles import Role


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in Role.values:
        group.objects.get_or_create(name=role)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
