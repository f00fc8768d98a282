"""Honest sample values for the printed documents."""

import datetime

from certification.document_kinds import SHIPPED, Kind
from certification.document_words import document_text
from certification.documents.certificate import CertificateText
from certification.documents.document import document
from certification.documents.minutes import LABELS as MINUTES_LABELS
from certification.documents.minutes import MinutesPaper, MinutesSignature, MinutesText
from certification.documents.sheet import SheetMark, SheetRow, SheetSignature, SheetSlot, SheetText
from guides.documents.guide import Activity, GuideText
from home.documents.archive import Attachment
from home.documents.booklet import Imprint
from home.documents.handout import HandoutSection, HandoutText
from home.models import SiteSettings

NAMES = {
    "latin": "Selam Tesfay",
    "latin extended": "Şükrü Őszi-Łukaszewicz Ğ Čapek",
    "dutch": "Willem van ĳsendĳk",
    "yoruba": "Ọlá Ẹniọlá Adébáyọ̀",
    "vietnamese": "Nguyễn Thị Ánh Tuyết",
    "arabic": "محمد العربي بن عيسى",
    "arabic ligature": "علاء الأمين",
    "dari": "زهرا احمدی پغمان",
    "pashto": "زرغونه څپڅې ښايسته",
    "sorani": "ڕێبوار گۆران قەڵا",
    "urdu": "ٹھاکر ڈاکٹر گاؤں",
    "tigrinya": "ሰላም ተስፋይ ገብረመድህን",
    "cyrillic": "Олена Шевченко-Їжакевич",
    "greek": "Αθηνά Παπαδοπούλου",
    "georgian": "ნინო ბერიძე",
    "armenian": "Արամ Խաչատրյան",
    "bengali": "প্রিয়াঙ্কা দাশগুপ্ত",
    "tamil": "தமிழ்ச்செல்வி கோவிந்தன்",
    "hindi": "सुनीता क्षेत्री",
    "hebrew": "שרה כהן",
    "mixed": "Ahmad أحمد Rahimi",
    "one word": "Madonna",
}
LONG_NAME = "Maria Magdalena Wilhelmina Theodora Vanderschueren-Oyelaran de la Fuente y Castellanos"
EU = "Cofinancé par l’Union européenne"
PROGRAMME = "Interreg France-Wallonie-Vlaanderen (FEDER / EFRO)"
FLAG = "Drapeau de l’Union européenne"


REGISTERED = {
    "mentions_fr": [
        "Certification enregistrée au répertoire national des certifications professionnelles (RNCP99999) par décision "
        "du directeur général de France compétences en date du 01/02/2026",
        "Niveau 4 · niveau 4 du cadre européen des certifications (CEC)",
        "Code NSF : 332t, 333",
        "Certificateur : AB Réfugiés-Social (Maison des ambassadeurs)",
    ],
    "mentions_nl": [
        "Geregistreerd in het Franse nationale register van beroepscertificeringen (RNCP) als RNCP99999, bij "
        "beslissing van de directeur-generaal van France compétences van 01/02/2026",
        "Niveau 4 · niveau 4 van het Europees kwalificatiekader (EKK)",
        "NSF-code: 332t, 333",
        "Certificerende instantie: AB Réfugiés-Social (Maison des ambassadeurs)",
    ],
}
ATTACHED = [
    Attachment(
        "AB-2026-0147-fr.jsonld", '{"name": "Certificat délivré"}'.encode(), "application/ld+json", "En français"
    ),
    Attachment("AB-2026-0147-nl.jsonld", b'{"name": "Certificaat"}', "application/ld+json", "Nederlands · 中"),
]


