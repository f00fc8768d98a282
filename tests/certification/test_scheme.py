"""A scheme says of itself exactly what the State decided, and nothing before."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from certification import issuing, wording
from certification.documents.certificate import CertificateText, certificate
from certification.models import Certificate, Passage, Scheme, SchemeEdition
from certification.models.schemes import months_after
from home.interface import spoken_in
from people.models import Organisation
from tests import reading
from tests.certification.declared import issue_all, register_title
from tests.certification.facts import make_ready

TODAY = datetime.date(2026, 11, 23)
DECIDED = datetime.date(2026, 3, 12)
RNCP = {
    "key": "mediator",
    "title_fr": "Médiateur social et interculturel",
    "title_nl": "Sociaal bemiddelaar",
    "certifier": "COFRIMI",
    "trade_name": "Cofrimi Formation",
    "registration": "rncp",
    "register_code": "RNCP41674",
    "decided_on": DECIDED,
    "level": 4,
    "nsf_codes": "332t, 333",
}
CLAIMS = [
    "RNCP",
    "RS5",
    "France compétences",
    "Répertoire",
    "répertoire",
    "enregistr",
    "geregistreerd",
    "État",
    "Staat",
]


def said(scheme, language="fr", on=TODAY):
    with spoken_in(language):
        return " ".join(wording.mentions(scheme, on))


def test_a_registered_title_shows_what_the_law_asks():
    text = said(Scheme(**RNCP))
    for part in ("RNCP41674", "12/03/2026", "directeur général de France compétences", "4", "CEC", "332t, 333"):
        assert part in text
    assert "COFRIMI (Cofrimi Formation)" in text
    assert "RNCP41674" in said(Scheme(**RNCP), "nl") and said(Scheme(**RNCP), "nl") != text
    specific = Scheme(**{**RNCP, "registration": "rs", "register_code": "RS5875", "level": None})
    assert "RS5875" in said(specific) and "RNCP" not in said(specific) and "CEC" not in said(specific)


@pytest.mark.parametrize(
    "values",
    [
        {"registration": "none", "register_code": "", "decided_on": None},
        {"registration": "preparing", "register_code": "", "decided_on": None},
        {"decided_on": TODAY + datetime.timedelta(days=1)},
        {"registered_until": TODAY - datetime.timedelta(days=1)},
    ],
)
def test_without_a_decision_in_force_nothing_is_claimed(values):
    scheme = Scheme(**{**RNCP, **values})
    assert said(scheme) == "" and said(scheme, "nl") == ""
    assert not scheme.was_registered(TODAY)


def test_blocks_exist_for_the_rncp_alone():
    assert Scheme(registration="rncp").has_blocks
    assert not any(Scheme(registration=state).has_blocks for state in ("rs", "preparing", "none"))


@pytest.mark.parametrize(
    "values",
    [
        {"register_code": ""},
        {"decided_on": None},
        {"level": None},
        {"registration": "preparing"},
        {"registration": "none", "register_code": ""},
    ],
)
@pytest.mark.django_db
def test_the_database_keeps_number_and_decision_together(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.create(**{**RNCP, **values})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"register_code": "RS5875"}, "register_code"),
        ({"register_code": "41674"}, "register_code"),
        ({"decided_on": datetime.date(2100, 1, 1)}, "decided_on"),
        ({"registered_until": datetime.date(2020, 1, 1)}, "registered_until"),
        ({"level": 9}, "level"),
        ({"nsf_codes": "médiation"}, "nsf_codes"),
        ({"client_id": "1234567"}, "client_id"),
    ],
)
@pytest.mark.django_db
def test_a_mistake_is_named(values, field):
    with pytest.raises(ValidationError) as refused:
        Scheme(**{**RNCP, **values}).full_clean()
    assert field in refused.value.message_dict


def test_the_end_of_a_certificate():
    assert months_after(datetime.date(2026, 1, 31), 1) == datetime.date(2026, 2, 28)
    assert months_after(datetime.date(2026, 12, 15), 36) == datetime.date(2029, 12, 15)
    assert months_after(datetime.date(2026, 6, 30), 6) == datetime.date(2026, 12, 30)
    assert Scheme(validity_months=None).expires_on(TODAY) is None


def test_an_unregistered_certificate_claims_nothing_and_is_not_declared(session, trainer):
    assert issue_all(session, trainer) == []
    for issued in Certificate.objects.all():
        text = str({name: value for name, value in issued.printed.items() if name not in ("skills", "provider_sub")})
        assert not [claim for claim in CLAIMS if claim in text]
        assert issued.printed["mentions_fr"] == issued.printed["mentions_nl"] == []
        assert issued.expires_on is None


def test_a_registered_certificate_prints_its_title_alone_and_ends(session, trainer):
    register_title(title_fr="Médier en contexte d’accueil", validity_months=36)
    issue_all(session, trainer)
    issued = Certificate.objects.first()
    assert issued.printed["title_fr"] == "Médier en contexte d’accueil"
    assert "RS5875" in issued.printed["mentions_fr"][0] and "RS5875" in issued.printed["mentions_nl"][0]
    assert issued.expires_on == months_after(timezone.localdate(), 36)
    read = reading.text(certificate(CertificateText(**issued.printed)), "-raw")
    for mention in issued.printed["mentions_fr"] + issued.printed["mentions_nl"]:
        assert reading.plain(mention) in read


def test_what_was_frozen_before_still_makes_its_document(session, trainer):
    issue_all(session, trainer)
    printed = {name: value for name, value in Certificate.objects.first().printed.items() if "mentions" not in name}
    assert certificate(CertificateText(**printed)).startswith(b"%PDF")


def test_the_verification_page_says_what_the_paper_says(client, session, trainer):
    register_title()
    issue_all(session, trainer)
    url = reverse("certification:verify", args=[Certificate.objects.first().code])
    assert "RS5875" in client.get(url).content.decode()


def test_an_edition_leads_to_the_scheme_that_was_chosen(session, trainer, learner):
    chosen = Scheme.objects.create(**RNCP)
    SchemeEdition.objects.create(scheme=chosen, edition=session.edition)
    make_ready(session, trainer)
    assert issuing.issue(learner, session.edition, trainer, timezone.now()).scheme == "mediator"
    assert Passage.objects.get().scheme == chosen
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeEdition.objects.create(scheme=Scheme.objects.get(key="ambassador"), edition=session.edition)


def form_of(**more):
    values = {name: "" if value is None else value for name, value in RNCP.items()}
    inline = {f"editions-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return {**values, "decided_on": DECIDED.isoformat(), **inline, "editions-MAX_NUM_FORMS": "1000", **more}


@pytest.fixture
def lead(coordinator):
    Organisation.objects.filter(pk=coordinator.organisation_id).update(leads=True)
    return type(coordinator).objects.get(pk=coordinator.pk)


@pytest.fixture
def admin(trainer):
    trainer.is_superuser = trainer.is_staff = True
    trainer.save()
    return trainer


def test_an_administrator_writes_one_down(browse_as, admin):
    add = reverse("wagtailsnippets_certification_scheme:add")
    assert browse_as(admin).post(add, form_of()).status_code == 302
    scheme = Scheme.objects.get(key="mediator")
    assert (scheme.register_code, scheme.level) == ("RNCP41674", 4)
    refused = browse_as(admin).post(add, form_of(key="other", decided_on=""))
    assert refused.status_code == 200 and not Scheme.objects.filter(key="other").exists()
    assert (
        browse_as(admin).get(reverse("wagtailsnippets_certification_scheme:delete", args=[scheme.pk])).status_code
        == 302
    )
    assert Scheme.objects.filter(pk=scheme.pk).exists()


def test_a_registration_written_down_later_declares_what_was_issued_since(browse_as, admin, session, trainer):
    assert issue_all(session, trainer) == []
    scheme = Scheme.objects.get(key="ambassador")
    edit = reverse("wagtailsnippets_certification_scheme:edit", args=[scheme.pk])
    values = form_of(key="changed", registration="rs", register_code="RS5875", level="")
    for _time in range(2):
        assert browse_as(admin).post(edit, values).status_code == 302
    assert Passage.objects.count() == 2
    assert Scheme.objects.get(pk=scheme.pk).key == "ambassador"


def test_a_coordinator_of_one_partner_changes_no_scheme(browse_as, coordinator):
    scheme = Scheme.objects.get(key="ambassador")
    for name, args in (("list", []), ("add", []), ("edit", [scheme.pk])):
        response = browse_as(coordinator).get(reverse(f"wagtailsnippets_certification_scheme:{name}", args=args))
        assert response.status_code == 302 and response.url.startswith("/admin")
