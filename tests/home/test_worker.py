"""What a phone may keep of the site, and what tells it to forget."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.models import PaperSheet
from people import shared_phone
from tests.certification.facts import everyone_present
from tests.home.test_csp import Page, policy


def site(client):
    text = client.get("/worker.js").content.decode()
    return json.loads(re.match(r"const SITE = (.*);\n", text)[1])


@pytest.mark.django_db
def test_the_worker_serves_the_whole_site(client, settings):
    response = client.get("/worker.js")
    assert response["Content-Type"].startswith("text/javascript") and response["Cache-Control"] == "no-cache"
    assert not response.cookies
    found = site(client)
    assert set(found["offline"]) == set(found["leave"]) == {"fr", "nl"}
    for address in [*found["files"], *found["later"]]:
        name = address.removeprefix(settings.STATIC_URL)
        assert FileSystemStorage(settings.STATIC_ROOT).exists(name) or finders.find(name), address


@pytest.mark.django_db
def test_it_is_sent_once(client):
    etag = client.get("/worker.js")["ETag"]
    assert client.get("/worker.js", headers={"If-None-Match": etag}).status_code == 304
    assert client.post("/worker.js").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "says"), [("fr", "Sans connexion"), ("nl", "Geen verbinding")])
def test_the_offline_page_names_nobody(client, language, says):
    response = client.get(site(client)["offline"][language])
    assert says in response.content.decode()
    assert not response.cookies and policy(response)["script-src"] == ["'self'"]
    page = Page(response.content.decode())
    assert (page.inline, page.outside) == ([], [])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_manifest_each_language(client, language):
    html = client.get(f"/{language}/").content.decode()
    address = re.search(r'<link rel="manifest" href="([^"]+)"', html)[1]
    response = client.get(address)
    manifest = response.json()
    assert response["Content-Type"] == "application/manifest+json" and not response.cookies
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == (language, f"/{language}/", "/")
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


@pytest.mark.django_db
def test_the_manifests_differ_and_there_are_no_others(client):
    french, dutch = (client.get(f"/manifest/{code}.webmanifest").json()["description"] for code in ("fr", "nl"))
    assert french != dutch
    assert client.get("/manifest/de.webmanifest").status_code == 404


def test_a_screen_says_whose_it_is(browse_as, learner):
    assert browse_as(learner).get("/fr/")["X-Reader"] == str(learner.code)
    assert "X-Reader" not in Client().get("/fr/")


def roster(slot):
    return reverse("certification:roster", args=[slot.code])


def test_only_a_roster_that_is_not_signed_is_kept(browse_as, trainer, session):
    slot, client = session.half_days[0], browse_as(trainer)
    kept = client.get(roster(slot))
    assert kept["X-Kept-As"].startswith("Matin") and kept["Cache-Control"] == "private, no-store"
    PaperSheet.objects.attach(slot, trainer, b"%PDF-1.7", "application/pdf", timezone.now())
    assert "X-Kept-As" not in client.get(roster(slot) + "?paper=1")
    assert "X-Kept-As" not in client.get(reverse("certification:sessions"))
    everyone_present(session, trainer)
    assert "X-Kept-As" not in client.get(roster(slot))


def test_a_shared_phone_keeps_nothing(browse_as, trainer, session):
    client = browse_as(trainer)
    state = client.session
    state[shared_phone.KEY] = int(timezone.now().timestamp())
    state.save()
    assert "X-Kept-As" not in client.get(roster(session.half_days[0]))


def test_without_a_second_proof_nothing_is_kept(client, trainer, session):
    client.force_login(trainer)
    assert "X-Kept-As" not in client.get(roster(session.half_days[0]))


def test_the_camera_opens_on_the_roster_alone(browse_as, trainer, session):
    client = browse_as(trainer)
    assert "camera=(self)" in client.get(roster(session.half_days[0]))["Permissions-Policy"]
    assert "camera=()" in client.get(reverse("certification:sessions"))["Permissions-Policy"]
