"""The documents that are made of what a learner did: their kinds, their texts as shipped, and the holes in these."""

from string import Formatter

from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fr", "nl")
PARTS = ("title", "intro", "closing", "place")


class Kind(models.TextChoices):
    REALISATION = "realisation", _("Certificate of completion")
    END = "end", _("Attestation of the end of the training")
    PARTICIPATION = "participation", _("Attestation of participation")
    ACTIVITIES = "activities", _("List of online activities")


# What a number begins with.
PREFIXES = {Kind.REALISATION: "CR", Kind.END: "AF", Kind.PARTICIPATION: "AP", Kind.ACTIVITIES: "RA"}
# Those that somebody signs, and those that a learner asks for without the staff.
SIGNED = (Kind.REALISATION, Kind.END, Kind.PARTICIPATION)
OPEN_TO_LEARNERS = (Kind.END, Kind.PARTICIPATION, Kind.ACTIVITIES)
HOLES = ("holder", "course", "provider", "start", "end", "hours")
HOLES_OF_SIGNED = (*HOLES, "signatory", "role")
SHIPPED = {
    Kind.REALISATION: {
        "title_fr": "Certificat de réalisation",
        "title_nl": "Attest van uitvoering (certificat de réalisation)",
        "intro_fr": (
            "Je soussigné(e), {signatory}, {role}, représentant le dispensateur de l’action concourant au "
            "développement des compétences {provider}, atteste que {holder} a suivi l’action « {course} », "
            "du {start} au {end}, pendant {hours}."
        ),
        "intro_nl": (
            "Ondergetekende, {signatory}, {role}, vertegenwoordiger van de opleidingsverstrekker {provider}, "
            "verklaart dat {holder} de actie “{course}” heeft gevolgd van {start} tot {end}, gedurende {hours}."
        ),
        "closing_fr": (
            "Sans préjudice des délais imposés par les règles fiscales, comptables ou commerciales, je m’engage à "
            "conserver l’ensemble des pièces justificatives qui ont permis d’établir le présent certificat pendant une "
            "durée de 3 ans à compter de la fin de l’année du dernier paiement. En cas de cofinancement des fonds "
            "européens, la durée de conservation est étendue conformément aux obligations conventionnelles spécifiques."
        ),
        "closing_nl": (
            "Onverminderd de termijnen die fiscale, boekhoudkundige of commerciële regels opleggen, verbind ik me "
            "ertoe alle bewijsstukken waarop dit attest steunt te bewaren gedurende 3 jaar vanaf het einde van het "
            "jaar van de laatste betaling. Bij cofinanciering door Europese fondsen wordt de bewaartermijn verlengd "
            "volgens de bepalingen van de overeenkomst."
        ),
    },
    Kind.END: {
        "title_fr": "Attestation de fin de formation",
        "title_nl": "Deelnameattest",
        "intro_fr": (
            "{provider} atteste que {holder} a suivi la formation « {course} », du {start} au {end}, pendant {hours}."
        ),
        "intro_nl": (
            "{provider} verklaart dat {holder} de opleiding “{course}” heeft gevolgd van {start} tot {end}, "
            "gedurende {hours}."
        ),
        "closing_fr": "Attestation remise à la personne pour faire valoir ce que de droit.",
        "closing_nl": "Dit attest is aan de persoon bezorgd om te dienen waar nodig.",
    },
    Kind.PARTICIPATION: {
        "title_fr": "Attestation de participation",
        "title_nl": "Attest van participatie",
        "intro_fr": (
            "{provider} atteste que {holder} a participé aux rencontres ci-dessous, du {start} au {end}, pendant "
            "{hours}."
        ),
        "intro_nl": (
            "{provider} verklaart dat {holder} heeft deelgenomen aan de bijeenkomsten hieronder, van {start} tot "
            "{end}, gedurende {hours}."
        ),
        "closing_fr": (
            "La personne qui accompagne le parcours (trajectbegeleider) décide si ces heures comptent pour les "
            "40 heures du parcours de participation et de réseau (Flandre)."
        ),
        "closing_nl": (
            "De trajectbegeleider beslist of deze uren meetellen voor de 40 uur van het participatie- en "
            "netwerktraject (Vlaanderen)."
        ),
    },
    Kind.ACTIVITIES: {
        "title_fr": "Relevé d’activités à distance",
        "title_nl": "Overzicht van online activiteiten",
        "intro_fr": "Ce que {holder} a fait dans la formation « {course} », du {start} au {end} : {hours} en tout.",
        "intro_nl": "Wat {holder} heeft gedaan in de opleiding “{course}”, van {start} tot {end}: {hours} in totaal.",
        "closing_fr": "Relevé établi à partir de ce que la plateforme a gardé.",
        "closing_nl": "Overzicht op basis van wat het platform heeft bewaard.",
    },
}


def holes_of(kind):
    return HOLES_OF_SIGNED if kind in SIGNED else HOLES


def unknown_holes(text, kind):
    """What stands between braces and names nothing. Raises ValueError for a brace that stands alone."""
    found = [
        (name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else ""))
        for _text, name, spec, conversion in Formatter().parse(text)
        if name is not None
    ]
    return [name for name in found if name not in holes_of(kind)]


def filled(text, values):
    return text.format_map(values)
