from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.purging import due_sessions, purge
from certification.refusals import Refused

from .verify_register import session_of

WHY = {
    "not_due": "its legal time is not over, or nothing is left of it",
    "broken": "its register is broken: see verify_register",
    "no_root": "its last link waits for the root of the day: see send_due",
}


class Command(BaseCommand):
    help = (
        "Purges the registers whose legal time (RETENTION_PROOF_DAYS) is over. Without --for-good it only says which."
    )

    def add_arguments(self, parser):
        parser.add_argument("--session", metavar="CODE", help="only this session")
        parser.add_argument("--for-good", action="store_true", help="deletes, and leaves a signed tombstone")

    def handle(self, *, session, for_good, **options):
        now = timezone.now()
        sessions = [session_of(session)] if session else list(due_sessions(now))
        done = [self.one(each, now, for_good, bool(session)) for each in sessions]
        self.stdout.write(f"{sum(done)} {'purged' if for_good else 'would be purged: add --for-good'}.")

    def one(self, session, now, for_good, alone):
        """Whether it went, or would."""
        try:
            if not for_good:
                return self.tell(session, due_sessions(now).filter(pk=session.pk).exists())
            purged = purge(session, now)
        except Refused as refused:
            if alone:
                raise CommandError(f"{session.code}: {WHY[refused.code]}.") from None
            self.stderr.write(f"{session.code}: {WHY[refused.code]}.")
            return False
        self.stdout.write(f"{session.code}: {purged.links} links, {purged.root}")
        return True

    def tell(self, session, is_due):
        self.stdout.write(f"{session.code}: {session.register.count() if is_due else WHY['not_due']}")
        return is_due
