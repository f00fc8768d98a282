"""The first screen of the admin, and the first button of its editor."""

import pytest

from events.models import Event, EventIndex
from lms.content.access import load_access
from tests.events.planned import plan


@pytest.fixture
def desk(browse_as, trainer):
    load_access()
    return browse_as(trainer)


def test_a_trainer_announces_a_workshop_from_the_first_screen(desk):
    plan()
    add = f"/admin/pages/add/events/event/{Event.objects.first().get_parent().pk}/"
    assert add in desk.get("/admin/").content.decode()


def test_without_an_index_of_events_the_first_screen_still_opens(desk):
    EventIndex.objects.update(live=False)
    content = desk.get("/admin/").content.decode()
    assert "/fr/attendance/" in content and "/events/event/" not in content


def test_a_translator_is_not_led_to_attendance(browse_as, stranger):
    load_access()
    stranger.groups.set(stranger.groups.model.objects.filter(name="translator"))
    response = browse_as(stranger).get("/admin/")
    assert response.status_code == 200 and "/fr/attendance/" not in response.content.decode()


def test_whoever_may_publish_does_it_with_the_first_button(desk, trainer):
    trainer.is_superuser = True
    trainer.save()
    plan()
    content = desk.get(f"/admin/pages/{Event.objects.first().pk}/edit/").content.decode()
    assert 0 < content.index('name="action-publish"') < content.index("Enregistrer le brouillon")
