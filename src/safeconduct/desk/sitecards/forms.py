"""What a coordinator types for a site card."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.statements import ADDRESS

MOST = 12


class CardForm(forms.Form):
    """Addresses, one a line, and for how long."""

    addresses = forms.CharField(
        label=_("Addresses under which people reach you"),
        help_text=_("One a line, with https:// or as an onion address, and a slash at the end."),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[(90, _("3 months")), (180, _("6 months")), (365, _("a year"))],
        initial=180,
    )

    def clean_addresses(self) -> list[str]:
        """Each line as an address in its one spelling; a missing slash is added."""
        lines = [line.strip().lower() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]
        found = [line if line.endswith("/") else f"{line}/" for line in lines]
        for number, address in enumerate(found, start=1):
            if not ADDRESS.fullmatch(address):
                raise forms.ValidationError(gettext("Line %(n)s is not an address that can stand on a card.") % {"n": number})
        if len(set(found)) != len(found) or len(found) > MOST:
            raise forms.ValidationError(gettext("At most 12 addresses, each once."))
        return found


def own_address() -> str:
    """The desk's public address where it can stand on a card; empty otherwise."""
    address = f"{settings.PUBLIC_URL}/" if urlsplit(settings.PUBLIC_URL).hostname else ""
    return address if ADDRESS.fullmatch(address) else ""
