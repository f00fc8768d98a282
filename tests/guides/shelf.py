"""A small library for tests: one activity and one guide, in French and in Dutch."""

import uuid

from wagtail.models import Locale

from guides.models import Activity, Chapter, Guide, Library
from home.models import HomePage, Topic


def make_library(title="Guides pour parler ensemble", dutch_title="Gidsen om samen te praten"):
    home = HomePage.objects.get(locale__language_code="fr")
    library = home.add_child(instance=Library(title=title, slug="guides", intro="Gratuit."))
    in_dutch(library, title=dutch_title, slug="gidsen", intro="Gratis.")
    return library


def make_topic(slug="language", label_fr="Langue", label_nl="Taal"):
    topic, _made = Topic.objects.get_or_create(slug=slug, defaults={"name": label_fr, "label_nl": label_nl})
    return topic


def make_activity(library, title="Valise à parler", dutch_title="Praatvalies", **values):
    values = {
        "summary": "Dix objets : on les touche.",
        "goal_language": "Nommer des objets.",
        "goal_social": "Parler tout de suite.",
        "level_min": "pre-A1",
        "level_max": "A2",
        "duration": 45,
        "material": lines("Une valise"),
        "steps": lines("Posez la valise.", "Sortez un objet."),
        "sentences": lines("Qu’est-ce que c’est ?"),
        "tips": "<p>Prenez de <b>vrais</b> objets.</p>",
    } | values
    values.setdefault("theme", make_topic())
    activity = library.add_child(instance=Activity(title=title, **values))
    in_dutch(activity, title=dutch_title, summary="Tien voorwerpen.", sentences=lines("Wat is dit?"))
    return activity


def make_guide(library, activities, title="Autour d’une table", dutch_title="Rond een tafel", tags=(), **values):
    values = {"summary": "Parler assis.", "intro": "<h2>Pour qui ?</h2><p>Pour tous.</p>", "number": 2} | values
    guide = Guide(title=title, **values)
    guide.chapters = [Chapter(activity=activity, sort_order=order) for order, activity in enumerate(activities)]
    library.add_child(instance=guide)
    guide.tags.set(tags)
    guide.save()
    in_dutch(guide, title=dutch_title, summary="Zittend praten.", intro="<p>Voor iedereen.</p>")
    return guide


def in_dutch(page, **values):
    copy = page.copy_for_translation(Locale.objects.get(language_code="nl"))
    for name, value in values.items():
        setattr(copy, name, value)
    copy.live = True
    copy.save()
    return copy


def lines(*texts):
    return [{"type": "line", "value": text, "id": str(uuid.uuid4())} for text in texts]
