"""Shape and wording of a piece of evidence."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.documents import Answer, Answered
from safeconduct.desk.evidence.checking import CheckLine
from safeconduct.desk.evidence.twins import Likeness
from safeconduct.desk.web.inputs import SealedFilesField

ANSWERS = {
    Answer.FITS: _("fits"),
    Answer.DOES_NOT_FIT: _("does not fit"),
    Answer.NOT_CHECKED: _("could not be checked"),
}

LIKENESSES = {
    Likeness.SAME_FILE: _("the same file, byte for byte"),
    Likeness.ALIKE: _("a page that looks alike: another scan of it, or a form that many people have"),
}

KIND_LABELS = {
    "internal-passport": _("Internal passport"),
    "international-passport": _("International passport"),
    "military-id": _("Military ID"),
    "summons": _("Summons or mobilisation order"),
    "contract": _("Contract or order"),
    "discharge-report": _("Discharge report and reply"),
    "leave-slip": _("Leave slip, hospital, medical board"),
    "case-papers": _("Criminal case papers, wanted notice"),
    "pay-or-award": _("Pay slip, award, photo from the unit"),
    "public-post": _("Public post, protest, donation"),
    "entry-record": _("Entry slip, stamp, stay record"),
    "asylum-certificate": _("Asylum-seeker certificate, refusal"),
    "medical-report": _("Medical or psychological report"),
    "identity-proof": _("Proof of identity without papers"),
    "capture": _("Capture of a page, a post or a film"),
    "interview-recording": _("Recording of an interview"),
    "other": _("Other"),
}

REVEAL_LABELS = {
    "identity": _("proves who the person is"),
    "face": _("shows the face"),
    "service": _("proves service in the armed forces"),
    "front": _("proves presence at the front"),
    "refusal": _("proves refusal, absence or desertion"),
    "prosecution": _("tells of a prosecution or a conviction"),
    "whereabouts": _("tells where the person is or was"),
    "health": _("tells of health"),
    "relative": _("names a relative"),
    "third-person": _("names or shows another person"),
    "stance": _("shows political or religious conviction"),
}


class EvidenceForm(forms.Form):
    """What is said of a piece of evidence when it arrives."""

    title = forms.CharField(label=_("What it is"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    source = forms.CharField(label=_("Where it comes from"), max_length=300)
    obtained = forms.CharField(label=_("How it was obtained, by whom"), max_length=300)
    address = forms.RegexField(
        label=_("Web address"),
        regex=r"^https?://\S+$",
        max_length=2000,
        required=False,
        help_text=_("Where it stood when it was captured. It is kept, and never opened from here."),
        error_messages={"invalid": _("Please write the whole address, with https://.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    collected = forms.RegexField(
        label=_("When it was collected"),
        regex=r"^[12][0-9]{3}-[01][0-9](-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9])?(Z|[+-][01][0-9]:[0-5][0-9])?)?)?$",
        required=False,
        help_text=_("2026-11-22, or with the time and its zone: 2026-11-22 14:05Z"),
        error_messages={"invalid": _("Please write it as 2026-11-22 or 2026-11-22 14:05Z.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    collected_by = forms.CharField(label=_("Who collected it"), max_length=120, required=False)
    tool = forms.CharField(
        label=_("Tool and version"), max_length=120, required=False, help_text=_("For example: Browsertrix 1.6, a phone’s camera")
    )
    dated = forms.RegexField(
        label=_("Date it bears"),
        regex=r"^[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?$",
        required=False,
        help_text=_("2022, 2022-09 or 2022-09-21"),
        error_messages={"invalid": _("Please write a date as 2022, 2022-09 or 2022-09-21.")},
    )
    shows = forms.CharField(
        label=_("What it shows about the person, and what it does not"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reveals = forms.MultipleChoiceField(
        label=_("What whoever reads it learns"),
        help_text=_("Listed before anything leaves. Tick everything that is so, also what only stands at the edge."),
        choices=list(REVEAL_LABELS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    attachment = SealedFilesField(label=_("File"), help_text=_("The original is sealed as it arrives and never changed."))


class ChecksForm(forms.Form):
    """The checks of one document: each may be answered, none has to be."""

    def __init__(self, data: Any, lines: Sequence[CheckLine], language: str) -> None:  # Any: Django's own
        super().__init__(data)
        self._lines = lines
        for line in lines:
            own = line.own
            self.fields[f"answer.{line.check.id}"] = forms.ChoiceField(
                label=line.check.question.in_language(language),
                choices=[(each.value, ANSWERS[each]) for each in Answer],
                required=False,
                initial=own.answer.value if own else None,
                widget=forms.RadioSelect,
            )
            self.fields[f"note.{line.check.id}"] = forms.CharField(
                label=_("What you looked at and found"),
                max_length=1000,
                required=False,
                initial=own.note if own else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        """What does not fit, or could not be checked, needs a word about why."""
        cleaned = super().clean() or {}
        for line in self._lines:
            answer, note = cleaned.get(f"answer.{line.check.id}"), cleaned.get(f"note.{line.check.id}")
            if answer in (Answer.DOES_NOT_FIT.value, Answer.NOT_CHECKED.value) and not note:
                self.add_error(f"note.{line.check.id}", gettext("Please say what does not fit, or why it could not be checked."))
        return cleaned

    def rows(self) -> Iterator[tuple[CheckLine, forms.BoundField, forms.BoundField]]:
        """Each check with its two fields."""
        for line in self._lines:
            yield line, self[f"answer.{line.check.id}"], self[f"note.{line.check.id}"]

    def answers(self) -> list[Answered]:
        """What was answered."""
        found = ((line.check.id, self.cleaned_data[f"answer.{line.check.id}"]) for line in self._lines)
        return [Answered(id_, Answer(said), self.cleaned_data[f"note.{id_}"]) for id_, said in found if said]
