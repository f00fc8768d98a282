"""A certificate issued, then page, name, trainer, provider, rule, framework, scheme and keys all changed: not a byte of
it moves, and it verifies as before."""

import datetime
import json
import re

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certification import credentialing, keys
from certification.competence import Framework
from certification.credentialing import published_keys
from certification.credentials import payload, proofs
from certification.issuing import issue
from certification.models import Assignment, FrameworkVersion, RuleVersion, Scheme
from certification.models.schemes import DEFAULT
from certification.rules import RuleSet
from certification.tasks import make_file
from courses.models import Course, Module
from home.models import SiteSettings
from people.models import User
from tests.certification.facts import make_ready
from tests.certification.practising import SMALL, block, make_practice, publish, see

NEW_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture
def certificate(session, trainer, learner):
    make_ready(session, trainer)
    found = issue(learner, session.edition, learner, timezone.now())
    make_file.call(found.pk)
    return found


def seen(client, holder, certificate):
    """All that anybody receives of it. The page tells the minute at which it was asked."""
    code = certificate.code
    page = client.get(f"/fr/verifier/{code}/").content.decode()
    dutch = client.get(f"/nl/verifieren/{code}/").content.decode()
    return {
        "pdf": holder.get(reverse("certification:download", args=[code])).content,
        "pages": [facts(page), facts(dutch)],
        "json": client.get(f"/api/certificates/{code}/").json(),
        "credentials": [client.get(f"/api/certificates/{code}/credential/{one}/").content for one in ("fr", "nl")],
        "badges": [client.get(f"/api/certificates/{code}/badge/{one}/").content for one in ("fr", "nl")],
    }


def facts(page):
    return re.findall(r"<dl class=\"pairs\">.*?</dl>|<section class=\"verdict.*?</section>", page, re.DOTALL)


def change_everything(coordinator, settings):
    for page in [*Module.objects.all(), *Course.objects.all()]:
        page.title = f"Autre {page.title}"[:60]
        if isinstance(page, Module):
            page.certificate_line = "Autre chose."
        page.save_revision().publish()
    User.objects.update(printed_name="Somebody Else", agreement="")
    SiteSettings.objects.update_or_create(
        defaults={"provider": "Somebody else", "city": "Gent", "funding": True, "funding_fr": "A", "funding_nl": "B"}
    )
    scheme = Scheme.objects.get(key=DEFAULT)
    RuleVersion.objects.publish(scheme, RuleSet(virtual=600, assessors=2), 0, coordinator, timezone.now())
    Scheme.objects.update(title_fr="Autre titre", title_nl="Andere titel", validity_months=1, certifier="Autre")
    change_keys(settings)


def change_keys(settings):
    settings.ISSUING_KEYS_BEFORE = [keys.jwk_of(keys.issuing_key().public_key())["x"]]
    settings.ISSUING_KEY = NEW_KEY
    credentialing.publish(1, timezone.now())


def test_nothing_of_it_moves(browse_as, client, learner, coordinator, certificate, settings):
    holder = browse_as(learner)
    before = seen(client, holder, certificate)
    assert before["json"]["status"] == "valid" and before["pages"][0] and before["pdf"].startswith(b"%PDF")
    change_everything(coordinator, settings)
    make_file.call(certificate.pk)
    assert seen(client, holder, certificate) == before


def test_its_credentials_its_file_and_its_qr_code_still_verify(client, coordinator, certificate, settings):
    shown = credentialing.qr_text(certificate).partition("#")[2]
    with storages["private"].open(certificate.file.name) as file:
        data = file.read()
    change_everything(coordinator, settings)
    published = {bytes.fromhex(one["name"]): keys.public_key(to_text(one["key"])) for one in published_keys()}
    assert len(published) == 2 and payload.read(shown, published.get).holder == "Amina Diallo"
    for one in certificate.credentials.all():
        method = proofs.verified(json.loads(one.body), own_key)
        assert method != credentialing.current_method()
    answer = client.post("/fr/verifier/", {"file": SimpleUploadedFile("c.pdf", data)})
    assert answer.status_code == 200 and answer.context["valid"] and answer.context["finding"]


def own_key(method):
    return credentialing.our_keys()[method.partition("#")[2]]


def to_text(digits):
    return keys.encoded(bytes.fromhex(digits))


def test_a_path_begun_under_version_1_of_the_framework_is_certified_under_it(session, trainer, learner, coordinator):
    """Judging point 5, to its end: the block that version 2 adds, which nobody saw, is asked of nobody before."""
    long_ago = timezone.now() - datetime.timedelta(days=400)
    RuleVersion.objects.publish(Scheme.objects.get(key=DEFAULT), RuleSet(blocks=True), 0, coordinator, long_ago)
    make_ready(session, trainer)
    edition, practice = session.edition, make_practice(session.edition, learner, coordinator)
    publish(coordinator, Framework((*SMALL.blocks, block("B3", "Un bloc de plus"))))
    inside = Assignment.objects.ask(edition, learner, trainer, coordinator, timezone.now())
    see(inside, practice.version, [2, 2, 2])
    certificate = issue(learner, edition, learner, timezone.now())
    assert FrameworkVersion.objects.latest_of(practice.version.scheme).number == 2
    assert certificate.rules_met["blocks"] == {"B1": True, "B2": True}
    assert certificate.rules_met["rule"]["blocks"] and certificate.rules_met["assessors"] == 2
