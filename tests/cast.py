"""The fixed cast: the same few people and one small course in every test. Kept in the copied database, at no cost.

People are found by user name, pages by slug: `learner`, `other_learner`, `trainer`, `coordinator`, `stranger`.
"""

import datetime
import time
import uuid

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from courses.models import Catalogue, Course, Edition, Enrolment, Item, Lesson, Module, Question, Quiz
from courses.outline import requirements_of
from courses.scoring import Kind
from events.models import Event, EventIndex, Registration, Session, Slot
from home.models import HomePage
from people.models import Cohort, Country, Organisation, User
from people.roles import Role

PASSWORD = "bonjour-goeiedag"
PEOPLE = {
    "learner": ("Amina Diallo", "Amina", "f", [Role.AMBASSADOR]),
    "other_learner": ("Tesfay Gebremedhin", "Tesfay", "m", [Role.AMBASSADOR]),
    "trainer": ("Claire Dubois", "Claire", "f", [Role.TRAINER]),
    "coordinator": ("Els Peeters", "Els", "f", [Role.COORDINATOR]),
    "stranger": ("Yusuf Kaya", "Yusuf", "m", [Role.AMBASSADOR]),
}
DUTCH = {
    "Accueil": "Onthaal",
    "accueil": "onthaal",
    "Aider les autres,": "Anderen helpen,",
    "ensemble.": "samen.",
    "Une formation pour les ambassadeurs.": "Een opleiding voor ambassadeurs.",
    "Les modules": "De modules",
    "Les rencontres": "De bijeenkomsten",
    "Comment ça marche": "Hoe het werkt",
    "Venez": "Kom",
    "Nous vous attendons.": "We wachten op u.",
    "Les guides": "De gidsen",
    "Formation": "Opleiding",
    "formation": "opleiding",
    "Devenir ambassadeur": "Ambassadeur worden",
    "devenir-ambassadeur": "ambassadeur-worden",
    "Apprendre à accompagner.": "Leren begeleiden.",
    "Écouter": "Luisteren",
    "ecouter": "luisteren",
    "Agir": "Handelen",
    "agir": "handelen",
    "Ce que ce module apprend.": "Wat deze module leert.",
    "Écouter sans juger": "Luisteren zonder te oordelen",
    "Sait écouter.": "Kan luisteren.",
    "Sait agir.": "Kan handelen.",
    "Se taire": "Zwijgen",
    "se-taire": "zwijgen",
    "Poser une question": "Een vraag stellen",
    "poser-une-question": "een-vraag-stellen",
    "Choisir": "Kiezen",
    "choisir": "kiezen",
    "Passer le relais": "Doorverwijzen",
    "passer-le-relais": "doorverwijzen",
    "Une leçon courte.": "Een korte les.",
    "Asseyez-vous. Laissez du temps.": "Ga zitten. Geef tijd.",
    "Quiz : écouter": "Quiz: luisteren",
    "quiz-ecouter": "quiz-luisteren",
    "Quiz : agir": "Quiz: handelen",
    "quiz-agir": "quiz-handelen",
    "Cinq questions.": "Vijf vragen.",
    "Que faire d’abord ?": "Wat doet u eerst?",
    "Qu’est-ce qui aide ?": "Wat helpt?",
    "Écouter, c’est conseiller.": "Luisteren is raad geven.",
    "Dans quel ordre ?": "In welke volgorde?",
    "Qui fait quoi ?": "Wie doet wat?",
    "Bien vu.": "Goed gezien.",
    "Pas encore.": "Nog niet.",
    "J’écoute.": "Ik luister.",
    "Je parle.": "Ik praat.",
    "Le calme": "Rust",
    "Le temps": "Tijd",
    "Le bruit": "Lawaai",
    "Vrai": "Waar",
    "Faux": "Niet waar",
    "D’abord : accueillir": "Eerst: onthalen",
    "Puis : écouter": "Dan: luisteren",
    "Enfin : remercier": "Ten slotte: bedanken",
    "L’interprète": "De tolk",
    "La médiatrice": "De bemiddelaar",
    "traduit": "vertaalt",
    "rapproche": "brengt samen",
    "Agenda": "Agenda",
    "agenda": "agenda",
    "Une journée ensemble": "Een dag samen",
    "une-journee-ensemble": "een-dag-samen",
    "Une rencontre d’une journée.": "Een bijeenkomst van een dag.",
}
QUESTIONS = [
    (Kind.SINGLE, "Que faire d’abord ?", [("J’écoute.", True, ""), ("Je parle.", False, "")]),
    (Kind.MULTIPLE, "Qu’est-ce qui aide ?", [("Le calme", True, ""), ("Le temps", True, ""), ("Le bruit", False, "")]),
    (Kind.BOOLEAN, "Écouter, c’est conseiller.", [("Vrai", False, ""), ("Faux", True, "")]),
    (
        Kind.ORDERING,
        "Dans quel ordre ?",
        [("D’abord : accueillir", True, ""), ("Puis : écouter", True, ""), ("Enfin : remercier", True, "")],
    ),
    (Kind.MATCHING, "Qui fait quoi ?", [("L’interprète", True, "traduit"), ("La médiatrice", True, "rapproche")]),
]


def build():
    """Everything that does not depend on the day."""
    make_people()
    pages = make_pages()
    dutch, _made = Locale.objects.get_or_create(language_code="nl")
    for page in pages:
        translate(page, dutch)


