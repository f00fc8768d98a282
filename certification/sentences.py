"""Codes to plain sentences, in the reader's language."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Slot
from home.documents.fonts import MissingGlyph
from home.typography import duration

from . import rule_words
from .refusals import NotYet
from .rule_words import Sentence
from .rules import Code


def to_learner(verdict, titles):
    """What is missing, then what is met. `titles` gives the name of each module, and of each block, by key."""
    said = [SAID[finding.code](finding.values) for finding in verdict.missing if finding.code in SAID]
    left, done = verdict.modules(verdict.missing), verdict.modules(verdict.met)
    if left:
        said.append(
            Sentence(False, "book-open", modules_left(len(left)), tuple(steps(module, titles) for module in left))
        )
    said += rule_words.missing_to_learner(verdict, titles)
    said += [presence_met(finding.values) for finding in verdict.met if finding.code == Code.PRESENCE]
    if done:
        names = ", ".join(titles[module["key"]] for module in done)
        said.append(Sentence(True, "check", modules_done(len(done)), (names,)))
    said += rule_words.met_to_learner(verdict, titles)
    return said


def to_staff(verdict):
    """What is missing, said of someone else, as short as a table asks."""
    said = [BRIEF[finding.code](finding.values) for finding in verdict.missing if finding.code in BRIEF]
    left = len(verdict.modules(verdict.missing))
    if left:
        said.append(ngettext("%(count)d module to finish.", "%(count)d modules to finish.", left) % {"count": left})
    return [*said, *rule_words.missing_to_staff(verdict)]


def totals(record):
    """(name, minutes) of each way of learning, apart; those that were not used are left out, but for the first."""
    yield Slot.Modality.ON_SITE.label, record.minutes.get(Slot.Modality.ON_SITE, 0)
    others = [(modality.label, record.minutes.get(modality, 0)) for modality in Slot.Modality if modality != "on_site"]
    yield from (pair for pair in [*others, (_("online work"), record.asynchronous_minutes)] if pair[1])


def presence_missing(values):
    title = _("You still need %(time)s of presence.") % {"time": duration(values["minutes"])}
    return Sentence(False, "clock", title, (rule_words.so_far(values),))


def presence_met(values):
    return Sentence(True, "check", _("Your presence is complete."), (rule_words.so_far(values),))


def name_missing(_values):
    return Sentence(False, "user", _("Your printed name is missing."), (_("Ask the coordination to write it."),))


def modules_left(count):
    return ngettext("%(count)d module is left.", "%(count)d modules are left.", count) % {"count": count}


def modules_done(count):
    return ngettext("%(count)d module is passed.", "%(count)d modules are passed.", count) % {"count": count}


def steps(module, titles):
    """What is left in one module."""
    values = {"title": titles[module["key"]], "count": module["lessons"]}
    if module["lessons"] and module["quiz"]:
        sentence = ngettext(
            "%(title)s: %(count)d lesson and the quiz are left.", "%(title)s: %(count)d lessons and the quiz are left.",
            module["lessons"],
        )  # fmt: skip
    elif module["lessons"]:
        sentence = ngettext(
            "%(title)s: %(count)d lesson is left.", "%(title)s: %(count)d lessons are left.", module["lessons"]
        )
    else:
        sentence = _("%(title)s: the quiz is left.")
    return sentence % values


SAID = {Code.NAME: name_missing, Code.PRESENCE: presence_missing}
BRIEF = {
    Code.NAME: lambda _values: _("The printed name is missing."),
    Code.PRESENCE: lambda values: _("%(time)s of presence missing.") % {"time": duration(values["minutes"])},
}
REFUSALS = {
    "reason": gettext_lazy("Give a reason."),
    "conflict": gettext_lazy("This was already saved with another answer. Check it and save again."),
    "decided": gettext_lazy("This mark was already decided, otherwise."),
    "not_late": gettext_lazy("This mark was on time: there is nothing to decide."),
    "signed": gettext_lazy("The sheet is signed: this does not change any more."),
    "too_early": gettext_lazy("This half-day has not come yet. Sign it on its day."),
    "nobody": gettext_lazy("Nobody is expected in this half-day."),
    "revoked": gettext_lazy("This certificate is revoked: it cannot be replaced."),
    "replaced": gettext_lazy("This certificate was replaced meanwhile. Revoke the one that replaces it."),
    "withdrawn": gettext_lazy("Your certificate was revoked. Ask the coordination."),
    "same_name": gettext_lazy("The name is the same: correct it on the page of the person first."),
    "not_started": gettext_lazy("This training has not started yet."),
    "not_yet": gettext_lazy("The certificate is not ready yet."),
    "failed": gettext_lazy("Something went wrong on our side. It is written down; issue again later."),
    "code_unknown": gettext_lazy("This code is not known. Check it on the screen of the room."),
    "code_changed": gettext_lazy("This code has changed. Take the one that is on the screen now."),
    "check_in_early": gettext_lazy("It is too early. You can say that you are there from %(time)s."),
    "check_in_late": gettext_lazy("It is too late: this was possible until %(time)s. Ask the trainer."),
    "wrong_session": gettext_lazy("This code is for another session, not for yours. Ask the trainer."),
    "wrong_group": gettext_lazy("This code is for another group. Ask the trainer."),
    "not_registered": gettext_lazy("You are not registered for this session. Ask the trainer."),
    "already_signed": gettext_lazy("Your signature is already there. You have nothing more to do."),
    "receipt": gettext_lazy("Take the code that is on the screen of the room."),
    "no_contract": gettext_lazy("Write the idClient and the idContrat of the certifier in the scheme first."),
    "nothing_to_send": gettext_lazy("Nobody can be sent now: there is nobody, or the civil status is missing."),
    "not_declared": gettext_lazy("There is nothing to declare: the civil status is not kept."),
    "in_flight": gettext_lazy(
        "A file with this person is on its way. Wait for the answer, or discard the file if it was not deposited."
    ),
    "receipt_old": gettext_lazy("More than ten minutes have passed. Take the code that is on the screen now."),
    "rule_changed": gettext_lazy("Somebody published another version meanwhile. Compare again, then publish."),
    "draft_gone": gettext_lazy("This draft is not there any more: it was published or thrown away."),
    "block_changed": gettext_lazy("Somebody else changed this block meanwhile. Compare, then save again."),
    "unfinished": gettext_lazy("This draft is not finished."),
    "unchanged": gettext_lazy("This draft says the same as the version that stands."),
    "not_asked": gettext_lazy("You are not asked to assess this person any more."),
    "form_used": gettext_lazy("This form was already sent with something else. Open it again."),
    "jury_closed": gettext_lazy("Everybody signed: this jury does not change any more."),
    "jury_cancelled": gettext_lazy("This jury is cancelled: it does not change any more."),
    "jury_decides": gettext_lazy(
        "The jury has decided already: it cannot be cancelled. Until all have signed, it may still decide otherwise."
    ),
    "jury_early": gettext_lazy("The jury has not met yet. Write its decisions on its day."),
    "jury_declared": gettext_lazy("Members have already declared their conflicts: the candidates stay the same."),
    "one_chair": gettext_lazy("This jury already has somebody who chairs it."),
    "inside": gettext_lazy("Whoever trains this group can only sit as a trainer."),
    "not_speaker": gettext_lazy("The chair writes this decision."),
    "jury_decided": gettext_lazy("The jury has decided already: it cannot have met after that."),
    "not_sitting": gettext_lazy("You do not sit in this jury any more."),
    "minutes_changed": gettext_lazy("The minutes changed meanwhile. Read them again, then sign."),
    "own_practice": gettext_lazy("Nobody assesses themselves."),
    "criterion": gettext_lazy("This grid is of another version. Open it again."),
    "nothing_seen": gettext_lazy("Mark at least one criterion."),
    "answered": gettext_lazy("You already answered. Your first answer stays."),
    "portfolio_full": gettext_lazy("You have %(count)d files. Remove one first."),
    "accepted": gettext_lazy("This file was accepted, or proves a block: it stays."),
    "outbox": gettext_lazy("What this phone sent cannot be read."),
    "too_large": gettext_lazy("This phone sent too much at once."),
    "unreadable": gettext_lazy("This entry cannot be read. Mark the person again."),
    "signature_small": gettext_lazy("The signature is too small. Have the person sign again."),
    "minutes": gettext_lazy("The minutes do not fit this half-day. Mark the person again."),
    "not_expected": gettext_lazy("This person is not expected in this half-day."),
    "unnamed": gettext_lazy("The printed name is missing."),
    "nothing_followed": gettext_lazy("There is nothing to attest yet: no hour counts."),
    "no_signatory": gettext_lazy(
        "Nobody signs the documents yet. Ask an administrator to write it in the settings of the site."
    ),
    "not_yours": gettext_lazy("Somebody else marked this. It waits until that person signs in."),
}


METHOD = gettext_lazy(
    "Online work: the declared duration of each lesson that is finished, whatever the time the page stayed open; "
    "opening a lesson is not recorded. Meetings: the minutes of half-days that a trainer countersigned. Delay of an "
    "answer: the time that went by, nights and week-ends included."
)
UNREADABLE = {
    "size": gettext_lazy("This file is too heavy: 2 MB at most."),
    "encoding": gettext_lazy("This file is not a report of Teams, Zoom or BigBlueButton."),
    "json": gettext_lazy("This file is not a report of BigBlueButton (learning_dashboard_data.json)."),
    "empty": gettext_lazy("This report names nobody."),
    "columns": gettext_lazy("A column is missing."),
    "moment": gettext_lazy("An hour cannot be read."),
    "order": gettext_lazy("Somebody left before they came."),
    "nobody": gettext_lazy("A name is missing."),
    "action": gettext_lazy("This line says neither that somebody came nor that they left."),
    "no_times": gettext_lazy("This report has no hours. In Zoom, export it again without “Show unique users”."),
}


def unreadable(error):
    """The sentence of an `Unreadable` report."""
    if error.line:
        return _("Line %(line)d: %(reason)s") % {"line": error.line, "reason": UNREADABLE[error.reason]}
    return str(UNREADABLE[error.reason])


def refusal(refused):
    """The sentence of a `Refused`."""
    if refused.code == "unmarked":
        count = refused.values["count"]
        return ngettext("%(count)d person is left to mark.", "%(count)d people are left to mark.", count) % {
            "count": count
        }
    if refused.code == "undecided":
        count = refused.values["count"]
        sentence = ngettext("%(count)d decision is missing.", "%(count)d decisions are missing.", count)
        return sentence % {"count": count}
    return REFUSALS[refused.code] % refused.values if refused.values else str(REFUSALS[refused.code])


def unprintable(error):
    """The sentence of a `MissingGlyph`."""
    return _("These signs cannot be printed: %(signs)s. Ask the coordination to correct the name.") % {
        "signs": " ".join(error.characters)
    }


def why_not(error):
    """Why somebody has no certificate, said to the staff."""
    if isinstance(error, MissingGlyph):
        return unprintable(error)
    if isinstance(error, NotYet):
        return " ".join(to_staff(error.verdict))
    if error.code == "withdrawn":
        return _("The certificate of this training was revoked. Ask the coordination.")
    return refusal(error)


UNREADABLE_RECEIPT = {
    "xml": gettext_lazy("This is not a whole XML file."),
    "doctype": gettext_lazy("This file declares a document type: such a file is not opened."),
    "root": gettext_lazy("This is not a return file of the register: its first element is not “rapport”."),
    "no_answer": gettext_lazy("This file holds no answer."),
    "no_id": gettext_lazy("An answer does not say for whom it is (idTechnique)."),
    "no_reason": gettext_lazy("A refusal does not say why (messageErreur)."),
    "twice": gettext_lazy("The same person is answered twice."),
    "other_file": gettext_lazy("This return file is for another file."),
    "unknown": gettext_lazy("This answer is for somebody who is not in the file."),
    "otherwise": gettext_lazy("This person was already answered otherwise."),
}
# What the register is known to say, and what to do about it.
ADVICE = [
    (
        re.compile(r"aucun titulaire", re.IGNORECASE),
        gettext_lazy(
            "The register recognises nobody. Compare the birth name, the first name, the sex and the year with the "
            "document (OFPRA certificate, passport), letter by letter. A provisional number is never recognised."
        ),
    ),
    (
        re.compile(r"plusieurs titulaires", re.IGNORECASE),
        gettext_lazy("Several people look like this one. Add the day, the month, the town and the other first names."),
    ),
    (
        re.compile(r"doublon|déjà", re.IGNORECASE),
        gettext_lazy("The register seems to have it already. Look for the person on the portal before sending again."),
    ),
    (
        re.compile(r"contrat|idclient|habilit", re.IGNORECASE),
        gettext_lazy("It is about the certifier, not the person. Check the scheme, then send again."),
    ),
]


def unreadable_receipt(error):
    """The sentence of an `Unreadable` return file."""
    reason = UNREADABLE_RECEIPT[error.reason]
    return _("Line %(line)d: %(reason)s") % {"line": error.line, "reason": reason} if error.line else str(reason)


def advice(reason):
    """What to do about a refusal of the register, "" when its words are not known."""
    return next((str(sentence) for pattern, sentence in ADVICE if pattern.search(reason)), "")
