from django.conf import settings
from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from home.interface import route as _

from .models.framework import PUBLIC
from .views import (
    attendance,
    audit,
    auditors,
    batches,
    cards,
    certificates,
    check_in,
    civil_status,
    cohorts,
    convocation,
    corrections,
    coverage,
    documents,
    exchanges,
    framework,
    holding,
    juries,
    jury,
    outbox,
    paper,
    passages,
    portfolio,
    practice,
    practice_group,
    projection,
    register,
    reports,
    rules,
    signing,
    verification,
)

app_name = "certification"

# The word in the address of the verification page. It is printed and told on the phone: it follows the language of
# the address alone, never the menus of whoever opens it first, and no catalogue can change it.
VERIFY = {"fr": "verifier", "nl": "verifieren"}


def verify_route(rest):
    return f"{VERIFY.get(get_language(), VERIFY[settings.LANGUAGE_CODE])}/{rest}"


verify_route = lazy(verify_route, str)


def framework_route(rest):
    return f"{PUBLIC.get(get_language(), PUBLIC[settings.LANGUAGE_CODE])}/{rest}"


framework_route = lazy(framework_route, str)

attendance_urls = [
    path("attendance/", attendance.sessions, name="sessions"),
    path("attendance/<uuid:code>/", attendance.roster, name="roster"),
    path("attendance/<uuid:code>/mark/", attendance.mark, name="mark"),
    path("attendance/<uuid:code>/guest/<uuid:registration>/", attendance.guest, name="guest"),
    path("attendance/<uuid:code>/outbox/", outbox.outbox, name="outbox"),
    path("attendance/<uuid:code>/sign/", signing.countersign, name="countersign"),
    path("attendance/<uuid:code>/correct/<uuid:learner>/", signing.correct, name="correct"),
    path("attendance/<uuid:code>/late/<int:position>/", signing.decide, name="decide"),
    path("attendance/<uuid:code>/project/", projection.project, name="project"),
    path("attendance/<uuid:code>/project/now/", projection.projected, name="projected"),
    path("attendance/<uuid:code>/signature/<uuid:learner>/", signing.learner_signs, name="learner_signs"),
    path("attendance/<uuid:code>/paper/", paper.paper, name="paper"),
    path("attendance/<uuid:code>/paper/<uuid:paper>/", paper.paper_file, name="paper_file"),
    path("attendance/<uuid:code>/report/", reports.report, name="report"),
    path("attendance/<uuid:code>/report/confirm/", reports.confirm, name="confirm_report"),
    path("registrations/<uuid:code>/convocation/", convocation.convocation, name="convocation"),
    path("attendance/sheet/<uuid:code>/", signing.sheet, name="sheet"),
    path("attendance/sheet/<uuid:code>/paper/", paper.paper_sheet, name="paper_sheet"),
]
register_urls = [
    path("attendance/register/", register.roots, name="roots"),
    path("attendance/register/<slug:root>/again/", register.send_root_again, name="send_root_again"),
    path("attendance/register/<uuid:code>/", register.session_register, name="session_register"),
    path("cohorts/<uuid:code>/register/", register.edition_register, name="edition_register"),
]
check_in_urls = [
    path(_("presence/"), check_in.presence, name="presence"),
    path(_("presence/signature/"), check_in.receipt, name="receipt"),
    path(_("presence/<str:code>/"), check_in.check_in, name="check_in"),
]
certificate_urls = [
    path("certificates/<uuid:code>/issue/", certificates.issue, name="issue"),
    path("certificates/<str:code>/prepare/", certificates.prepare, name="prepare"),
    path("certificates/<str:code>/download/", certificates.download, name="download"),
    path("certificates/<str:code>/", corrections.certificate, name="certificate"),
    path("certificates/<str:code>/revoke/", cohorts.revoke, name="revoke"),
    path("certificates/<str:code>/replace/", corrections.replace, name="replace"),
    path("certificates/<str:code>/duplicate/", corrections.duplicate, name="duplicate"),
    path("certificates/<str:code>/correction/", holding.ask_correction, name="ask_correction"),
    path("certificates/<str:code>/correction/decline/", corrections.decline_correction, name="decline_correction"),
    path("certificates/<str:code>/remind/", corrections.remind_again, name="remind_again"),
    path(_("my-certificates/"), holding.my_certificates, name="my_certificates"),
]
cohort_urls = [
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/<uuid:code>/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:code>/start/", cohorts.start, name="start"),
    path("cohorts/<uuid:code>/issue/", batches.issue_ready, name="issue_ready"),
    path("cohorts/<uuid:code>/certificates/", corrections.certificates_zip, name="certificates_zip"),
    path("batches/<uuid:code>/", batches.batch, name="batch"),
    path("batches/<uuid:code>/resume/", batches.resume_batch, name="resume_batch"),
    path("cohorts/<uuid:code>/issue/<uuid:learner>/", cohorts.issue_for, name="issue_for"),
    path("cohorts/<uuid:code>/exchanges.csv", exchanges.exchanges_csv, name="exchanges_csv"),
    path("cohorts/<uuid:code>/people/<uuid:learner>/", exchanges.activities, name="activities"),
    path("cohorts/<uuid:code>/people/<uuid:learner>.csv", exchanges.activities_csv, name="activities_csv"),
    path("cohorts/<uuid:code>/people/<uuid:learner>/exchange/", exchanges.exchange, name="exchange"),
    path("exchanges/<uuid:code>/", exchanges.edit_exchange, name="edit_exchange"),
    path(_("my-exchanges/"), exchanges.my_exchanges, name="my_exchanges"),
]
auditor_urls = [
    path("auditors/<uuid:code>/", auditors.auditors, name="auditors"),
    path("auditors/link/<uuid:code>/", auditors.auditor, name="auditor"),
    path("auditors/link/<uuid:code>/end/", auditors.end_auditor, name="end_auditor"),
]
audit_urls = [
    path("audit/", audit.cohort, name="audit"),
    path("audit/<uuid:code>/", audit.edition, name="audit_edition"),
    path("audit/<uuid:code>/people/<uuid:learner>/", audit.activities, name="audit_activities"),
    path("audit/half-day/<uuid:code>/", audit.half_day, name="audit_half_day"),
    path("audit/sheet/<uuid:code>/", audit.sheet, name="audit_sheet"),
    path("audit/register/<uuid:code>/", audit.register, name="audit_register"),
    path("audit/certificate/<str:code>/", audit.certificate, name="audit_certificate"),
    path("audit/leave/", audit.leave, name="audit_leave"),
]
passage_urls = [
    path("passages/", passages.passages, name="passages"),
    path("passages/<slug:key>/generate/", passages.generate, name="generate_passages"),
    path("passages/file/<uuid:code>/", passages.passage_file, name="passage_file"),
    path("passages/file/<uuid:code>/check/", passages.check_passages, name="check_passages"),
    path("passages/file/<uuid:code>/download/", passages.download_passages, name="download_passages"),
    path("passages/file/<uuid:code>/deposit/", passages.deposit, name="deposit_passages"),
    path("passages/file/<uuid:code>/discard/", passages.discard, name="discard_passages"),
    path("passages/file/<uuid:code>/again/", passages.send_again, name="send_passages_again"),
    path("passages/<uuid:code>/", civil_status.passage, name="passage"),
    path("passages/<uuid:code>/civil-status/", civil_status.civil_status, name="civil_status"),
    path(_("civil-status/"), civil_status.my_civil_status, name="my_civil_status"),
]
practice_urls = [
    path(_("my-practice/"), practice.my_practice, name="my_practice"),
    path(_("my-practice/<uuid:code>/"), practice.answer_assessment, name="answer_assessment"),
    path("practice/", practice.practice, name="practice"),
    path("practice/<uuid:code>/", practice.practised, name="practised"),
    path("practice/<uuid:code>/outbox/", practice.grid_outbox, name="grid_outbox"),
    path("practice/<uuid:code>/<str:block>/", practice.grid, name="grid"),
    path("practice/group/<uuid:code>/", practice_group.practice_group, name="practice_group"),
    path("practice/group/<uuid:code>/<uuid:learner>/", practice_group.practice_learner, name="practice_learner"),
    path("practice/group/<uuid:code>/<uuid:learner>/ask/", practice_group.ask_assessor, name="ask_assessor"),
    path("practice/group/<uuid:code>/<uuid:learner>/recognise/", practice_group.recognise, name="recognise"),
    path("practice/assignments/<uuid:code>/end/", practice_group.end_assignment, name="end_assignment"),
    path("practice/recognitions/<uuid:code>/end/", practice_group.end_recognition, name="end_recognition"),
]
portfolio_urls = [
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/<uuid:code>/file/", portfolio.portfolio_file, name="portfolio_file"),
    path("portfolio/<uuid:code>/remove/", portfolio.take_back, name="take_back"),
    path("portfolio/<uuid:code>/review/", portfolio.review_item, name="review_item"),
]
framework_urls = [
    path("framework/", framework.framework, name="framework"),
    path("framework/<int:number>/", framework.framework_version, name="framework_version"),
    path(framework_route("<slug:scheme>/<int:number>/"), framework.public_framework, name="public_framework"),
    path("framework/draft/", framework.framework_draft, name="framework_draft"),
    path("framework/draft/begin/", framework.begin_draft, name="begin_draft"),
    path("framework/draft/publish/", framework.publish_framework, name="publish_framework"),
    path("framework/draft/drop/", framework.drop_draft, name="drop_draft"),
    path("framework/draft/block/<str:code>/", framework.framework_block, name="framework_block"),
    path("framework/draft/block/<str:code>/remove/", framework.remove_block, name="remove_block"),
    path("framework/coverage/", coverage.coverage, name="coverage"),
    path("framework/coverage/export/", coverage.coverage_csv, name="coverage_csv"),
    path("framework/coverage/<str:code>/", coverage.cover, name="cover"),
]
rule_urls = [
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:key>/", rules.rule, name="rule"),
    path("rules/<slug:key>/try/", rules.try_rule, name="try_rule"),
    path("rules/<slug:key>/publish/", rules.publish_rule, name="publish_rule"),
]
jury_urls = [
    path("cohorts/<uuid:code>/juries/", juries.juries, name="juries"),
    path("juries/<uuid:code>/", juries.jury, name="jury"),
    path("juries/<uuid:code>/edit/", juries.edit_jury, name="edit_jury"),
    path("juries/<uuid:code>/cancel/", juries.cancel_jury, name="cancel_jury"),
    path("juries/<uuid:code>/members/", juries.name_member, name="name_member"),
    path("juries/members/<uuid:code>/end/", juries.end_member, name="end_member"),
    path("juries/<uuid:code>/call/", juries.call_jury, name="call_jury"),
    path("juries/<uuid:code>/minutes/prepare/", juries.prepare_minutes, name="prepare_minutes"),
    path("juries/<uuid:code>/minutes.pdf", juries.minutes_pdf, name="minutes_pdf"),
    path("juries/convocations/<uuid:code>/", juries.jury_convocation, name="jury_convocation"),
    path("jury/", jury.my_juries, name="my_juries"),
    path("jury/<uuid:code>/", jury.sitting, name="sitting"),
    path("jury/<uuid:code>/conflicts/", jury.declare_conflicts, name="declare_conflicts"),
    path("jury/<uuid:code>/candidates/<uuid:learner>/", jury.candidate, name="candidate"),
    path("jury/<uuid:code>/candidates/<uuid:learner>/decide/", jury.decide_candidate, name="decide_candidate"),
    path("jury/<uuid:code>/minutes/", jury.minutes, name="minutes"),
    path("jury/<uuid:code>/minutes/draw/", jury.draw_minutes, name="draw_minutes"),
    path("jury/<uuid:code>/minutes/sign/", jury.sign_minutes, name="sign_minutes"),
]
document_urls = [
    path(_("my-attestations/"), documents.my_documents, name="my_documents"),
    path(_("my-attestations/<uuid:code>/"), documents.ask_document, name="ask_document"),
    path("documents/", documents.templates, name="document_templates"),
    path("documents/<slug:kind>/", documents.template, name="document_template"),
    path("documents/<uuid:code>/download/", documents.download_document, name="download_document"),
    path("cohorts/<uuid:code>/documents/", documents.documents, name="documents"),
    path("cohorts/<uuid:code>/documents/everyone/", documents.make_documents, name="make_documents"),
    path(
        "cohorts/<uuid:code>/documents/<slug:kind>-<slug:language>.zip", documents.documents_zip, name="documents_zip"
    ),
    path("cohorts/<uuid:code>/people/<uuid:learner>/documents/", documents.make_document, name="make_document"),
]
card_urls = [path("groups/<uuid:code>/cards.pdf", cards.cards, name="cards")]
verification_urls = [
    path(verify_route(""), verification.verify_form, name="verify_form"),
    path(verify_route("<str:code>/"), verification.verify, name="verify"),
]
urlpatterns = [
    *attendance_urls,
    *register_urls,
    *check_in_urls,
    *certificate_urls,
    *cohort_urls,
    *document_urls,
    *card_urls,
    *passage_urls,
    *practice_urls,
    *portfolio_urls,
    *framework_urls,
    *rule_urls,
    *jury_urls,
    *auditor_urls,
    *audit_urls,
    *verification_urls,
]
