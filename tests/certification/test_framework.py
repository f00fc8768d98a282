"""The framework is written by a coordinator of a lead partner, published once, and its coverage shows its holes."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from certification.competence import Block, Framework
from certification.forms.framework import fingerprint
from certification.models import CoverageLink, FrameworkDraft, FrameworkVersion
from certification.refusals import Conflict, Refused
from courses.models import Lesson, Question
from tests.certification.practising import SMALL, block, draft_of, publish
from tests.certification.test_practice import queries, read, url
from tests.databases import together

NEW_BLOCK = {
    "seen": fingerprint(Block("", {}, {}, {})),
    "title-fr": "Animer", "title-nl": "Begeleiden", "activity-fr": "Un groupe", "activity-nl": "Een groep",
    "assessment-fr": "30 minutes", "assessment-nl": "30 minuten",
}  # fmt: skip


def block_data(form_block, **more):
    """What the form of a block sends back unchanged."""
    found = {"seen": fingerprint(form_block)}
    for name in ("title", "activity", "assessment"):
        found |= {f"{name}-{language}": text for language, text in getattr(form_block, name).items()}
    for competence in form_block.competences:
        found |= {f"{competence.code}-{language}": text for language, text in competence.title.items()}
        for criterion in competence.criteria:
            found |= {f"{criterion.code}-{language}": text for language, text in criterion.text.items()}
            if criterion.critical:
                found[f"{criterion.code}-critical"] = "on"
    return {**found, **more}


@pytest.fixture
def client_of_coordinator(browse_as, lead):
    return browse_as(lead)


def test_a_first_framework_is_written_and_published(client_of_coordinator, coordinator):
    client = client_of_coordinator
    assert client.get(url("framework")).status_code == 200
    assert client.post(url("begin_draft")).url == url("framework_draft")
    assert client.post(url("publish_framework")).status_code == 422
    assert client.get(url("framework_block", "new")).status_code == 200
    assert client.post(url("framework_block", "new"), NEW_BLOCK).url == url("framework_block", "B1")
    more = {
        "new-fr": "Parler",
        "new-nl": "Praten",
        "new.new-fr": "Parle.",
        "new.new-nl": "Praat.",
        "new.new-critical": "on",
    }
    more |= {"seen": fingerprint(FrameworkDraft.objects.get().framework.blocks[0]), "done": "1"}
    assert client.post(url("framework_block", "B1"), {**NEW_BLOCK, **more}).url == url("framework_draft")
    assert client.post(url("publish_framework")).url == url("framework")
    version = FrameworkVersion.objects.get()
    (written,) = version.framework.blocks
    assert (version.number, version.author, written.title) == (1, coordinator, {"fr": "Animer", "nl": "Begeleiden"})
    assert [criterion.code for criterion in written.critical] == ["B1.C1.K1"]
    assert not FrameworkDraft.objects.exists()
    with translation.override("nl"):
        assert "Begeleiden" in read(client.get(url("framework_version", 1)))
    assert "Animer" in read(client.get(url("framework_version", 1)))


def test_the_next_version_is_a_copy_whose_codes_stay(client_of_coordinator, coordinator):
    publish(coordinator)
    client = client_of_coordinator
    for _time in range(2):
        client.post(url("begin_draft"))
    assert FrameworkDraft.objects.get().framework == SMALL
    first = SMALL.blocks[0]
    emptied = {"B1.C1.K2-fr": "", "B1.C1.K2-nl": ""}
    client.post(url("framework_block", "B1"), block_data(first, **emptied))
    more = {"B1.C1.new-fr": "Nouveau.", "B1.C1.new-nl": "Nieuw."}
    draft = FrameworkDraft.objects.get().framework.blocks[0]
    client.post(url("framework_block", "B1"), block_data(draft, **more))
    codes = [criterion.code for criterion in FrameworkDraft.objects.get().framework.blocks[0].criteria]
    assert codes == ["B1.C1.K1", "B1.C1.K3", "B1.C1.K4", "B1.C2.K1"]
    html = read(client.get(url("framework_draft")))
    assert "B1.C1.K4" in html and "B1.C1.K2" in html
    client.post(url("publish_framework"))
    assert FrameworkVersion.objects.latest_of().number == 2
    assert FrameworkVersion.objects.get(number=1).framework == SMALL


@pytest.mark.parametrize(
    "wrong",
    [
        {"title-nl": ""},
        {"B1.C1.K1-nl": ""},
        {"new-fr": "Seul en français"},
        {"B1.C2-fr": "", "B1.C2-nl": ""},
        {"title-fr": "x" * 201},
    ],
)
def test_a_block_is_whole_in_both_languages(client_of_coordinator, coordinator, wrong):
    draft_of(SMALL, coordinator)
    response = client_of_coordinator.post(url("framework_block", "B1"), block_data(SMALL.blocks[0], **wrong))
    assert response.status_code == 422 and 'role="alert"' in read(response)
    assert FrameworkDraft.objects.get().framework == SMALL


def test_a_block_is_taken_out_and_a_draft_thrown_away(client_of_coordinator, coordinator):
    publish(coordinator)
    draft_of(SMALL, coordinator)
    for _time in range(2):
        client_of_coordinator.post(url("remove_block", "B2"))
    assert len(FrameworkDraft.objects.get().framework.blocks) == 1
    for _time in range(2):
        assert client_of_coordinator.post(url("drop_draft")).url == url("framework")
    assert client_of_coordinator.get(url("framework_draft")).status_code == 404
    assert client_of_coordinator.post(url("framework_block", "B1"), NEW_BLOCK).status_code == 409
    assert client_of_coordinator.post(url("publish_framework")).url == url("framework")
    assert FrameworkVersion.objects.count() == 1


def test_what_a_colleague_wrote_meanwhile_is_not_undone(client_of_coordinator, coordinator):
    draft_of(SMALL, coordinator)
    opened, address = block_data(SMALL.blocks[0]), url("framework_block", "B1")
    added = {"B1.C1.new-fr": "Ajouté.", "B1.C1.new-nl": "Toegevoegd."}
    client_of_coordinator.post(address, {**opened, **added})
    response = client_of_coordinator.post(address, {**opened, "title-fr": "Mon titre"})
    html = read(response)
    assert response.status_code == 409 and "Mon titre" in html and "Ajouté." in html
    shown = response.context["form"]
    client_of_coordinator.post(address, {name: shown[name].value() or "" for name in shown.fields})
    written = FrameworkDraft.objects.get().framework.blocks[0]
    assert written.title["fr"] == "Mon titre" and "Ajouté." in [one.text["fr"] for one in written.criteria]


def test_what_was_typed_in_a_draft_that_went_is_shown_again(client_of_coordinator, coordinator):
    publish(coordinator)
    response = client_of_coordinator.post(
        url("framework_block", "B1"), block_data(SMALL.blocks[0], **{"title-fr": "Mon titre"})
    )
    assert response.status_code == 409 and "Mon titre" in read(response)
    assert not FrameworkDraft.objects.exists()


def test_what_changes_nothing_is_not_published(client_of_coordinator, coordinator):
    publish(coordinator)
    draft = draft_of(SMALL, coordinator)
    assert client_of_coordinator.post(url("publish_framework")).status_code == 422
    with pytest.raises(Refused):
        FrameworkVersion.objects.publish(draft, coordinator, draft.changed_at)
    draft.delete()
    with pytest.raises(Conflict):
        FrameworkVersion.objects.publish(FrameworkDraft(pk=draft.pk or 99), coordinator, draft.changed_at)


def test_published_twice_at_once_it_is_one_version(real_database, browse_as, lead):
    draft_of(SMALL, lead)
    together(*[lambda: browse_as(lead).post(url("publish_framework"))] * 2)
    assert FrameworkVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "read_status"), [("coordinator", 200), ("trainer", 200), ("learner", 403), ("stranger", 403)]
)
def test_only_a_lead_partner_writes(request, browse_as, coordinator, person, read_status):
    publish(coordinator)
    draft_of(SMALL, coordinator)
    client = browse_as(request.getfixturevalue(person))
    for address in ("framework", "coverage"):
        assert client.get(url(address)).status_code == read_status
    assert client.get(url("framework_version", 1)).status_code == read_status
    assert client.get(url("framework_draft")).status_code == 403
    for address in (url("begin_draft"), url("drop_draft"), url("publish_framework"), url("framework_block", "B1"),
                    url("remove_block", "B1"), url("cover", "B1.C1")):  # fmt: skip
        assert client.post(address, {}).status_code == 403
    assert client.get(url("framework_draft") + "publish/").status_code == 405
    assert FrameworkDraft.objects.get().framework == SMALL


def test_nothing_offers_what_only_a_lead_partner_writes(browse_as, coordinator):
    publish(coordinator)
    for _state in ("none", "draft"):
        html = read(browse_as(coordinator).get(url("framework")))
        assert "Version 1" in html and url("begin_draft") not in html and url("framework_draft") not in html
        draft_of(SMALL, coordinator)
    assert 'href="/fr/framework/coverage/B1.C1/"' not in read(browse_as(coordinator).get(url("coverage")))


def test_what_is_missing_is_missing(client_of_coordinator, coordinator, client):
    publish(coordinator)
    assert client_of_coordinator.get(url("framework_version", 9)).status_code == 404
    assert client_of_coordinator.get(url("cover", "B9.C1")).status_code == 404
    assert reverse("account_login") in client.post(url("begin_draft")).url


@pytest.fixture
def covered(coordinator, database):
    """One lesson teaches B1.C1 and one question tests it; nothing covers the others."""
    publish(coordinator)
    lesson = Lesson.objects.get(slug="se-taire")
    question = Question.objects.filter(locale=lesson.locale).order_by("quiz", "sort_order").first()
    CoverageLink.objects.choose("B1.C1", {"lesson": {lesson.translation_key}, "question": {question.translation_key}})
    return lesson, question


def test_the_matrix_shows_its_holes(client_of_coordinator, covered):
    html = read(client_of_coordinator.get(url("coverage")))
    assert "Se taire" in html and "Que faire d’abord ?" in html and "B1.C1.K2" in html
    assert html.count("circle-alert") >= 6
    with translation.override("nl"):
        html = read(client_of_coordinator.get(url("coverage")))
    assert "Zwijgen" in html and "Wat doet u eerst?" in html


def test_the_matrix_is_a_file_of_one_line_a_link(client_of_coordinator, covered):
    response = client_of_coordinator.get(url("coverage_csv"))
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    lines = [row for row in rows[1:] if row[2] == "B1.C1"]
    assert {row[6] for row in lines} >= {str(covered[0].translation_key), str(covered[1].translation_key), "B1.C1.K1"}
    assert len(lines) == 2 + 3
    assert len([row for row in rows[1:] if row[2] == "B2.C2"]) == 1 + 2


def test_a_coordinator_chooses_what_covers(client_of_coordinator, covered):
    other = Lesson.objects.get(slug="choisir")
    html = read(client_of_coordinator.get(url("cover", "B1.C1")))
    assert html.count("checked") == 2
    assert client_of_coordinator.post(url("cover", "B1.C1"), {"lesson-1": [other.translation_key]}).url == url(
        "coverage"
    )
    assert [(link.kind, link.key) for link in CoverageLink.objects.all()] == [("lesson", other.translation_key)]
    for _time in range(2):
        client_of_coordinator.post(url("cover", "B1.C1"), {})
    assert not CoverageLink.objects.exists()
    assert client_of_coordinator.post(url("cover", "B1.C1"), {"lesson-0": ["x"]}).status_code == 422


def test_the_matrix_asks_as_many_questions_for_a_large_framework(client_of_coordinator, coordinator, covered):
    before = queries(client_of_coordinator, url("coverage"))
    publish(coordinator, Framework((*SMALL.blocks, block("B3", "Prévenir"), block("B4", "Animer"))))
    keys = list(Lesson.objects.values_list("translation_key", flat=True).distinct())
    for code in ("B3.C1", "B4.C1"):
        CoverageLink.objects.choose(code, {"lesson": set(keys), "question": set()})
    assert queries(client_of_coordinator, url("coverage")) == before


def test_a_page_that_is_gone_covers_nothing(client_of_coordinator, covered):
    covered[0].delete()
    with CaptureQueriesContext(connection):
        assert "Se taire" not in read(client_of_coordinator.get(url("coverage")))
