import os
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from guides.files import SIZES, prepare
from guides.models import Guide
from lms.content import access, cast, framework, jury, presence, shared, tree, vocabulary
from lms.content.documents import Documents
from lms.content.reader import Mistake

DEMO = [("DEMO_PASSWORD", "bienvenue-welkom"), ("DEMO_PIN", "258036")]


class Command(BaseCommand):
    help = "Makes the pages of content/ in French and Dutch and, with demo settings, the demo people and what they did."

    def add_arguments(self, parser):
        parser.add_argument("--refresh", action="store_true", help="write the files' text over existing pages")

    def handle(self, refresh, **options):
        self.began = time.monotonic()
        try:
            self.load_pages(refresh)
            if settings.DEMO:
                self.load_demo()
        except Mistake as mistake:
            raise CommandError(str(mistake)) from mistake

    def step(self, sentence):
        self.stdout.write(f"  {time.monotonic() - self.began:5.1f} s  {sentence}")
        self.stdout.flush()

    def load_pages(self, refresh):
        vocabulary.load_languages()
        vocabulary.load_topics(refresh)
        vocabulary.load_contacts(refresh)
        vocabulary.load_settings()
        given = tree.Given(Documents())
        leaves = list(tree.plan())
        written = 0
        for number, leaf in enumerate(leaves, start=1):
            written += tree.write(leaf, given, refresh)
            if number == 1:
                tree.point_site_at_home(given)
            if number % 10 == 0 or number == len(leaves):
                self.step(f"{number} of {len(leaves)} pages, in French and in Dutch")
        vocabulary.load_footer()
        access.load_access()
        self.step(f"{written} written, {len(leaves) - written} there already")

    def load_demo(self):
        with transaction.atomic():
            password, pin = (os.environ.get(name, value) for name, value in DEMO)
            users = cast.load_people(password, pin)
            edition = cast.load_edition()
            sessions = cast.load_sessions(edition)
            if sessions:
                cast.load_registrations(users, sessions)
                cast.load_progress(users)
                presence.load_presence(users, sessions)
                presence.load_certificates(users, edition)
            presence.load_exchanges(users, edition)
            presence.load_auditor(users, edition)
            shared.load_shared(users)
            if framework.load_framework(users):
                framework.load_practice(users, edition)
                jury.load_juries(users, edition)
        self.step(f"{len(users)} people; {len(sessions)} sessions made")
        for guide in Guide.objects.live().select_related("locale"):
            for size in SIZES:
                prepare(guide, size)
        self.step("guides as PDF")
