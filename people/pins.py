"""What six digits are a PIN. Pure."""

import unicodedata

LENGTH = 6
UP, DOWN = "01234567890", "09876543210"
# Those that people choose most often, besides sequences and repetitions.
COMMON = {"112233", "123654", "147258", "159753", "147852", "258456", "789456", "102030", "131313", "520520"}


def normalised(typed):
    """The digits of any script as 0 to 9, without spaces."""
    signs = "".join(typed.split())
    return "".join(str(unicodedata.digit(sign, sign)) for sign in signs)


def is_pin(digits):
    return len(digits) == LENGTH and digits.isascii() and digits.isdecimal()


def is_weak(digits):
    """A sequence, a repetition of one to three digits, or one of the most common."""
    return digits in UP or digits in DOWN or digits in COMMON or digits in (digits[:3] * 2, digits[:2] * 3)
