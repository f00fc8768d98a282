"""A small content folder: one module with a lesson and a quiz, a page, an activity, a guide, a webinar."""

import textwrap

FILES = {
    "tags.yaml": 'health: {fr: "Santé", nl: "Gezondheid"}',
    "contacts.yaml": """
        verified_on: 2026-11-23
        contacts:
          emergency: {number: "112", country: any, name: {fr: Urgence, nl: Nood}, note: {fr: Gratuit., nl: Gratis.}}
    """,
    "settings.yaml": """
        provider: "Maison"
        city: "Lille"
        country: fr
        funding: {fr: "Cofinancé", nl: "Medegefinancierd"}
        programme: {fr: "Programme", nl: "Programma"}
        partners: ["Un partenaire"]
    """,
    "pages/home.yaml": """
        slug: {fr: accueil, nl: start}
        title: {fr: Accueil, nl: Start}
        headline:
          - {fr: "Vous connaissez le chemin.", nl: "U kent de weg."}
          - {fr: "Accompagnez.", nl: "Begeleid."}
        intro: {fr: "Une formation.", nl: "Een opleiding."}
        modules_title: {fr: "Modules", nl: "Modules."}
        events_title: {fr: "Rencontres", nl: "Bijeenkomsten"}
        how_title: {fr: "Comment", nl: "Hoe"}
        how:
          - title: {fr: "Venez", nl: "Kom"}
            text: {fr: "Nous vous attendons.", nl: "We wachten op u."}
        guides_title: {fr: "Guides", nl: "Gidsen"}
    """,
    "pages/catalogue.yaml": "slug: {fr: formation, nl: opleiding}\ntitle: {fr: Formation, nl: Opleiding}",
    "pages/library.yaml": "slug: {fr: guides, nl: gidsen}\ntitle: {fr: Guides, nl: Gidsen}",
    "pages/events.yaml": "slug: {fr: agenda, nl: kalender}\ntitle: {fr: Agenda, nl: Kalender}",
    "pages/about.yaml": """
        slug: {fr: projet, nl: over-ons}
        title: {fr: Le projet, nl: Over ons}
        body:
          - text: {fr: "Voir [l’aide](page:help).", nl: "Zie [hulp](page:help)."}
    """,
    "pages/help.yaml": """
        slug: {fr: aide, nl: hulp}
        title: {fr: Aide, nl: Hulp}
        body:
          - text: {fr: "Voir [le projet](page:about).", nl: "Zie [het project](page:about)."}
          - contacts: {title: {fr: "Appelez", nl: "Bel"}, keys: [emergency]}
    """,
    "course/course.yaml": """
        slug: {fr: devenir, nl: worden}
        title: {fr: Devenir ambassadeur, nl: Ambassadeur worden}
        summary: {fr: "Apprendre.", nl: "Leren."}
    """,
    "course/1-listen/module.yaml": """
        slug: {fr: ecouter, nl: luisteren}
        title: {fr: Écouter, nl: Luisteren}
        number: 1
        summary: {fr: "Écouter.", nl: "Luisteren."}
        objectives:
          - {fr: "écouter ;", nl: "luisteren;"}
        certificate_line: {fr: "écouter", nl: "luisteren"}
    """,
    "course/1-listen/01-silence.yaml": """
        slug: {fr: se-taire, nl: zwijgen}
        title: {fr: Se taire, nl: Zwijgen}
        summary: {fr: "Le silence aide.", nl: "Stilte helpt."}
        minutes: 7
        tags: [health]
        hat: mediator
        verified_on: 2026-11-23
        sources:
          - {title: {fr: "Une source", nl: "Een bron"}, url: "https://example.org/", country: eu}
        body:
          - text:
              fr: |
                Asseyez-vous.

                - un point
                - un **autre** point
              nl: |
                Ga zitten.

                - een punt
                - een **ander** punt
          - terms:
              - term: {fr: "le silence", nl: "de stilte"}
                meaning: {fr: "Ne rien dire.", nl: "Niets zeggen."}
          - case: {title: {fr: "Chez Ana", nl: "Bij Ana"}, text: {fr: "Ana attend.", nl: "Ana wacht."}}
          - keep: {text: {fr: "Écoutez.", nl: "Luister."}}
    """,
    "course/1-listen/quiz.yaml": """
        slug: {fr: quiz, nl: quiz}
        title: {fr: Quiz, nl: Quiz.}
        minutes: 10
        pass_percent: 70
        questions:
          - kind: single
            text: {fr: "Que faire ?", nl: "Wat doet u?"}
            review: 01-silence
            choices:
              - {text: {fr: "Écouter", nl: "Luisteren"}, correct: true, feedback: {fr: "Oui.", nl: "Ja."}}
              - {text: {fr: "Parler", nl: "Praten"}, feedback: {fr: "Attendez.", nl: "Wacht."}}
              - {text: {fr: "Partir", nl: "Weggaan"}, feedback: {fr: "Restez.", nl: "Blijf."}}
          - kind: boolean
            text: {fr: "Écouter aide.", nl: "Luisteren helpt."}
            choices:
              - {text: {fr: "Vrai", nl: "Waar"}, correct: true, feedback: {fr: "Oui !", nl: "Ja!"}}
              - {text: {fr: "Faux", nl: "Niet waar"}, feedback: {fr: "Si.", nl: "Toch wel."}}
    """,
    "activities/01-table.yaml": """
        slug: {fr: table, nl: tafel}
        title: {fr: Une table, nl: Een tafel}
        summary: {fr: "Parler.", nl: "Praten."}
        goal_language: {fr: "Dire bonjour.", nl: "Goeiedag zeggen."}
        goal_social: {fr: "Se rencontrer.", nl: "Elkaar ontmoeten."}
        theme: health
        level_min: A1
        level_max: B1
        reading: none
        group_min: 2
        group_max: 8
        duration: 60
        preparation: 10
        place: indoor
        cost: 0
        steps:
          - {fr: "Asseyez-vous.", nl: "Ga zitten."}
        sentences:
          - {fr: "Bonjour.", nl: "Goeiedag."}
    """,
    "guides/ensemble.yaml": """
        slug: {fr: ensemble, nl: samen}
        title: {fr: Ensemble, nl: Samen}
        summary: {fr: "Un guide.", nl: "Een gids."}
        number: 2
        level_min: A1
        level_max: B1
        place: indoor
        tags: [health]
        intro: {fr: "Choisissez.", nl: "Kies."}
        activities: [01-table]
    """,
    "events/webinar.yaml": """
        slug: {fr: webinaire, nl: webinar}
        title: {fr: Un webinaire, nl: Een webinar}
        kind: webinar
        module: 1
        summary: {fr: "Écouter.", nl: "Luisteren."}
        days: 20
        slots: [{day: 0, start: "18:00", end: "19:00", period: evening}]
        capacity: 50
        online: true
        tags: [health]
    """,
}


class Folder:
    """Its files may be written, changed and taken away."""

    def __init__(self, root):
        self.root = root
        for name, text in FILES.items():
            self.write(name, text)

    def path(self, name):
        return self.root / name

    def read(self, name):
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name, text):
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")

    def change(self, name, old, new):
        """Replaces one piece of a file and returns its line."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.path(name).write_text(text.replace(old, new), encoding="utf-8")
        return self.line(name, old, text)

    def line(self, name, piece, text=None):
        text = text or self.read(name)
        return text[: text.index(piece)].count("\n") + 1
