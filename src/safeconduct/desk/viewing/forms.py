"""Why somebody takes an original."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeForm(forms.Form):
    """The reason stays with the file, sealed."""

    reason = forms.CharField(
        label=_("Why do you need the original?"),
        help_text=_("For example: to compare its metadata, to play the sound, to hand it to an expert."),
        min_length=5,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
