from django.core.management import call_command


def test_models_and_migrations_agree(db, capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_every_migration_is_applied(db):
    call_command("migrate", check_unapplied=True, verbosity=0)
