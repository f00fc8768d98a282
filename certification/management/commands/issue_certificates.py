from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.issuing import issue_ready
from courses.models import Edition


class Command(BaseCommand):
    help = "Issues the certificates of an edition to everyone who is ready. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("edition", type=UUID, help="code of the edition")
        parser.add_argument("--by", required=True, help="user name of the coordinator who issues")

    def handle(self, *, edition, by, **options):
        coordinator = get_user_model().objects.filter(username=by).first()
        if coordinator is None or not coordinator.is_coordinator:
            raise CommandError("That person is not a coordinator.")
        given = Edition.objects.seen_by(coordinator).filter(code=edition).select_related("cohort").first()
        if given is None:
            raise CommandError("That person sees no such edition.")
        issued, refused = issue_ready(given, coordinator, timezone.now())
        for learner, certificate in issued:
            self.stdout.write(f"{certificate.number} {learner}")
        self.stdout.write(f"{len(issued)} issued, {len(refused)} not ready")
