"""Shape and wording of what is typed about keeping."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.cases.models import CaseClock


class HoldForm(forms.Form):
    """Why something must be kept longer."""

    reason = forms.CharField(
        label=_("Why must it be kept longer?"),
        help_text=_("A court, an authority’s order or a claim. Sealed to the desk."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class EndForm(forms.Form):
    """How the work on a case ended, and when."""

    how = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (CaseClock.Runs.PROTECTED, _("There is a final decision on asylum")),
            (CaseClock.Runs.ENDED, _("It ended otherwise: helped elsewhere, no contact, no further wish")),
            (CaseClock.Runs.WITHDRAWN, _("The person withdrew their consent")),
        ],
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The time is counted from this day."),
    )

    def __init__(self, *arguments: Any, today: date, **named: Any) -> None:  # Any: Django's own signature
        super().__init__(*arguments, **named)
        self._today = today

    def clean_day(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError(gettext("This day has not come yet."))
        return day
