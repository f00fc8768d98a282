"""The certificates of a group in one ZIP, written while it is sent: one document in memory at a time."""

import csv
import zipfile
from itertools import chain

from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import gettext as _

from people.downloads import Echo
from people.spreadsheets import harmless

from .models import Certificate

AT_ONCE = 100


class Sink:
    """What a ZIP is written to: it gives its bytes away."""

    def __init__(self):
        self.parts = []

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)

    def flush(self):
        pass

    def taken(self):
        parts, self.parts = self.parts, []
        return b"".join(parts)


def archive_of(edition, today):
    """Every document that was not replaced, and a table of all that was issued, in the language of this moment."""
    head = [_("Number"), _("Name"), _("Status"), _("Issued"), _("Valid until"), _("Code"), _("File"), "SHA-256"]
    labels = {str(status): str(status.label) for status in Certificate.Status}
    held = Certificate.objects.with_facts().filter(edition=edition).order_by("pk")
    return pieces(held, head, labels, today)


def pieces(held, head, labels, today):
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as folder:
        for certificate in held.filter(replacement=None, file__isnull=False).iterator(AT_ONCE):
            with storages["private"].open(certificate.file.name) as file:
                folder.writestr(f"{certificate.number}.pdf", file.read())
            yield sink.taken()
        writer = csv.writer(Echo())
        with folder.open("index.csv", "w") as table:
            table.write("\ufeff".encode())
            for cells in chain([head], (row(one, labels, today) for one in held.iterator(AT_ONCE))):
                table.write(writer.writerow([harmless(str(cell)) for cell in cells]).encode())
    yield sink.taken()


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
