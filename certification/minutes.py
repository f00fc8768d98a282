"""The minutes of a jury: facts to the strings that are frozen, in both languages."""

from dataclasses import asdict

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.moments import clock, day
from home.interface import spoken_in
from home.models import SiteSettings

from . import drawing
from .documents.minutes import MinutesPaper, MinutesSignature, MinutesText
from .jury_words import DECISIONS, SEATS
from .models import FrameworkVersion
from .pages import course_titles


def facts_of(jury, sitting, standing):
    """What the minutes say, without a language: they hold as long as this is the same."""
    return {
        "at": jury.at.isoformat(),
        "place": jury.place,
        "members": [
            [str(member.person.code), str(member.person), member.seat, sorted(member.conflicts or [])]
            for member in sitting
        ],
        "candidates": [
            [str(learner.code), str(learner), *standing[learner.pk].body]
            for learner in jury.learners
            if learner.pk in standing
        ],
    }


def content_of(jury, facts, now):
    texts = {language: asdict(text_of(jury, facts, language, now)) for language, _name in settings.LANGUAGES}
    return {"facts": facts, **texts}


def text_of(jury, facts, language, now):
    with spoken_in(language):
        site = SiteSettings.load()
        return MinutesText(
            lang=language,
            labels=labels(),
            provider=site.provider,
            nda=site.nda,
            title=jury.scheme.title,
            facts=[[label, str(value)] for label, value in general(jury, language, now) if value],
            members=[member_line(*member) for member in facts["members"]],
            conflicts=list(conflicts(facts)),
            rows=[candidate_row(jury, language, *candidate) for candidate in facts["candidates"]],
            closing=_("The jury deliberated in private. Each decision was taken by two members at least, none of whom "
                      "declared a conflict of interest with the person. No calculation decided in their place."),
            eu=site.funding_sentence if site.funding else "",
            programme=site.programme if site.funding else "",
        )  # fmt: skip


def general(jury, language, now):
    scheme, on = jury.scheme, timezone.localdate(jury.at)
    when = _("%(day)s, %(time)s") % {"day": day(jury.at), "time": clock(jury.at)}
    yield _("Certifier"), scheme.certifier
    yield _("Number in the register"), scheme.register_code if scheme.was_registered(on) else ""
    yield _("Training"), course_titles([jury.edition], language).get(jury.edition.course_id, "")
    yield _("Group"), jury.edition.cohort
    yield _("Met on"), when
    yield _("Place"), jury.place
    yield _("Drawn up on"), day(now)


def member_line(_code, name, seat, _conflicts):
    return [name, str(SEATS[seat])]


def conflicts(facts):
    """Who did not judge whom."""
    names = {code: name for code, name, *_rest in facts["candidates"]}
    for _code, member, _seat, codes in facts["members"]:
        aside = ", ".join(names[code] for code in codes if code in names)
        if aside:
            sentence = _("%(member)s declared a conflict of interest and did not judge: %(names)s.")
            yield sentence % {"member": member, "names": aside}


def candidate_row(jury, language, _code, name, decision, reason, blocks):
    return [name, capfirst(str(DECISIONS[decision])), [*block_titles(jury, blocks, language), *filter(None, [reason])]]


def block_titles(jury, blocks, language):
    version = FrameworkVersion.objects.of(jury.edition) if blocks else None
    titles = {block.code: block.title[language] for block in version.framework.blocks} if version else {}
    return [_("Validated: %(block)s") % {"block": f"{code} · {titles.get(code, '')}"} for code in blocks]


def labels():
    return {
        "minutes": _("Minutes of the jury"),
        "members": _("Members"),
        "conflicts": _("Conflicts of interest"),
        "no_conflict": _("Each member declared that there is none."),
        "decisions": _("Decisions"),
        "candidate": _("Candidate"),
        "decision": _("Decision"),
        "reason": _("Reason, and blocks that are validated"),
        "signatures": pgettext("jury", "Signatures"),
        "signature": pgettext("jury", "Signature"),
        "account": _("signed by account"),
        "member": pgettext("jury", "Member"),
        "nda": _("Activity declaration number"),
        "fingerprint": _("Fingerprint"),
        "page": _("Page {page} of {pages}"),
        "flag": _("Flag of the European Union"),
    }


def paper_of(minutes):
    """The frozen texts with the signatures under them: those of the members who sit."""
    texts = [MinutesText(**minutes.content[language]) for language, _name in settings.LANGUAGES]
    places = {code: place for place, (code, *_rest) in enumerate(minutes.content["facts"]["members"])}
    signatures = []
    for signature in minutes.signatures.filter(member__ended_at=None).select_related("member__person"):
        said = [text.members[places[str(signature.member.person.code)]] for text in texts]
        quality = " · ".join(dict.fromkeys(quality for _name, quality in said))
        moment = timezone.localtime(signature.at).strftime("%d.%m.%Y, %H:%M")
        drawn = [drawing.points_of(stroke) for stroke in signature.strokes]
        signatures.append(MinutesSignature(said[0][0], quality, moment, drawn))
    return MinutesPaper(texts, signatures, minutes.digest)
