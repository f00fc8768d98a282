"""E-mails that say something changed in an account: neutral words, in the person's language, no name in them."""

from contextvars import Context

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def tell(person, change):
    """Whoever did it may read another language than whoever is told: nothing of the request reaches the words."""
    if person.email and settings.ACCOUNT_EMAIL_NOTIFICATIONS:
        Context().run(write, person.email, person.interface_language or translation.get_language(), change)


def write(email, language, change):
    with translation.override(language or settings.LANGUAGE_CODE):
        lines = [
            _("Hello,"),
            str(CHANGES.get(change) or _("Something changed in the way you sign in.")),
            _("Was it you, or did you ask for it? Then all is well."),
            _("If not, change your password and tell the coordination."),
            settings.PUBLIC_ORIGIN,
        ]
        send_mail(_("A change in your account"), "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [email])
