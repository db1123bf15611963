"""Shapes and wording of a screening and of a decision about a hit."""

import re

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.screening.findings import Finding
from safeconduct.desk.screening.lookup import LONGEST_NAME, LONGEST_NUMBER, MOST_DOCUMENTS, MOST_NAMES, Person
from safeconduct.desk.screening.words import FINDINGS
from safeconduct.desk.web.countries import country_choices

_DAY = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


class PersonForm(forms.Form):
    """Whom to look for."""

    names = forms.CharField(
        label=_("Names, one on each line"),
        help_text=_("Every name the person has or had, in any alphabet. Spellings need not be tried one by one."),
        max_length=MOST_NAMES * LONGEST_NAME,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    born = forms.RegexField(
        label=_("Date of birth"),
        regex=_DAY,
        required=False,
        help_text=_("1990, 1990-05 or 1990-05-17. Without it a common name gives weak hits only."),
        error_messages={"invalid": _("Please write a date as 1990, 1990-05 or 1990-05-17.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=_("Nationality"), required=False)
    birth_place = forms.CharField(
        label=_("Place of birth"), required=False, max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    documents = forms.CharField(
        label=_("Numbers of documents, one on each line"),
        required=False,
        help_text=_("Passports and others, as far as they are known. A number that agrees says more than a name."),
        max_length=MOST_DOCUMENTS * LONGEST_NUMBER,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]  # Django's own signature
        choices = [("", gettext("unknown")), *country_choices(get_language() or "en")]
        self.fields["country"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_names(self) -> list[str]:
        """Each line once; at most ten, of at most 200 characters, with a letter in each."""
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines()]
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(gettext("At most ten names, of at most 200 characters."))
        if not all(re.search(r"[^\W\d_]", name) for name in names):
            raise forms.ValidationError(gettext("Each line needs a name with letters."))
        return names

    def clean_documents(self) -> list[str]:
        """Each line once; at most five, of at most 40 characters."""
        lines = [line.strip() for line in self.cleaned_data["documents"].splitlines()]
        numbers = list(dict.fromkeys(line for line in lines if line))
        if len(numbers) > MOST_DOCUMENTS or any(len(number) > LONGEST_NUMBER for number in numbers):
            raise forms.ValidationError(gettext("At most five numbers, of at most 40 characters."))
        return numbers

    def person(self) -> Person:
        """What was typed."""
        return Person(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What somebody decides about a hit."""

    finding = forms.ChoiceField(
        label=_("Who is it?"), choices=[(each.value, FINDINGS[each]) for each in FINDINGS], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What agrees, what does not, and what you looked at."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def found(self) -> Finding:
        """The finding that was chosen."""
        return Finding(self.cleaned_data["finding"])
