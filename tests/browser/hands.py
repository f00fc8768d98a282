"""How a page is used: with a finger on a telephone, or with the keyboard alone. Both know the same verbs."""

from playwright.sync_api import expect


class Finger:
    def __init__(self, page):
        self.page = page

    def press(self, target):
        target.tap()

    def choose(self, target):
        """A radio button or a checkbox: the finger finds its label."""
        self.page.locator(f"label[for='{target.get_attribute('id')}']").tap()
        expect(target).to_be_checked()

    def select(self, target, value):
        target.select_option(value)

    def write(self, target, text):
        target.tap()
        target.fill(text)

    def follow(self, target):
        """Presses what leads to another page, and waits for it."""
        with self.page.expect_navigation():
            self.press(target)


class Keyboard(Finger):
    STOPS = 250

    def reach(self, target):
        """Tab by Tab, until the focus is there."""
        target.wait_for()
        for _stop in range(self.STOPS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} is never reached with Tab")

    def press(self, target):
        self.reach(target)
        self.page.keyboard.press("Enter")

    def choose(self, target):
        """Tab leads to a group of radio buttons, the arrows inside it."""
        if target.get_attribute("type") == "radio":
            self.reach(self.stop_of(target))
            for _choice in range(self.choices_of(target).count()):
                if target.evaluate("node => node === document.activeElement"):
                    break
                self.page.keyboard.press("ArrowDown")
        else:
            self.reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def choices_of(self, target):
        return self.page.locator(f"[name='{target.get_attribute('name')}']")

    def stop_of(self, target):
        """Where Tab stops in the group: at what is checked, else at the first."""
        choices = self.choices_of(target)
        checked = [choice for choice in choices.all() if choice.is_checked()]
        return checked[0] if checked else choices.first

    def select(self, target, value):
        self.reach(target)
        for _option in range(target.locator("option").count()):
            if target.input_value() == value:
                break
            self.page.keyboard.press("ArrowDown")
        expect(target).to_have_value(value)

    def write(self, target, text):
        self.reach(target)
        self.page.keyboard.type(text)
