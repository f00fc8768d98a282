"""One person of every role in the organisation of the cohort and one elsewhere, and something at every address."""

import uuid
from functools import cached_property

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.test import Client
from django.utils import timezone

from certification import passage_values
from certification.convoking import convoke
from certification.credentialing import make_credentials
from certification.depositing import begin
from certification.issuing import issue
from certification.issuing_documents import issue_document
from certification.models import AttendanceMark, AuditorLink, Batch, Exchange, PaperSheet, Passage, PassageFile
from certification.models.auditors import LONGEST
from certification.tasks import check_passage_file
from courses.models import Edition, Lesson, Quiz
from events.models import CalendarFeed, Material, Message, Registration, Room, Session, Slot
from guides.models import Guide
from home.models import HomePage, SiteDocument, SiteSettings, Topic
from lms.content.access import load_access
from people.models import Card, Cohort, Country, ErasureRequest, Invitation, News, Organisation, User
from people.permissions import LEAD, VISITOR, Answer
from people.roles import Role
from tests import cast
from tests.certification.declared import give_civil_status, register_title
from tests.certification.facts import make_ready, say
from tests.certification.practising import make_practice
from tests.certification.sitting import make_jury
from tests.guides.shelf import make_activity, make_guide, make_library

OWN_CAST = {Role.AMBASSADOR: "learner", Role.TRAINER: "trainer", Role.COORDINATOR: "coordinator"}


