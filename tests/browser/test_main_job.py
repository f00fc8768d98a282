"""The main job of the site, from signing in to a certificate that a stranger verifies: in French with a finger on a
telephone, on the real training; in Dutch with the keyboard alone, on the small course of the cast."""

import io
import re
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import expect
from pypdf import PdfReader

from courses.models import Quiz
from courses.scoring import Kind
from events.models import Event
from tests import cast
from tests.browser import demo as demonstration
from tests.browser.hands import Finger, Keyboard
from tests.browser.stage import wrong


@dataclass(frozen=True)
class Words:
    """What the screen says in one language."""

    sign_in: str
    login: str
    password: str
    go_on: str
    finished: str
    start_quiz: str
    confirm: str
    not_quite: str
    again: str
    right: str
    next_question: str
    see_result: str
    passed: str
    my_path: str
    presence_missing: str
    modules_left: str
    all_present: str
    i_sign: str
    signed: str
    my_sessions: str
    everything_done: str
    ask: str
    issued: str
    verify: str
    code: str
    valid: str


FRENCH = Words(
    sign_in="Se connecter",
    login="Nom d’utilisateur ou e-mail",
    password="Mot de passe",
    go_on="Continuer",
    finished="J’ai terminé",
    start_quiz="Commencer le quiz",
    confirm="Valider",
    not_quite="Pas tout à fait.",
    again="Réessayer",
    right="C’est exact.",
    next_question="Question suivante",
    see_result="Voir mon résultat",
    passed="Bravo, le quiz est réussi.",
    my_path="Mon parcours",
    presence_missing="Il vous manque 6 h de présence.",
    modules_left="Il vous reste 2 modules.",
    all_present="Les autres sont présents",
    i_sign="Je signe",
    signed="La feuille est signée.",
    my_sessions="Mes séances",
    everything_done="Vous avez terminé toutes les leçons et tous les quiz.",
    ask="Recevoir mon certificat",
    issued="Votre certificat est délivré.",
    verify="Vérifier",
    code="Code du certificat",
    valid="Ce certificat est valide",
)
DUTCH = Words(
    sign_in="Aanmelden",
    login="Gebruikersnaam of e-mail",
    password="Wachtwoord",
    go_on="Verdergaan",
    finished="Ik ben klaar",
    start_quiz="De quiz beginnen",
    confirm="Bevestigen",
    not_quite="Niet helemaal.",
    again="Opnieuw proberen",
    right="Dat klopt.",
    next_question="Volgende vraag",
    see_result="Mijn resultaat bekijken",
    passed="Proficiat, u bent geslaagd voor de quiz.",
    my_path="Mijn traject",
    presence_missing="U hebt nog 5 u 36 aanwezigheid nodig.",
    modules_left="U hebt nog 2 modules te gaan.",
    all_present="De anderen zijn aanwezig",
    i_sign="Ik onderteken",
    signed="De lijst is ondertekend.",
    my_sessions="Mijn sessies",
    everything_done="U hebt alle lessen en alle quizzen afgewerkt.",
    ask="Mijn certificaat ontvangen",
    issued="Uw certificaat is uitgereikt.",
    verify="Controleren",
    code="Code van het certificaat",
    valid="Dit certificaat is geldig",
)


