"""A trainer publishes a file or a link: at once, where it belongs, for whoever may have it; and withdraws it."""

import io
import re
import uuid

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image

from courses.models import Module
from events.models import Material
from home import uploads
from people.models import Cohort, Organisation
from tests.databases import together

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
EVENT = "/fr/agenda/une-journee-ensemble/"


def url(name="publish", *arguments, language="fr"):
    with translation.override(language):
        return reverse(f"events:{name}", args=arguments)


def typed(**values):
    given = {
        "code": uuid.uuid4(),
        "title_fr": "Le lexique de la santé",
        "place": "",
        "audience": "everyone",
        "language": "fr",
        "licence": "CC BY 4.0",
    } | values
    return given if "file" in given or "url" in given else given | {"file": paper()}


def paper(content=PDF, name="lexique.pdf"):
    return SimpleUploadedFile(name, content)


def for_group():
    return f"group:{Cohort.objects.get(name='Groupe de Lille').code}"


def publish(client, **values):
    """The material, when the form is accepted; else the answer."""
    given = typed(**values)
    response = client.post(url(), given)
    return Material.objects.get(code=given["code"]) if response.status_code == 302 else response


def make(author, **values):
    given = {"audience": "everyone", "title_fr": "Un lien", "language": "fr", "licence": "CC BY 4.0"} | values
    return Material.objects.create(author=author, at=timezone.now(), url="https://example.org/", **given)


def read(client, path):
    return client.get(path).content.decode()


def test_a_file_is_published_at_once(client, browse_as, trainer):
    made = publish(browse_as(trainer))
    assert (made.author, made.size, made.extension, made.licence) == (trainer, len(PDF), "pdf", "CC BY 4.0")
    assert not storages["default"].exists(made.file)
    for path in (url("shelf"), url("shelf", language="nl")):
        html = read(client, path)
        assert "Le lexique de la santé" in html and "CC BY 4.0" in html and "PDF" in html
    response = client.get(url("material", made.code))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="le-lexique-de-la-sante.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_size_is_ours_and_in_the_units_of_the_reader(client, browse_as, trainer):
    publish(browse_as(trainer), file=paper(PDF + b"x" * 1_234_000), size=3)
    assert "1,3\u00a0Mo" in read(client, url("shelf"))
    assert "1,3\u00a0MB" in read(client, url("shelf", language="nl"))


def test_a_link_is_followed_without_telling_where_from(client, browse_as, trainer):
    made = publish(browse_as(trainer), url="example.org/video", title_nl="De video")
    assert made.url == "https://example.org/video"
    html = read(client, url("shelf", language="nl"))
    link = re.search(r'<a class="item" href="https://example.org/video"[^>]*>', html)
    assert 'rel="noreferrer"' in link[0] and "De video" in html and "Le lexique" not in html
    assert client.get(url("material", made.code)).url == made.url


def test_it_is_seen_where_it_belongs(client, browse_as, trainer, session):
    desk, module = browse_as(trainer), Module.objects.get(slug="ecouter")
    publish(desk, title_fr="Pour la journée", place=f"session:{session.code}")
    publish(desk, title_fr="Pour le module", place=f"item:{module.translation_key}")
    assert "Pour la journée" in read(client, EVENT) and "Pour le module" not in read(client, EVENT)
    html = read(client, module.get_url())
    assert "Pour le module" in html and "Pour la journée" not in html


def test_what_is_for_a_group_is_for_that_group(client, browse_as, trainer, learner, stranger, coordinator, session):
    made = publish(browse_as(trainer), audience=for_group(), place=f"session:{session.code}")
    for person in (learner, trainer, coordinator):
        reader = browse_as(person)
        assert made.title in read(reader, EVENT) and made.title in read(reader, url("shelf"))
        assert reader.get(url("material", made.code)).status_code == 200
    other = browse_as(stranger)
    assert made.title not in read(other, EVENT) + read(other, url("shelf")) + read(client, EVENT)
    assert other.get(url("material", made.code)).status_code == 404
    assert "/compte/login" in client.get(url("material", made.code)).url


