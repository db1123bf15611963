"""Shape and wording of what is typed at the account pages."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.errors import SafeconductError
from safeconduct.desk.accounts import sessions, words
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.accounts.errors import SignInRefused, TooSoon
from safeconduct.desk.accounts.roles import ROLE_LABELS, Role
from safeconduct.desk.vault.secrets import Passphrase, SealingRefused


class SignInForm(forms.Form):
    """Name, passphrase and a second factor."""

    name = forms.CharField(label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def attempt(self, device: str) -> sessions.SignIn:
        """What was typed, for the service. SealingRefused for what cannot be a passphrase."""
        typed = self.cleaned_data
        return sessions.SignIn(typed["name"], Passphrase(typed["passphrase"]), typed["code"], device)


PROOF = "proof"
"""Field of a fresh proof; no other form has one of this name, so that it can travel with any of them."""


class ProveForm(forms.Form):
    """A fresh proof before something that cannot be undone."""

    proof = forms.CharField(
        label=_("Passphrase"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def proves(self, actor: Actor, now: datetime) -> bool:
        """Whether this is the actor's passphrase; the form then says what is wrong, if anything is."""
        try:
            sessions.prove_again(actor, Passphrase(self.cleaned_data[PROOF]), now=now)
        except (SignInRefused, SealingRefused):
            self.add_error(PROOF, gettext("This is not your passphrase."))
        except TooSoon as wait:
            self.add_error(PROOF, words.wait(wait))
        return not self.errors


class NewPassphraseForm(forms.Form):
    """A new passphrase, typed twice."""

    passphrase = forms.CharField(
        label=_("New passphrase"),
        help_text=_(
            "At least 15 characters. Four or five words that do not belong together are easy to keep in mind and hard to"
            " guess. No rules about capitals, digits or signs; a password manager is welcome. Nobody can read it or give it"
            " back to you."
        ),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same once more"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        found = super().clean() or self.cleaned_data
        if "passphrase" in found and "again" in found:
            self._read(found)
        return found

    def _read(self, found: dict[str, Any]) -> None:
        try:
            found["secret"] = Passphrase(found["passphrase"])
        except SealingRefused:
            self.add_error("passphrase", gettext("This cannot be used as a passphrase."))
            return
        if found["passphrase"] != found["again"]:
            self.add_error("again", gettext("The two are not the same."))

    def say_too_weak(self) -> None:
        """The service found it too easy to guess."""
        self.add_error(
            "passphrase",
            gettext("This could be guessed. Take more words that do not belong together, and nothing of your names."),
        )


class SpokenCodeForm(forms.Form):
    """The nine digits that go with a link."""

    code = forms.CharField(
        label=_("Spoken code"),
        help_text=_("The nine digits that you were told, not written, by the person who sent you the link."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "short"}),
    )

    def say_unusable(self) -> None:
        """Link and code do not fit."""
        self.add_error(
            None,
            gettext("Link and code do not fit together, or the link has been used or has expired. Ask for a new one."),
        )


class JoinForm(NewPassphraseForm, SpokenCodeForm):
    """What an invited person chooses."""

    sign_in_name = forms.RegexField(
        r"\A[a-z0-9][a-z0-9._-]{2,39}\Z",
        label=_("Sign-in name"),
        help_text=_("3 to 40 small letters, digits, dots or dashes. Not your legal name."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"invalid": _("3 to 40 small letters, digits, dots or dashes.")},
    )
    alias = forms.CharField(
        label=_("Alias"),
        help_text=_("What colleagues call you here. It stands in the log and under what you sign."),
        max_length=60,
    )
    field_order = ("code", "sign_in_name", "alias", "passphrase", "again")


class CodeForm(forms.Form):
    """Six digits of an authenticator."""

    digits = forms.CharField(
        label=_("The six digits that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}),
    )


class RolesForm(forms.Form):
    """What a member may do."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        help_text=_(
            "An administrator or auditor has no role that opens cases. Roles that open cases are given by a coordinator, who"
            " also gives the keys."
        ),
        choices=[(role.value, label) for role, label in ROLE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(role) for role in self.cleaned_data["roles"]]

    def say_refused(self, reason: SafeconductError) -> None:
        """Why the roles were not changed."""
        self.add_error("roles", str(words.REFUSALS[type(reason)]))


class InviteForm(RolesForm):
    """Who is invited, as what, and in which language the desk speaks to them."""

    alias = forms.CharField(
        label=_("Alias"), help_text=_("A suggestion; never a legal name. They may choose another."), max_length=60
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ("alias", "roles", "language")
