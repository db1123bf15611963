"""What browsers post about passkeys."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.accounts.passkeys import PasskeySignIn
from safeconduct.desk.vault.secrets import Passphrase

_LARGEST_ANSWER = 20_000


class AnswerForm(forms.Form):
    """A browser's answer, and what the passkey's PRF gave: 64 hexadecimal digits, or nothing."""

    answer = forms.CharField(max_length=_LARGEST_ANSWER)
    output = forms.RegexField(r"\A(?:[0-9a-f]{64})?\Z", required=False)

    def clean_answer(self) -> dict[str, Any]:  # Any: JSON as the browser made it
        """The answer as JSON, without any extension's result: those are for the browser only."""
        try:
            answer = json.loads(self.cleaned_data["answer"])
        except ValueError:
            raise forms.ValidationError("not JSON") from None
        if not isinstance(answer, dict):
            raise forms.ValidationError("not an answer")
        return answer | {"clientExtensionResults": {}}

    def prf(self) -> bytes | None:
        """The 32 bytes of the PRF, where there are any."""
        return bytes.fromhex(self.cleaned_data["output"]) or None


class PasskeyForm(AnswerForm):
    """A new passkey and what its owner calls it."""

    label = forms.CharField(
        label=_("What you call it"), help_text=_("For example: phone, or blue key. Only you can read this."), max_length=40
    )


class PasskeySignInForm(AnswerForm):
    """Signing in with a passkey; a passphrase where the passkey cannot unlock the keys."""

    name = forms.CharField(max_length=60)
    passphrase = forms.CharField(max_length=1000, strip=False, required=False)

    def attempt(self, token: str, device: str) -> PasskeySignIn:
        """What was posted, for the service. SealingRefused for what cannot be a passphrase."""
        typed = self.cleaned_data
        passphrase = Passphrase(typed["passphrase"]) if typed["passphrase"] else None
        return PasskeySignIn(
            name=typed["name"],
            token=token,
            answer=typed["answer"],
            output=self.prf(),
            passphrase=passphrase,
            device=device,
        )
