"""Who a participant may be, among those expected: a proposal, which a person confirms. Values in, values out."""

import unicodedata


def words_of(name):
    """Without accents, case, order and what stands in brackets: “DIALLO, Amina (invitée)” is “Amina Diallo”."""
    bare = name.partition("(")[0] or name
    letters = unicodedata.normalize("NFKD", bare).casefold()
    kept = "".join(sign if sign.isalnum() else " " for sign in letters if not unicodedata.combining(sign))
    return frozenset(kept.split())


def proposed(name, email, people):
    """The one person of `people` ((key, name, e-mail) triples) with this e-mail, else with this name, or None."""
    by_email = [key for key, _name, address in people if email and address.casefold() == email.casefold()]
    by_name = [key for key, known, _address in people if words_of(known) == words_of(name) and words_of(name)]
    for found in (by_email, by_name):
        if len(found) == 1:
            return found[0]
    return None
