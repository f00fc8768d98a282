from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from people.privacy import apply_retention


class Command(BaseCommand):
    help = "Removes what is older than its time (RETENTION_DAYS) and erases the accounts that nobody used for too long."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="says what would be removed, and removes nothing")
        parser.add_argument(
            "--at", metavar="MOMENT", help="as if it were then (2030-01-31T12:00Z); with --dry-run only"
        )

    def handle(self, dry_run, at, **options):
        if at and not dry_run:
            raise CommandError("--at needs --dry-run: what is removed is removed today.")
        report = apply_retention(moment(at), dry_run)
        for kind, count in report:
            self.stdout.write(f"{kind.key}: {count}")
        verb = "would be removed" if dry_run else "removed"
        self.stdout.write(f"{sum(count for _kind, count in report)} {verb}.")


def moment(at):
    if at is None:
        return timezone.now()
    try:
        found = parse_datetime(at)
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        raise CommandError(f"{at} is not a moment with its zone, such as 2030-01-31T12:00Z.")
    return found
