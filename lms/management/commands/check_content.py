from urllib.error import URLError
from urllib.request import Request, urlopen

from django.core.management.base import BaseCommand, CommandError

from lms.content.checks import Paper, course_mistakes, framework_mistakes, linked, media_mistakes, mistakes_in
from lms.content.reader import read
from lms.content.tree import plan

TIMEOUT = 10  # seconds


class Command(BaseCommand):
    help = "Proves the content files: both languages, links, dates, plain sentences, answerable quizzes."

    def add_arguments(self, parser):
        parser.add_argument("--online", action="store_true", help="also open every outside address")

    def handle(self, online, **options):
        leaves = list(plan())
        paper = Paper(leaves)
        mistakes = [mistake for leaf in leaves for mistake in mistakes_in(leaf, paper)]
        mistakes += [*course_mistakes(), *media_mistakes(), *framework_mistakes()]
        if online:
            mistakes += self.dead_links(leaves)
        for mistake in mistakes:
            self.stderr.write(mistake)
        if mistakes:
            raise CommandError(f"{len(mistakes)} mistakes in {len(leaves)} files.")
        self.stdout.write(f"{len(leaves)} files are complete in both languages.")

    def dead_links(self, leaves):
        for leaf in leaves:
            for holder in linked(read(leaf.path).data):
                if holder["url"] and not opens(holder["url"]):
                    yield f"{leaf.path}:{holder.lines['url']}: “{holder['url']}” does not open."


def opens(url):
    try:
        with urlopen(Request(url, headers={"User-Agent": "check_content"}), timeout=TIMEOUT) as answer:  # noqa: S310
            return answer.status < 400
    except (URLError, TimeoutError, ValueError):
        return False
