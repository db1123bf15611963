"""Shapes and wording of covering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.core.redaction import NotRegion, NotWording, Wording
from safeconduct.desk.redactions.marks import COLUMNS, ROWS, PageMarks, boxes_typed


class WordsForm(forms.Form):
    """Names and passages for one authority."""

    lines = forms.CharField(
        label=_("Names and passages to black out, one a line"),
        help_text=_(
            "Each stands as a black block in every text of the dossier. “Ivanov*” covers every ending; “Camille Martin = Heron” "
            "puts an alias in its place. Copy a passage exactly to remove it."
        ),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def clean_lines(self) -> Wording:
        """The entries; a line of one letter is refused."""
        try:
            return Wording.from_lines(self.cleaned_data["lines"].splitlines())
        except NotWording:
            raise forms.ValidationError(_("A line has fewer than two letters.")) from None


class CoverForm(forms.Form):
    """What is covered on one page: cells of a grid over its picture, and rectangles."""

    cell = forms.MultipleChoiceField(
        required=False, choices=[(f"{column}-{row}", "") for row in range(ROWS) for column in range(COLUMNS)]
    )
    boxes = forms.CharField(
        label=_("Exact rectangles, one a line"),
        help_text=_("Left, top, right and bottom in percent of the page, such as: 12 30 55 36.5"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    as_pictures = forms.BooleanField(
        label=_("Let the file leave as pictures only, even where nothing is covered"),
        help_text=_("Removes hidden text, layers, forms and notes of a PDF."),
        required=False,
    )

    def clean_boxes(self) -> list[tuple[float, float, float, float]]:
        """The rectangles."""
        try:
            return boxes_typed(self.cleaned_data["boxes"])
        except NotRegion:
            raise forms.ValidationError(
                _("Please write four numbers from 0 to 100 a line; right is more than left, bottom more than top.")
            ) from None

    def marks(self) -> PageMarks:
        """What was marked."""
        chosen: list[Any] = [cell.split("-") for cell in self.cleaned_data["cell"]]
        return PageMarks([(int(column), int(row)) for column, row in chosen], self.cleaned_data["boxes"])
