"""What a learner reads on the path: how far the certificate is."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from certification.issuing import issue
from certification.models import Certificate
from tests.certification.facts import finish_modules, make_ready

TAGS = "{% load certification_tags %}{% certificate_progress user 'fr' %}{% my_certificates user 'fr' %}"


def rendered(user):
    return Template(TAGS).render(Context({"user": user, "csrf_token": "x"}))


def test_without_an_edition_there_is_no_way_to_show(stranger):
    assert "quilt" not in rendered(stranger)


def test_what_is_missing_and_what_is_met(learner, edition):
    finish_modules(edition, learner)
    html = rendered(learner)
    assert html.count("dot--wait") == 1
    assert html.count("dot--done") == 1
    assert "Écouter" in html
    assert reverse("certification:issue", args=[edition.code]) not in html


def test_when_all_is_met_there_is_a_button(learner, trainer, session):
    make_ready(session, trainer)
    assert reverse("certification:issue", args=[session.edition.code]) in rendered(learner)


def test_once_issued_the_certificate_is_listed_and_the_button_gone(learner, trainer, session):
    make_ready(session, trainer)
    number = issue(learner, session.edition, learner, timezone.now()).number
    html = rendered(learner)
    assert reverse("certification:issue", args=[session.edition.code]) not in html
    assert reverse("certification:prepare", args=[Certificate.objects.get(number=number).code]) in html


def test_a_revoked_certificate_cannot_be_downloaded_from_the_path(learner, coordinator, trainer, session):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    certificate.revoke("error", coordinator, timezone.now())
    html = rendered(learner)
    assert certificate.number in html
    assert certificate.code not in html


@pytest.mark.parametrize("done", [False, True])
def test_the_number_of_queries_is_constant(learner, trainer, session, django_assert_num_queries, done):
    if done:
        make_ready(session, trainer)
    rendered(learner)
    with django_assert_num_queries(9 if done else 8):
        rendered(learner)
