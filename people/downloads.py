"""Files for one reader, made in memory."""

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.http import content_disposition_header

LARGEST = 20_000_000


class TooLarge(Exception):
    pass


def private_file(data, name, content_type="application/pdf"):
    """A file for one reader: saved under its name, never guessed at, never kept on the way."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)


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
