"""Shape and wording of submissions, permits and steps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.pathways.models import Authority, Submission
from safeconduct.desk.pathways.services import PermitDetails

PERMIT_KINDS = {
    "laissez-passer": _("Laissez-passer"),
    "visa": _("Visa"),
    "temporary-permit": _("Temporary entry permit"),
    "other": _("Other"),
}


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar where it has one."""

    input_type = "date"


class SubmissionForm(forms.Form):
    """A dossier handed to an authority."""

    dossier = forms.ModelChoiceField(label=_("Dossier"), queryset=Dossier.objects.none(), empty_label=None)
    authority = forms.ModelChoiceField(label=_("Authority"), queryset=Authority.objects.none(), empty_label=None)
    on = forms.DateField(label=_("Handed over on"), widget=DayInput)
    how = forms.CharField(label=_("How it was handed over"), max_length=300)

    def __init__(self, *args: Any, dossiers: Sequence[str], organisation: str, **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        dossier, authority = self.fields["dossier"], self.fields["authority"]
        assert isinstance(dossier, forms.ModelChoiceField)
        assert isinstance(authority, forms.ModelChoiceField)
        dossier.queryset = Dossier.objects.filter(pk__in=dossiers)
        dossier.label_from_instance = lambda obj: str(obj.version)  # type: ignore[method-assign]  # Django's way to label
        authority.queryset = Authority.objects.filter(organisation_id=organisation)


class AuthorityForm(forms.Form):
    """A new authority in the organisation's list."""

    name = forms.CharField(label=_("Name of the authority"), max_length=160)
    country = forms.RegexField(label=_("Country code"), regex=r"^[A-Z]{2}$", help_text=_("Two letters, such as FR."))
    language = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("en", "English"), ("ru", "Русский")])


class PermitForm(forms.Form):
    """An entry permit with its validity."""

    submission = forms.ModelChoiceField(label=_("Submission"), queryset=Submission.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("Type"), choices=list(PERMIT_KINDS.items()))
    number = forms.CharField(label=_("Number"), help_text=_("Kept sealed."), max_length=60)
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput)
    valid_from = forms.DateField(label=_("Valid from"), widget=DayInput)
    valid_until = forms.DateField(label=_("Valid until"), widget=DayInput)

    def __init__(self, *args: Any, submissions: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        names = dict(submissions)
        field = self.fields["submission"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Submission.objects.filter(pk__in=names)
        field.label_from_instance = lambda obj: names[obj.pk]  # type: ignore[method-assign]  # Django's way to label

    def details(self) -> PermitDetails:
        """The permit as it was typed."""
        return PermitDetails(**{name: value for name, value in self.cleaned_data.items() if name != "submission"})


class EventForm(forms.Form):
    """Something on the path happened."""

    event = forms.ChoiceField(label=_("What happened"))
    on = forms.DateField(label=_("On which day"), widget=DayInput)

    def __init__(self, *args: Any, events: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        field = self.fields["event"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(events)
