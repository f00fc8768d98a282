import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.tasks import send_all, write_due


class Command(BaseCommand):
    help = "Writes the reminders that are due, once each, and sends what waits. Safe to run again, and at any time."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=0, help="again after so many seconds, until it is stopped")

    def handle(self, *, every, **options):
        self.once()
        while every:
            time.sleep(every)
            self.once()

    def once(self):
        now = timezone.now()
        write_due(now)
        if sent := send_all(now):
            self.stdout.write(f"{sent} sent")
