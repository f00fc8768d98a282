"""What a certificate becomes for others: credentials made once, that hold by themselves."""
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from certification import credentialing, keys
from certification.credentials import multikey, proofs, status_list
from certification.issuing import issue
from certification.models import Certificate, Credential, StatusList
from certification.tasks import make_file, publish_status
from tests.certification.facts import make_ready


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    make_file.call(certificate.pk)
    return certificate


def document(certificate, language="fr"):
    return json.loads(certificate.credentials.get(language=language).body)


def test_one_in_each_language(certificate):
    print(json.dumps(document(certificate))[:3000])
    print(len(certificate.credentials.first().body))
    print(credentialing.qr_text(certificate), len(credentialing.qr_text(certificate)))
