"""What an auditor looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.auditing.words import act_choices


class FilterForm(forms.Form):
    """One act, one thing, or both."""

    act = forms.ChoiceField(label=_("Act"), required=False, choices=lambda: [("", _("Any act")), *act_choices()])
    object = forms.RegexField(
        r"\A[a-z0-9:-]{0,60}\Z",
        label=_("Identifier"),
        help_text=_("Of a case, a request, a record, a dossier or a member, as it stands in the log."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
