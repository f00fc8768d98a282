"""What a rule asks for, and what a verdict says of it, in plain words."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Slot
from home.typography import duration

from .jury import Decision
from .jury_words import DECISIONS, TO_LEARNER
from .rules import ONLINE, Code

WAYS = {**{modality.value: modality.label for modality in Slot.Modality}, ONLINE: gettext_lazy("online work")}


@dataclass(frozen=True)
class Sentence:
    met: bool
    icon: str
    title: str
    details: tuple[str, ...] = ()


def asked(rule_set):
    """One sentence for each thing that a rule asks for, but for the presence, which each training fixes."""
    said = [_("Presence: what the training asks for.")]
    for modality, minutes in rule_set.minutes.items():
        said.append(_("%(way)s: at least %(time)s.") % {"way": way(modality), "time": duration(minutes)})
    if rule_set.modules:
        said.append(_("Every module is finished."))
    if rule_set.quiz_percent:
        said.append(_("The best score of each quiz is at least %(percent)d %%.") % {"percent": rule_set.quiz_percent})
    if rule_set.assessors:
        said.append(
            ngettext(
                "At least %(count)d assessor observed the person and filled a grid.",
                "At least %(count)d assessors observed the person, and each filled a grid.",
                rule_set.assessors,
            )
            % {"count": rule_set.assessors}
        )
    if rule_set.blocks:
        said.append(_("Every block of competences of the framework is validated."))
    if rule_set.jury:
        said.append(_("A jury admits the person: nobody else, and no calculation, decides in its place."))
    return said


def way(modality):
    return capfirst(str(WAYS[modality]))


def so_far(values):
    times = {"have": duration(values["have"]), "need": duration(values["need"])}
    return _("You have %(have)s. It takes %(need)s.") % times


def missing_to_learner(verdict, titles):
    """What is missing of what only some rules ask for."""
    for values in verdict.values(Code.MINUTES, verdict.missing):
        title = _("%(way)s: you still need %(time)s.")
        yield Sentence(
            False, "clock", title % {"way": way(values["key"]), "time": duration(values["minutes"])}, (so_far(values),)
        )
    scores = verdict.values(Code.QUIZ, verdict.missing)
    if scores:
        title = ngettext("One quiz has to go better.", "%(count)d quizzes have to go better.", len(scores))
        details = tuple(score(values, titles) for values in scores)
        yield Sentence(False, "circle-question-mark", title % {"count": len(scores)}, details)
    for values in verdict.values(Code.PRACTICE, verdict.missing):
        sentence = ngettext(
            "%(count)d assessor has still to observe you.",
            "%(count)d assessors have still to observe you.",
            values["count"],
        )
        yield Sentence(False, "list-checks", sentence % values)
    blocks = verdict.values(Code.BLOCK, verdict.missing)
    if blocks:
        yield Sentence(False, "list-checks", _("Blocks of competences are not validated yet."), named(blocks, titles))
    for values in verdict.values(Code.JURY, verdict.missing):
        title, detail = TO_LEARNER[values["decision"]]
        yield Sentence(False, "users", str(title), (str(detail),))


def met_to_learner(verdict, titles):
    for values in verdict.values(Code.MINUTES, verdict.met):
        yield Sentence(True, "check", _("%(way)s: complete.") % {"way": way(values["key"])}, (so_far(values),))
    if verdict.values(Code.QUIZ, verdict.met) and not verdict.values(Code.QUIZ, verdict.missing):
        yield Sentence(True, "check", _("Your quiz scores are high enough."))
    if verdict.values(Code.PRACTICE, verdict.met):
        yield Sentence(True, "check", _("Your practice was observed."))
    blocks = verdict.values(Code.BLOCK, verdict.met)
    if blocks:
        yield Sentence(True, "check", _("Blocks of competences are validated."), named(blocks, titles))
    if verdict.values(Code.JURY, verdict.met):
        yield Sentence(True, "check", str(TO_LEARNER[Decision.ADMITTED][0]))


def score(values, titles):
    title = titles[values["key"]]
    if values["have"] is None:
        return _("%(title)s: it takes %(need)d %%.") % {"title": title, "need": values["need"]}
    sentence = _("%(title)s: you have %(have)d %%, it takes %(need)d %%.")
    return sentence % {"title": title, "have": values["have"], "need": values["need"]}


def named(blocks, titles):
    """One line a block, with its title when it is known."""
    if not blocks[0]["key"]:
        return (codes(blocks),)
    keys = [block["key"] for block in blocks]
    return tuple(f"{key} · {titles[key]}" if key in titles else key for key in keys)


def codes(blocks):
    return ", ".join(block["key"] for block in blocks) if blocks[0]["key"] else _("No framework is published yet.")


def missing_to_staff(verdict):
    """The same, said of someone else, as short as a table asks."""
    for values in verdict.values(Code.MINUTES, verdict.missing):
        yield _("%(way)s: %(time)s missing.") % {"way": way(values["key"]), "time": duration(values["minutes"])}
    scores = len(verdict.values(Code.QUIZ, verdict.missing))
    if scores:
        yield ngettext("%(count)d quiz score too low.", "%(count)d quiz scores too low.", scores) % {"count": scores}
    for values in verdict.values(Code.PRACTICE, verdict.missing):
        yield ngettext("%(count)d assessor missing.", "%(count)d assessors missing.", values["count"]) % values
    blocks = verdict.values(Code.BLOCK, verdict.missing)
    if blocks:
        yield _("Not validated: %(codes)s") % {"codes": codes(blocks)}
    for values in verdict.values(Code.JURY, verdict.missing):
        yield _("Jury: %(decision)s") % {"decision": DECISIONS.get(values["decision"], _("has not decided yet"))}
