"""Production settings stop the start and say what to change."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "formation.example.org",
    "PUBLIC_ORIGIN": "https://formation.example.org",
    "ISSUING_KEY": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}
UNSAFE = [
    ({"SECRET_KEY": ""}, "SECRET_KEY is missing or shorter than 50 characters."),
    ({"SECRET_KEY": "k" * 49}, "SECRET_KEY is missing or shorter than 50 characters."),
    ({"DEBUG": "1"}, "DEBUG must be off."),
    ({"DEMO": "1"}, "DEMO accounts are refused."),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty or holds '*'."),
    ({"ALLOWED_HOSTS": "formation.example.org, *"}, "ALLOWED_HOSTS is empty or holds '*'."),
    ({"PUBLIC_ORIGIN": "http://formation.example.org"}, "PUBLIC_ORIGIN must start with https://."),
    ({"BBB_URL": "http://bbb.example.org/bigbluebutton/"}, "BBB_URL must start with https://."),
    ({"SECOND_FACTOR": "0"}, "SECOND_FACTOR must be on."),
    ({"COOKIE_SECURE": "0"}, "COOKIE_SECURE must be 1."),
    ({"ISSUING_KEY": ""}, "ISSUING_KEY is missing or is not an Ed25519 private key."),
    ({"ISSUING_KEY": "c2hvcnQ="}, "ISSUING_KEY is missing or is not an Ed25519 private key."),
    ({"ISSUING_KEYS_BEFORE": "short"}, "ISSUING_KEYS_BEFORE holds what is no public key."),
]


def start(**environment):
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import lms.settings.production"],
        cwd=settings.BASE_DIR,
        env={**inherited, **SAFE, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_starts_with_safe_values():
    done = start()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("environment", "sentence"), UNSAFE)
def test_refuses_an_unsafe_value(environment, sentence):
    done = start(**environment)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: Unsafe settings: {sentence}\n" in done.stderr


def test_lists_every_unsafe_value_at_once():
    done = start(SECRET_KEY="", DEBUG="1", ALLOWED_HOSTS="*")
    assert "SECRET_KEY" in done.stderr
    assert "DEBUG must be off" in done.stderr
    assert "ALLOWED_HOSTS" in done.stderr
