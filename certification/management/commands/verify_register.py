from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.models import RegisterCheck, verify
from events.models import Session


class Command(BaseCommand):
    help = "Computes the register of attendance again and names the first link that is broken. Then it ends with 1."

    def add_arguments(self, parser):
        parser.add_argument("--session", metavar="CODE", help="only the register of this session, without the roots")

    def handle(self, *, session, **options):
        report = verify(session_of(session)) if session else RegisterCheck.objects.run(timezone.now())
        if report.broken:
            raise CommandError(f"The register is broken: {report.broken}", returncode=1)
        self.stdout.write(
            f"The register is whole: {report.sessions} sessions, {report.links} links, {report.erased} erased, "
            f"{report.purged} purged, {report.roots} roots."
        )


def session_of(code):
    try:
        return Session.objects.get(code=code)
    except (Session.DoesNotExist, ValidationError):
        raise CommandError(f"There is no session {code}.") from None
