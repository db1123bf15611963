"""Passkeys in a real browser, with an authenticator in software that the browser drives itself."""

import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.journeys.household import Household

pytestmark = pytest.mark.browser
_PASSKEY = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
# As some authenticators do: the request fails as a whole when it asks for a PRF.
_FAILS_AT_PRF = """
for (const use of ["create", "get"]) {
  const real = navigator.credentials[use].bind(navigator.credentials);
  navigator.credentials[use] = (options) => {
    if (options.publicKey.extensions) throw new DOMException("not known", "NotSupportedError");
    return real(options);
  };
}
"""


class Person:
    """Somebody at a browser that has an authenticator."""

    def __init__(self, browser: Browser, household: Household, name: str, *, has_prf: bool, script: str = "") -> None:
        self.name, self.household = name, household
        self.base = household.address.replace("127.0.0.1", "localhost")
        self.context: BrowserContext = browser.new_context(base_url=self.base, locale="en")
        if script:
            self.context.add_init_script(script)
        self.page: Page = self.context.new_page()
        self.posted: list[dict[str, list[str]]] = []
        self.page.on("request", self._remember)
        driver = self.context.new_cdp_session(self.page)
        driver.send("WebAuthn.enable")
        driver.send("WebAuthn.addVirtualAuthenticator", {"options": {**_PASSKEY, "hasPrf": has_prf}})

    def sign_in_with_code(self) -> None:
        """The usual way."""
        self.page.goto("/account/sign-in/")
        self.page.fill("[name=name]", self.name)
        self.page.fill("[name=passphrase]", self.household.passphrase_of(self.name))
        self.page.fill("[name=code]", self.household.code_for(self.name))
        with self.page.expect_navigation():
            self.page.click("form[data-passkey] button[type=submit]")

    def register(self) -> None:
        """A new passkey."""
        self.page.goto("/account/passkeys/")
        self.page.fill("[name=label]", "this computer")
        self._press_for_passkey()

    def sign_out(self) -> None:
        """Sign out."""
        with self.page.expect_navigation():
            self.page.click("header form button")

    def use_passkey(self, passphrase: str = "") -> None:
        """Sign in with the passkey."""
        self.page.fill("[name=name]", self.name)
        self.page.fill("[name=passphrase]", passphrase)
        self._press_for_passkey()

    def _press_for_passkey(self) -> None:
        with self.page.expect_navigation():
            self.page.click("[data-passkey-button]")

    def _remember(self, request: Request) -> None:
        if request.method == "POST":
            self.posted.append(parse_qs(request.post_data or ""))


def is_home(page: Page) -> bool:
    """Whether somebody has arrived."""
    return page.url.endswith("/desk/")


def test_a_passkey_with_a_prf_unlocks_the_keys_and_tells_its_output_once(chromium: Browser, household: Household) -> None:
    person = Person(chromium, household, "camille", has_prf=True)
    person.sign_in_with_code()
    person.register()
    assert "Yes" in person.page.inner_text("table")
    person.sign_out()
    person.use_passkey()
    assert is_home(person.page)
    assert person.page.locator("text=Good day, Camille").count() == 1
    outputs = {values["output"][0] for values in person.posted if values.get("output")}
    assert [len(output) for output in outputs] == [64]
    for values in person.posted:
        for field, texts in values.items():
            if field == "answer":
                assert json.loads(texts[0])["clientExtensionResults"] == {}
            if field != "output":
                assert not any(output in text for output in outputs for text in texts)
    person.context.close()


def test_a_passkey_without_a_prf_stands_in_for_the_code_beside_the_passphrase(chromium: Browser, household: Household) -> None:
    person = Person(chromium, household, "sacha", has_prf=False)
    person.sign_in_with_code()
    person.register()
    assert "No" in person.page.inner_text("table")
    person.sign_out()
    person.use_passkey()
    assert "Type your passphrase too" in person.page.inner_text("#error-summary")
    assert person.page.input_value("[name=name]") == "sacha"
    person.use_passkey(household.passphrase_of("sacha"))
    assert is_home(person.page)
    person.context.close()


def test_where_asking_for_a_prf_fails_the_passkey_works_without(chromium: Browser, household: Household) -> None:
    person = Person(chromium, household, "jonas", has_prf=True, script=_FAILS_AT_PRF)
    person.sign_in_with_code()
    person.register()
    assert "No" in person.page.inner_text("table")
    person.sign_out()
    person.use_passkey(household.passphrase_of("jonas"))
    assert is_home(person.page)
    person.context.close()


def test_a_name_that_has_no_passkey_stays_outside_and_nothing_is_sent(chromium: Browser, household: Household) -> None:
    person = Person(chromium, household, "nobody", has_prf=True)
    person.page.goto("/account/sign-in/")
    person.page.fill("[name=name]", "nobody")
    person.page.click("[data-passkey-button]")
    person.page.locator("[data-passkey-problem]").wait_for(state="visible")
    assert [sorted(values) for values in person.posted] == [["csrfmiddlewaretoken", "name"]]
    person.context.close()


def test_at_a_number_the_button_is_not_offered(chromium: Browser, household: Household) -> None:
    page = chromium.new_page()
    page.goto(f"{household.address}/account/sign-in/")
    assert page.locator("[data-passkey-button]").is_hidden()
    page.close()
