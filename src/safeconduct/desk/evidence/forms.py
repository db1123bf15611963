"""Shape and wording of a piece of evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.web.inputs import SealedFilesField

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
