"""What a coordinator changes in the administration."""

import pytest

from events.models import Registration, Session
from tests.events.planned import plan, register


@pytest.fixture
def admin(browse_as, django_user_model, database):
    return browse_as(django_user_model.objects.create_superuser("admin-of-test"))


def test_sessions_are_listed_by_the_title_of_their_event(admin):
    plan()
    html = admin.get("/admin/snippets/events/session/").content.decode()
    assert "Une journée ensemble" in html


def test_sessions_are_changed_but_neither_added_nor_deleted(admin):
    session = plan()
    assert admin.get(f"/admin/snippets/events/session/edit/{session.pk}/").status_code == 200
    assert admin.get("/admin/snippets/events/session/add/").status_code == 302
    assert admin.post(f"/admin/snippets/events/session/delete/{session.pk}/").status_code == 302
    assert Session.objects.filter(pk=session.pk).exists()


def test_registrations_are_only_read(admin, learner):
    register(plan(), learner)
    assert learner.printed_name in admin.get("/admin/snippets/events/registration/").content.decode()
    pk = Registration.objects.get().pk
    assert admin.get(f"/admin/snippets/events/registration/edit/{pk}/").status_code == 302
    admin.post(f"/admin/snippets/events/registration/delete/{pk}/")
    assert Registration.objects.count() == 1


def test_a_learner_has_no_business_there(browse_as, learner):
    assert browse_as(learner).get("/admin/snippets/events/session/").status_code in (302, 403)
