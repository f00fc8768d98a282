from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from certification.batching import issue_some
from certification.models import Batch
from courses.models import Edition


class Command(BaseCommand):
    help = "Issues the certificates of an edition to everyone who is ready. May be stopped at any point and run again."

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
        if given.asked is None:
            raise CommandError("That edition has not started.")
        batch = Batch.objects.begin(given, coordinator, timezone.now())
        while not batch.finish(timezone.now()):
            issue_some(batch)
        told = Batch.objects.with_progress().get(pk=batch.pk)
        self.stdout.write(f"{told.done} issued, {told.refused} not ready")
