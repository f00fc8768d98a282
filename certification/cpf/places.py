"""Countries of birth, by their code of the Code officiel géographique (INSEE)."""

import csv
import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("countries.csv")
# A commune, today's or an earlier one: the department, then three figures. 99 is abroad.
COMMUNE = re.compile(r"(?!99)(\d\d|2[AB])\d{3}")
POSTCODE = re.compile(r"\d{5}")


@cache
def countries():
    """Pairs (name in French, name in Dutch) by code."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {row["code"]: (row["fr"], row["nl"]) for row in csv.DictReader(table)}


def choices(language):
    """(code, name) in this language, by name."""
    at = int(language == "nl")
    return sorted(((code, names[at]) for code, names in countries().items()), key=lambda pair: plain(pair[1]))


def plain(name):
    return name.replace("É", "E").replace("Î", "I").replace("Å", "A").replace("Ö", "O").casefold()
