"""Files for one reader."""

import csv
import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from .spreadsheets import harmless

LARGEST = 20_000_000


class TooLarge(Exception):
    pass


def private_file(data, name, content_type="application/pdf"):
    """A file for one reader: saved under its name, never guessed at, never kept on the way."""
    return HttpResponse(data, content_type=content_type, headers=private_headers(name))


def private_headers(name):
    return {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def archive(values, files):
    """A ZIP of data.json and of (name, bytes) pairs; TooLarge beyond what is built in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as folder:
        add(folder, "data.json", json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode())
        for name, data in files:
            add(folder, f"documents/{name}", data)
    return buffer.getvalue()


def add(folder, name, data):
    if sum(info.file_size for info in folder.infolist()) + len(data) > LARGEST:
        raise TooLarge
    folder.writestr(name, data)


def zip_file(name, files):
    """A ZIP that is written while it is sent, one (name, bytes) pair after the other."""
    return StreamingHttpResponse(zipped(files), content_type="application/zip", headers=private_headers(name))


def zipped(files):
    buffer = Passing()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as folder:
        for name, data in files:
            folder.writestr(name, data)
            yield buffer.taken()
    yield buffer.taken()


class Passing(io.RawIOBase):
    """What a ZIP is written to: it keeps only what was not taken yet, and cannot be gone back in."""

    def __init__(self):
        self.parts = []

    def writable(self):
        return True

    def write(self, data):
        self.parts.append(bytes(data))
        return len(data)

    def taken(self):
        parts, self.parts = self.parts, []
        return b"".join(parts)


class Echo:
    """What a CSV writer writes to: it hands the line back."""

    def write(self, line):
        return line


def csv_file(name, rows):
    return StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8", headers=private_headers(name))


def csv_lines(rows):
    """A table that a spreadsheet opens with its accents, row by row, and in which nothing is taken for a formula."""
    writer = csv.writer(Echo())
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([harmless(str(cell)) for cell in row])
