import os

import pytest


def unavailable(install):
    """Skips a test whose judge is missing, with the line that installs it; fails it where REQUIRE_JUDGES=1."""
    if os.environ.get("REQUIRE_JUDGES") == "1":
        pytest.fail(install)
    pytest.skip(install)
