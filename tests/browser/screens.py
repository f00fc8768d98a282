"""Every page type of the site, in every state, on the demonstration: who reads it, where, what was done on it first."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import timezone, translation

from certification import projection
from certification.models import Assignment, Batch, Passage, PassageFile, PortfolioItem
from courses.models import Course, Lesson, Module, Quiz
from courses.scoring import Kind
from events.models import Event, EventIndex, Message
from guides.models import Activity, Guide, Library
from home.models import StandardPage, Topic
from lms.content.presence import AUDITOR
from people.models import Card, Cohort, ErasureRequest, Invitation
from tests.browser import juries
from tests.browser.acts import (
    all_opened,
    card_refused,
    civil_status_empty,
    civil_status_opened,
    code_asked,
    hole_unknown,
    let_in,
    link_made,
    list_given,
    marked_late_without_minutes,
    no_return_file,
    reads_a_half_day,
    reads_an_edition,
    refusal_opened,
    refused,
    report_read,
    revoked_without_a_reason,
    shown_the_code,
    signed_in_wrongly,
)
from tests.browser.stage import (
    ADMINISTRATOR,
    ANSWERS_RIGHT,
    ANSWERS_WRONG,
    ASSESSOR,
    COORDINATOR,
    ENROLLED_NOWHERE,
    EXPIRED,
    INVITED,
    LEARNER,
    LEAVING,
    PARTNER,
    READY,
    REVOKED,
    TRAINER,
    VALID,
    WAITING,
    certificate,
    first,
    page,
    past_slots,
    quiz_of_every_kind,
    today_slots,
    user,
)
from tests.browser.verifying import dated_before, file_verified, forged, signature_checked


@dataclass(frozen=True)
class Screen:
    name: str
    address: Callable[[], str]
    reader: str = ""
    act: Callable | None = None
    status: int = 200

    def __str__(self):
        return self.name

    def read_by(self, reader):
        return replace(self, reader=reader)


# What the addresses are made of.

RULE = "?modules=on&quiz_percent=70&virtual=600&assessors=2&blocks=on&jury=on"


def at(model, slug, language="fr", query=""):
    return lambda: page(model, slug, language).get_url() + query


def listing(model, language="fr", query=""):
    return lambda: first(model, language).get_url() + query


def view(name, *arguments, language="fr", query=""):
    """The address of a view; an argument that is a function is asked when the database is there."""

    def address():
        with translation.override(language):
            return reverse(name, args=[said() if callable(said) else said for said in arguments]) + query

    return address


def question(kind, name="courses:question"):
    """The first question of this kind."""
    return view(name, lambda: quiz_of_every_kind().translation_key, lambda: number_of(kind))


def number_of(kind):
    return next(number for number, value in enumerate(quiz_of_every_kind().values, start=1) if value.kind == kind)


def result(slug):
    return view("courses:result", lambda: page(Quiz, slug).translation_key)


def roster(slots, number):
    return view("certification:roster", lambda: slots()[number].code)


def open_slot():
    """A half-day around this moment, of the session of today."""
    return today_slots()[0].session.slots.get(period="evening")


def check_in():
    def address():
        code = projection.code_at(open_slot().code, projection.window_at(timezone.now()))
        return view("certification:check_in", code)()

    return address


def projected():
    return view("certification:project", open_slot().code)()


def signature():
    return view("certification:learner_signs", lambda: today_slots()[0].code, lambda: user(LEARNER).code)


def report():
    return view("certification:report", lambda: today_slots()[0].code)


def countersigned(number):
    return view("certification:countersign", lambda: today_slots()[number].code)


def correction():
    return view("certification:correct", lambda: past_slots()[0].code, lambda: user(LEARNER).code)


def revocation():
    return view("certification:revoke", lambda: certificate(VALID).code)


def name_wrong():
    return view("certification:ask_correction", lambda: certificate(VALID).code)


def to_correct():
    return certificate(WAITING).code


def erasure():
    return view("people:erasure", lambda: ErasureRequest.objects.get(person__username=LEAVING).code)


def cohort_code():
    return certificate(VALID).edition.cohort.code


def session_of(slug):
    return lambda: page(Event, slug).session.code


def edition_code():
    return certificate(VALID).edition.code


def activities():
    return view("certification:activities", edition_code, lambda: user(LEARNER).code)


def exchange():
    return view("certification:exchange", edition_code, lambda: user(LEARNER).code)


def exchange_code():
    return user(LEARNER).exchanges.first().code


def message_code():
    """Of somebody without an account, who is on the roster too."""
    return Message.objects.filter(registration__learner=None).first().code


def invitation(kind="first"):
    return view(
        "people:invitation", lambda: Invitation.objects.invite(user(INVITED), user(TRAINER), timezone.now(), kind)[1]
    )


def card_of(username):
    return view("people:card", lambda: Card.objects.of(user(username), timezone.now()).code)


def new_pin(username):
    return view("people:reset", lambda: user(username).code)


def verification(username, language="fr"):
    return view("certification:verify", lambda: certificate(username).code, language=language)


# What is done on a page before it is looked at.


def assignment_code():
    return Assignment.objects.get(learner=user(LEARNER), assessor=user(ASSESSOR)).code


def item_code():
    return PortfolioItem.objects.filter(learner=user(LEARNER)).latest("added_at").code


def register_file():
    return PassageFile.objects.get().code


def passage_of(username):
    return lambda: Passage.objects.get(certificate__learner__username=username).code


def lille():
    return Cohort.objects.get(name="Lille 2026").code


def member():
    return user(EXPIRED).code


PUBLIC = [
    Screen("home", lambda: "/fr/"),
    Screen("home in Dutch", lambda: "/nl/"),
    Screen("course", listing(Course)),
    Screen("module", at(Module, "interculturalite")),
    Screen("sensitive module", at(Module, "genre-et-sante-sexuelle")),
    Screen("lesson", at(Lesson, "trois-chapeaux")),
    Screen("lesson in Dutch", at(Lesson, "trois-chapeaux", "nl")),
    Screen("sensitive lesson", at(Lesson, "les-violences")),
    Screen("lesson with an exercise", at(Lesson, "guider-une-detente")),
    Screen("lesson in two languages", at(Lesson, "le-stress", query="?two=1")),
    Screen("quiz", at(Quiz, "laicite")),
    Screen("events", listing(EventIndex)),
    Screen("events of one kind", listing(EventIndex, query="?kind=webinar")),
    Screen("event to come", at(Event, "mineurs-non-accompagnes")),
    Screen("full event", at(Event, "mindspring-premiere-rencontre")),
    Screen("past event", at(Event, "meres-migrantes")),
    Screen("replay opened", at(Event, "meres-migrantes", "nl"), act=all_opened),
    Screen("documents", view("events:shelf")),
    Screen("guest", view("events:guest", session_of("mineurs-non-accompagnes"))),
    Screen("guest refused", view("events:guest", session_of("mineurs-non-accompagnes")), act=refused),
    Screen("guest noted", view("events:noted", session_of("mineurs-non-accompagnes"))),
    Screen("guides", listing(Library)),
    Screen("guides in Dutch", listing(Library, "nl")),
    Screen("some guides", listing(Library, query="?level=a1&place=outside&q=marche")),
    Screen("no guide", listing(Library, query="?q=xylophone")),
    Screen("guide", listing(Guide)),
    Screen("activity", listing(Activity)),
    Screen("standard page", at(StandardPage, "vos-donnees")),
    Screen("help page", view("help")),
    Screen("topic", view("topic", lambda: Topic.objects.order_by("slug").first().slug)),
    Screen("sign in", view("account_login")),
    Screen("sign in refused", view("account_login"), act=signed_in_wrongly),
    Screen("sign in with a code", view("account_request_login_code")),
    Screen("code asked", view("account_request_login_code"), act=code_asked),
    Screen("invitation", invitation()),
    Screen("invitation refused", invitation(), act=refused),
    Screen("invitation to a new PIN", invitation("reset")),
    Screen("link that opens nothing", view("people:invitation", "forged"), status=404),
    Screen("card", card_of(INVITED)),
    Screen("card refused", card_of(INVITED), act=card_refused),
    Screen("register of processing", view("people:register")),
    Screen("verification", view("certification:verify_form")),
    Screen("verification of nothing", view("certification:verify_form", query="?code=")),
    Screen("valid certificate", verification(VALID)),
    Screen("valid certificate in Dutch", verification(VALID, "nl")),
    Screen("revoked certificate", verification(REVOKED)),
    Screen("expired certificate", verification(EXPIRED)),
    Screen("public framework", lambda: "/fr/referentiel/ambassador/1/"),
    Screen("public framework in Dutch", lambda: "/nl/competentiekader/ambassador/1/"),
    Screen("unknown certificate", view("certification:verify", "AAAA-BBBB-CCCC-DDDD"), status=404),
    Screen("file that is genuine", view("certification:verify_form"), act=file_verified(str)),
    Screen(
        "file that was changed",
        view("certification:verify_form"),
        act=file_verified(dated_before),
    ),
    Screen("file that holds nothing", view("certification:verify_form"), act=file_verified(lambda text: "{}")),
    Screen("signature checked on the device", view("certification:verify_form"), act=signature_checked(str)),
    Screen("signature that is not genuine", view("certification:verify_form"), act=signature_checked(forged)),
    Screen("auditor at the door", lambda: f"/a/{AUDITOR}/"),
    Screen("auditor inside", lambda: f"/a/{AUDITOR}/", act=let_in),
    Screen("auditor of an edition", lambda: f"/a/{AUDITOR}/", act=reads_an_edition),
    Screen("auditor of a half-day", lambda: f"/a/{AUDITOR}/", act=reads_a_half_day),
    Screen("auditor with a forged link", lambda: "/a/forged/", status=404),
    Screen("no such page", lambda: "/fr/nulle-part/", status=404),
]
OF_LEARNERS = [
    Screen("path", view("courses:path"), LEARNER),
    Screen("path in Dutch", view("courses:path", language="nl"), LEARNER),
    Screen("path of someone enrolled nowhere", view("courses:path"), ENROLLED_NOWHERE),
    Screen("path to the certificate", view("courses:path"), READY),
    Screen("path with a certificate", view("courses:path"), VALID),
    Screen("path with a revoked certificate", view("courses:path"), REVOKED),
    Screen("path with the words of a jury", view("courses:path"), INVITED),
    Screen("path with a certificate in the making", view("courses:path"), WAITING),
    Screen("my certificates", view("certification:my_certificates"), VALID),
    Screen("my certificates in Dutch", view("certification:my_certificates", language="nl"), VALID),
    Screen("my certificates, one revoked", view("certification:my_certificates"), REVOKED),
    Screen("my certificates, one in the making", view("certification:my_certificates"), WAITING),
    Screen("my certificates, none yet", view("certification:my_certificates"), LEARNER),
    Screen("my name is wrong", name_wrong(), VALID),
    Screen("my name is wrong, refused", name_wrong(), VALID, refused),
    Screen("module begun", at(Module, "interculturalite"), LEARNER),
    Screen("lesson done", at(Lesson, "trois-chapeaux"), LEARNER),
    Screen("lesson to finish", at(Lesson, "croire-ou-ne-pas-croire"), LEARNER),
    Screen("quiz done", at(Quiz, "interculturalite"), LEARNER),
    *(Screen(f"{kind} question", question(kind), LEARNER) for kind in Kind),
    *(Screen(f"{kind} question refused", question(kind), LEARNER, refused) for kind in Kind),
    *(Screen(f"{kind} question answered right", question(kind), ANSWERS_RIGHT) for kind in Kind),
    *(Screen(f"{kind} question answered wrong", question(kind), ANSWERS_WRONG) for kind in Kind),
    Screen("quiz passed", result("interculturalite"), LEARNER),
    Screen("quiz failed", result("risques-psychosociaux"), ANSWERS_WRONG),
    Screen("event to register for", at(Event, "mineurs-non-accompagnes"), LEARNER),
    Screen("event registered for", at(Event, "mindspring-premiere-rencontre"), LEARNER),
    Screen("offline", view("offline")),
    Screen("presence", view("certification:presence"), LEARNER),
    Screen("presence refused", view("certification:presence"), LEARNER, refused),
    Screen("code of a camera refused", view("certification:check_in", "ACDEFG"), LEARNER, status=422),
    Screen("presence to sign", check_in(), LEARNER),
    Screen("presence without a signature", check_in(), LEARNER, refused),
    Screen("needs before a session", view("events:prepare", session_of("mindspring-premiere-rencontre")), LEARNER),
    Screen("my calendar", view("events:feeds"), LEARNER),
    Screen("my account", view("people:me"), LEARNER),
    Screen("my PIN", view("people:pin"), LEARNER),
    Screen("my PIN refused", view("people:pin"), LEARNER, refused),
    Screen("my data", view("people:data"), LEARNER),
    Screen("my exchanges", view("certification:my_exchanges"), LEARNER),
    Screen("my attestations", view("certification:my_documents"), LEARNER),
    Screen("my attestations in Dutch", view("certification:my_documents", language="nl"), LEARNER),
    Screen("attestations of somebody enrolled nowhere", view("certification:my_documents"), ENROLLED_NOWHERE),
    Screen("my data, soon erased", view("people:data"), LEAVING),
    Screen("signing in safely", view("mfa_index"), LEARNER),
    Screen("passkeys", view("mfa_list_webauthn"), LEARNER),
    Screen("devices", view("usersessions_list"), LEARNER),
    Screen("second proof explained", view("people:second_factor", query="?next=/fr/"), LEARNER),
    Screen("nothing waits", view("people:waiting"), LEARNER),
    Screen("sign out", view("account_logout"), LEARNER),
    Screen("not for a learner", view("certification:sessions"), LEARNER, status=403),
]
OF_STAFF = [
    Screen("sessions", view("certification:sessions"), TRAINER),
    Screen("event of a trainer", at(Event, "comprendre-sans-juger"), TRAINER),
    Screen("where an event stands", view("events:status", session_of("comprendre-sans-juger")), TRAINER),
    Screen("materials", view("events:materials"), TRAINER),
    Screen("material", view("events:publish"), TRAINER),
    Screen("material refused", view("events:publish", language="nl"), TRAINER, refused),
    Screen("people of a session", view("events:people", session_of("mindspring-premiere-rencontre")), TRAINER),
    Screen("roster", roster(today_slots, 0), TRAINER),
    Screen("roster in Dutch", view("certification:roster", lambda: today_slots()[0].code, language="nl"), TRAINER),
    Screen("roster refused", roster(today_slots, 0), TRAINER, marked_late_without_minutes),
    Screen("roster marked", roster(today_slots, 1), TRAINER),
    Screen("signed roster", roster(past_slots, 1), TRAINER),
    Screen("signed roster with late marks", roster(past_slots, 0), TRAINER),
    Screen("projected code", projected, TRAINER),
    Screen("signature of a learner", signature(), TRAINER),
    Screen("signature of a learner refused", signature(), TRAINER, refused),
    Screen("roster from paper", lambda: roster(today_slots, 0)() + "?paper=1", TRAINER),
    Screen("paper", view("certification:paper", lambda: today_slots()[0].code), TRAINER),
    Screen("paper refused", view("certification:paper", lambda: today_slots()[1].code), TRAINER, refused),
    Screen("report of a virtual class", report(), TRAINER),
    Screen("report refused", report(), TRAINER, refused),
    Screen("report to confirm", report(), TRAINER, report_read),
    Screen("countersignature too early", countersigned(0), TRAINER),
    Screen("countersignature", countersigned(1), TRAINER),
    Screen("correction", correction(), TRAINER),
    Screen("correction refused", correction(), TRAINER, refused),
    Screen("groups", view("certification:cohorts"), COORDINATOR),
    Screen("group", view("certification:cohort", edition_code), COORDINATOR),
    Screen("group of a trainer", view("certification:cohort", edition_code), TRAINER),
    Screen("activities of a learner", activities(), TRAINER),
    Screen("documents of a learner", activities(), COORDINATOR),
    Screen("documents of a group", view("certification:documents", edition_code), COORDINATOR),
    Screen("documents of a group, in Dutch", view("certification:documents", edition_code, language="nl"), TRAINER),
    Screen("texts of the documents", view("certification:document_templates"), COORDINATOR),
    Screen("text of a document", view("certification:document_template", "realisation"), COORDINATOR),
    Screen("text that is only read", view("certification:document_template", "end", language="nl"), PARTNER),
    Screen("text of a document refused", view("certification:document_template", "end"), COORDINATOR, hole_unknown),
    Screen("exchange", exchange(), TRAINER),
    Screen("exchange refused", exchange(), TRAINER, refused),
    Screen("exchange to complete", view("certification:edit_exchange", exchange_code), TRAINER),
    Screen("text to share", view("events:text", message_code), TRAINER),
    Screen("new PIN for someone", new_pin(INVITED), TRAINER),
    Screen("new PIN, given", new_pin(INVITED), TRAINER, shown_the_code),
    Screen("batch", view("certification:batch", lambda: Batch.objects.get().code), COORDINATOR),
    Screen("certificate", view("certification:certificate", lambda: certificate(VALID).code), COORDINATOR),
    Screen("certificate to correct", view("certification:certificate", to_correct), COORDINATOR),
    Screen("corrected certificate", view("certification:replace", lambda: certificate(REVOKED).code), COORDINATOR),
    Screen("replacement", view("certification:replace", to_correct), COORDINATOR),
    Screen("revocation", revocation(), COORDINATOR),
    Screen("revocation refused", revocation(), COORDINATOR, revoked_without_a_reason),
    Screen("people who leave", view("people:erasures"), COORDINATOR),
    Screen("someone who leaves", erasure(), COORDINATOR),
    Screen("signing in safely, set up", view("mfa_index"), COORDINATOR),
    Screen("second proofs lost", view("people:unlocks"), COORDINATOR),
    Screen("second proof removed", view("people:unlock", lambda: user(TRAINER).code), COORDINATOR),
    Screen("someone who leaves, refused", erasure(), COORDINATOR, refusal_opened),
    Screen("auditors", view("certification:auditors", cohort_code), COORDINATOR),
    Screen("auditors refused", view("certification:auditors", cohort_code), COORDINATOR, refused),
    Screen("audit trail", view("people:trail"), COORDINATOR),
    Screen("audit trail asked", view("people:trail", query="?q=Benali&since=hier"), COORDINATOR, status=422),
    Screen("styleguide", lambda: "/styleguide/", ADMINISTRATOR),
]
OF_PEOPLE = [
    Screen("people", view("people:index"), COORDINATOR),
    Screen("people in Dutch", view("people:index", language="nl", query="?never=on"), TRAINER),
    Screen("nobody", view("people:index", query="?q=xylophone"), TRAINER),
    Screen("person", view("people:person", member), TRAINER),
    Screen("person of the team", view("people:person", lambda: user(TRAINER).code), TRAINER),
    Screen("names to correct", view("people:edit", member), TRAINER),
    Screen("new link", view("people:person", member), TRAINER, link_made),
    Screen("card to cancel", view("people:cancel_card", member), TRAINER),
    Screen("groups of people", view("people:cohorts"), COORDINATOR),
    Screen("group of people", view("people:cohort", lille), TRAINER),
    Screen("news", view("people:news", lille), TRAINER),
    Screen("news refused", view("people:news", lille), TRAINER, refused),
    Screen("invitation", view("people:invite", lille), TRAINER),
    Screen("invitation refused", view("people:invite", lille), TRAINER, refused),
    Screen("list", view("people:import", lille), TRAINER),
    Screen("list refused", view("people:import", lille), TRAINER, refused),
    Screen("list given", view("people:import", lille), TRAINER, list_given),
    Screen("new links", view("people:links", lille), TRAINER),
    Screen("people to assess", view("certification:practice"), ASSESSOR),
    Screen("learner to assess", view("certification:practised", assignment_code), ASSESSOR),
    Screen("grid", view("certification:grid", assignment_code, "B1", query="?moment=after"), ASSESSOR),
    Screen("grid refused", view("certification:grid", assignment_code, "B1"), ASSESSOR, refused),
    Screen("my practice", view("certification:my_practice"), LEARNER, refusal_opened),
    Screen("my practice in Dutch", view("certification:my_practice", language="nl"), LEARNER),
    Screen("portfolio", view("certification:portfolio"), LEARNER),
    Screen("portfolio refused", view("certification:portfolio"), LEARNER, refused),
    Screen("review", view("certification:review_item", item_code), ASSESSOR),
    Screen("practice of a group", view("certification:practice_group", edition_code), TRAINER),
    Screen(
        "practice of a learner",
        view("certification:practice_learner", edition_code, lambda: user(LEARNER).code),
        COORDINATOR,
    ),
    Screen("recognition", view("certification:recognise", edition_code, lambda: user(LEARNER).code), COORDINATOR),
    Screen("framework", view("certification:framework"), COORDINATOR),
    Screen("version of the framework", view("certification:framework_version", 1), COORDINATOR),
    Screen("draft of the framework", view("certification:framework_draft"), COORDINATOR),
    Screen("rules", view("certification:rules"), COORDINATOR),
    Screen("rule", view("certification:rule", "ambassador"), COORDINATOR),
    Screen("rule that is only read", view("certification:rule", "ambassador"), PARTNER),
    Screen("rule tried", view("certification:try_rule", "ambassador", query=RULE), COORDINATOR),
    Screen("block of the framework", view("certification:framework_block", "B3"), COORDINATOR),
    Screen("coverage", view("certification:coverage"), COORDINATOR),
    Screen("what covers a competence", view("certification:cover", "B2.C2"), COORDINATOR),
    Screen("cards", view("certification:cards", lille), TRAINER),
]
OF_REGISTER = [
    Screen("passages", view("certification:passages"), ADMINISTRATOR),
    Screen(
        "passages refused, in Dutch", view("certification:passages", language="nl", query="?state=ko"), ADMINISTRATOR
    ),
    Screen("file of passages", view("certification:passage_file", register_file), ADMINISTRATOR),
    Screen(
        "file of passages in Dutch", view("certification:passage_file", register_file, language="nl"), ADMINISTRATOR
    ),
    Screen("return file refused", view("certification:passage_file", register_file), ADMINISTRATOR, no_return_file),
    Screen("passage", view("certification:passage", passage_of(VALID)), ADMINISTRATOR),
    Screen("civil status", view("certification:passage", passage_of(VALID)), ADMINISTRATOR, civil_status_opened),
    Screen(
        "civil status refused", view("certification:passage", passage_of(EXPIRED)), ADMINISTRATOR, civil_status_empty
    ),
    Screen("my civil status", view("certification:my_civil_status"), VALID),
    Screen("my civil status in Dutch", view("certification:my_civil_status", language="nl"), EXPIRED),
    Screen("my civil status refused", view("certification:my_civil_status"), EXPIRED, refused),
    Screen("my civil status on its way", view("certification:my_civil_status"), WAITING),
]
OF_JURIES = [
    Screen(name, view(f"certification:{address[0]}", *address[1:], language=language), reader, act)
    for name, address, language, reader, act in juries.PAGES
]
SCREENS = [*OF_JURIES, *PUBLIC, *OF_LEARNERS, *OF_STAFF, *OF_PEOPLE, *OF_REGISTER]