class Visitor:
    """Someone at a page of the site, with the hands that they have and the words that they read."""

    def __init__(self, page, hands, address, language):
        self.page, self.hands = page, hands(page)
        self.home = f"{address}/{language}/"
        self.language, self.words = language, {"fr": FRENCH, "nl": DUTCH}[language]

    def link(self, name):
        return self.page.get_by_role("link", name=name)

    def button(self, name):
        return self.page.get_by_role("button", name=name).first

    def reads(self, *sentences):
        for sentence in sentences:
            expect(self.page.get_by_text(sentence).first).to_be_visible()

    def sign_in(self, username, password, codes=0):
        """`codes`: how many times a code is asked, which the demonstration fills in."""
        self.page.goto(self.home)
        self.hands.follow(self.link(self.words.sign_in).first)
        self.hands.write(self.page.get_by_label(self.words.login), username)
        self.hands.write(self.page.get_by_label(self.words.password), password)
        for _page in range(1 + codes):
            self.hands.follow(self.button(self.words.sign_in).first)

    def finish_every_module(self):
        """Does what the path proposes, until it proposes nothing. Returns how many quizzes were passed."""
        passed = 0
        while self.link(self.words.go_on).count():
            self.hands.follow(self.link(self.words.go_on))
            while self.button(self.words.finished).count():
                self.hands.follow(self.button(self.words.finished))
            self.pass_quiz()
            passed += 1
            self.hands.follow(self.link(self.words.my_path))
        self.reads(self.words.everything_done)
        return passed

    def pass_quiz(self):
        """The first answer is wrong, and tried again."""
        self.hands.follow(self.link(self.words.start_quiz))
        first, *others = self.quiz_here().values
        self.answer(first, wrong(first), self.words.not_quite)
        self.hands.follow(self.link(self.words.again))
        self.answer(first, first.expected, self.words.right)
        for question in others:
            self.hands.follow(self.link(self.words.next_question))
            self.answer(question, question.expected, self.words.right)
        self.hands.follow(self.button(self.words.see_result))
        self.reads(self.words.passed)

    def quiz_here(self):
        key = re.search(r"[\da-f-]{36}", self.page.url)[0]
        return Quiz.objects.get(translation_key=key, locale__language_code=self.language)

    def answer(self, question, given, told):
        if question.kind == Kind.ORDERING:
            self.fill_lines((choice, str(place)) for place, choice in enumerate(given, start=1))
        elif question.kind == Kind.MATCHING:
            self.fill_lines(pair.split(":") for pair in given)
        else:
            for choice in given:
                self.hands.choose(self.page.locator(f"#answer-{choice}"))
        self.hands.follow(self.button(self.words.confirm))
        self.reads(told)

    def fill_lines(self, pairs):
        for choice, value in pairs:
            self.hands.select(self.page.locator(f"#id_line-{choice}"), value)

    def mark_and_sign(self, slot):
        """Everyone is present in this half-day."""
        self.hands.follow(self.page.locator(f".item[href*='{slot.code}']"))
        self.hands.press(self.button(self.words.all_present))
        self.hands.follow(self.page.locator("button[name=sign]"))
        self.hands.follow(self.button(self.words.i_sign))
        self.reads(self.words.signed)
        self.hands.follow(self.link(self.words.my_sessions))

    def ask_for_the_certificate(self):
        """Returns the text of the PDF."""
        self.page.reload()
        self.hands.follow(self.button(self.words.ask))
        self.reads(self.words.issued)
        with self.page.expect_download() as arriving:
            self.hands.press(self.page.locator("a[href*='/download/']"))
        content = io.BytesIO(arriving.value.path().read_bytes())
        return " ".join(" ".join(page.extract_text() for page in PdfReader(content).pages).split())

    def verify(self, code):
        self.page.goto(self.home + {"fr": "verifier/", "nl": "verifieren/"}[self.language])
        self.hands.write(self.page.get_by_label(self.words.code), code)
        self.hands.follow(self.button(self.words.verify))
        self.reads(self.words.valid)


def code_in(text):
    """The sixteen signs printed beside the QR code."""
    return re.search(r"\b[0-9A-Z]{4}(?:[ -][0-9A-Z]{4}){3}\b", text)[0]


def check_certificate(text, holder, number, titles):
    assert holder in text
    assert number in text
    for title in titles:
        assert title in text


def verify_everywhere(visitor, address, code, holder):
    visitor.verify(code)
    visitor.reads(holder)
    facts = visitor.page.request.get(f"{address}/api/certificates/{code}/").json()
    assert (facts["status"], facts["holder"]) == ("valid", holder)
    return facts


TITLES = ["Certificat d’ambassadrice de l’intégration", "Certificaat van integratieambassadrice"]


def test_in_french_with_a_finger_on_a_telephone(demo, open_page):
    def telephone():
        return Visitor(open_page(360, 740, has_touch=True, is_mobile=True), Finger, demo, "fr")

    selam, nadia, stranger = telephone(), telephone(), telephone()
    selam.sign_in("ambassadrice", demonstration.PASSWORD)
    selam.reads(FRENCH.presence_missing, FRENCH.modules_left)
    assert selam.finish_every_module() == 2
    selam.reads(FRENCH.presence_missing)
    assert not selam.button(FRENCH.ask).count()

    nadia.sign_in("formatrice", demonstration.PASSWORD, codes=1)
    for slot in Event.objects.get(slug="comprendre-sans-juger").session.half_days:
        nadia.mark_and_sign(slot)

    text = selam.ask_for_the_certificate()
    facts = verify_everywhere(stranger, demo, code_in(text), "Selam Tesfay")
    check_certificate(text, "Selam Tesfay", facts["number"], TITLES)


def test_in_dutch_with_the_keyboard_alone(live, open_page, learner, trainer, session):
    def computer():
        return Visitor(open_page(1280), Keyboard, live, "nl")

    amina, claire, stranger = computer(), computer(), computer()
    amina.sign_in(learner.username, cast.PASSWORD)
    amina.reads(DUTCH.presence_missing, DUTCH.modules_left)
    assert amina.finish_every_module() == 2

    TOTP.activate(trainer, generate_totp_secret())
    claire.sign_in(trainer.username, cast.PASSWORD, codes=1)
    for slot in session.half_days:
        claire.mark_and_sign(slot)

    text = amina.ask_for_the_certificate()
    facts = verify_everywhere(stranger, live, code_in(text), str(learner))
    check_certificate(text, str(learner), facts["number"], TITLES)


def test_the_keyboard_goes_straight_to_the_content(demo, open_page):
    page = open_page(1280)
    page.goto(f"{demo}/nl/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator("header :focus").count() == 1
