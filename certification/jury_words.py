"""What a jury is, lacks and decides, in plain words."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from .jury import Decision, Seat

SEATS = {
    Seat.CHAIR: pgettext_lazy("jury", "chair"),
    Seat.PROFESSIONAL: pgettext_lazy("jury", "professional"),
    Seat.TRAINER: pgettext_lazy("jury", "trainer"),
}
DECISIONS = {
    Decision.ADMITTED: pgettext_lazy("jury", "admitted"),
    Decision.PARTIAL: pgettext_lazy("jury", "validated in part"),
    Decision.POSTPONED: pgettext_lazy("jury", "postponed"),
    Decision.ABSENT: pgettext_lazy("jury", "absent"),
    Decision.FRAUD: pgettext_lazy("jury", "fraud"),
}
# What a learner reads of the jury: what it decided, and what comes now.
TO_LEARNER = {
    "": (
        gettext_lazy("The jury has not decided yet."),
        gettext_lazy("It meets once the training is over. You have nothing to do: we write to you."),
    ),
    Decision.ADMITTED: (
        gettext_lazy("The jury admits you. Congratulations!"),
        gettext_lazy("This decision counts for your certificate."),
    ),
    Decision.PARTIAL: (
        gettext_lazy("The jury validates a part of your path."),
        gettext_lazy("What is validated is yours for good. The coordination helps you with the rest."),
    ),
    Decision.POSTPONED: (
        gettext_lazy("The jury asks you to come back once more."),
        gettext_lazy("Nothing is lost: what you did stays. The coordination prepares the next time with you."),
    ),
    Decision.ABSENT: (
        gettext_lazy("The jury could not meet you that day."),
        gettext_lazy("It may happen to anyone. Ask the coordination for another date."),
    ),
    Decision.FRAUD: (
        gettext_lazy("The jury could not take your work into account."),
        gettext_lazy("Talk about it with the coordination. They listen to you and explain what you can do."),
    ),
}
FAULTS = {
    "too_few": gettext_lazy("A jury has two members at least."),
    "one_chair": gettext_lazy("One member, and one only, chairs the jury."),
    "no_professional": gettext_lazy("A professional from outside has to sit in the jury."),
    "inside": gettext_lazy("%(who)s trains this group, and can only sit as a trainer."),
    "undeclared": gettext_lazy("%(who)s has not said yet whether there is a conflict of interest."),
    "too_few_judges": gettext_lazy("Two members without a conflict of interest are needed to judge %(who)s."),
    "decide_again": gettext_lazy(
        "The decision on %(who)s has to be written again: its author may not write it any more."
    ),
    "no_reason": gettext_lazy("Write the reason of this decision."),
    "blocks_elsewhere": gettext_lazy("Blocks are chosen only when a part is validated."),
    "title_without_blocks": gettext_lazy("This title has no blocks: it is passed as a whole."),
    "some_blocks": gettext_lazy("Choose some of the blocks, and not all of them."),
}


def fault(found, names):
    """`names`: by the code of the person."""
    return str(FAULTS[found.code]) % {"who": names.get(found.who, "—")}
