"""A part of a file, as a player asks for it to jump into a recording (RFC 9110, section 14)."""

import re

from django.http import HttpResponse

ASKED = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024


def part_of(response, asked):
    """The answer of Django's file view, cut to one range; whole when none was asked, or several."""
    found = ASKED.fullmatch(asked)
    if response.status_code != 200:
        return response
    response["Accept-Ranges"] = "bytes"
    if not found or not any(found.groups()):
        return response
    size = int(response["Content-Length"])
    start, end = bounds(*found.groups(), size)
    if start > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.streaming_content = pieces(response.file_to_stream, start, end + 1 - start)
    response.status_code = 206
    response["Content-Length"] = end + 1 - start
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    return response


def bounds(first, last, size):
    """The first and the last byte; the first comes after the last when nothing can be given."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def pieces(file, start, left):
    file.seek(start)
    while left > 0 and (piece := file.read(min(CHUNK, left))):
        left -= len(piece)
        yield piece
