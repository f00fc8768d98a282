from django.http import HttpResponse
from django.utils.http import content_disposition_header


def private_file(data, name, content_type="application/pdf"):
    """A file for one reader: saved under its name, never guessed at, never kept on the way."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)
