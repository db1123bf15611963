"""Shapes and wording of statements, claims and answers. Dates may be typed as people say them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any  # What a form takes is of many shapes.

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.packtext import LocalText
from safeconduct.core.timeline import Said, Topic, TypedDateUnreadable, edtf_of
from safeconduct.core.timeline.rules import TopicWords
from safeconduct.desk.claims import placing
from safeconduct.desk.claims.answers import Answered, Standing
from safeconduct.desk.claims.content import INTERVIEW, PERSON
from safeconduct.desk.claims.selectors import CaseTimeline, Line, rules
from safeconduct.desk.claims.services import ClaimSaid, Told
from safeconduct.desk.claims.words import ANSWERS, OCCASIONS, ORDERS, SAID, standings
from safeconduct.desk.web.countries import country_choices

_OTHER = "other"
_DOCUMENT = "document"
_Choices = list[Any]  # Django's choices: pairs, or groups of pairs


class TypedDateField(forms.CharField):
    """A date or a stretch of time as people say it; gives EDTF."""

    def __init__(self, **named: Any) -> None:
        named.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=80, required=False, **named)

    def clean(self, value: object) -> str:
        """The EDTF; empty where nothing was typed."""
        text = super().clean(value)
        try:
            return edtf_of(text) if text else ""
        except TypedDateUnreadable:
            said = gettext("This date is not understood. Try: about March 2022, or: May 2023 to August 2023, or: 2022-09-21.")
            raise forms.ValidationError(said) from None


class StatementForm(forms.Form):
    """Who said what kind of thing, in what, about which time, place, unit and rank."""

    topic = forms.ChoiceField(label=_("What it is about"))
    value = forms.ChoiceField(label=_("What was said of it"), required=False)
    manner = forms.ChoiceField(label=_("How"), required=False)
    when = TypedDateField(
        label=_("When"),
        help_text=_("As it was said: about March 2022; summer 2023; May 2023 to August 2023; between May and July 2022."),
    )
    occasion = forms.TypedChoiceField(
        label=_("Which time"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=list(OCCASIONS.items()),
        help_text=_("Only where it may have happened more than once."),
    )
    words = forms.CharField(
        label=_("In the speaker’s words, or in short"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    speaker = forms.ChoiceField(label=_("Who said it"), choices=[(PERSON, _("the person")), (_OTHER, _("somebody else"))])
    speaker_name = forms.CharField(
        label=_("Somebody else: who, in a word"), max_length=80, required=False, help_text=_("A role is enough: mother, officer.")
    )
    source = forms.ChoiceField(label=_("In what it was said"))
    source_words = forms.CharField(label=_("Which one, where it is no document of this case"), max_length=200, required=False)
    said_on = TypedDateField(label=_("When it was said"))
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    town = forms.ChoiceField(label=_("Which place of this name"), required=False, widget=forms.RadioSelect)
    unit_name = forms.CharField(label=_("Unit: name"), max_length=120, required=False)
    unit_number = forms.CharField(label=_("Unit: number"), max_length=40, required=False)
    unit_parent = forms.CharField(label=_("Unit: belongs to"), max_length=120, required=False)
    unit_aliases = forms.CharField(
        label=_("Unit: other names, one on each line"),
        max_length=600,
        required=False,
        help_text=_("With when it had the name, after a comma: 5th Rifles, 2014 to 2020"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    order = forms.ChoiceField(label=_("It happened"), required=False)
    other = forms.ChoiceField(label=_("… another statement"), required=False)
    about = forms.CharField(
        label=_("About somebody other than the person of this case"),
        max_length=80,
        required=False,
        help_text=_("Statements about different people are never compared."),
    )

    def __init__(self, *arguments: Any, timeline: CaseTimeline, editing: str = "", **named: Any) -> None:
        super().__init__(*arguments, **named)
        language = get_language() or "en"
        topics = rules().topics
        self._choose("topic", [(topic.value, said.name.in_language(language)) for topic, said in topics.items()])
        self._choose("value", [("", "–"), *_grouped(topics, lambda each: each.values, language)])
        self._choose("manner", [("", "–"), *_grouped(topics, lambda each: each.manners, language)])
        self._choose("source", _sources(timeline.sources))
        self._choose("country", [("", "–"), *country_choices(language)])
        self._choose("order", [("", "–"), *((each.value, word) for each, word in ORDERS.items())])
        self._choose("other", [("", "–"), *_named(line for line in timeline.lines if line.id != editing)])
        self._towns()

    @property
    def asks_for_town(self) -> bool:
        """Whether a place of this name is still to be chosen."""
        return bool(self.fields["town"].choices) and "town" in self.errors  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def has_towns(self) -> bool:
        """Whether places of the name typed are offered."""
        return bool(self.fields["town"].choices)  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Words belong to the topic, a speaker and a source are named, a place is chosen where several have its name."""
        said = dict(super().clean() or {})
        for name in ("value", "manner"):
            topic, _slash, word = str(said.get(name, "")).partition("/")
            if word and topic != said.get("topic"):
                self.add_error(name, gettext("This belongs to another topic."))
            said[name] = word
        if said.get("speaker") == _OTHER and not said.get("speaker_name"):
            self.add_error("speaker_name", gettext("Please say who."))
        if said.get("source") in (Said.WITNESS, Said.OPEN_SOURCE, Said.UNKNOWN) and not said.get("source_words"):
            self.add_error("source_words", gettext("Please say which one."))
        if bool(said.get("order")) != bool(said.get("other")):
            self.add_error("other", gettext("Say both, or neither: how it stands, and to which statement."))
        if len(self._found) > 1 and not said.get("town"):
            self.add_error("town", gettext("Several places have this name: please choose, or say that it is none of them."))
        return said

    def told(self) -> Told:
        """What was recorded."""
        said = self.cleaned_data
        source, kind = _source_of(said["source"])
        chosen = self._found[0].id if len(self._found) == 1 else said.get("town", "")
        return Told(
            topic=Topic(said["topic"]),
            value=said["value"],
            manner=said["manner"],
            when=said["when"],
            occasion=said["occasion"] or 0,
            words=said["words"],
            speaker=PERSON if said["speaker"] == PERSON else said["speaker_name"],
            said=kind,
            source=source,
            source_words=said["source_words"],
            said_on=said["said_on"],
            about=said["about"],
            place=placing.placed(said["place"], said["country"], chosen),
            unit=_unit(said),
            relations=[{"order": said["order"], "other": said["other"]}] if said["order"] else [],
        )

    def _towns(self) -> None:
        name, country = (str(self.data.get(each, self.initial.get(each, ""))) for each in ("place", "country"))
        self._found = placing.candidates(name.strip(), country.strip())
        if len(self._found) > 1:
            places = [(each.id, f"{each.name}, {each.country} · {each.lat:.1f}° {each.lon:.1f}°") for each in self._found]
            self._choose("town", [*places, (placing.NOT_LISTED, gettext("None of these"))])
        else:
            # With one place or none of the name there is nothing to choose.
            self._choose("town", [])

    def _choose(self, name: str, choices: _Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class AsideForm(forms.Form):
    """Saying that a statement was recorded by mistake."""

    reason = forms.CharField(
        label=_("Recorded by mistake, because"), max_length=400, required=False, help_text=_("Empty: it counts again.")
    )


class AnswerForm(forms.Form):
    """What a person makes of a prompt."""

    answer = forms.ChoiceField(
        label=_("What do you make of it?"),
        choices=[(each.value, word) for each, word in ANSWERS.items()],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What explains it, whom you asked and what they said, or what would settle it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def answered(self) -> Answered:
        """The answer that was chosen."""
        return Answered(self.cleaned_data["answer"])


class ClaimForm(forms.Form):
    """A claim, how it stands, and the statements for and against it."""

    text = forms.CharField(label=_("The claim, in a sentence"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    standing = forms.ChoiceField(label=_("How it stands"), initial=Standing.OPEN.value)
    reason = forms.CharField(label=_("Why"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))
    supports = forms.MultipleChoiceField(label=_("Supported by"), required=False, widget=forms.CheckboxSelectMultiple)
    contradicts = forms.MultipleChoiceField(label=_("Contradicted by"), required=False, widget=forms.CheckboxSelectMultiple)
    sought = forms.CharField(label=_("Looked for and not found: what"), max_length=300, required=False)
    sought_where = forms.CharField(label=_("Where it was looked for"), max_length=300, required=False)

    def __init__(self, *arguments: Any, timeline: CaseTimeline, **named: Any) -> None:
        super().__init__(*arguments, **named)
        statements = list(_named((*timeline.lines, *timeline.set_aside)))
        words = [(each.value, word) for each, word in standings(get_language() or "en").items()]
        for name, choices in (("standing", words), ("supports", statements), ("contradicts", statements)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # ChoiceFields

    def clean(self) -> dict[str, Any]:
        """No statement speaks both for and against; what was sought needs a where."""
        said = dict(super().clean() or {})
        if set(said.get("supports", ())) & set(said.get("contradicts", ())):
            self.add_error("contradicts", gettext("A statement speaks for a claim or against it, not both."))
        if bool(said.get("sought")) != bool(said.get("sought_where")):
            self.add_error("sought_where", gettext("Please say both what was looked for and where."))
        return said

    def claimed(self) -> ClaimSaid:
        """What was recorded."""
        said = self.cleaned_data
        return ClaimSaid(**{**said, "standing": Standing(said["standing"])})


def initial_of(line: Line) -> dict[str, Any]:
    """A statement as the form shows it for correcting."""
    content = line.content
    unit, place = content.get("unit") or {}, content.get("place") or {}
    relation = next(iter(content.get("relations") or ()), {"order": "", "other": ""})
    topic, speaker = content["topic"], content["speaker"]
    aliases = [", ".join(part for part in (each["name"], each["when"]) if part) for each in unit.get("aliases", ())]
    names = ("when", "occasion", "words", "source_words", "said_on", "about")
    return {
        **{name: content.get(name, "") for name in names},
        **{name: f"{topic}/{content[name]}" if content.get(name) else "" for name in ("value", "manner")},
        **{f"unit_{name}": unit.get(name, "") for name in ("name", "number", "parent")},
        "topic": topic,
        "unit_aliases": "\n".join(aliases),
        "speaker": PERSON if speaker == PERSON else _OTHER,
        "speaker_name": "" if speaker == PERSON else speaker,
        "source": content["source"] if content["said"] in (Said.INTERVIEW, Said.DOCUMENT) else content["said"],
        "place": "" if place.get("precision") == "country" else place.get("name", ""),
        "country": place.get("country", ""),
        "town": place.get("key", ""),
        **relation,
    }


def _named(lines: Any) -> list[tuple[str, str]]:  # Any: an iterable of Line, also a generator
    return [(line.id, f"{line.number}. {line.label} ({line.source})") for line in lines]


def _grouped(
    topics: Mapping[Topic, TopicWords], words: Callable[[TopicWords], Mapping[str, LocalText]], language: str
) -> _Choices:
    return [
        (said.name.in_language(language), [(f"{topic}/{word}", name.in_language(language)) for word, name in words(said).items()])
        for topic, said in topics.items()
        if words(said)
    ]


def _sources(items: Sequence[tuple[str, str]]) -> _Choices:
    told = [(INTERVIEW, SAID[Said.INTERVIEW]), (Said.REQUEST.value, SAID[Said.REQUEST])]
    elsewhere = [(each.value, SAID[each]) for each in (Said.WITNESS, Said.OPEN_SOURCE, Said.UNKNOWN)]
    groups: _Choices = [(gettext("Told to us"), told)]
    if items:
        groups.append((gettext("Documents of this case"), list(items)))
    return [*groups, (gettext("Elsewhere"), elsewhere)]


def _source_of(chosen: str) -> tuple[str, str]:
    """The source and its kind: an evidence item is named by its record."""
    if chosen in {each.value for each in Said}:
        return chosen, chosen
    return chosen, Said.DOCUMENT.value


def _unit(said: Mapping[str, str]) -> dict[str, Any] | None:
    unit = {name: said[f"unit_{name}"] for name in ("name", "number", "parent")}
    aliases = [_alias(line) for line in said["unit_aliases"].splitlines() if line.strip()]
    return {**unit, "aliases": aliases} if any(unit.values()) or aliases else None


def _alias(line: str) -> dict[str, str]:
    name, _comma, when = line.rpartition(",")
    try:
        return {"name": name.strip(), "when": edtf_of(when)} if name else {"name": line.strip(), "when": ""}
    except TypedDateUnreadable:
        return {"name": line.strip(), "when": ""}
