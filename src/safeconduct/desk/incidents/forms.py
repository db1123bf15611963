"""Shapes and wording of a search for incidents and of a decision about a coincidence."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.edtf import DateUnreadable, read_interval
from safeconduct.desk.incidents import lookup
from safeconduct.desk.incidents.findings import Finding
from safeconduct.desk.incidents.lookup import LONGEST, MOST_STAYS, Reached, Said
from safeconduct.desk.incidents.words import FINDINGS

BLANK_ROWS = 2
_NAMES = ("place", "dates", "unit", "place_id", "statement")
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class StayForm(forms.Form):
    """One stay: a place or a unit, and when."""

    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=LONGEST,
        help_text=_("A town, village or region of Ukraine, by any of its names."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    statement = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    place_id = forms.ChoiceField(label=_("Which of these"), required=False)
    dates = forms.CharField(
        label=_("When"),
        required=False,
        max_length=LONGEST,
        help_text=_("2022-09, 2022-09-21/2022-11, about: 2022-10~, from then on: 2022-10/.."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    unit = forms.CharField(
        label=_("Unit"),
        required=False,
        max_length=LONGEST,
        help_text=_("As it is called: 940-я мотострелковая бригада, 940 омсбр, 940th Motorized Rifle Brigade."),
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # Django's own signature
        typed = str(self["place"].value() or "").strip()
        several = lookup.places_named(typed) if typed else ()
        choices = [(each.id, f"{each.name}, {each.country} ({each.lat:.2f}, {each.lon:.2f})") for each in several]
        self.fields["place_id"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.has_several = len(choices) > 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(str(self[name].value() or "").strip() for name in ("place", "dates", "unit"))

    def clean(self) -> dict[str, str]:
        """A place or a unit, and dates that can be read."""
        found: dict[str, str] = super().clean() or {}
        place, chosen = found.get("place", "").strip(), found.get("place_id", "")
        if not place and not found.get("unit", "").strip() and not self.errors:
            self.add_error("place", gettext("A place or a unit is needed."))
        if place and not chosen and "place_id" not in self.errors:
            self._require_one(place)
        try:
            read_interval(found.get("dates", ""))
        except DateUnreadable:
            self.add_error("dates", gettext("Please write dates as 2022, 2022-09, 2022-09-21 or 2022-09-21/2022-11."))
        return found

    def said(self) -> Said:
        """The stay that was typed."""
        return Said(**{name: self.cleaned_data[name].strip() for name in _NAMES})

    def _require_one(self, place: str) -> None:
        if lookup.place_meant(place) is not None:
            return
        if self.has_several:
            self.add_error("place_id", gettext("Several places have this name. Please choose."))
        else:
            self.add_error(
                "place", gettext("This place is not known here. Try another of its names or the region, or empty the row.")
            )


class ReachForm(forms.Form):
    """What counts as touching."""

    km = forms.IntegerField(label=_("How near, in km"), min_value=0, max_value=200, initial=10)
    days = forms.IntegerField(label=_("How many days apart"), min_value=0, max_value=60, initial=1)

    def reached(self) -> Reached:
        """What was chosen."""
        return Reached(self.cleaned_data["km"], self.cleaned_data["days"])


def stay_forms(posted: QueryDict | None, told: Sequence[Said]) -> list[StayForm]:
    """A form for every stay that is posted or told, and blank ones to add more."""
    if posted is not None:
        count = posted.get("rows", "")
        rows = min(int(count), MOST_STAYS) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        return [StayForm(posted, prefix=f"s{row}") for row in range(rows)]
    initial = [{name: getattr(each, name) for name in _NAMES} for each in told]
    blank: list[dict[str, str]] = [{} for _ in range(min(BLANK_ROWS, MOST_STAYS - len(initial)))]
    return [StayForm(prefix=f"s{row}", initial=each) for row, each in enumerate([*initial, *blank])]


class DecisionForm(forms.Form):
    """What somebody decides about a coincidence."""

    finding = forms.ChoiceField(
        label=_("What follows?"), choices=[(each.value, FINDINGS[each]) for each in FINDINGS], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What you looked at, and what speaks for and against."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def found(self) -> Finding:
        """The finding that was chosen."""
        return Finding(self.cleaned_data["finding"])
