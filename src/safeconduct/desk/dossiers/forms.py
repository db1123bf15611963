"""Shape and wording of composing a dossier."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.dossiers.contents import TELLABLE
from safeconduct.desk.dossiers.services import Plan
from safeconduct.desk.vault.sections import Section


class ReleaseForm(forms.Form):
    """What a second person says they have read: everything, or nothing is released."""

    read = forms.MultipleChoiceField(
        label=_("I have read what each of these tells about the person"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please read what each item shows, and tick each.")},
    )

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # handed on as given
        super().__init__(*args, **kwargs)
        field = self.fields["read"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(things)


class ComposeForm(forms.Form):
    """What the composer chooses. Recipients are those that the person consented to, and nobody else."""

    recipient = forms.ChoiceField(
        label=_("Authority"), help_text=_("Only authorities that the person named in a consent stand here.")
    )
    address = forms.CharField(
        label=_("Its address, one line each"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    language = forms.ChoiceField(
        label=_("Language of the dossier"), choices=[("fr", "Français"), ("en", "English"), ("ru", "Русский")]
    )
    request = forms.CharField(label=_("What is asked for"), max_length=150)
    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("What the authority reads first. An empty line begins a new paragraph."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    limits = forms.CharField(
        label=_("What the inquiry did not cover, one limit a line"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sections = forms.MultipleChoiceField(label=_("The person’s own words"), required=False, widget=forms.CheckboxSelectMultiple)
    evidence = forms.MultipleChoiceField(label=_("Evidence"), required=False, widget=forms.CheckboxSelectMultiple)
    with_reasons = forms.BooleanField(label=_("Show the evaluators’ reasons, not only their words"), required=False)
    contact = forms.CharField(
        label=_("How the authority reaches you, one line each"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,  # handed on as given
        recipients: Sequence[str],
        items: Sequence[tuple[str, str]],
        section_names: Sequence[tuple[str, str]],
        **kwargs: Any,  # handed on as given
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("recipient", [(each, each) for each in recipients]),
            ("evidence", list(items)),
            ("sections", [(code, label) for code, label in section_names if code in TELLABLE]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def plan(self) -> Plan:
        """What was chosen."""
        chosen = self.cleaned_data
        return Plan(
            recipient=chosen["recipient"],
            address=_lines(chosen["address"]),
            language=chosen["language"],
            request=chosen["request"],
            summary=chosen["summary"].replace("\r\n", "\n"),
            limits=chosen["limits"],
            sections=[Section(code) for code in chosen["sections"]],
            evidence=chosen["evidence"],
            with_reasons=chosen["with_reasons"],
            contact=_lines(chosen["contact"]),
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
