"""The register as files, and the script in it, which needs nothing but Python."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from certification import verify_register
from certification.models import AuditorLink, LateDecision, MarkDetail, PaperSheet, RegisterRoot
from certification.models.auditors import LONGEST
from people.models import TrailEntry
from tests.certification.facts import everyone_present, say, sign
from tests.courses import steps

SCRIPT = Path(verify_register.__file__)


@pytest.fixture
def held(session, trainer, learner, other_learner):
    sign(session.half_days[0], learner)
    everyone_present(session, trainer)
    late, now = say(session.half_days[0], other_learner, trainer, "absent"), timezone.now()
    LateDecision.objects.decide(late, trainer, False, now)
    PaperSheet.objects.attach(session.half_days[1], trainer, b"%PDF-1.7", "application/pdf", now)
    RegisterRoot.objects.make(now)
    return session


def download(client, session, language="fr"):
    return client.post(steps.address("certification:session_register", session.code, language=language))


def opened(response):
    return zipfile.ZipFile(io.BytesIO(response.content))


def checked(folder, tmp_path, change=None, script=SCRIPT):
    register = json.loads(folder.read("register.json"))
    if change:
        change(register)
    path = tmp_path / "register.json"
    path.write_text(json.dumps(register))
    return subprocess.run(
        [sys.executable, "-I", str(script), str(path)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def folder(browse_as, trainer, held):
    return opened(download(browse_as(trainer), held))


def test_it_holds_all_that_is_needed(browse_as, trainer, held, folder):
    response = download(browse_as(trainer), held)
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"
    names = folder.namelist()
    assert names[:3] == ["register.json", "verify_register.py", "README.txt"]
    assert folder.read(names[3]).startswith(b"%PDF")
    assert folder.read("verify_register.py") == SCRIPT.read_bytes()
    read_me = folder.read("README.txt").decode()
    assert "Le registre" in read_me and "Het register" in read_me


def test_the_script_is_short_and_imports_the_standard_library_alone():
    lines = SCRIPT.read_text().splitlines()
    assert len(lines) < 100
    imported = {line.split()[1] for line in lines if line.startswith(("import", "from"))}
    assert imported <= set(sys.stdlib_module_names)


def test_the_script_finds_it_whole(folder, tmp_path, held):
    script = tmp_path / "verify_register.py"
    script.write_bytes(folder.read("verify_register.py"))
    done = checked(folder, tmp_path, script=script)
    assert (done.returncode, done.stderr) == (0, "")
    root = RegisterRoot.objects.get()
    assert root.root in done.stdout and root.signature in done.stdout
    assert held.register.last().digest in done.stdout
    assert done.stdout.endswith("The register is whole.\n")


def test_what_is_erased_is_said_and_breaks_nothing(browse_as, trainer, held, tmp_path):
    MarkDetail.objects.filter(mark__learner__username="learner").delete()
    done = checked(opened(download(browse_as(trainer), held)), tmp_path)
    assert done.returncode == 0
    assert "3 erased" in done.stdout


def link(register, at):
    return register["sessions"][0]["links"][at]


def changed(text):
    return text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1]


def edit(entry, name):
    entry[name] = changed(entry[name])


def swap_values(register):
    link(register, 0)["body"] = link(register, 0)["body"].replace('"minutes":210', '"minutes":10')


TAMPERING = {
    "a digest": lambda register: edit(link(register, 1), "digest"),
    "a value": swap_values,
    "a name beside": lambda register: edit(link(register, 0)["beside"], "printed_name"),
    "a salt": lambda register: edit(link(register, 0)["beside"], "salt"),
    "a drawing": lambda register: link(register, 0)["beside"]["signature"].pop(),
    "a name beside a countersignature": lambda register: edit(link(register, 3)["beside"], "printed_name"),
    "a link that is missing": lambda register: register["sessions"][0]["links"].pop(2),
    "the last link": lambda register: register["sessions"][0]["links"].pop(),
    "every link": lambda register: register["sessions"][0]["links"].clear(),
    "two links exchanged": lambda register: register["sessions"][0]["links"].insert(
        0, register["sessions"][0]["links"].pop(1)
    ),
    "another session": lambda register: register["sessions"][0].update(session=str(uuid4())),
    "a root": lambda register: edit(register["roots"][0], "root"),
    "the day of a root": lambda register: register["roots"][0].update(day="2026-01-01"),
    "a signature": lambda register: register["roots"][0].update(signature="A" * 86),
    "a signature, in one sign": lambda register: edit(register["roots"][0], "signature"),
    "a key": lambda register: register["keys"][0].update(x="A" * 43),
    "no key": lambda register: register["keys"].clear(),
    "an end": lambda register: edit(register["roots"][0]["sessions"][0], 2),
    "no register": lambda register: register.clear(),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_the_script_finds(folder, tmp_path, what):
    done = checked(folder, tmp_path, TAMPERING[what])
    assert done.returncode == 1
    assert done.stderr.startswith("BROKEN: ")
    assert "Traceback" not in done.stderr
    assert "whole" not in done.stdout


def test_the_script_says_when_there_is_no_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(tmp_path / "none.json")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "BROKEN" in done.stderr


def test_a_whole_edition(browse_as, coordinator, held, tmp_path):
    response = browse_as(coordinator).post(steps.address("certification:edition_register", held.edition.code))
    done = checked(opened(response), tmp_path)
    assert done.returncode == 0 and str(held.code) in done.stdout


def test_an_auditor_downloads_it(held, coordinator, tmp_path):
    now = timezone.now()
    values = {"cohort": held.edition.cohort, "who": "FSE", "starts_at": now, "ends_at": now + LONGEST}
    AuditorLink.objects.give("token", coordinator, now, code=uuid4(), **values)
    client = steps.Client()
    assert client.get(steps.address("certification:audit_register", held.code)).status_code == 404
    client.post("/a/token/")
    response = client.get(steps.address("certification:audit_register", held.code))
    assert checked(opened(response), tmp_path).returncode == 0


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
@pytest.mark.parametrize("name", ["session_register", "edition_register"])
def test_who_may_download(request, browse_as, held, person, status, name):
    code = held.code if name == "session_register" else held.edition.code
    client = browse_as(request.getfixturevalue(person))
    url = steps.address(f"certification:{name}", code)
    assert client.post(url).status_code == status
    assert client.get(url).status_code == 405
    assert client.post(steps.address(f"certification:{name}", uuid4())).status_code == 404
    noted = TrailEntry.objects.filter(action="exported").values_list("author__username", flat=True)
    assert list(noted) == ([person] if status == 200 else [])


def test_buttons_offer_it(browse_as, coordinator, held, time_machine):
    time_machine.move_to(held.half_days[-1].ends_at)
    pages = {"sessions": [], "cohort": [held.edition.code]}
    registers = {"session_register": held.code, "edition_register": held.edition.code}
    for (page, args), (name, code) in zip(pages.items(), registers.items(), strict=True):
        html = browse_as(coordinator).get(steps.address(f"certification:{page}", *args)).content.decode()
        assert f'method="post" action="{steps.address(f"certification:{name}", code)}"' in html


def test_before_any_mark(browse_as, trainer, session, tmp_path):
    done = checked(opened(download(browse_as(trainer), session, "nl")), tmp_path)
    assert done.returncode == 0 and "0 links" in done.stdout


def test_it_asks_as_many_questions_for_many_links(
    browse_as, trainer, learner, held, django_assert_num_queries, django_assert_max_num_queries
):
    client = browse_as(trainer)
    download(client, held)
    with django_assert_max_num_queries(60) as few:
        download(client, held)
    for _time in range(5):
        say(held.half_days[0], learner, trainer)
    with django_assert_num_queries(len(few)):
        download(client, held)