def make_certificate(**changes):
    return CertificateText(
        **{
            "number": "AB-2026-0147-K7",
            "code": "K7M4QX2P",
            "verify_url": "https://ambassadeurs.example/v/K7M4QX2P/",
            "verify_label": "ambassadeurs.example/v",
            "holder": NAMES["latin"],
            "title_fr": "Certificat d’ambassadrice d’intégration",
            "title_nl": "Certificaat van integratieambassadrice",
            "granted_fr": "Ce certificat est remis à",
            "granted_nl": "Dit certificaat wordt uitgereikt aan",
            "reason_fr": "pour avoir suivi **27 heures** de formation et réussi les cinq modules.",
            "reason_nl": "die 27 uur opleiding heeft gevolgd en de vijf modules heeft behaald.",
            "heading_fr": "Elle sait",
            "heading_nl": "Zij kan",
            "skills": [
                ["expliquer sans juger, entre deux cultures ;", "zonder oordeel uitleggen, tussen twee culturen;"],
                ["parler de santé avec respect ;", "met respect praten over gezondheid;"],
                ["repérer la souffrance, orienter ;", "lijden herkennen, doorverwijzen;"],
                ["présenter la laïcité ;", "laïcité toelichten;"],
                ["guider un exercice pour calmer le stress.", "een oefening begeleiden om stress te verminderen."],
            ],
            "signatories": [
                ["Nadia Benali", "Formatrice", "Opleidster"],
                ["Katrien Maes", "Coordinatrice", "Coördinatrice"],
            ],
            "place_and_date_fr": "Lille, 18.12.2026",
            "place_and_date_nl": "Rijsel, 18.12.2026",
            "eu_fr": EU,
            "eu_nl": "Medegefinancierd door de Europese Unie",
            "programme": PROGRAMME,
            "provider": "Ambassadeurs",
            "provider_sub": "AB Réfugiés-Social",
        }
        | changes
    )


SHEET_LABELS = {
    "sheet": "Feuille d’émargement",
    "session": "Session",
    "module": "Module",
    "date": "Date",
    "place": "Lieu",
    "modality": "Modalité",
    "hours": "Horaires",
    "trainers": "Formatrices",
    "learner": "Prénom et nom",
    "employer": "Employeur",
    "countersigned": "Contre-signature",
    "corrections": "Corrections",
    "no_correction": "Aucune correction.",
    "observations": "Observations",
    "no_observation": "Aucune observation.",
    "nda": "Déclaration d’activité n°",
    "fingerprint": "Empreinte",
    "page": "Page {page} sur {pages}",
    "flag": FLAG,
}


SHEET_FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def make_sheet(learners=3, slots=2, **changes):
    marks = [SheetMark("Présente", "180 min", "signé à 9 h 04"), SheetMark("Absente, excusée", "0 min")]
    rows = [
        SheetRow(f"{NAMES['latin extended']} {at}", "CCAS de Lille", [marks[(at + slot) % 2] for slot in range(slots)])
        for at in range(learners)
    ]
    halves = [
        SheetSlot("Matin", "9 h à 12 h", "Nadia Benali"),
        SheetSlot("Après-midi", "13 h 30 à 16 h 30", "Katrien Maes"),
    ]
    values = SheetText(
        lang="fr",
        labels=SHEET_LABELS,
        provider="AB Réfugiés-Social",
        nda="32 59 01234 59",
        title="Devenir ambassadrice ou ambassadeur d’intégration",
        session="S-2026-04",
        module="2 · Écouter",
        date="8 décembre 2026",
        place="Maison des associations, Lille",
        modality="présentiel",
        slots=[halves[slot % 2] for slot in range(slots)],
        rows=rows,
        countersigns=[SheetSignature("Matin", "Nadia Benali", "le 8 décembre 2026 à 12 h 07")],
        eu=EU,
        programme=PROGRAMME,
        fingerprint=SHEET_FINGERPRINT,
        corrections=["Yusuf, matin, « absent » devient « en retard » ; motif : le bus."],
    )
    return values if not changes else type(values)(**(vars(values) | changes))


def make_minutes(candidates=3):
    """In both languages; one member drew a signature, the other one signed by account."""
    labels = {key: f"{key} ·" for key in MINUTES_LABELS} | {"page": "Page {page} sur {pages}"}
    reason = "Revoir l’écoute : trois entretiens de plus. " * 9
    texts = [
        MinutesText(
            lang=language,
            labels=labels,
            provider="AB Réfugiés-Social",
            nda="32 59 01234 59",
            title="Ambassadrice de l’intégration",
            facts=[["Lieu", "Maison des associations, Lille"]],
            members=[["Marc Wattrelot", "présidence"], [NAMES["arabic"], "professionnel"]],
            conflicts=[],
            rows=[[name, "Ajournée", ["B1 · Accueillir", reason]] for name in [*NAMES.values()] * candidates],
            closing="Aucun calcul n’a décidé à leur place.",
            eu=EU,
            programme=PROGRAMME,
        )
        for language in ("fr", "nl")
    ]
    drawn = [[(1, 9), (20, 2), (40, 9)], [(5, 5)]]
    signatures = [
        MinutesSignature("Marc Wattrelot", "présidence · voorzitter", "12.12.2026, 14:00", drawn),
        MinutesSignature(NAMES["arabic"], "professionnel · vakman", "12.12.2026, 14:05"),
    ]
    return MinutesPaper(texts, signatures, SHEET_FINGERPRINT)


