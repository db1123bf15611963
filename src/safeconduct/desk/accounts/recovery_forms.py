"""What is typed to set recovery up, to drill it and to use it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.accounts.errors import SharesUnusable
from safeconduct.desk.accounts.forms import NewPassphraseForm, SpokenCodeForm
from safeconduct.desk.vault.recovery import LARGEST_SHARE_COUNT, sheets_in


class SetUpForm(forms.Form):
    """Who holds a share, and how many of them together open."""

    custodians = forms.CharField(
        label=_("Custodians"),
        help_text=_(
            "One name or alias a line, two to sixteen. Choose people who would not all be in one place, or in one"
            " organisation, on one bad day."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    threshold = forms.IntegerField(
        label=_("How many of them are needed"),
        help_text=_("At least two. With fewer, nobody learns anything from their sheets."),
        min_value=2,
        max_value=LARGEST_SHARE_COUNT,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def clean_custodians(self) -> list[str]:
        """The names, one for each line that is not empty."""
        names = [line.strip() for line in self.cleaned_data["custodians"].splitlines() if line.strip()]
        if not 2 <= len(names) <= LARGEST_SHARE_COUNT or len(set(names)) != len(names):
            raise forms.ValidationError(gettext("Two to sixteen different names, one a line."))
        return names

    def clean(self) -> dict[str, Any]:  # Any: Django's own signature
        found = super().clean() or self.cleaned_data
        if found.get("threshold", 0) > len(found.get("custodians", ())) > 0:
            self.add_error("threshold", gettext("Not more than there are custodians."))
        return found


class SharesForm(forms.Form):
    """Words of recovery sheets."""

    shares = forms.CharField(
        label=_("Words of the sheets"),
        help_text=_("The 33 words of each sheet, one sheet after another. Line breaks and capitals do not matter."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def sheets(self) -> list[str]:
        """Each sheet's words."""
        return sheets_in(self.cleaned_data["shares"])

    def say_shares_unusable(self, refused: SharesUnusable) -> None:
        """Which sheet is misread, or that they do not fit together."""
        if refused.sheet:
            words = gettext("Sheet %(n)s is not as it stands on paper: a word is missing or misspelt.") % {"n": refused.sheet}
        else:
            words = gettext("These sheets do not give the key: too few, one of them twice, or of an earlier key.")
        self.add_error("shares", words)


class RecoverForm(NewPassphraseForm, SharesForm, SpokenCodeForm):
    """Everything that brings a member back to their keys."""

    field_order = ("code", "shares", "passphrase", "again")
