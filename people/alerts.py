"""E-mails that say something changed in an account: neutral words, in the person's language, no name in them."""

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy

from . import mail

CHANGES = {
    "mfa/email/totp_activated": gettext_lazy("A code app was added."),
    "mfa/email/totp_deactivated": gettext_lazy("The code app was removed."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New emergency codes were made."),
    "account/email/password_changed": gettext_lazy("The password was changed."),
    "account/email/password_set": gettext_lazy("A password was set."),
    "account/email/password_reset": gettext_lazy("The password was changed."),
    "account/email/email_changed": gettext_lazy("The e-mail address was changed."),
    "account/email/email_confirm": gettext_lazy("An e-mail address was confirmed."),
    "account/email/email_deleted": gettext_lazy("An e-mail address was removed."),
    "unlocked": gettext_lazy("The coordination removed your second proof. At the next sign-in you choose a new one."),
}


OTHER = gettext_lazy("Something changed in the way you sign in.")


def tell(person, change):
    if settings.ACCOUNT_EMAIL_NOTIFICATIONS:
        language = person.interface_language or get_language()
        mail.tell(person.email, language, "alert", change=CHANGES.get(change, OTHER))
