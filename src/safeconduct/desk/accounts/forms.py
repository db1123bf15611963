"""Shape and wording of what is typed at the account pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.vault.secrets import Passphrase


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

    def passphrase_typed(self) -> Passphrase:
        """The passphrase as a secret of its own type."""
        return Passphrase(self.cleaned_data["passphrase"])


class ProveForm(forms.Form):
    """A fresh proof before something that cannot be undone."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