IMPRINT = Imprint(
    provider="Ambassadeurs",
    provider_sub="AB Réfugiés-Social",
    eu=EU,
    programme=PROGRAMME,
    licence="Licence CC BY-SA 4.0 : copiez, changez, partagez.",
    flag=FLAG,
    page="Page {page} sur {pages}",
)
GUIDE_LABELS = {
    "contents": "Dans ce guide",
    "goals": "Objectifs",
    "material": "Matériel",
    "steps": "Étapes",
    "sentences": "Phrases utiles",
    "variants": "Variantes",
    "tips": "Conseils",
    "safety": "Attention",
}


def make_activity(title="À la pharmacie", **changes):
    parts = {
        "facts": ["20 min", "2 à 8 personnes", "A1"],
        "intro": ["Une petite scène à jouer à deux."],
        "goals": ["Dire où j’ai mal.", "Comprendre la dose."],
        "material": ["Quatre boîtes vides."],
        "steps": ["Installez deux chaises.", "Jouez la scène.", "Changez de rôle."],
        "sentences": ["Bonjour, j’ai mal au ventre.", "C’est combien de fois par jour ?"],
        "variants": ["Au téléphone."],
        "tips": ["Parlez lentement."],
        "safety": ["Ne demandez jamais une vraie maladie."],
    }
    return Activity(title, **(parts | changes))


def make_guide(**changes):
    values = {
        "lang": "fr",
        "title": "Parler de santé",
        "subtitle": "Dire où j’ai mal, poser une question.",
        "eyebrow": "Guide · français A1",
        "intro": ["Vingt minutes suffisent.", "**Choisissez** une activité."],
        "activities": [make_activity(), make_activity("Le corps en chanson")],
        "labels": GUIDE_LABELS,
        "imprint": IMPRINT,
        "module": 2,
    }
    return GuideText(**(values | changes))


def make_handout(sections=3):
    return HandoutText(
        lang="nl",
        title="Luisteren zonder oordeel",
        subtitle="Samenvatting van het webinar van 3 november 2026.",
        eyebrow="Webinar",
        sections=[
            HandoutSection(f"Idee {at}", ["Luisteren is eerst zwijgen. " * 9], ["Ik herhaal."])
            for at in range(sections)
        ],
        imprint=IMPRINT,
        module=3,
    )


FOLLOWED = {
    "holder": NAMES["tigrinya"],
    "employer": "CCAS de Lille",
    "course": "Devenir ambassadrice ou ambassadeur",
    "provider": "AB Réfugiés-Social",
    "siret": "12345678900011",
    "nda": "32590123459",
    "signatory": "Mme Hélène Marchand",
    "role": "directrice",
    "start": "2026-09-07",
    "end": "2026-12-18",
    "minutes": {"on_site": 1230, "virtual": 90, "online": 155},
    "planned": {"presence": 1620, "online": 200},
    "objectives": [[f"Bloc {at}", ["Se présenter", "Expliquer"] * 3, "in_progress"] for at in range(4)],
    "trainers": ["Nadia Benali"],
    "meetings": [["2026-09-07", f"Rencontre {at}", "morning", "on_site", 180] for at in range(30)],
    "lessons": [["Se taire", 10, "2026-09-08"], ["Choisir", 10, ""]],
    "quizzes": [["Quiz", 80, 2, "2026-09-08", "2026-09-09"], ["Quiz", None, 0, "", ""]],
    "works": [["2026-10-01", "audio", ""]],
    "exchanges": [["2026-10-02", "phone", "tool", 320], ["2026-10-03", "whatsapp", "pace", None]],
}


def make_documents():
    """One of each kind in each language, by name."""
    site = SiteSettings(city="Lille", funding=True, funding_fr=EU, funding_nl=EU, programme_fr=PROGRAMME)
    for kind in Kind:
        for language in ("fr", "nl"):
            template = {
                part: SHIPPED[kind].get(f"{part}_{language}", "") for part in ("title", "intro", "closing", "place")
            }
            day = datetime.date(2026, 12, 20)
            text = document_text(kind, FOLLOWED, template, "CR-2026-0001", "", site, day, language)
            yield f"{kind.value} {language}", document(text)
