"""The pages of a jury: name, view with its arguments, language, reader, what was done first."""

from certification.models import Jury
from courses.models import Edition
from tests.browser.acts import refused, revoked_without_a_reason
from tests.browser.stage import ASSESSOR, CANCELLED, COORDINATOR, DECIDING, JUROR, LEARNER, SIGNING, user


def jury_of(place):
    return lambda: Jury.objects.get(place=place).code


def signed():
    return Jury.objects.get(closing__minutes__isnull=False).code


def coming():
    return Jury.objects.order_by("at").last().code


def edition():
    return Edition.objects.get(juries__place=DECIDING).code


CANDIDATE = ("candidate", jury_of(DECIDING), lambda: user(LEARNER).code)
PAGES = [
    ("juries", ("juries", edition), "fr", COORDINATOR, None),
    ("jury refused", ("juries", edition), "fr", COORDINATOR, refused),
    ("jury to come", ("jury", coming), "fr", COORDINATOR, None),
    ("jury that signed", ("jury", signed), "nl", COORDINATOR, None),
    ("jury to change", ("edit_jury", coming), "fr", COORDINATOR, None),
    ("jury to cancel", ("cancel_jury", coming), "fr", COORDINATOR, None),
    ("jury not cancelled", ("cancel_jury", coming), "nl", COORDINATOR, revoked_without_a_reason),
    ("cancelled jury", ("jury", jury_of(CANCELLED)), "nl", COORDINATOR, None),
    ("my juries", ("my_juries",), "fr", JUROR, None),
    ("conflicts", ("declare_conflicts", coming), "fr", JUROR, None),
    ("conflicts refused", ("declare_conflicts", coming), "fr", JUROR, refused),
    ("sitting", ("sitting", jury_of(DECIDING)), "fr", JUROR, None),
    ("sitting in Dutch", ("sitting", signed), "nl", JUROR, None),
    ("sitting of a cancelled jury", ("sitting", jury_of(CANCELLED)), "fr", JUROR, None),
    ("candidate refused", CANDIDATE, "fr", JUROR, refused),
    ("candidate in Dutch", CANDIDATE, "nl", ASSESSOR, None),
    ("minutes to draw up", ("minutes", jury_of(DECIDING)), "fr", JUROR, None),
    ("minutes to sign", ("minutes", jury_of(SIGNING)), "nl", ASSESSOR, None),
    ("minutes without a signature", ("minutes", jury_of(SIGNING)), "fr", JUROR, refused),
    ("minutes that all signed", ("minutes", signed), "fr", JUROR, None),
]
