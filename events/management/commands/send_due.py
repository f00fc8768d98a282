import signal
from threading import Event

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from events.due import JOBS, survived
from events.rooms import poll_rooms
from events.tasks import send_all, write_due


class Command(BaseCommand):
    help = "Writes what is due, once each, and sends what waits. Safe to run again, and at any time."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=0, help="again after so many seconds, until it is stopped")

    def handle(self, *, every, **options):
        if every:
            self.repeat(every)
        elif not self.once():
            raise CommandError("Some of it waits for the next time: see the log.")

    def repeat(self, every):
        stopped = Event()
        signal.signal(signal.SIGTERM, lambda *_args: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            self.once()
            stopped.wait(every)

    def once(self):
        """Whether each job came to its end. One that fails stops no other."""
        now, jobs, done = timezone.now(), [write_due, poll_rooms, *JOBS, send_all], 0
        for job in jobs:
            with survived(job.__name__):
                job(now)
                done += 1
        return done == len(jobs)
