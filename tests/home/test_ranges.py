"""A recording is served in parts: a player jumps into it without reading what comes before."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

CONTENT = bytes(range(100)) * 2000


@pytest.fixture
def url(db):
    return default_storage.url(default_storage.save("media/seance.mp3", ContentFile(CONTENT)))


def ask(url, wanted=None):
    response = Client().get(url, headers={"range": wanted} if wanted else {})
    return response, b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("wanted", [None, "", "bytes=-", "bytes=0-1,5-9", "lines=1-2", "bytes=a-b"])
def test_the_whole_file_when_no_part_is_asked(url, wanted):
    response, content = ask(url, wanted)
    assert (response.status_code, content, response["Accept-Ranges"]) == (200, CONTENT, "bytes")


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=150000-", 150_000, 199_999),
        ("bytes=10-99999", 10, 99_999),
        ("bytes=199990-999999", 199_990, 199_999),
        ("bytes=-5", 199_995, 199_999),
        ("bytes=-999999", 0, 199_999),
    ],
)
def test_a_part(url, wanted, first, last):
    response, content = ask(url, wanted)
    assert (response.status_code, content) == (206, CONTENT[first : last + 1])
    assert response["Content-Range"] == f"bytes {first}-{last}/200000"
    assert int(response["Content-Length"]) == last + 1 - first


@pytest.mark.parametrize("wanted", ["bytes=200000-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there(url, wanted):
    response, content = ask(url, wanted)
    assert (response.status_code, content, response["Content-Range"]) == (416, b"", "bytes */200000")
