"""Words of the pages about screening. None of them is a verdict."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.screening.findings import Finding, State
from safeconduct.desk.web.countries import country_name

STATES = {
    State.OPEN: _("Possible namesake: nobody has decided"),
    State.PROPOSED: _("One person says it is the same person: a second one looks"),
    State.CONFIRMED: _("Two people say it is the same person"),
    State.FALSE_POSITIVE: _("Somebody else"),
    State.UNSURE: _("Unsure"),
}
FINDINGS = {
    Finding.FALSE_POSITIVE: _("Somebody else (false positive)"),
    Finding.UNSURE: _("Unsure"),
    Finding.TRUE_MATCH: _("The same person (true match)"),
}
BANDS = {
    "strong": _("strong likeness"),
    "possible": _("possible likeness"),
    "weak": _("weak likeness"),
}
FEATURES = {
    # Keys and details are those of core.names.
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "father_name": _("Father’s name"),
    "initial": _("Initial"),
    "joined": _("Names written as one word"),
    "unanswered": _("Names that only one side has"),
    "different": _("Different names"),
    "order": _("Order of the names"),
    "disguise": _("Letters of another alphabet"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "identifier": _("Number of a document"),
    "country": _("Country"),
    "gender": _("Gender"),
    "namesakes": _("Namesakes to expect by chance"),
}
DETAILS = {
    "the same letters": _("the same letters"),
    "sounds the same": _("sounds the same"),
    "nearly the same": _("nearly the same"),
    "forms of one name": _("forms of one name"),
    "the initial fits": _("the initial fits"),
    "the father's name": _("the father’s name"),
    "written as one word": _("written as one word"),
    "the same day": _("the same day"),
    "day and month swapped": _("day and month swapped"),
    "one digit or a day or two apart": _("one digit or a day or two apart"),
    "the same month": _("the same month"),
    "the same year": _("the same year"),
    "a year apart, or another day of the same year": _("a year apart, or another day of the same year"),
    "another day of the same month": _("another day of the same month"),
    "a year apart, or another month of the same year": _("a year apart, or another month of the same year"),
    "another date": _("another date"),
    "not the same": _("not the same"),
    "only on one side": _("only on one side"),
    "another order": _("another order"),
    "the same": _("the same"),
    "another": _("another"),
    "fewer than one in a hundred lists": _("fewer than one in a hundred lists"),
}
_COUNTED = re.compile(r"about (\S+) by chance")
_LOOK_ALIKE = re.compile(r"look-alike characters: (.+)")
_GENDERS = {"male": _("male"), "female": _("female")}


@dataclass(frozen=True, repr=False)
class Line:
    """One comparison in the reader's language."""

    name: str
    ours: str
    theirs: str
    weight: str
    detail: str


def line_of(feature: dict[str, Any], language: str) -> Line:  # Any: what a sealed record holds
    """A sealed feature as the page shows it; what this version does not know is shown as the engine wrote it."""
    name = feature["name"]
    ours, theirs = (_value(name, feature[side], language) for side in ("ours", "theirs"))
    return Line(str(FEATURES.get(name, name)), ours, theirs, _weight(feature["score"]), _detail(feature["detail"]))


def _detail(text: str) -> str:
    if counted := _COUNTED.fullmatch(text):
        return gettext("about %(count)s by chance") % {"count": counted[1]}
    if hidden := _LOOK_ALIKE.fullmatch(text):
        return gettext("look-alike characters: %(characters)s") % {"characters": hidden[1]}
    return str(DETAILS.get(text, text))


def _value(name: str, text: str, language: str) -> str:
    if name == "country":
        return ", ".join(country_name(code.upper(), language) for code in text.split())
    return str(_GENDERS.get(text, text)) if name == "gender" else text


def _weight(score: int) -> str:
    """For or against, in words: a number of bits tells most readers nothing."""
    if score >= 3_000:
        return gettext("speaks strongly for it")
    if score > 0:
        return gettext("speaks for it")
    return gettext("speaks against it") if score < 0 else gettext("says nothing")
