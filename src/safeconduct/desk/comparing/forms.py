"""Shapes and wording of notes, and of what is laid side by side."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.redactions.forms import CoverForm


class NoteForm(CoverForm):
    """Where the note is pinned, by cells of the grid or by rectangles, and what it says."""

    as_pictures = None  # type: ignore[assignment]  # how a form leaves out a field of the one it is made from
    text = forms.CharField(
        label=_("Note"),
        help_text=_("What is seen there, and what it means for the question at hand."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """A note without a place is refused."""
        cleaned = super().clean() or {}
        if not cleaned.get("cell") and not cleaned.get("boxes") and "boxes" not in self.errors:
            self.add_error("boxes", gettext("Tick at least one cell, or write a rectangle."))
        return cleaned


class SideForm(forms.Form):
    """What lies on the left and on the right, and at which page."""

    left = forms.ChoiceField(label=_("On the left"), required=False)
    left_page = forms.IntegerField(label=_("Page on the left"), required=False, min_value=1, max_value=500)
    right = forms.ChoiceField(label=_("On the right"), required=False)
    right_page = forms.IntegerField(label=_("Page on the right"), required=False, min_value=1, max_value=500)

    def __init__(
        self, data: Any, documents: list[tuple[str, str]], statements: list[tuple[str, str]]
    ) -> None:  # Any: Django's own
        super().__init__(data)
        everything = [(gettext("Documents"), documents), (gettext("Statements"), statements)]
        self.fields["left"].choices = [("", "–"), *documents]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["right"].choices = [("", "–"), *everything]  # type: ignore[attr-defined]  # as above
