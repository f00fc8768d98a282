from django.conf import settings
from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from .views import attendance, certificates, cohorts, convocation, signing, verification

app_name = "certification"

# The word in the address of the verification page. It is printed and told on the phone: it follows the language of
# the address alone, never the menus of whoever opens it first, and no catalogue can change it.
VERIFY = {"fr": "verifier", "nl": "verifieren"}


def verify_route(rest):
    return f"{VERIFY.get(get_language(), VERIFY[settings.LANGUAGE_CODE])}/{rest}"


verify_route = lazy(verify_route, str)

attendance_urls = [
    path("attendance/", attendance.sessions, name="sessions"),
    path("attendance/<uuid:code>/", attendance.roster, name="roster"),
    path("attendance/<uuid:code>/mark/", attendance.mark, name="mark"),
    path("attendance/<uuid:code>/sign/", signing.countersign, name="countersign"),
    path("attendance/<uuid:code>/correct/<uuid:learner>/", signing.correct, name="correct"),
    path("attendance/<uuid:code>/late/<int:position>/", signing.decide, name="decide"),
    path("registrations/<uuid:code>/convocation/", convocation.convocation, name="convocation"),
    path("attendance/sheet/<uuid:code>/", signing.sheet, name="sheet"),
]
certificate_urls = [
    path("certificates/<uuid:code>/issue/", certificates.issue, name="issue"),
    path("certificates/<str:code>/prepare/", certificates.prepare, name="prepare"),
    path("certificates/<str:code>/download/", certificates.download, name="download"),
    path("certificates/<str:code>/revoke/", cohorts.revoke, name="revoke"),
]
cohort_urls = [
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/<uuid:code>/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:code>/start/", cohorts.start, name="start"),
    path("cohorts/<uuid:code>/issue/", cohorts.issue_ready, name="issue_ready"),
    path("cohorts/<uuid:code>/issue/<uuid:learner>/", cohorts.issue_for, name="issue_for"),
]
verification_urls = [
    path(verify_route(""), verification.verify_form, name="verify_form"),
    path(verify_route("<str:code>/"), verification.verify, name="verify"),
]
urlpatterns = [*attendance_urls, *certificate_urls, *cohort_urls, *verification_urls]
