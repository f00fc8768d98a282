"""The permission matrix: what each role receives at every address of the site.

Nothing here decides: the right is checked where the object is obtained. tests/people/test_matrix.py asks every address
as everybody and compares; it fails for an address that is not named here. `own` is an object of the person's own
(a cohort they learn in or lead, a cohort of their organisation), `other` the same of another organisation.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from .roles import Role

VISITOR, LEAD = "visitor", "coordinator of a lead partner"
READERS = [VISITOR, *Role.values, LEAD]
COORDINATORS = {Role.COORDINATOR, LEAD, Role.ADMINISTRATOR}
STAFF = {Role.TRAINER, *COORDINATORS}
SEE_EVERYONE = {LEAD, Role.ADMINISTRATOR}
ADMIN = {Role.ADMINISTRATOR}
# Nobody else comes into /admin/.
WRITERS = {Role.EDITOR, Role.TRANSLATOR, *STAFF}


class Answer(StrEnum):
    PAGE = "page"
    ELSEWHERE = "redirect"
    SIGN_IN = "sign_in"
    FORBIDDEN = "forbidden"
    MISSING = "missing"


PAGE, ELSEWHERE, SIGN_IN, FORBIDDEN, MISSING = Answer


@dataclass(frozen=True)
class Rule:
    """Whoever is not named receives the usual answer."""

    visitor: Answer
    usual: Answer
    own: dict = field(default_factory=dict)
    other: dict | None = None

    def answer(self, reader, own=True):
        if reader == VISITOR:
            return self.visitor
        return (self.own if own or self.other is None else self.other).get(reader, self.usual)


def each(roles, answer):
    return dict.fromkeys(roles, answer)


def everyone(answer):
    return Rule(answer, answer)


def signed_in(answer, **others):
    """`others` are roles that receive another answer."""
    return Rule(SIGN_IN, answer, {Role(name): other for name, other in others.items()})


def only(roles, answer):
    return Rule(SIGN_IN, FORBIDDEN, each(roles, answer))


def staff_of_the_cohort(answer):
    """A learner of the cohort has the wrong role; to a stranger there is no such thing."""
    own = {Role.AMBASSADOR: FORBIDDEN, **each(STAFF, answer)}
    return Rule(SIGN_IN, MISSING, own, each(SEE_EVERYONE, answer))


def coordinators_of_the_cohort(answer):
    own = {**each({Role.AMBASSADOR, Role.TRAINER}, FORBIDDEN), **each(COORDINATORS, answer)}
    return Rule(SIGN_IN, MISSING, own, each(SEE_EVERYONE, answer))


def staff_who_see(answer):
    """For pages of the staff alone: nobody else learns whether there is such a person or group."""
    return Rule(
        SIGN_IN,
        FORBIDDEN,
        each(STAFF, answer),
        {**each({Role.TRAINER, Role.COORDINATOR}, MISSING), **each(SEE_EVERYONE, answer)},
    )


def holder_or_staff(answer):
    return Rule(SIGN_IN, MISSING, each({Role.AMBASSADOR, *STAFF}, answer), each(SEE_EVERYONE, answer))


def coordinators_who_see(answer):
    """For pages of the coordination alone: nobody else learns whether there is such a thing."""
    return Rule(
        SIGN_IN, FORBIDDEN, each(COORDINATORS, answer), {Role.COORDINATOR: MISSING, **each(SEE_EVERYONE, answer)}
    )


def asked_to_assess(answer):
    """For the assessor of this learner alone. Those who see the learner otherwise have the wrong role."""
    own = {**each({Role.AMBASSADOR, *STAFF}, FORBIDDEN), Role.ASSESSOR: answer}
    return Rule(SIGN_IN, MISSING, own, each(SEE_EVERYONE, FORBIDDEN))


def coordinators_of_the_jury(answer):
    """Whoever sits in it has the wrong role too; to others there is no such thing."""
    own = {**each({Role.AMBASSADOR, Role.TRAINER, Role.JURY}, FORBIDDEN), **each(COORDINATORS, answer)}
    return Rule(SIGN_IN, MISSING, own, each(SEE_EVERYONE, answer))


def sits_in_the_jury(answer, chair=None):
    """The trainer of the group sits in it too, but does not chair it. `chair`: what the chair alone receives."""
    own = {**each({Role.AMBASSADOR, *COORDINATORS}, FORBIDDEN), Role.JURY: chair or answer}
    own[Role.TRAINER] = FORBIDDEN if chair else answer
    return Rule(SIGN_IN, MISSING, own, each(SEE_EVERYONE, FORBIDDEN))


def learner(answer, else_):
    return Rule(SIGN_IN, else_, {Role.AMBASSADOR: answer}, {})


PUBLIC = {
    "home:root": everyone(PAGE),
    "home:theme": everyone(ELSEWHERE),
    "home:health": everyone(PAGE),
    "home:worker": everyone(PAGE),
    "home:manifest": everyone(PAGE),
    "offline": everyone(PAGE),
    "home:styleguide": Rule(MISSING, MISSING, {Role.ADMINISTRATOR: PAGE}),
    "topic": everyone(PAGE),
    "help": everyone(ELSEWHERE),
    "media/<path:path>": everyone(PAGE),
    "people:register": everyone(PAGE),
    "people:invitation": everyone(PAGE),
    "people:card": Rule(PAGE, PAGE, {Role.AMBASSADOR: ELSEWHERE}),
    "entry:invitation": everyone(PAGE),
    "entry:card": Rule(PAGE, PAGE, {Role.AMBASSADOR: ELSEWHERE}),
    "courses:catalogue": everyone(ELSEWHERE),
    "events:index": everyone(ELSEWHERE),
    "events:calendar": everyone(PAGE),
    "events:guest": everyone(PAGE),
    "events:noted": everyone(PAGE),
    "events:seat": everyone(PAGE),
    "events:acknowledge": everyone(ELSEWHERE),
    "events:seat_room": everyone(PAGE),
    # For the BigBlueButton server, which signs what it says.
    "rooms:heard": everyone(FORBIDDEN),
    "rooms:report": everyone(FORBIDDEN),
    "rooms:ended": everyone(FORBIDDEN),
    "events:leave": everyone(ELSEWHERE),
    "events:site_feed": everyone(PAGE),
    "events:feed": everyone(PAGE),
    "events:shelf": everyone(PAGE),
    "guides:library": everyone(ELSEWHERE),
    "guides:pdf": everyone(PAGE),
    "certification:check_in": everyone(PAGE),
    "certification:verify_form": everyone(PAGE),
    "certification:verify": everyone(PAGE),
    "certification:public_framework": everyone(PAGE),
    "certificates:short": everyone(ELSEWHERE),
    "certificates:api": everyone(PAGE),
    "certificates:auditor": everyone(PAGE),
    "certificates:credential": everyone(PAGE),
    "certificates:badge": everyone(PAGE),
    "certificates:status_list": everyone(PAGE),
    "certificates:issuer": everyone(PAGE),
    "certificates:did": everyone(PAGE),
    "certificates:keys": everyone(PAGE),
    # For whoever came through an auditor's link; to anybody else there is nothing.
    "certification:audit": everyone(MISSING),
    "certification:audit_edition": everyone(MISSING),
    "certification:audit_activities": everyone(MISSING),
    "certification:audit_half_day": everyone(MISSING),
    "certification:audit_sheet": everyone(MISSING),
    "certification:audit_register": everyone(MISSING),
    "certification:audit_certificate": everyone(MISSING),
    "certification:audit_leave": everyone(MISSING),
    "wagtail_serve": everyone(PAGE),
    "wagtaildocs_serve": everyone(PAGE),
    "wagtaildocs_authenticate_with_password": everyone(MISSING),
    "wagtailcore_authenticate_with_password": everyone(MISSING),
    "wagtailcore_login": everyone(MISSING),
}
ACCOUNT = {
    "account_login": Rule(PAGE, ELSEWHERE),
    "account_request_login_code": Rule(PAGE, ELSEWHERE),
    "account_confirm_login_code": Rule(SIGN_IN, ELSEWHERE),
    "account_signup": Rule(PAGE, ELSEWHERE),
    "account_logout": Rule(ELSEWHERE, PAGE),
    "account_inactive": everyone(PAGE),
    "account_reauthenticate": signed_in(PAGE),
    "account_email": signed_in(PAGE),
    "account_email_verification_sent": everyone(PAGE),
    "account_confirm_email": everyone(PAGE),
    "account_change_password": signed_in(PAGE),
    "account_set_password": signed_in(ELSEWHERE),
    "account_reset_password": everyone(PAGE),
    "account_reset_password_done": everyone(PAGE),
    "account_reset_password_from_key": everyone(PAGE),
    "account_reset_password_from_key_done": everyone(PAGE),
    "usersessions_list": signed_in(PAGE),
    "mfa_index": signed_in(PAGE),
    "mfa_authenticate": Rule(SIGN_IN, ELSEWHERE),
    "mfa_reauthenticate": signed_in(ELSEWHERE),
    "mfa_activate_totp": signed_in(PAGE),
    "mfa_deactivate_totp": signed_in(MISSING),
    "mfa_view_recovery_codes": signed_in(MISSING),
    "mfa_generate_recovery_codes": signed_in(PAGE),
    "mfa_download_recovery_codes": signed_in(MISSING),
    "mfa_list_webauthn": signed_in(PAGE),
    "mfa_add_webauthn": signed_in(PAGE),
    "mfa_reauthenticate_webauthn": signed_in(ELSEWHERE),
    "mfa_remove_webauthn": signed_in(MISSING),
    "mfa_edit_webauthn": signed_in(MISSING),
    "mfa_login_webauthn": Rule(SIGN_IN, ELSEWHERE),
    "people:second_factor": signed_in(PAGE),
    "people:waiting": signed_in(PAGE),
    "people:me": signed_in(PAGE),
    "people:pin": signed_in(PAGE),
    "people:data": signed_in(PAGE),
    "people:download": signed_in(PAGE),
    "people:ask_erasure": signed_in(ELSEWHERE),
    "people:keep_account": signed_in(ELSEWHERE),
    "people:consent": signed_in(ELSEWHERE),
    "people:read_notice": signed_in(ELSEWHERE),
}
LEARNING = {
    "courses:path": Rule(SIGN_IN, PAGE, each(STAFF, ELSEWHERE)),
    "courses:enrol": signed_in(ELSEWHERE),
    "courses:done": signed_in(ELSEWHERE),
    "courses:question": learner(PAGE, ELSEWHERE),
    "courses:answer": learner(PAGE, ELSEWHERE),
    "courses:finish": signed_in(ELSEWHERE),
    "courses:result": signed_in(ELSEWHERE),
    "events:register": signed_in(ELSEWHERE),
    "events:cancel": signed_in(ELSEWHERE),
    "certification:presence": signed_in(PAGE),
    "certification:receipt": signed_in(PAGE),
    "certification:my_practice": signed_in(PAGE),
    "certification:answer_assessment": learner(PAGE, MISSING),
    "certification:portfolio": signed_in(PAGE),
    "certification:take_back": learner(ELSEWHERE, MISSING),
    "events:prepare": learner(PAGE, MISSING),
    "events:feeds": signed_in(PAGE),
    "events:make_feed": signed_in(ELSEWHERE),
    "events:drop_feed": signed_in(ELSEWHERE),
    "certification:my_exchanges": signed_in(PAGE),
    "certification:my_certificates": signed_in(PAGE),
    "certification:ask_correction": learner(PAGE, MISSING),
    "certification:issue": learner(ELSEWHERE, MISSING),
    "certification:my_documents": signed_in(PAGE),
    "certification:ask_document": learner(ELSEWHERE, MISSING),
    # There only for somebody whose certificate must be declared to the State's register.
    "certification:my_civil_status": learner(PAGE, MISSING),
}
FOLLOWING = {
    "events:room": holder_or_staff(PAGE),
    "events:open_room": staff_of_the_cohort(ELSEWHERE),
    "events:end_room": staff_of_the_cohort(ELSEWHERE),
    "events:people": staff_of_the_cohort(PAGE),
    "events:status": staff_of_the_cohort(PAGE),
    "events:remove": staff_of_the_cohort(ELSEWHERE),
    "events:send_again": staff_of_the_cohort(ELSEWHERE),
    "events:text": staff_of_the_cohort(PAGE),
    "events:shared": staff_of_the_cohort(ELSEWHERE),
    # A file for one group; one for everybody needs no account.
    "events:material": holder_or_staff(PAGE),
    "events:materials": only(STAFF, PAGE),
    "events:publish": only(STAFF, PAGE),
    "events:withdraw": staff_who_see(ELSEWHERE),
    "events:put_back": staff_who_see(ELSEWHERE),
    "certification:convocation": holder_or_staff(PAGE),
    "certification:sessions": only(STAFF, PAGE),
    "certification:roster": staff_of_the_cohort(PAGE),
    "certification:mark": staff_of_the_cohort(ELSEWHERE),
    "certification:guest": staff_of_the_cohort(ELSEWHERE),
    "certification:outbox": staff_of_the_cohort(PAGE),
    "certification:countersign": staff_of_the_cohort(PAGE),
    "certification:correct": staff_of_the_cohort(PAGE),
    "certification:decide": staff_of_the_cohort(ELSEWHERE),
    "certification:project": staff_of_the_cohort(PAGE),
    "certification:projected": staff_of_the_cohort(PAGE),
    "certification:learner_signs": staff_of_the_cohort(PAGE),
    "certification:paper": staff_of_the_cohort(PAGE),
    "certification:paper_file": staff_of_the_cohort(PAGE),
    "certification:paper_sheet": staff_of_the_cohort(PAGE),
    "certification:report": staff_of_the_cohort(PAGE),
    "certification:confirm_report": staff_of_the_cohort(ELSEWHERE),
    "certification:sheet": staff_of_the_cohort(PAGE),
    "certification:roots": only(COORDINATORS, PAGE),
    "certification:send_root_again": only(COORDINATORS, MISSING),
    "certification:session_register": staff_of_the_cohort(PAGE),
    "certification:edition_register": staff_of_the_cohort(PAGE),
    "certification:cohorts": only(STAFF, PAGE),
    "certification:cohort": staff_of_the_cohort(PAGE),
    "certification:start": Rule(
        SIGN_IN,
        MISSING,
        {**each({Role.AMBASSADOR, Role.TRAINER}, FORBIDDEN), **each(COORDINATORS, ELSEWHERE)},
        each(SEE_EVERYONE, ELSEWHERE),
    ),
    "certification:activities": staff_of_the_cohort(PAGE),
    "certification:activities_csv": staff_of_the_cohort(PAGE),
    "certification:exchange": staff_of_the_cohort(PAGE),
    "certification:edit_exchange": staff_of_the_cohort(PAGE),
    "certification:exchanges_csv": staff_of_the_cohort(PAGE),
    "certification:issue_for": staff_of_the_cohort(ELSEWHERE),
    "certification:issue_ready": staff_of_the_cohort(ELSEWHERE),
    "certification:batch": staff_of_the_cohort(PAGE),
    "certification:resume_batch": staff_of_the_cohort(ELSEWHERE),
    "certification:prepare": holder_or_staff(ELSEWHERE),
    "certification:download": holder_or_staff(PAGE),
    "certification:document_templates": only(COORDINATORS, PAGE),
    "certification:document_template": only(COORDINATORS, PAGE),
    "certification:download_document": holder_or_staff(PAGE),
    "certification:documents": staff_of_the_cohort(PAGE),
    "certification:make_documents": coordinators_of_the_cohort(ELSEWHERE),
    "certification:documents_zip": staff_of_the_cohort(PAGE),
    "certification:make_document": coordinators_of_the_cohort(ELSEWHERE),
    "people:reset": Rule(
        SIGN_IN,
        FORBIDDEN,
        each(STAFF, PAGE),
        {**each({Role.TRAINER, Role.COORDINATOR}, MISSING), **each(SEE_EVERYONE, PAGE)},
    ),
    "people:unlocks": only(COORDINATORS, PAGE),
    "people:unlock": Rule(
        SIGN_IN, FORBIDDEN, each(COORDINATORS, PAGE), {Role.COORDINATOR: MISSING, **each(SEE_EVERYONE, PAGE)}
    ),
    "certification:revoke": coordinators_of_the_cohort(PAGE),
    "certification:certificate": coordinators_of_the_cohort(PAGE),
    "certification:replace": coordinators_of_the_cohort(PAGE),
    "certification:duplicate": coordinators_of_the_cohort(PAGE),
    "certification:decline_correction": coordinators_of_the_cohort(ELSEWHERE),
    "certification:remind_again": coordinators_of_the_cohort(ELSEWHERE),
    "certification:certificates_zip": coordinators_of_the_cohort(PAGE),
    "certification:practice": only({Role.ASSESSOR, *STAFF}, PAGE),
    "certification:practised": asked_to_assess(PAGE),
    "certification:grid": asked_to_assess(PAGE),
    "certification:grid_outbox": asked_to_assess(PAGE),
    "certification:practice_group": staff_of_the_cohort(PAGE),
    "certification:practice_learner": staff_of_the_cohort(PAGE),
    "certification:ask_assessor": coordinators_of_the_cohort(PAGE),
    "certification:end_assignment": coordinators_of_the_cohort(ELSEWHERE),
    "certification:recognise": coordinators_of_the_cohort(PAGE),
    "certification:end_recognition": coordinators_of_the_cohort(ELSEWHERE),
    "certification:review_item": Rule(
        SIGN_IN,
        MISSING,
        {**each({Role.AMBASSADOR, Role.JURY}, FORBIDDEN), **each({Role.ASSESSOR, *STAFF}, PAGE)},
        each(SEE_EVERYONE, PAGE),
    ),
    "certification:portfolio_file": Rule(
        SIGN_IN, MISSING, each({Role.AMBASSADOR, Role.ASSESSOR, Role.JURY, *STAFF}, PAGE), each(SEE_EVERYONE, PAGE)
    ),
    "certification:framework": only(STAFF, PAGE),
    "certification:framework_version": only(STAFF, PAGE),
    "certification:framework_draft": only(SEE_EVERYONE, PAGE),
    "certification:framework_block": only(SEE_EVERYONE, PAGE),
    "certification:remove_block": only(SEE_EVERYONE, ELSEWHERE),
    "certification:begin_draft": only(SEE_EVERYONE, ELSEWHERE),
    "certification:drop_draft": only(SEE_EVERYONE, ELSEWHERE),
    "certification:publish_framework": only(SEE_EVERYONE, ELSEWHERE),
    "certification:rules": only(COORDINATORS, PAGE),
    "certification:rule": only(COORDINATORS, PAGE),
    "certification:try_rule": only(SEE_EVERYONE, PAGE),
    "certification:publish_rule": only(SEE_EVERYONE, PAGE),
    "certification:juries": coordinators_of_the_cohort(PAGE),
    "certification:jury": coordinators_of_the_jury(PAGE),
    "certification:edit_jury": coordinators_of_the_jury(PAGE),
    "certification:cancel_jury": coordinators_of_the_jury(PAGE),
    "certification:name_member": coordinators_of_the_jury(PAGE),
    "certification:end_member": coordinators_of_the_jury(ELSEWHERE),
    "certification:call_jury": coordinators_of_the_jury(ELSEWHERE),
    "certification:prepare_minutes": coordinators_of_the_jury(ELSEWHERE),
    "certification:jury_convocation": Rule(
        SIGN_IN,
        MISSING,
        {Role.TRAINER: FORBIDDEN, **each({Role.AMBASSADOR, *COORDINATORS}, PAGE)},
        each(SEE_EVERYONE, PAGE),
    ),
    "certification:minutes_pdf": Rule(
        SIGN_IN,
        MISSING,
        {Role.AMBASSADOR: FORBIDDEN, **each({Role.JURY, *STAFF}, PAGE)},
        each(SEE_EVERYONE, PAGE),
    ),
    # Also for whoever sits in a jury, as the trainer of the cohort does here.
    "certification:my_juries": only({Role.JURY, Role.TRAINER, Role.ADMINISTRATOR}, PAGE),
    "certification:sitting": sits_in_the_jury(PAGE),
    "certification:declare_conflicts": sits_in_the_jury(PAGE),
    "certification:candidate": sits_in_the_jury(PAGE),
    "certification:decide_candidate": sits_in_the_jury(PAGE, chair=PAGE),
    "certification:minutes": sits_in_the_jury(PAGE),
    "certification:draw_minutes": sits_in_the_jury(ELSEWHERE, chair=ELSEWHERE),
    "certification:sign_minutes": sits_in_the_jury(PAGE),
    "certification:coverage": only(STAFF, PAGE),
    "certification:coverage_csv": only(STAFF, PAGE),
    "certification:cover": only(SEE_EVERYONE, PAGE),
    "certification:auditors": coordinators_of_the_cohort(PAGE),
    "certification:auditor": coordinators_of_the_cohort(PAGE),
    "certification:end_auditor": coordinators_of_the_cohort(ELSEWHERE),
    "certification:passages": only(COORDINATORS, PAGE),
    "certification:generate_passages": only(COORDINATORS, ELSEWHERE),
    "certification:passage_file": coordinators_who_see(PAGE),
    "certification:check_passages": coordinators_who_see(ELSEWHERE),
    "certification:download_passages": coordinators_who_see(PAGE),
    "certification:deposit_passages": coordinators_who_see(ELSEWHERE),
    "certification:discard_passages": coordinators_who_see(ELSEWHERE),
    "certification:send_passages_again": coordinators_who_see(ELSEWHERE),
    "certification:passage": coordinators_who_see(PAGE),
    "certification:civil_status": coordinators_who_see(ELSEWHERE),
    "people:erasures": only(COORDINATORS, PAGE),
    "people:erasure": Rule(
        SIGN_IN, FORBIDDEN, each(COORDINATORS, PAGE), {Role.COORDINATOR: MISSING, **each(SEE_EVERYONE, PAGE)}
    ),
    "people:refuse_erasure": Rule(
        SIGN_IN, FORBIDDEN, each(COORDINATORS, PAGE), {Role.COORDINATOR: MISSING, **each(SEE_EVERYONE, PAGE)}
    ),
    "people:trail": only(COORDINATORS, PAGE),
    "people:trail_export": only(COORDINATORS, PAGE),
    "certification:cards": staff_who_see(PAGE),
    "people:index": only(STAFF, PAGE),
    "people:person": staff_who_see(PAGE),
    "people:edit": staff_who_see(PAGE),
    "people:invite_again": staff_who_see(ELSEWHERE),
    "people:cancel_card": staff_who_see(PAGE),
    "people:join": staff_who_see(ELSEWHERE),
    "people:leave": staff_who_see(PAGE),
    "people:cohorts": only(STAFF, PAGE),
    "people:cohort": staff_who_see(PAGE),
    "people:invite": staff_who_see(PAGE),
    "people:import": staff_who_see(PAGE),
    "people:links": staff_who_see(PAGE),
    "people:news": staff_who_see(PAGE),
    "people:withdraw_news": staff_who_see(ELSEWHERE),
    "people:put_back_news": staff_who_see(ELSEWHERE),
}
MATRIX = {**PUBLIC, **ACCOUNT, **LEARNING, **FOLLOWING}
