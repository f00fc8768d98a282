"""Production settings stop the start and say what to change."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

SAFE = {
    "SECRET_KEY": "k" * 50,
    "CIVIL_STATUS_KEYS": "c" * 50,
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
    (
        {"SIGNING_KEY": "short"},
        "SIGNING_KEY holds no key with its certificate, or SIGNING_PASSPHRASE does not open it.",
    ),
    ({"TIMESTAMP_URL": "example.org"}, "TIMESTAMP_URL must start with http:// or https://."),
    ({"CIVIL_STATUS_KEYS": ""}, "CIVIL_STATUS_KEYS is missing or holds a key shorter than 50 characters."),
    ({"CIVIL_STATUS_KEYS": "c" * 50 + ",c"}, "CIVIL_STATUS_KEYS is missing or holds a key shorter than 50 characters."),
    ({"CIVIL_STATUS_KEYS": "k" * 50}, "CIVIL_STATUS_KEYS must not hold SECRET_KEY."),
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


@pytest.mark.parametrize("environment", [{}, {"CPF_XSD": "/nowhere/cpf.xsd"}])
def test_the_schema_of_2026_needs_the_file_of_the_operator(environment):
    done = start(CPF_SCHEMA="1.1.5", **environment)
    assert done.returncode != 0 and "CPF_SCHEMA 1.1.5 needs CPF_XSD" in done.stderr
    assert "CPF_SCHEMA is 1.1.2 or 1.1.5." in start(CPF_SCHEMA="2").stderr


def test_it_starts_with_it(tmp_path):
    xsd = tmp_path / "cpf.xsd"
    xsd.write_text("<schema/>")
    assert start(CPF_SCHEMA="1.1.5", CPF_XSD=str(xsd)).returncode == 0
