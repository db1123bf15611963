"""Shapes and wording of what is written about security."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.concerns.models import Concern
from safeconduct.desk.concerns.words import KINDS, STATES


class RaiseForm(forms.Form):
    """What somebody fears."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=list(KINDS.items()), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What did you notice?"),
        help_text=_("What was said or seen, when, and by whom. Leave conclusions to whoever reads it."),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )


class NoteForm(forms.Form):
    """What was looked into."""

    note = forms.CharField(
        label=_("Note for the security readers"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )


class SettleForm(forms.Form):
    """What came of it."""

    state = forms.ChoiceField(label=_("What came of it?"), choices=[(s.value, STATES[s]) for s in Concern.State])
    reasons = forms.CharField(
        label=_("Reasons"), max_length=8_000, widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
    )


class CanaryForm(forms.Form):
    """Which document nobody has a reason to open."""

    record = forms.ChoiceField(label=_("Document"))

    def __init__(self, *arguments: object, choices: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # Django's own signature
        self.fields["record"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
