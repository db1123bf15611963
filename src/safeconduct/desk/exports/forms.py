"""Shape and wording of an export."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.exports.services import MOST_DAYS, Wish
from safeconduct.desk.exports.words import PARTS


class FoundForm(forms.Form):
    """A text that was found where it should not be."""

    found = forms.CharField(
        label=_("A copy that was found"),
        help_text=_("Paste the whole text, or any part that holds the code. Nothing of it is kept."),
        max_length=400_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskForm(forms.Form):
    """What is to leave, why, and for how long it can be taken."""

    parts = forms.MultipleChoiceField(label=_("What leaves"), choices=list(PARTS.items()), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Why, and who receives it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    days = forms.IntegerField(
        label=_("Days for which it can be taken"),
        help_text=_("1 to 14. After the last day the copy is destroyed here."),
        min_value=1,
        max_value=MOST_DAYS,
        initial=3,
    )

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(**self.cleaned_data)
