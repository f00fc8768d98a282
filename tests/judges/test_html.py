"""The Nu HTML checker, which nobody here wrote, reads every page of the site, in every state, as it is sent."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from courses.scoring import Kind
from tests import cast
from tests.browser import demo as demonstration
from tests.browser import screens, stage
from tests.judge import unavailable

FOLDER = Path(__file__).parent
JAR = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"

pytestmark = pytest.mark.judge


@pytest.fixture
def judge():
    """`judge(folder)` lists what the checker finds wrong in a folder of pages: one line for each fault."""
    if not shutil.which("java"):
        unavailable("apt-get install -y default-jdk-headless: no java to run the Nu HTML checker with")
    if not JAR.exists():
        unavailable("cd tests/judges && npm ci --ignore-scripts: the Nu HTML checker is not there")

    def faults(folder):
        command = ["java", "-jar", str(JAR), "--errors-only", "--skip-non-html", "--format", "json", str(folder)]
        verdict = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        return [line(said) for said in json.loads(verdict.stderr)["messages"]]

    return faults


def line(said):
    return f"{Path(said.get('url', '')).stem}: {said['message']} {said.get('extract', '').strip()[:160]}"


@pytest.fixture
def pages(judge, django_db_setup, django_db_blocker, tmp_path):
    """A folder with every page."""
    with django_db_blocker.unblock(), demonstration.copied() as name, demonstration.inside(name):
        stage.prepare()
        for title, content in [*shown(), *refused()]:
            (tmp_path / f"{re.sub('[^a-z]+', '-', title)}.html").write_bytes(content)
    return tmp_path


def shown():
    for screen in screens.SCREENS:
        if screen.act is None:
            answer = reader(screen.reader).get(screen.address(), follow=True)
            assert answer.status_code == screen.status, f"{screen} answers {answer.status_code}"
            yield screen.name, answer.content


def refused():
    """The forms that were sent empty or wrong."""
    learner = stage.user(stage.LEARNER)
    roster = screens.view("certification:mark", stage.today_slots()[0].code)
    sent = [
        ("sign in refused", "", screens.view("account_login"), {"login": "selam", "password": "faux"}),
        ("roster refused", stage.TRAINER, roster, {f"{learner.code}-status": "l"}),
        ("correction refused", stage.TRAINER, screens.correction(), {f"{learner.code}-status": ""}),
        ("revocation refused", stage.COORDINATOR, screens.revocation(), {"reason": ""}),
        *((f"{kind} question refused", stage.LEARNER, screens.question(kind, "courses:answer"), {}) for kind in Kind),
    ]
    for name, username, address, data in sent:
        answer = reader(username).post(address(), data)
        assert b'role="alert"' in answer.content, f"{name} answers {answer.status_code}"
        yield name, answer.content


def reader(username):
    client = Client()
    if username:
        cast.sign_in(client, stage.user(username))
    return client


def test_every_page_is_valid_html(judge, pages):
    faults = judge(pages)
    assert not faults, "\n".join(faults)
    assert len(list(pages.iterdir())) > 80


def test_the_judge_refuses_a_page_with_a_fault(judge, tmp_path):
    (tmp_path / "broken.html").write_text("<!doctype html><html lang=fr><title>x</title><p><ul id=a id=b></ul></p>")
    assert judge(tmp_path)
