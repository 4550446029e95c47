"""How a person reaches what a page offers: with a pointer, or with the keys alone."""

from playwright.sync_api import FilePayload, Locator

FARTHEST_TAB = 500
FARTHEST_OPTION = 250
HAS_FOCUS = "one => one === document.activeElement"
IN_ITS_GROUP = """one => one.name === document.activeElement?.name
  && document.activeElement?.type === 'radio'"""
CHOSEN = "one => one.selectedOptions[0]?.label ?? ''"


class Pointer:
    """Clicks and taps."""

    def press(self, at: Locator) -> None:
        at.click()

    def write(self, at: Locator, text: str) -> None:
        at.fill(text)

    def check(self, at: Locator) -> None:
        at.check()

    def choose(self, at: Locator, label: str) -> None:
        at.select_option(label=label)

    def give(self, at: Locator, file: FilePayload) -> None:
        at.set_input_files(file)


class Keys(Pointer):
    """Tab, arrows, Enter, Space: what cannot be reached so fails the journey."""

    def press(self, at: Locator) -> None:
        self._reach(at, HAS_FOCUS)
        at.page.keyboard.press("Enter")

    def write(self, at: Locator, text: str) -> None:
        self._reach(at, HAS_FOCUS)
        at.page.keyboard.press("ControlOrMeta+A")
        at.page.keyboard.insert_text(text)

    def check(self, at: Locator) -> None:
        """Tab stops once in a group of radio buttons; the arrows move inside and choose."""
        if at.evaluate("one => one.type") == "radio":
            self._reach(at, IN_ITS_GROUP)
            for _ in range(FARTHEST_OPTION):
                if at.evaluate(HAS_FOCUS):
                    break
                at.page.keyboard.press("ArrowDown")
        else:
            self._reach(at, HAS_FOCUS)
        if not at.is_checked():
            at.page.keyboard.press("Space")

    def choose(self, at: Locator, label: str) -> None:
        self._reach(at, HAS_FOCUS)
        at.page.keyboard.press("Home")
        for _ in range(FARTHEST_OPTION):
            if at.evaluate(CHOSEN) == label:
                return
            at.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach «{label}»")

    def give(self, at: Locator, file: FilePayload) -> None:
        """What opens next is a window of the browser, which has keys of its own."""
        self._reach(at, HAS_FOCUS)
        at.set_input_files(file)

    def _reach(self, at: Locator, arrived: str) -> None:
        at.wait_for(state="attached")
        at.page.wait_for_load_state()  # a document on its way has nothing in focus yet
        for _ in range(FARTHEST_TAB):
            if at.evaluate(arrived):
                return
            at.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {at}")


POINTER, KEYS = Pointer(), Keys()
