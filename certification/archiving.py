"""The certificates of a group as files: one document in memory at a time."""

from itertools import chain

from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import gettext as _

from people.downloads import csv_lines

from .models import Certificate

AT_ONCE = 100


def archive_of(edition, today):
    """(name, bytes) of every document that was not replaced, then of a table of all that was issued, in the language
    of this moment."""
    head = [_("Number"), _("Name"), _("Status"), _("Issued"), _("Valid until"), _("Code"), _("File"), "SHA-256"]
    labels = {str(status): str(status.label) for status in Certificate.Status}
    held = Certificate.objects.with_facts().filter(edition=edition).order_by("pk")
    return chain(documents_of(held), index_of(held, head, labels, today))


def documents_of(held):
    for certificate in held.filter(replacement=None, file__isnull=False).iterator(AT_ONCE):
        with storages["private"].open(certificate.file.name) as file:
            yield f"{certificate.number}.pdf", file.read()


def index_of(held, head, labels, today):
    rows = (row(one, labels, today) for one in held.iterator(AT_ONCE))
    yield "index.csv", "".join(csv_lines(chain([head], rows))).encode()


def row(certificate, labels, today):
    issued, file = timezone.localdate(certificate.issued_at), getattr(certificate, "file", None)
    given = file and not hasattr(certificate, "replacement")
    return [
        certificate.number,
        certificate.printed["holder"],
        labels[certificate.status(today)],
        issued.isoformat(),
        certificate.expires_on.isoformat() if certificate.expires_on else "",
        certificate.printed["code"],
        f"{certificate.number}.pdf" if given else "",
        file.sha256 if file else "",
    ]
