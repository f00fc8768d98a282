"""The code that a trainer projects: it changes every thirty seconds, and no row holds it.

It follows from the half-day, the hour and the secret of the site. The server's hour alone decides.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

# Nothing that is read for something else: no 0 or O, no 1, I or L, no U, and neither B, S nor Z beside 8, 5 and 2.
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
LENGTH = 6
SECONDS = 30


def window_at(now):
    return int(now.timestamp()) // SECONDS


def seconds_left(now):
    """How long the code of this moment stays on the screen."""
    return SECONDS - int(now.timestamp()) % SECONDS


def code_at(slot_code, window):
    digest = salted_hmac("certification.projection", f"{slot_code}:{window}", algorithm="sha256").digest()
    number, signs = int.from_bytes(digest, "big"), ""
    while len(signs) < LENGTH:
        number, place = divmod(number, len(ALPHABET))
        signs += ALPHABET[place]
    return signs


def grouped(code):
    """As it is shown and told: twice three signs."""
    return f"{code[:3]} {code[3:]}"


def normalised(typed):
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def age_of(typed, slot_code, now, oldest):
    """How many windows ago this code was projected for this half-day, or None."""
    window = window_at(now)
    ages = [age for age in range(oldest + 1) if constant_time_compare(typed, code_at(slot_code, window - age))]
    return ages[0] if ages else None