class Everybody:
    def __init__(self):
        load_access()
        self.make_training()
        self.practice = make_practice(self.edition, self.learner, cast.person_named("coordinator"))
        self.make_juries()
        self.make_shelf()
        self.other = Organisation.objects.create(name="Huis van de ambassadeurs", country=Country.BELGIUM)
        self.lead = Organisation.objects.create(name="Provincie", country=Country.BELGIUM, leads=True)
        self.clients = {}

    def make_training(self):
        """A signed half-day with a late mark, one that is not signed yet, and a certificate."""
        self.learner, self.trainer = cast.person_named("learner"), cast.person_named("trainer")
        today = timezone.localdate()
        edition = cast.make_edition(today)
        Edition.objects.filter(pk=edition.pk).update(open_to_all=True)
        self.session = cast.make_session(edition, today)
        make_ready(self.session, self.trainer)
        self.edition, self.signed = self.session.edition, self.session.half_days[0]
        self.cohort = self.edition.cohort
        self.certificate = issue(self.learner, self.edition, self.trainer, timezone.now())
        make_credentials(self.certificate, timezone.now())
        self.batch = Batch.objects.begin(self.edition, self.trainer, timezone.now())
        say(self.signed, self.learner, self.trainer, "absent")
        self.late = AttendanceMark.objects.get(late=True)
        late = {"starts_at": cast.at(today, 19, 0), "ends_at": cast.at(today, 23, 59)}
        self.slot = Slot.objects.create(session=self.session, period="evening", **late)
        self.paper = PaperSheet.objects.attach(self.slot, self.trainer, b"%PDF-1.7", "application/pdf", timezone.now())
        self.card = Card.objects.of(self.learner, timezone.now())
        self.scheme = register_title()
        SiteSettings.objects.update_or_create(defaults={"signatory": "Mme Hélène Martin"})
        self.issued = issue_document("end", self.learner, edition, "fr", self.trainer, timezone.now())
        self.passage = begin(self.certificate, self.scheme)
        self.declare()
        _invitation, self.token = Invitation.objects.invite(self.learner, self.trainer, timezone.now())
        now = timezone.now()
        values = {"cohort": edition.cohort, "who": "FSE", "starts_at": now, "ends_at": now + LONGEST}
        self.link = AuditorLink.objects.give("token", self.trainer, now, code=uuid.uuid4(), **values)
        Session.objects.filter(pk=self.session.pk).update(open_to_public=True, online=True, has_room=True)
        Room.objects.create(session=self.session, pin="71234", opened_by=self.trainer, opened_at=now)
        self.guest = Registration.objects.create(session=self.session, at=timezone.now())
        self.seat = Registration.objects.get(session=self.session, learner=self.learner)
        self.message = Message.objects.create(
            registration=self.guest, kind="confirmation", sequence=0, language="fr", state="failed", at=timezone.now()
        )
        asked = {"channel": "phone", "subject": "tool", "asked_at": timezone.now()}
        self.exchange = Exchange.objects.create(edition=self.edition, learner=self.learner, tutor=self.trainer, **asked)
        self.erasure = ErasureRequest.objects.ask(self.learner, timezone.now())
        said = {"cohort": edition.cohort, "author": self.trainer, "at": now}
        self.news = News.objects.create(text_fr="Bonjour.", **said)
        file = {"file": storages["private"].save("m.pdf", ContentFile(b"%PDF")), "content_type": "application/pdf"}
        self.material = Material.objects.create(audience="group", title_fr="Lexique", extension="pdf", **file, **said)

    def make_juries(self):
        """One that all have signed, and one whose minutes are to be signed."""
        coordinator = cast.person_named("coordinator")
        self.signed_jury = make_jury(self.edition, coordinator, self.learner).declare().admit_all().sign_all()
        self.sitting = make_jury(self.edition, coordinator, self.learner).declare().admit_all()
        self.sitting.draw_up()
        convoke(self.sitting.jury, "fr", timezone.now())

    @property
    def jury_addresses(self):
        jury, learner = self.sitting.jury, self.learner.code
        names = ("jury", "edit_jury", "cancel_jury", "name_member", "call_jury", "sitting", "declare_conflicts")
        names += ("minutes", "draw_minutes", "sign_minutes")
        return {
            **{f"certification:{name}": [jury.code] for name in names},
            **{f"certification:{name}": [jury.code, learner] for name in ("candidate", "decide_candidate")},
            **{f"certification:{name}": [self.signed_jury.jury.code] for name in ("minutes_pdf", "prepare_minutes")},
            "certification:juries": [self.edition.code],
            "certification:end_member": [self.sitting.professional.code],
            "certification:jury_convocation": [jury.convocations.get(person=self.learner).code],
        }

    def declare(self):
        """Two people to declare: one in a file that is ready, one still to send."""
        organisation, now = self.cohort.organisation, timezone.now()
        self.register_file = PassageFile.objects.create(
            scheme=self.scheme, organisation=organisation, head=passage_values.head(self.scheme), made_at=now
        )
        give_civil_status(self.passage)
        Passage.objects.filter(pk=self.passage.pk).update(file=self.register_file)
        check_passage_file.call(self.register_file.pk)
        other = issue(cast.person_named("other_learner"), self.edition, self.trainer, now)
        give_civil_status(Passage.objects.get(certificate=other))

    def make_shelf(self):
        library = make_library()
        make_guide(library, [make_activity(library)])
        home = HomePage.objects.get(locale__language_code="fr")
        SiteSettings.objects.update_or_create(defaults={"help_page": home})
        default_storage.save("original/a.txt", ContentFile(b"a"))
        self.document = SiteDocument.objects.create(title="A", file=ContentFile(b"a", name="a.txt"))

    @cached_property
    def addresses(self):
        """The arguments of each address that takes some."""
        edition, learner = self.edition.code, self.learner.code
        quiz = Quiz.objects.get(slug="quiz-ecouter").translation_key
        lesson = Lesson.objects.get(slug="se-taire").translation_key
        code, slot = self.certificate.code, self.slot.code
        return {
            **self.people_addresses,
            "home:manifest": ["fr"],
            "topic": [Topic.objects.first().slug],
            "courses:enrol": [edition],
            "courses:done": [lesson],
            "courses:question": [quiz, 1],
            "courses:answer": [quiz, 1],
            "courses:finish": [quiz],
            "courses:result": [quiz],
        } | {
            "guides:pdf": [Guide.objects.first().translation_key, "a4"],
            "certification:roster": [slot],
            "certification:mark": [slot],
            "certification:countersign": [slot],
            "certification:correct": [self.signed.code, learner],
            "certification:decide": [self.signed.code, self.late.position],
            "certification:sheet": [self.session.code],
            "certification:session_register": [self.session.code],
            "certification:edition_register": [edition],
            "certification:issue": [edition],
            "certification:cohort": [edition],
            "certification:start": [edition],
            "certification:issue_for": [edition, learner],
            "certification:issue_ready": [edition],
            "certification:prepare": [code],
            "certification:download": [code],
            "certification:revoke": [code],
            "certification:verify": [code],
            **self.register,
            "mfa_remove_webauthn": [1],
            "mfa_edit_webauthn": [1],
            "wagtail_serve": [""],
            "wagtaildocs_serve": [self.document.pk, self.document.filename],
            "wagtaildocs_authenticate_with_password": [1],
            "wagtailcore_authenticate_with_password": [1, 1],
            "account_confirm_email": ["forged"],
            "account_reset_password_from_key": ["1", "forged"],
            **self.audit,
            **self.credentials,
            **self.event_addresses,
            **self.attendance_addresses,
            **self.following_addresses,
        }

    @property
    def document_addresses(self):
        edition = self.edition.code
        return {
            "certification:document_template": ["end"],
            "certification:download_document": [self.issued.code],
            "certification:documents": [edition],
            "certification:make_documents": [edition],
            "certification:documents_zip": [edition, "end", "fr"],
            "certification:make_document": [edition, self.learner.code],
            "certification:ask_document": [edition],
        }

    @property
    def register(self):
        names = ("check_passages", "download_passages", "deposit_passages", "discard_passages", "send_passages_again")
        return {
            **{f"certification:{name}": [self.register_file.code] for name in (*names, "passage_file")},
            "certification:generate_passages": [self.scheme.key],
            "certification:passage": [self.passage.code],
            "certification:civil_status": [self.passage.code],
        }

    @property
    def credentials(self):
        code = self.certificate.code
        names = ("certificate", "replace", "duplicate", "ask_correction", "decline_correction", "remind_again")
        return {
            **{f"certification:{name}": [code] for name in names},
            "certification:certificates_zip": [self.edition.code],
            "certification:batch": [self.batch.code],
            "certification:resume_batch": [self.batch.code],
            "certificates:short": [code],
            "certificates:api": [code],
            "certificates:credential": [code, "fr"],
            "certificates:badge": [code, "nl"],
            "certificates:status_list": [1],
        }

    @property
    def audit(self):
        return {
            "certificates:auditor": ["token"],
            "certification:auditors": [self.edition.cohort.code],
            "certification:auditor": [self.link.code],
            "certification:end_auditor": [self.link.code],
            "certification:audit_edition": [self.edition.code],
            "certification:audit_activities": [self.edition.code, self.learner.code],
            "certification:audit_half_day": [self.signed.code],
            "certification:audit_sheet": [self.session.code],
            "certification:audit_register": [self.session.code],
            "certification:audit_certificate": [self.certificate.code],
        }

    @property
    def people_addresses(self):
        """Those of a person, of a group and of a way in."""
        learner, cohort = self.learner.code, self.cohort.code
        one = ["person", "edit", "invite_again", "cancel_card", "join", "reset", "unlock"]
        group = [f"people:{name}" for name in ("cohort", "invite", "import", "links", "news")]
        return {
            **{f"people:{name}": [learner] for name in one},
            **{name: [cohort] for name in [*group, "certification:cards"]},
            "people:leave": [learner, cohort],
            "people:withdraw_news": [self.news.code],
            "people:put_back_news": [self.news.code],
            "people:consent": ["photo"],
            "people:refuse_erasure": [self.erasure.code],
            "people:erasure": [self.erasure.code],
            "people:invitation": [self.token],
            "people:card": [self.card.code],
            "entry:invitation": [self.token],
            "entry:card": [self.card.code],
        }

    @property
    def practice_addresses(self):
        practice, edition, learner = self.practice, self.edition.code, self.learner.code
        item = ["portfolio_file", "take_back", "review_item"]
        return {
            "certification:practised": [practice.assignment.code],
            "certification:grid": [practice.assignment.code, "B1"],
            "certification:grid_outbox": [practice.assignment.code],
            "certification:practice_group": [edition],
            **{
                f"certification:{name}": [edition, learner]
                for name in ("practice_learner", "ask_assessor", "recognise")
            },
            "certification:end_assignment": [practice.assignment.code],
            "certification:end_recognition": [practice.recognition.code],
            "certification:answer_assessment": [practice.assessment.code],
            **{f"certification:{name}": [practice.item.code] for name in item},
            "certification:framework_version": [1],
            "certification:public_framework": ["ambassador", 1],
            **{f"certification:{name}": [self.scheme.key] for name in ("rule", "try_rule", "publish_rule")},
            "certification:framework_block": ["B1"],
            "certification:remove_block": ["B1"],
            "certification:cover": ["B1.C1"],
        }

    @property
    def attendance_addresses(self):
        slot = self.slot.code
        return {
            **self.practice_addresses,
            **self.jury_addresses,
            "certification:outbox": [slot],
            "certification:send_root_again": ["0" * 64],
            "certification:project": [slot],
            "certification:projected": [slot],
            "certification:guest": [slot, self.guest.code],
            "certification:learner_signs": [slot, self.learner.code],
            "certification:check_in": ["ABCDEF"],
            "certification:report": [slot],
            "certification:confirm_report": [slot],
            "certification:paper": [slot],
            "certification:paper_file": [slot, self.paper.code],
            "certification:paper_sheet": [self.session.code],
        }

    @property
    def following_addresses(self):
        one = ("activities", "activities_csv", "exchange")
        return self.document_addresses | {
            **{f"certification:{name}": [self.edition.code, self.learner.code] for name in one},
            "certification:edit_exchange": [self.exchange.code],
            "certification:exchanges_csv": [self.edition.code],
        }

    @property
    def event_addresses(self):
        names = ("register", "cancel", "calendar", "prepare", "guest", "noted", "people", "status")
        names += ("room", "open_room", "end_room")
        feed = CalendarFeed.objects.of(self.learner, timezone.now())
        return {f"events:{name}": [self.session.code] for name in names} | {
            "rooms:heard": [self.session.code],
            "rooms:report": [self.session.code],
            "rooms:ended": [self.session.code, "forged"],
            "events:seat": [self.guest.code],
            "events:acknowledge": [self.guest.code],
            "events:seat_room": [self.guest.code],
            "events:leave": [self.guest.code],
            "events:remove": [self.guest.code],
            "events:send_again": [self.message.code],
            "events:text": [self.message.code],
            "events:shared": [self.message.code],
            "events:feed": [feed.token],
            **{f"events:{name}": [self.material.code] for name in ("material", "withdraw", "put_back")},
            "certification:convocation": [self.seat.code],
        }

    def client(self, reader, own=True):
        if (reader, own) not in self.clients:
            self.clients[reader, own] = client = Client(raise_request_exception=False)
            if reader != VISITOR:
                cast.sign_in(client, self.person(reader, own))
        return self.clients[reader, own]

    def person(self, reader, own):
        if own and reader == Role.ASSESSOR:
            return self.practice.assessor
        if own and reader == Role.JURY:
            return self.sitting.chair.person
        if own and reader in OWN_CAST:
            return cast.person_named(OWN_CAST[reader])
        organisation = self.lead if reader == LEAD else self.edition.cohort.organisation if own else self.other
        admin = reader == Role.ADMINISTRATOR
        person = User.objects.create(
            username=uuid.uuid4().hex, organisation=organisation, is_superuser=admin, is_staff=admin
        )
        person.groups.add(cast.Group.objects.get(name=Role.COORDINATOR if reader == LEAD else reader))
        if reader == Role.TRAINER:
            cohort = Cohort.objects.create(name="Groep Gent", organisation=organisation)
            cohort.trainers.add(person)
        return person

    def ask(self, reader, method, url, own=True):
        """The answer, as if nobody had asked."""
        client = self.client(reader, own)
        cookies = client.cookies.copy()
        with transaction.atomic():
            response = getattr(client, method)(url)
            if response.status_code == 302 and response.url == f"/fr{url}":
                response = getattr(client, method)(response.url)
            response.close()
            transaction.set_rollback(True)
        client.cookies = cookies
        return response


def kind_of(response):
    """The class of an answer, for the matrix; another status is told as it is."""
    if response.status_code in (301, 302, 303):
        to_sign_in = "/compte/login" in response.url or response.url.startswith("/admin/login/")
        return Answer.SIGN_IN if to_sign_in else Answer.ELSEWHERE
    kinds = {200: Answer.PAGE, 304: Answer.PAGE, 422: Answer.PAGE, 403: Answer.FORBIDDEN, 404: Answer.MISSING}
    return kinds.get(response.status_code, response.status_code)
