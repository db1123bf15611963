"""Shape and wording of what is typed about keeping."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    """Why something must be kept longer."""

    reason = forms.CharField(
        label=_("Why must it be kept longer?"),
        help_text=_("A court, an authority’s order or a claim. Sealed to the desk."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
