"""Observed practice in plain words."""

from collections import Counter

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext_lazy

from .competence import Lack, Moment, Proof

MOMENTS = {
    Moment.BEFORE: pgettext_lazy("moment", "Before"),
    Moment.DURING: pgettext_lazy("moment", "During"),
    Moment.AFTER: pgettext_lazy("moment", "After"),
}
PROOFS = {
    Proof.PRACTICE: gettext_lazy("Two assessors saw every critical criterion reached, one of them from outside."),
    Proof.EXPERIENCE: gettext_lazy("Experience was recognised for this block."),
    Proof.EQUIVALENCE: gettext_lazy("Another title gives this block."),
    Proof.JURY: gettext_lazy("A jury validated this block for good."),
}
FAULTS = {
    "no_block": gettext_lazy("There is no block yet."),
    "no_competence": gettext_lazy("%(where)s has no competence."),
    "no_criterion": gettext_lazy("%(where)s has no criterion."),
    "no_critical": gettext_lazy("%(where)s has no critical criterion: nothing would say when it is validated."),
}
# Landis and Koch (1977): what is usually said of a kappa up to each value.
BANDS = [
    (0.0, gettext_lazy("no better than chance")),
    (0.2, gettext_lazy("slight")),
    (0.4, gettext_lazy("fair")),
    (0.6, gettext_lazy("moderate")),
    (0.8, gettext_lazy("substantial")),
    (1.0, gettext_lazy("almost perfect")),
]
UNSEEN = {
    Lack.NOT_SEEN: ngettext_lazy(
        "%(count)d critical criterion has still to be seen by two assessors, after the training.",
        "%(count)d critical criteria have still to be seen by two assessors, after the training.",
        "count",
    ),
    Lack.OUTSIDE: ngettext_lazy(
        "%(count)d critical criterion has still to be seen by an assessor from outside the training.",
        "%(count)d critical criteria have still to be seen by an assessor from outside the training.",
        "count",
    ),
}
FEW = 10


def fault(found):
    return str(FAULTS[found.code]) % {"where": found.where}


def to_do(verdict, texts, names):
    """What a block lacks: each criterion that somebody did not see reached, then how many have still to be seen."""
    said = [not_reached(finding, texts, names) for finding in verdict.missing if finding.lack == Lack.NOT_REACHED]
    counts = Counter(finding.lack for finding in verdict.missing)
    return said + [sentence % {"count": counts[lack]} for lack, sentence in UNSEEN.items() if counts[lack]]


def not_reached(finding, texts, names):
    return _("%(code)s, “%(text)s”: not reached for %(names)s.") % {
        "code": finding.criterion,
        "text": texts.get(finding.criterion, ""),
        "names": ", ".join(names.get(assessor, "—") for assessor in finding.assessors),
    }


def agreed(agreement, names):
    """How far two assessors agree, and what that is worth."""
    one, two = (names.get(assessor, "—") for assessor in agreement.assessors)
    same = ngettext(
        "%(one)s and %(two)s: %(same)d of the %(count)d mark that both gave is the same (%(percent)d %%).",
        "%(one)s and %(two)s: %(same)d of the %(count)d marks that both gave are the same (%(percent)d %%).",
        agreement.criteria,
    ) % {"one": one, "two": two, "same": agreement.same, "count": agreement.criteria, "percent": agreement.percent}
    return [same, beyond_chance(agreement)]


def beyond_chance(agreement):
    if agreement.kappa is None:
        return _("Cohen’s kappa cannot be calculated: both gave the same mark to everything.")
    word = next(word for limit, word in BANDS if agreement.kappa <= limit + 1e-9)
    said = _("Beyond chance, their agreement is %(word)s (Cohen’s kappa %(kappa)s).") % {
        "word": word,
        "kappa": number_format(round(agreement.kappa, 2), 2),
    }
    few = _("With so few criteria, this says little.")
    return f"{said} {few}" if agreement.criteria < FEW else said


def risen(points):
    """A curve as a sentence."""
    known = [
        _("%(moment)s: %(percent)d %%.") % {"moment": MOMENTS[moment], "percent": point.percent}
        for moment, point in points.items()
        if point
    ]
    return " ".join(known) or _("Nothing was seen yet.")