def test_what_is_for_the_trainers_is_refused_to_a_learner(client, browse_as, trainer, learner, coordinator):
    made = publish(browse_as(trainer), audience="trainers")
    assert browse_as(coordinator).get(url("material", made.code)).status_code == 200
    assert browse_as(learner).get(url("material", made.code)).status_code == 403
    assert made.title not in read(browse_as(learner), url("shelf")) + read(client, url("shelf"))


def test_the_learners_of_a_group_find_it_on_their_path(browse_as, trainer, learner, edition):
    made = publish(browse_as(trainer), audience=for_group())
    assert made.title in read(browse_as(learner), "/fr/mon-parcours/")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"file": paper(b"MZ\x90", "programme.exe")}, "file"),
        ({"file": paper(b"<script>", "page.pdf")}, "file"),
        ({"file": paper(b"PK\x03\x04", "texte.docx")}, "file"),
        ({"file": paper(b"<svg/>", "image.svg")}, "file"),
        ({"file": paper(b"not a sound", "son.mp3")}, "file"),
        ({"url": ""}, "file"),
        ({"url": "https://example.org/", "file": paper()}, "file"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.org/"}, "url"),
        ({"title_fr": "", "title_nl": " "}, "title_fr"),
        ({"audience": "group:0d9a9b0c-8a53-4c4c-9b0a-0a2d5a0c4a11"}, "audience"),
        ({"audience": ""}, "audience"),
        ({"place": "session:forged"}, "place"),
        ({"place": "session:0d9a9b0c-8a53-4c4c-9b0a-0a2d5a0c4a11"}, "place"),
        ({"language": "tlh"}, "language"),
        ({"licence": "mine"}, "licence"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browse_as, trainer, wrong, where):
    response = publish(browse_as(trainer), **{"title_fr": "Bonjour <b>", **wrong})
    html = response.content.decode()
    assert response.status_code == 422 and not Material.objects.exists()
    assert f'id="id_{where}_error"' in html
    assert "Bonjour &lt;b&gt;" in html or where == "title_fr"


def test_a_file_that_is_too_heavy_is_refused(browse_as, trainer, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_DOCUMENT", 10)
    assert publish(browse_as(trainer)).status_code == 422


def test_the_limit_is_said_before(browse_as, trainer):
    assert "20\u00a0Mo" in read(browse_as(trainer), url()).replace(" Mo", "\u00a0Mo")


def test_an_image_loses_the_place_where_it_was_taken(browse_as, trainer):
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "chez Amina"
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG", exif=exif)
    made = publish(browse_as(trainer), file=paper(drawn.getvalue(), "photo.png"))
    assert (made.extension, made.content_type) == ("jpg", "image/jpeg")
    with made.open() as file:
        assert b"chez Amina" not in file.read()


def test_the_form_remembers_the_last_choices(browse_as, trainer, session):
    desk = browse_as(trainer)
    publish(desk, language="nl", licence="CC BY-SA 4.0", audience=for_group())
    html = read(desk, f"{url()}?session={session.code}")
    assert re.findall(r'value="([^"]*)" selected', html) == [f"session:{session.code}", "nl", "CC BY-SA 4.0"]
    assert f'value="{for_group()}"' in re.search(r"<input[^>]*checked[^>]*>", html)[0]
    assert desk.get(f"{url()}?session=forged").status_code == 200


def test_a_trainer_offers_only_their_own_sessions_and_groups(browse_as, trainer, session):
    elsewhere = Organisation.objects.create(name="Ailleurs", country="be")
    other = Cohort.objects.create(name="Groep Gent", organisation=elsewhere)
    session.trainers.clear()
    type(session).objects.filter(pk=session.pk).update(edition=None)
    html = read(browse_as(trainer), url())
    assert str(session.code) not in html and str(other.code) not in html
    assert publish(browse_as(trainer), place=f"session:{session.code}").status_code == 422


def test_sent_twice_it_is_published_once(browse_as, trainer):
    desk, code = browse_as(trainer), uuid.uuid4()
    first, second = publish(desk, code=code), publish(desk, code=code)
    assert first == second
    assert storages["private"].listdir("materials")[1].count(first.file.split("/")[1]) == 1
    assert not [name for name in storages["private"].listdir("materials")[1] if name.startswith(f"{code}_")]


def test_sent_again_otherwise_it_is_told_that_nothing_changed(browse_as, trainer):
    desk, code = browse_as(trainer), uuid.uuid4()
    publish(desk, code=code)
    response = desk.post(url(), typed(code=code, title_fr="Autre"))
    assert response.status_code == 409 and "Autre" in response.content.decode()
    assert Material.objects.get().title_fr == "Le lexique de la santé"
    assert response.context["form"]["code"].value() != code


def test_the_form_of_somebody_else_is_not_there(browse_as, trainer, coordinator):
    code = uuid.uuid4()
    publish(browse_as(trainer), code=code)
    assert publish(browse_as(coordinator), code=code).status_code == 404
    assert Material.objects.get().author == trainer


def test_twice_at_the_same_time_is_once(real_database, browse_as, trainer):
    code = uuid.uuid4()
    desks = [browse_as(trainer), browse_as(trainer)]
    answers = together(*[lambda desk=desk: desk.post(url(), typed(code=code)).status_code for desk in desks])
    assert list(answers) == [302, 302] and Material.objects.count() == 1


def test_it_is_withdrawn_and_put_back(client, browse_as, trainer):
    desk = browse_as(trainer)
    made = publish(desk)
    for _time in range(2):
        assert desk.post(url("withdraw", made.code)).url == url("materials")
    assert made.title not in read(client, url("shelf"))
    assert client.get(url("material", made.code)).status_code == 404
    assert url("put_back", made.code) in read(desk, url("materials"))
    for _time in range(2):
        assert desk.post(url("put_back", made.code)).url == url("materials")
    assert client.get(url("material", made.code)).status_code == 200


@pytest.mark.parametrize("name", ["withdraw", "put_back"])
def test_nobody_else_withdraws_it(client, browse_as, trainer, learner, coordinator, name):
    made = make(trainer)
    assert browse_as(trainer).get(url(name, made.code)).status_code == 405
    assert browse_as(learner).post(url(name, made.code)).status_code == 403
    assert "/compte/login" in client.post(url(name, made.code)).url
    other = make(coordinator)
    assert browse_as(trainer).post(url(name, other.code)).status_code == 404
    assert browse_as(trainer).post(url(name, uuid.uuid4())).status_code == 404
    assert not Material.objects.exclude(withdrawn_at=None).exists()


def test_a_coordinator_withdraws_what_their_trainers_published(browse_as, trainer, coordinator):
    made = make(trainer)
    desk = browse_as(coordinator)
    assert made.title in read(desk, url("materials"))
    desk.post(url("withdraw", made.code))
    assert Material.objects.get().withdrawn_at


@pytest.mark.parametrize("name", ["publish", "materials"])
def test_publishing_is_for_the_staff(client, browse_as, learner, trainer, name):
    assert browse_as(learner).get(url(name)).status_code == 403
    assert "/compte/login" in client.get(url(name)).url
    assert browse_as(trainer).get(url(name)).status_code == 200


def test_a_learner_or_a_visitor_publishes_nothing(client, browse_as, learner):
    assert publish(browse_as(learner)).status_code == 403
    assert "/compte/login" in client.post(url(), typed()).url
    assert not Material.objects.exists()


def test_what_is_not_there(client):
    assert client.get(url("material", uuid.uuid4())).status_code == 404


def test_the_event_leads_its_trainer_there(browse_as, trainer, session):
    assert f"{url()}?session={session.code}" in read(browse_as(trainer), EVENT)


def test_lists_ask_the_same_number_of_questions(browse_as, trainer, learner, session):
    def asked(count, path, reader):
        for number in range(count):
            make(trainer, session=session, title_fr=f"Lien {number}", audience="group", cohort=session.edition.cohort)
        client = browse_as(reader)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).content.decode().count("Lien ") >= count
        return len(queries)

    for path, reader in [(url("shelf"), learner), (url("materials"), trainer), (EVENT, learner)]:
        assert asked(2, path, reader) == asked(10, path, reader)
