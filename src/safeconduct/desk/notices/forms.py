"""Shape and wording of a member's choice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.notices.models import NoticeChoice


class ChoiceForm(forms.Form):
    """Whether, where and when."""

    pace = forms.ChoiceField(
        label=_("Tell me that something waits"),
        choices=[
            (NoticeChoice.Pace.OFF, _("Never")),
            (NoticeChoice.Pace.DAILY, _("Once a day")),
            (NoticeChoice.Pace.QUARTER, _("At the next quarter of an hour")),
        ],
        widget=forms.RadioSelect,
    )
    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "It stands readable on the server: choose one that says nothing about you, or leave it empty and use the feed."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    hour = forms.TypedChoiceField(
        label=_("Hour of the daily notice (UTC)"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int, initial=8
    )

    def clean(self) -> dict[str, Any]:
        """As it is; an empty address is a choice."""
        return super().clean() or self.cleaned_data
