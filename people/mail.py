"""Letters to one person, in their language, with a subject that says nothing to whoever looks over a shoulder."""

from contextvars import Context

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


def tell(email, language, template, **values):
    """After the commit; nothing without an address. A letter that cannot leave undoes nothing: it is logged."""

    def send():
        # In a context of its own: the menus of whoever pressed the button are in another language.
        Context().run(send_in, language or settings.LANGUAGE_CODE, template, email, values)

    if email:
        transaction.on_commit(send, robust=True)


def send_in(language, template, email, values):
    with translation.override(language):
        text = render_to_string(f"people/mail/{template}.txt", {"origin": settings.PUBLIC_ORIGIN, **values})
        send_mail(_("A message about your account"), text, None, [email])
