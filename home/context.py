from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from people.notices import is_waiting

from .interface import interface_of
from .models import SiteSettings

THEMES = {"light", "dark"}


def shell(request):
    """What base.html needs on every page. Nothing here asks the database unless the template uses it."""
    content = get_language() or settings.LANGUAGE_CODE
    theme = request.COOKIES.get("theme", "")
    return {
        "interface": getattr(request, "interface", None) or interface_of(content),
        "content_language": content,
        "notice_waits": is_waiting(request),
        "theme": theme if theme in THEMES else "",
        "site_settings": SimpleLazyObject(lambda: SiteSettings.of(request)),
        "footer_links": SimpleLazyObject(lambda: footer_links(request, content)),
    }


def footer_links(request, language):
    pages = SiteSettings.of(request).footer_pages(language)
    return [{"title": page.title, "url": page.get_url(request)} for page in pages]
