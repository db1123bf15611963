"""People at a browser: what they do, named as they would say it. Finds things by field name and address, in any language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, Locator, Page

from tests.journeys.household import Household
from tests.journeys.watching import HEIGHT, PHONE, Watch

_PATIENCE_MS = 15_000
ELF = FilePayload(name="holiday.jpg", mimeType="image/jpeg", buffer=b"\x7fELF\x02\x01\x01" + bytes(200))
"""A program that calls itself a picture."""


# One round trip for a whole form. What a person could not see or change, they could not fill in either.
_FILL_IN = """(values) => {
  for (const [name, value] of Object.entries(values)) {
    const controls = [...document.getElementsByName(name)];
    if (!controls.length) throw new Error("there is no field " + name);
    const chosen = [value].flat().map((each) => ({ true: "yes", false: "no" })[each] ?? String(each));
    const kind = controls[0].type;
    for (const control of controls) {
      const seen = control.closest("label") ?? control;
      const folded = control.closest("details:not([open])");
      if (folded) folded.open = true;
      if (!seen.checkVisibility() || control.disabled || control.readOnly) throw new Error("nobody can fill in " + name);
    }
    if (kind === "radio" || (kind === "checkbox" && typeof value !== "boolean")) {
      for (const each of chosen) {
        const control = controls.find((other) => other.value === each);
        if (!control) throw new Error(name + " does not offer " + each);
        control.checked = true;
      }
    } else if (kind === "checkbox") {
      controls[0].checked = value;
    } else if (controls[0].tagName === "SELECT") {
      const options = [...controls[0].options];
      for (const each of chosen) {
        const option = options.find((other) => other.value === each || other.label.trim() === each);
        if (!option) throw new Error(name + " does not offer " + each);
        option.selected = true;
      }
    } else {
      controls[0].value = value;
    }
  }
}"""


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(
        self, browser: Browser, household: Household, watch: Watch, *, language: str = "en", scripts: bool = False, **more: Any
    ) -> None:  # Any: handed on to Playwright
        self.household, self.watch = household, watch
        self.context = browser.new_context(
            base_url=household.address,
            java_script_enabled=scripts,
            locale=language,
            viewport={"width": PHONE, "height": HEIGHT},
            **more,
        )
        watch.over(self.context, household.address)
        self.context.set_default_timeout(_PATIENCE_MS)
        self.page: Page = self.context.new_page()

    def go(self, address: str) -> None:
        """Open an address."""
        self.page.goto(address)
        self.watch.look(self.page)

    def press(self, selector: str) -> None:
        """Press a button or follow a link that leads to a page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.watch.look(self.page)

    def send(self, field: str) -> None:
        """Press the first button of the form that holds this field."""
        self.press(f'form:has([name="{field}"]) button[type=submit]')

    def downloads(self, selector: str) -> bytes:
        """Follow a link that gives a file; its content."""
        with self.page.expect_download() as download:
            self.page.locator(selector).first.click()
        return Path(download.value.path()).read_bytes()

    def picture(self, name: str) -> None:
        """For the guides."""
        self.watch.picture(self.page, name)

    @property
    def here(self) -> str:
        """The path of the page."""
        return urlsplit(self.page.url).path

    def text(self, selector: str = "main") -> str:
        """What stands there."""
        return self.page.locator(selector).first.inner_text()

    def sees(self, selector: str) -> bool:
        """Whether the page has such a thing."""
        return self.page.locator(selector).count() > 0

    def said(self) -> str:
        """The code of the notice that the page shows."""
        return urlsplit(self.page.url).query.removeprefix("said=")

    def typed(self, field: str) -> str:
        """What stands in a field."""
        return self._named(field).first.input_value()

    def give(self, field: str, value: object) -> None:
        """Fill in one field, whatever it is: text, list, radio buttons, checkboxes."""
        self.fill_in({field: value})

    def fill_in(self, values: Mapping[str, object]) -> None:
        """Fill in fields by name. True and False tick a lone checkbox or answer yes and no; lists choose several."""
        self.page.evaluate(_FILL_IN, dict(values))

    def attach(self, field: str, *files: Path | FilePayload) -> None:
        """Choose files to send."""
        chosen: Any = list(files)  # Any: Playwright takes either kind, but only lists of one of them
        self._named(field).first.set_input_files(chosen)

    def closes_the_browser(self) -> None:
        """The window is closed; cookies without a day are forgotten."""
        self.context.close()

    def _named(self, field: str) -> Locator:
        return self.page.locator(f'[name="{field}"]')


class Applicant(Visitor):
    """A person who asks for help: no account, only a code."""

    def asks_for_help(self, desk: str, answers: Mapping[str, Any]) -> str:  # Any: the questionnaire decides
        """Fill in a desk's request form and send it; gives the code that is shown once."""
        self.go("/")
        self.picture("front")
        self.press(f'a[href="/ask/{desk}/"]')
        self.picture("request-form")
        self.fill_in(answers)
        self.press("main form button[type=submit]")
        self.picture("code")
        return self.text("#code")

    def retypes_the_code(self, code: str) -> None:
        """Type the code from paper; the conversation opens."""
        self.give("code", code)
        self.send("code")

    def comes_back(self, code: str) -> None:
        """Later, from the front page."""
        self.go("/")
        self.retypes_the_code(code)

    def writes(self, text: str, *files: Path | FilePayload) -> None:
        """Send a message."""
        self.give("text", text)
        if files:
            self.attach("attachments", *files)
        self.send("text")

    def leaves(self) -> None:
        """Close the conversation."""
        self.press('form[action="/conversation/close/"] button')


class Member(Visitor):
    """A colleague with an account."""

    def __init__(self, name: str, browser: Browser, household: Household, watch: Watch, **more: Any) -> None:  # Any: as above
        super().__init__(browser, household, watch, **more)
        self.name = name

    def signs_in(self) -> None:
        """Name, passphrase and a code of the moment."""
        self.go("/desk/")
        self.picture("sign-in")
        passphrase, code = self.household.passphrase_of(self.name), self.household.code_for(self.name)
        self.fill_in({"name": self.name, "passphrase": passphrase, "code": code})
        self.send("passphrase")
        assert self.here == "/desk/", self.text()

    def proves(self) -> None:
        """Type the passphrase once more where the page asks for it."""
        assert self.is_asked_to_prove()
        self.picture("prove")
        self.give("proof", self.household.passphrase_of(self.name))
        self.send("proof")

    def is_asked_to_prove(self) -> bool:
        """Whether the page asks for a fresh proof before it goes on."""
        return self.sees('[name="proof"]')

    def signs(self, selector: str) -> None:
        """Press what needs a fresh proof; prove where it is asked for, and go on."""
        self.press(selector)
        if self.is_asked_to_prove():
            self.proves()
