import pytest

from lms.content import cast, checks, documents, reader, tree, vocabulary
from tests.lms.folder import Folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The content is this small folder."""
    root = tmp_path / "content"
    for module in (reader, tree, vocabulary, documents, cast, checks):
        monkeypatch.setattr(module, "ROOT", root)
    return Folder(root)