def make_people():
    organisation = Organisation.objects.create(name="Maison des ambassadeurs", country=Country.FRANCE)
    password = make_password(PASSWORD)
    for username, (printed_name, used_name, agreement, roles) in PEOPLE.items():
        person = User.objects.create(
            username=username,
            password=password,
            printed_name=printed_name,
            used_name=used_name,
            agreement=agreement,
            organisation=organisation,
        )
        person.groups.set(Group.objects.filter(name__in=roles))
    cohort = Cohort.objects.create(name="Groupe de Lille", organisation=organisation)
    cohort.trainers.add(person_named("trainer"))
    cohort.members.add(person_named("learner"), person_named("other_learner"))


def make_pages():
    """The French pages, parents before children."""
    home = make_home()
    catalogue = home.add_child(instance=Catalogue(title="Formation", slug="formation"))
    course = catalogue.add_child(
        instance=Course(title="Devenir ambassadeur", slug="devenir-ambassadeur", summary="Apprendre à accompagner.")
    )
    modules = [
        make_module(course, 1, "Écouter", ["Se taire", "Poser une question"]),
        make_module(course, 2, "Agir", ["Choisir", "Passer le relais"]),
    ]
    agenda = home.add_child(instance=EventIndex(title="Agenda", slug="agenda"))
    event = agenda.add_child(
        instance=Event(
            title="Une journée ensemble",
            slug="une-journee-ensemble",
            number=1,
            summary="Une rencontre d’une journée.",
        )
    )
    children = [page.specific for module in modules for page in [module, *module.get_children()]]
    return [home, catalogue, course, *children, agenda, event]


def make_home():
    root, welcome = Page.objects.get(depth=1), Page.objects.get(depth=2)
    home = root.add_child(
        instance=HomePage(
            title="Accueil",
            slug="accueil",
            headline="Aider les autres,",
            headline_end="ensemble.",
            intro="Une formation pour les ambassadeurs.",
            modules_title="Les modules",
            events_title="Les rencontres",
            how_title="Comment ça marche",
            how=[block("step", {"title": "Venez", "text": "Nous vous attendons."})],
            guides_title="Les guides",
        )
    )
    Site.objects.filter(is_default_site=True).update(root_page=home)
    Site.clear_site_root_paths_cache()
    welcome.delete()
    return HomePage.objects.get(pk=home.pk)


def make_module(course, number, title, lessons):
    module = course.add_child(
        instance=Module(
            title=title,
            slug=slugify(title),
            number=number,
            summary="Ce que ce module apprend.",
            objectives=[block("line", "Écouter sans juger")],
            certificate_line=f"Sait {title.lower()}.",
        )
    )
    for lesson in lessons:
        text = block("text", "<p>Asseyez-vous. Laissez du temps.</p>")
        page = Lesson(title=lesson, slug=slugify(lesson), summary="Une leçon courte.", minutes=10, body=[text])
        module.add_child(instance=page)
    quiz = Quiz(title=f"Quiz : {title.lower()}", slug=slugify(f"quiz {title}"), intro="Cinq questions.")
    quiz.questions = [make_question(order, *row) for order, row in enumerate(QUESTIONS)]
    module.add_child(instance=quiz)
    return module


def make_question(order, kind, text, choices):
    return Question(
        sort_order=order,
        kind=kind,
        text=text,
        locale=Locale.get_default(),
        choices=[
            block("choice", {"text": text, "correct": correct, "match": match, "feedback": feedback(correct)})
            for text, correct, match in choices
        ],
    )


def feedback(correct):
    return "Bien vu." if correct else "Pas encore."


def block(kind, value):
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def translate(page, locale):
    """Through wagtail-localize, as a translator does it."""
    source, _made = TranslationSource.get_or_create_from_instance(page)
    job = Translation.objects.create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            data=DUTCH[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
    job.save_target(publish=True)


def person_named(username):
    return User.objects.get(username=username)


def sign_in(client, person, at=None):
    """As if the person had just given a password and a second proof: what allauth notes in the session."""
    at = at or time.time()
    client.force_login(person)
    session = client.session
    proofs = [{"method": "password", "at": at}, {"method": "mfa", "type": "totp", "at": at, "reauthenticated": True}]
    session["account_authentication_methods"] = proofs
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def make_edition(today):
    """The small course given to the cohort of the trainer, started a week ago."""
    course = Course.objects.get(slug="devenir-ambassadeur")
    cohort = Cohort.objects.get(name="Groupe de Lille")
    edition = Edition.objects.create(
        course=Item.objects.get(key=course.translation_key),
        cohort=cohort,
        starts_on=today - datetime.timedelta(days=7),
        ends_on=today + datetime.timedelta(days=90),
        planned_minutes=420,
        presence_minutes=336,
    )
    Enrolment.objects.bulk_create(Enrolment(learner=person, edition=edition) for person in cohort.members.all())
    edition.start(requirements_of(course, edition.presence_minutes), timezone.now())
    return edition


def make_session(edition, today):
    """The session of the event page, today, morning and afternoon, with both learners registered."""
    session = Event.objects.get(slug="une-journee-ensemble").session
    session.edition, session.status, session.city = edition, Session.Status.OPEN, "Lille"
    session.save()
    session.trainers.set(edition.cohort.trainers.all())
    for period, start, end in [("morning", (9, 0), (12, 30)), ("afternoon", (14, 0), (17, 30))]:
        Slot.objects.create(session=session, period=period, starts_at=at(today, *start), ends_at=at(today, *end))
    Registration.objects.bulk_create(
        Registration(session=session, learner=person, at=timezone.now()) for person in edition.cohort.members.all()
    )
    return Session.objects.get(pk=session.pk)


def at(day, hour, minute):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))
