"""Shape and wording of what is typed at intake, besides questionnaires."""

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.intake.words import LONGEST
from safeconduct.desk.web.countries import country_choices
from safeconduct.desk.web.inputs import SealedFilesField


class CodeForm(forms.Form):
    """The person's code."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_(
            "32 digits or eleven words, with or without spaces, in any of our languages. Four letters of a word suffice."
        ),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )


class WordForm(forms.Form):
    """The word that a person sees on their own page."""

    word = forms.CharField(
        label=_("A word of your own"),
        help_text=_(
            "It stands at the top of your page each time. If it is missing or another one, close the page: it is a copy."
        ),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ExtrasForm(WordForm):
    """What a person may choose besides their answers, for their own safety."""

    second = forms.BooleanField(
        label=_("Give me a second code as well"),
        help_text=_("For when somebody forces you to open this page. It opens another, harmless conversation and warns us."),
        required=False,
    )


class MessageForm(forms.Form):
    """One message, with files."""

    text = forms.CharField(
        label=_("Your message"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"})
    )
    attachments = SealedFilesField(
        label=_("Files"), required=False, help_text=_("Pictures, PDF, sound or video; up to 2 GB each.")
    )


class TriageForm(forms.Form):
    """What the caseworker found when reading the request."""

    working_name = forms.CharField(
        label=_("Working name"),
        help_text=_("A name to work with. Not the legal name; that has its own sealed field."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    country = forms.ChoiceField(label=_("Country where the person is now"))
    category = forms.ChoiceField(
        label=_("Military situation"),
        choices=[
            ("unknown", _("Not known yet")),
            ("conscript", _("Conscript")),
            ("contract", _("Contract soldier")),
            ("mobilised", _("Mobilised person")),
            ("officer", _("Officer")),
            ("reservist", _("Reservist")),
            ("cadet", _("Cadet")),
            ("volunteer", _("Volunteer unit")),
            ("prison", _("Recruited from prison")),
            ("never", _("Never served")),
        ],
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[("routine", _("Routine")), ("soon", _("Soon")), ("urgent", _("Urgent"))],
        widget=forms.RadioSelect,
    )
    risk = forms.ChoiceField(
        label=_("Risk where the person is"),
        choices=[("low", _("Low")), ("raised", _("Raised")), ("high", _("High")), ("unknown", _("Not known"))],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the conversation"), choices=[("ru", "Русский"), ("fr", "Français"), ("en", "English")]
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: object, shown_in: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as given
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)
        country.choices = [("", _("Choose")), *country_choices(shown_in)]


class OwnConsentForm(forms.Form):
    """How somebody agreed for whom another person wrote."""

    how = forms.ChoiceField(
        label=_("How did the person agree?"),
        choices=[
            ("wrote", _("They wrote to us themselves")),
            ("voice", _("We spoke with them")),
            ("met", _("We met them")),
            ("lawyer", _("Their lawyer confirmed it")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In which words"),
        help_text=_("What they agreed to, as they said it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class AskFormForm(forms.Form):
    """Which form the person is asked to answer, and why."""

    form = forms.ChoiceField(label=_("Form"))
    text = forms.CharField(
        label=_("Message to the person"),
        help_text=_("Say why you ask and that they can leave any question out."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: object, offered: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as given
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered
