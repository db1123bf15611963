"""Shape and wording of what is typed at the case pages, besides questionnaires."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.consents import Consents, Recipient
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.models import CasePart
from safeconduct.desk.cases.services import Consent
from safeconduct.desk.vault.sections import CASE_SECTIONS, Section

MOST_RECIPIENTS = 10


class ConsentsForm(forms.Form):
    """Each purpose is a separate yes or no, in the words of the consent pack."""

    def __init__(
        self,
        *args: object,
        pack: Consents,
        organisation: str,
        language: str,
        given: dict[str, Consent] | None = None,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as given
        self.pack, self.language = pack, language
        for purpose in pack.purposes:
            before = (given or {}).get(purpose.id)
            wording = purpose.wording.filled(organisation=organisation, recipient="…").in_language(language)
            self.fields[f"{purpose.id}.given"] = forms.BooleanField(
                label=purpose.name.in_language(language),
                help_text=wording,
                required=False,
                initial=before.given if before else False,
            )
            if purpose.recipient is not Recipient.NONE:
                self.fields[f"{purpose.id}.recipients"] = forms.CharField(
                    label=_("Named recipients, one a line"),
                    required=False,
                    max_length=2000,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    initial="\n".join(before.recipients) if before else "",
                )

    def purposes(self) -> list[dict[str, object]]:
        """Each purpose with its fields and the warnings that have to be read before it."""
        return [
            {
                "given": self[f"{purpose.id}.given"],
                "recipients": self[f"{purpose.id}.recipients"] if f"{purpose.id}.recipients" in self.fields else None,
                "warnings": [warning.text.in_language(self.language) for warning in purpose.warnings],
            }
            for purpose in self.pack.purposes
        ]

    def consents(self) -> list[Consent]:
        """What was said, purpose by purpose."""
        said = []
        for purpose in self.pack.purposes:
            names = self.cleaned_data.get(f"{purpose.id}.recipients", "")
            recipients = [line.strip() for line in names.splitlines() if line.strip()][:MOST_RECIPIENTS]
            said.append(Consent(purpose=purpose.id, given=bool(self.cleaned_data[f"{purpose.id}.given"]), recipients=recipients))
        return said


class PartForm(forms.Form):
    """Let a member work on the case."""

    member = forms.ModelChoiceField(label=_("Member"), queryset=Member.objects.none(), empty_label=_("Choose"))
    part = forms.ChoiceField(
        label=_("Part"),
        choices=[
            (CasePart.Part.CASEWORKER, _("Caseworker")),
            (CasePart.Part.RESEARCHER, _("Researcher")),
            (CasePart.Part.LIAISON, _("Liaison")),
        ],
    )
    sections = forms.MultipleChoiceField(
        label=_("Sections they need"),
        choices=[(section.value, section.value) for section in CASE_SECTIONS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: object,
        organisation: str,
        members: Sequence[str],
        section_names: Sequence[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as given
        self.organisation = organisation
        member, sections = self.fields["member"], self.fields["sections"]
        assert isinstance(member, forms.ModelChoiceField)
        assert isinstance(sections, forms.MultipleChoiceField)
        member.queryset = Member.objects.filter(pk__in=members).order_by("alias")
        sections.choices = section_names

    def clean(self) -> None:
        """What was told to one organisation only is not given to another."""
        member, sections = self.cleaned_data.get("member"), self.cleaned_data.get("sections", ())
        if member is not None and member.organisation_id != self.organisation and Section.DESK in sections:
            self.add_error("sections", _("What was told to this desk only is not given to another organisation."))


class SearchForm(forms.Form):
    """Words to look for. Sent by POST, so that they stand in no address and no log."""

    words = forms.CharField(
        label=_("Search your cases"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
