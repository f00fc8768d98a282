import logging
import signal
from threading import Event

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from events.due import JOBS
from events.rooms import poll_rooms
from events.tasks import send_all, write_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Writes what is due, once each, and sends what waits. Safe to run again, and at any time."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=0, help="again after so many seconds, until it is stopped")

    def handle(self, *, every, **options):
        if every:
            self.repeat(every)
        else:
            self.once()

    def repeat(self, every):
        stopped = Event()
        signal.signal(signal.SIGTERM, lambda *_args: stopped.set())
        while not stopped.is_set():
            self.survive()
            stopped.wait(every)

    def survive(self):
        """A database or a server that is away for a minute is there at the next one."""
        try:
            close_old_connections()
            self.once()
        except Exception:
            logger.exception("What was due waits for the next time.")

    def once(self):
        now = timezone.now()
        write_due(now)
        poll_rooms()
        for job in JOBS:
            job(now)
        if sent := send_all(now):
            self.stdout.write(f"{sent} sent")
