from django.utils import timezone
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .models import Registration
from .tasks import send_waiting
from .viewsets import EventsGroup

register_snippet(EventsGroup)


@hooks.register("before_publish_page")
def plan(request, page):
    """Writes what the form of an event says of its session, and tells who is registered."""
    if not hasattr(page, "planned"):
        return
    now = timezone.now()
    Registration.objects.tell_changes(page.session, now)
    Registration.objects.tell_changes(page.planned(), now)
    send_waiting.enqueue()
