"""Every printed string of a certificate, said once in each language, to be frozen with it."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from home.interface import spoken_in
from home.typography import duration

from .codes import grouped
from .documents.certificate import CertificateText
from .models import Scheme
from .models.schemes import DEFAULT

FEMININE, MASCULINE, NEUTRAL = "f", "m", ""
TITLES = {
    FEMININE: pgettext_lazy("feminine", "Certificate of integration ambassador"),
    MASCULINE: pgettext_lazy("masculine", "Certificate of integration ambassador"),
    NEUTRAL: pgettext_lazy("neutral", "Certificate of integration ambassador"),
}
HEADINGS = {
    FEMININE: pgettext_lazy("feminine", "This person can"),
    MASCULINE: pgettext_lazy("masculine", "This person can"),
    NEUTRAL: pgettext_lazy("neutral", "This person can"),
}
TRAINERS = {
    FEMININE: pgettext_lazy("feminine", "Trainer"),
    MASCULINE: pgettext_lazy("masculine", "Trainer"),
    NEUTRAL: pgettext_lazy("neutral", "Trainer"),
}
COORDINATORS = {
    FEMININE: pgettext_lazy("feminine", "Coordinator"),
    MASCULINE: pgettext_lazy("masculine", "Coordinator"),
    NEUTRAL: pgettext_lazy("neutral", "Coordinator"),
}

REGISTERED = {
    Scheme.Registration.RNCP: gettext_lazy(
        "Registered in the national register of professional certifications (RNCP) as %(code)s, "
        "by decision of the director general of France compétences dated %(day)s"
    ),
    Scheme.Registration.RS: gettext_lazy(
        "Registered in the specific register (RS) as %(code)s, "
        "by decision of the director general of France compétences dated %(day)s"
    ),
}


def certificate_text(certificate, record, lines, signatories, site, on, scheme):
    """`lines` holds the lists in French and in Dutch, `signatories` pairs (person, names of the role)."""
    spoken = {}
    for language in ("fr", "nl"):
        with spoken_in(language):
            said = sentences(certificate, record, site, on, scheme)
            spoken |= {f"{name}_{language}": text for name, text in said}
    return CertificateText(
        verify_label=f"{settings.PUBLIC_ORIGIN.split('//')[-1]}/v",
        skills=[list(pair) for pair in zip(*lines, strict=True)],
        signatories=[signatory(person, roles) for person, roles in signatories],
        eu_fr=site.funding_fr if site.funding else "",
        eu_nl=site.funding_nl if site.funding else "",
        programme=site.programme_fr if site.funding else "",
        provider="Ambassadeurs",
        provider_sub=site.provider,
        **named(certificate),
        **spoken,
    )


def sentences(certificate, record, site, on, scheme):
    """Those that are said in one language."""
    yield from addressed(certificate.learner, scheme, on)
    yield from told(certificate, site, on)
    yield "mentions", list(mentions(scheme, on))
    yield "granted", _("This certificate is granted to")
    yield "reason", reason(record)
    yield "verify", _("Verify")


def corrected(certificate, old, scheme, site):
    """The frozen strings of `old` with what names its holder said anew, for the certificate that replaces it."""
    learner, on = certificate.learner, timezone.localdate(certificate.issued_at)
    spoken = {}
    for language in ("fr", "nl"):
        with spoken_in(language):
            said = [*addressed(learner, scheme, timezone.localdate(old.issued_at)), *told(certificate, site, on)]
            spoken |= {f"{name}_{language}": text for name, text in said}
    return {**old.printed, **named(certificate), **spoken}


def named(certificate):
    return {
        "number": certificate.number,
        "code": grouped(certificate.code),
        "verify_url": f"{settings.PUBLIC_ORIGIN}/v/{certificate.code}/",
        "holder": certificate.learner.printed_name,
    }


def addressed(learner, scheme, on):
    """What agrees with the person."""
    yield "title", title(scheme, learner, on)
    yield "heading", str(HEADINGS[learner.agreement])


def told(certificate, site, on):
    """Where and when, and which certificate comes before."""
    yield "place_and_date", _("%(city)s, %(date)s") % {"city": site.city, "date": date_format(on, "DATE_FORMAT")}
    yield "follows", follows(certificate)


def follows(certificate):
    if certificate.replaces:
        return _("Replaces %(number)s") % {"number": certificate.replaces.number}
    return _("Renews %(number)s") % {"number": certificate.renews.number} if certificate.renews else ""


def title(scheme, learner, on):
    """A registered title is printed as it is registered, without an agreement or any addition."""
    agrees = scheme.key == DEFAULT and not scheme.was_registered(on)
    return str(TITLES[learner.agreement]) if agrees else scheme.title


def mentions(scheme, on):
    """What a registered title must show. Nothing is said of a registration that is in preparation or over."""
    if not scheme.was_registered(on):
        return
    values = {"code": scheme.register_code, "day": scheme.decided_on.strftime("%d/%m/%Y")}
    yield str(REGISTERED[scheme.registration]) % values
    if scheme.level:
        yield _("Level %(level)s · level %(level)s of the European qualifications framework (EQF)") % {
            "level": scheme.level
        }
    if scheme.nsf_codes:
        yield _("NSF code: %(codes)s") % {"codes": scheme.nsf_codes}
    name = f"{scheme.certifier} ({scheme.trade_name})" if scheme.trade_name else scheme.certifier
    yield _("Certifier: %(name)s") % {"name": name}


def reason(record):
    count = len(record.modules)
    if not record.presence_minutes:
        sentence = ngettext("for having passed %(count)d module.", "for having passed %(count)d modules.", count)
        return sentence % {"count": count}
    sentence = ngettext(
        "for having followed **%(time)s** of training and passed %(count)d module.",
        "for having followed **%(time)s** of training and passed %(count)d modules.",
        count,
    )
    return sentence % {"time": duration(record.presence_minutes), "count": count}


def signatory(person, roles):
    said = []
    for language in ("fr", "nl"):
        with spoken_in(language):
            said.append(str(roles[person.agreement]))
    return [str(person), *said]
