import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from lms.content.presence import AUDITOR
from people.models import Card, User
from people.roles import Role

ACCOUNTS = (
    "ambassadrice",
    "ambassadeur",
    "formatrice",
    "coordinateur",
    "traductrice",
    "evaluatrice",
    "evaluateur",
    "jury",
    "benevole",
    "admin",
)
SCREEN = """
  {name}

  Français      {origin}/fr/
  Nederlands    {origin}/nl/
  Admin         {origin}/admin/
  Auditor       {origin}/a/{auditor}/

  Accounts (password: {password}; the code that the team is asked for is shown on its page)
{accounts}

  Cards (PIN: {pin})
{cards}

  Ctrl-C stops everything.
"""
GRACE = 10


class Command(BaseCommand):
    help = (
        "Shows the addresses and accounts of the demo and serves it, with a worker and its due work. Ctrl-C ends both."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        if not settings.DEMO:
            raise CommandError("The demo is refused by these settings.")
        if listening(port):
            raise CommandError(f"Port {port} is taken. Choose another:  make run PORT={port + 1}")
        signal.signal(signal.SIGTERM, lambda *_args: sys.exit(0))
        started = []
        try:
            started.append(start("runserver", f"127.0.0.1:{port}", "--noreload", "--skip-checks"))
            started.append(start("db_worker", "--backend", "background", "--no-reload", "--no-startup-delay"))
            started.append(start("send_due", "--every", "60"))
            if answers(port, started[0]):
                self.stdout.write(screen(port))
            self.stop_with_the_first(started)
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            end(started)

    def stop_with_the_first(self, started):
        while all(process.poll() is None for process in started):
            time.sleep(0.2)
        raise CommandError("The site, its worker or its due work has stopped.")


def start(*arguments):
    """In its own session, so that Ctrl-C reaches only this command, which ends the others in order. An error is shown
    as its reader sees it."""
    command = [sys.executable, sys.argv[0], *arguments]
    own = {"env": {**os.environ, "DEBUG": "0"}, "stdout": subprocess.DEVNULL, "start_new_session": True}
    return subprocess.Popen(command, **own)  # noqa: S603 - our own commands


def end(started):
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


def listening(port):
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(port, process):
    """Waits for the site: True when it listens, False when it stopped instead."""
    while process.poll() is None:
        if listening(port):
            return True
        time.sleep(0.1)
    return False


def screen(port):
    people = User.objects.filter(username__in=ACCOUNTS).prefetch_related("groups")
    cards = Card.objects.standing().filter(person__in=people).select_related("person").order_by("person__username")
    origin = f"http://127.0.0.1:{port}"
    with translation.override("en"):
        lines = [account(person) for person in sorted(people, key=lambda person: ACCOUNTS.index(person.username))]
    return SCREEN.format(
        name=settings.WAGTAIL_SITE_NAME,
        origin=origin,
        auditor=AUDITOR,
        password=os.environ.get("DEMO_PASSWORD", "bienvenue-welkom"),
        accounts="\n".join(lines),
        pin=os.environ.get("DEMO_PIN", "258036"),
        cards="\n".join(
            f"    {card.person.username:14}{origin}{reverse('entry:card', args=[card.code])}" for card in cards
        ),
    )


def account(person):
    roles = ", ".join(str(Role(group.name).label) for group in person.groups.all() if group.name in Role)
    return f"    {person.username:14}{roles}"
