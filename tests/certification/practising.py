"""A small framework, an assessor, and what they saw: for the tests of observed practice."""

import datetime
import uuid
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils import timezone

from certification.competence import Block, Competence, Criterion, Framework
from certification.models import (
    Assessment,
    AssessmentAnswer,
    Assignment,
    FrameworkDraft,
    FrameworkVersion,
    PortfolioItem,
    Recognition,
    RuleVersion,
    Scheme,
)
from certification.models.framework import AMBASSADOR
from certification.models.schemes import DEFAULT
from people.models import Organisation, User
from people.roles import Role


def said(french, dutch=""):
    return {"fr": french, "nl": dutch or f"{french} (nl)"}


def block(code, title):
    criteria = (
        Criterion(f"{code}.C1.K1", said("Respecte la confidentialité.", "Bewaart het geheim."), True),
        Criterion(f"{code}.C1.K2", said("Reste dans son rôle.", "Blijft in zijn rol."), True),
        Criterion(f"{code}.C1.K3", said("Parle clairement.", "Spreekt klare taal.")),
    )
    competences = (
        Competence(f"{code}.C1", said("Présenter son rôle", "Zijn rol voorstellen"), criteria),
        Competence(
            f"{code}.C2",
            said("Rendre compte", "Verslag uitbrengen"),
            (Criterion(f"{code}.C2.K1", said("Dit les faits.")),),
        ),
    )
    return Block(code, said(title), said("Un entretien à trois."), said("Jeu de rôle."), competences)


SMALL = Framework((block("B1", "Accueillir"), block("B2", "Accompagner")))


def draft_of(framework, author):
    content = {"content": framework.to_json(), "author": author, "changed_at": timezone.now()}
    return FrameworkDraft.objects.update_or_create(scheme=AMBASSADOR, defaults=content)[0]


def publish(author, framework=SMALL, at=None):
    return FrameworkVersion.objects.publish(draft_of(framework, author), author, at or timezone.now())


def make_assessor(username="assessor", name="Sofie Janssens", role=Role.ASSESSOR):
    organisation = Organisation.objects.get_or_create(name="Tolkenhuis", defaults={"country": "be"})[0]
    person = User.objects.create(username=username, printed_name=name, used_name=name, organisation=organisation)
    person.groups.add(Group.objects.get(name=role))
    return person


def see(assignment, version, marks, block="B1", moment="after", **more):
    """`marks`: those of the criteria of the first competence, in order."""
    now = timezone.now()
    values = {"uuid": uuid.uuid4(), "observed_on": timezone.localdate(now), "now": now, **more}
    given = {f"{block}.C1.K{number}": mark for number, mark in enumerate(marks, 1)}
    return Assessment.objects.record(
        assignment=assignment, version=version, block=block, moment=moment, marks=given, **values
    )


@dataclass(frozen=True)
class Practice:
    version: FrameworkVersion
    assessor: User
    assignment: Assignment
    assessment: Assessment
    recognition: Recognition
    item: PortfolioItem


def make_practice(edition, learner, coordinator):
    """One of everything, and a draft of the next version that takes a block away."""
    now = timezone.now()
    version, assessor = publish(coordinator, at=now - datetime.timedelta(days=400)), make_assessor()
    draft_of(Framework(SMALL.blocks[:1]), coordinator)
    assignment = Assignment.objects.ask(edition, learner, assessor, coordinator, now)
    assessment = see(assignment, version, [2, 2, 1], comments={"B1.C1.K1": "Très clair."}, remark="Continuez.")
    recognition = Recognition.objects.grant(
        edition, learner, coordinator, now, code=uuid.uuid4(), block="B2", kind="experience", source_title="VAE"
    )
    item = PortfolioItem.objects.add(learner, "Une fiche", b"%PDF-1.7 fiche", "application/pdf", now)
    return Practice(version, assessor, assignment, assessment, recognition, item)


def make_rule(author, at=None):
    values = {"content": {"work": 30}, "author": author, "published_at": at or timezone.now()}
    return RuleVersion.objects.create(scheme=Scheme.objects.get(key=DEFAULT), number=1, **values)


def live_practice(edition, learner, trainer, coordinator):
    """A row of every kind of observed practice on the learner, the trainer or the coordinator."""
    now, practice = timezone.now(), make_practice(edition, learner, coordinator)
    AssessmentAnswer.objects.give(practice.assessment, "Merci.", now)
    see(Assignment.objects.ask(edition, learner, trainer, coordinator, now), practice.version, [2, 2, 2])
    practice.item.say(trainer, "accepted", now, "B1")
    practice.recognition.end(coordinator, now)
    make_rule(coordinator, now)
