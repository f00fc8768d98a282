"""What a start says of the key that signs certificates."""

import datetime

from django.conf import settings
from django.core.checks import Info, Warning
from django.utils import timezone

from .signing_key import SigningKey, configured

SOON = datetime.timedelta(days=60)
HINT = "docs/running.md says how: SIGNING_KEY."


def certificates_are_signed(app_configs, **kwargs):
    key = configured() if settings.SIGNING_KEY else None
    if isinstance(key, SigningKey) and key.certificate.not_valid_after_utc < timezone.now() + SOON:
        ends = key.certificate.not_valid_after_utc.date()
        return [Warning(f"What signs certificates (PDF) ends on {ends}: renew it.", HINT, id="certification.W001")]
    if key or settings.DEMO:
        return []
    return [Info("SIGNING_KEY is empty: certificates (PDF) carry no signature.", HINT, id="certification.I001")]
