"""Shape and wording of what is typed in the inbox."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.inbox import words
from safeconduct.desk.inbox.canned import Words
from safeconduct.desk.inbox.services import Sheet, Stay
from safeconduct.desk.web.countries import country_choices

STAYS = 2
_LONG = 20_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})


class AnswerForm(forms.Form):
    """The desk's answer."""

    text = forms.CharField(label=_("Answer"), max_length=_LONG, widget=_area(6))


class NoteForm(forms.Form):
    """A note for colleagues."""

    note = forms.CharField(
        label=_("Note for colleagues"), help_text=_("The person cannot open it."), max_length=_LONG, widget=_area(3)
    )


class ClosingForm(forms.Form):
    """How a request ends without a case."""

    how = forms.ChoiceField(
        label=_("How does it end?"),
        choices=[
            ("advised", _("With advice")),
            ("referred", _("Not for us: say who can help")),
            ("spam", _("Spam: nothing is sent")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Words"),
        help_text=_("Advice or referral: sent to the person. Spam: a note for colleagues."),
        required=False,
        max_length=_LONG,
        widget=_area(7),
    )

    def clean(self) -> dict[str, Any]:
        """Advice and referral need words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("how") in ("advised", "referred") and not cleaned.get("words"):
            self.add_error("words", _("Write what the person should know."))
        return cleaned


class MergeForm(forms.Form):
    """Which other request goes on, and why."""

    into = forms.ChoiceField(label=_("The request that goes on"))
    reason = forms.CharField(
        label=_("Why is it the same person?"), help_text=_("Kept for colleagues, with both."), max_length=2_000, widget=_area(3)
    )

    def __init__(self, *args: Any, others: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)
        into.choices = [("", _("Choose")), *others]


class AssignForm(forms.Form):
    """Who looks after a request."""

    member = forms.ChoiceField(label=_("Who looks after it"), required=False)

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        assert isinstance(member, forms.ChoiceField)
        member.choices = [("", _("Nobody in particular")), *members]


class PeriodForm(forms.Form):
    """An interpreter for one conversation."""

    member = forms.ChoiceField(label=_("Interpreter"))
    until = forms.DateField(
        label=_("Until and including"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("At most three months.")
    )

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        member = self.fields["member"]
        assert isinstance(member, forms.ChoiceField)
        member.choices = [("", _("Choose")), *members]


class ProposalForm(forms.Form):
    """What an interpreter proposes."""

    text = forms.CharField(label=_("Proposed translation"), max_length=_LONG, widget=_area(6))


class CannedForm(forms.Form):
    """A canned answer."""

    title = forms.CharField(label=_("Title"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    language = forms.ChoiceField(label=_("Language"), choices=list(words.LANGUAGES.items()))
    text = forms.CharField(label=_("Text"), max_length=_LONG, widget=_area(8))

    def said(self) -> Words:
        """What was typed."""
        return Words(**self.cleaned_data)


class SheetForm(forms.Form):
    """The triage sheet."""

    safety = forms.ChoiceField(label=_("Is the person safe now?"), choices=list(words.SAFETIES.items()), widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=list(words.URGENCIES.items()), widget=forms.RadioSelect)
    risk = forms.ChoiceField(label=_("Risk where the person is"), choices=list(words.RISKS.items()), widget=forms.RadioSelect)
    vulnerable = forms.MultipleChoiceField(
        label=_("What makes it harder for them"),
        required=False,
        choices=list(words.VULNERABLE.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    country = forms.ChoiceField(label=_("Country where the person is now"), required=False)
    language = forms.ChoiceField(label=_("Language of the conversation"), choices=list(words.LANGUAGES.items()))
    findings = forms.CharField(label=_("Findings"), required=False, max_length=_LONG, widget=_area(5))

    def __init__(self, *args: Any, shown_in: str, **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        countries = [("", _("Not known yet")), *country_choices(shown_in)]
        for number in range(1, STAYS + 1):
            self.fields[f"stay_country_{number}"] = forms.ChoiceField(label=_("Country"), required=False, choices=countries)
            self.fields[f"stay_until_{number}"] = forms.DateField(
                label=_("Stay ends on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
            )
            self.fields[f"stay_ground_{number}"] = forms.CharField(
                label=_("Ground of the stay"),
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)
        country.choices = countries

    def sheet(self) -> Sheet:
        """What was found."""
        found = self.cleaned_data
        stays = [
            Stay(
                country=found[f"stay_country_{number}"],
                until=found[f"stay_until_{number}"].isoformat(),
                ground=found[f"stay_ground_{number}"],
            )
            for number in range(1, STAYS + 1)
            if found[f"stay_until_{number}"]
        ]
        plain = {name: found[name] for name in ("safety", "urgency", "risk", "language", "country", "findings", "vulnerable")}
        return Sheet(**plain, stays=stays)


def sheet_initial(sheet: Mapping[str, Any], card: Mapping[str, Any]) -> dict[str, Any]:  # Any: canonical values
    """What the form begins with: the last sheet, else what the person said themselves."""
    if not sheet:
        return {
            "safety": card.get("safety", "unknown") if card.get("safety") in words.SAFETIES else "unknown",
            "urgency": card.get("urgency", "unknown"),
            "risk": "unknown",
            "country": card.get("country", ""),
            "language": card.get("language", "en"),
        }
    initial = dict(sheet)
    for number, stay in enumerate(sheet.get("stays", [])[:STAYS], start=1):
        initial |= {f"stay_{name}_{number}": stay[name] for name in ("country", "until", "ground")}
    return initial
