"""Answers as they are read back: question and reply in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires import Part, PartType, Questionnaire
from safeconduct.desk.web.countries import country_name


@dataclass(frozen=True, repr=False)
class Told:
    """One question and what was replied."""

    id: str
    ask: str
    lines: Sequence[tuple[str, str]]
    """(label, text); the label is empty where the question says it all."""
    stays_at_desk: bool


def told(questionnaire: Questionnaire, values: Mapping[str, Value], language: str) -> list[Told]:
    """Every replied question in its order. Values of questions that the pack does not know are passed over."""
    found = []
    for question in questionnaire.questions():
        value = values.get(question.id)
        if not isinstance(value, Mapping):
            continue
        lines = list(_lines(question.parts, value, language))
        found.append(Told(question.id, question.ask.in_language(language), lines, value.get("reach") == "desk_only"))
    return found


def _lines(parts: Sequence[Part], value: Mapping[str, Value], language: str) -> Iterator[tuple[str, str]]:
    if value.get("state") == "prefer_not_to_say":
        yield "", gettext("Prefers not to say")
    elif value.get("state") == "dont_know":
        yield "", gettext("Does not know")
    filled = value.get("parts")
    if isinstance(filled, Mapping):
        for part in parts:
            if part.id in filled:
                label = part.label.in_language(language) if part.label else ""
                yield label, text_of(part, filled[part.id], language)


def text_of(part: Part, value: Value, language: str) -> str:
    """A stored value in words."""
    if part.type in (PartType.CHOICE, PartType.MULTI, PartType.COUNTRY, PartType.COUNTRIES):
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(_named(part, str(each), language) for each in chosen)
    match part.type, value:
        case PartType.YES_NO, bool(yes):
            return gettext("Yes") if yes else gettext("No")
        case PartType.FILE, list(files):
            return str(len(files))
        case PartType.TIMELINE, list(rows):
            return "\n".join(_row(part, row, language) for row in rows if isinstance(row, Mapping))
        case _, {"country": str(code), **more}:
            told_from = (str(more.get("town", "")), str(more.get("region", "")), country_name(code, language))
            return ", ".join(each for each in told_from if each)
        case _, {"from": start, "to": end}:
            return f"{_date(start)} – {_date(end)}"
        case _, {"on": _}:
            return _date(value)
    return str(value)


def _named(part: Part, chosen: str, language: str) -> str:
    if part.options:
        return part.option(chosen).label.in_language(language)
    return country_name(chosen, language)


def _row(part: Part, row: Mapping[str, Value], language: str) -> str:
    cells = [text_of(column, row[column.id], language) for column in part.columns if column.id in row]
    return " · ".join(cells)


def _date(value: Value) -> str:
    if not isinstance(value, Mapping):
        return "…"
    about = gettext("about") + " " if value.get("about") else ""
    return f"{about}{value.get('on', '')}"
