"""What a start says of the settings of this room."""

from django.conf import settings
from django.core.checks import Info


def certificates_are_signed(app_configs, **kwargs):
    if settings.SIGNING_KEY or settings.DEMO:
        return []
    hint = "Set SIGNING_KEY: docs/running.md says how."
    return [Info("SIGNING_KEY is empty: certificates (PDF) carry no signature.", hint, id="certification.I001")]
