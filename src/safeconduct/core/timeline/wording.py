"""Statements, their dates and prompts in words, in English, French and Russian."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.core.timeline.model import Statement
from safeconduct.core.timeline.prompts import Prompt
from safeconduct.core.timeline.rules import Rules

_DATE = re.compile(r"^(\d{2}[0-9X]{2})(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?([?~%]?)$")
_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True)
class _Words:
    about: str
    perhaps: str
    between: str
    and_: str
    since: str
    until: str
    undated: str
    seasons: tuple[str, str, str, str]
    months: str
    """All twelve, with a space between."""
    quote: str
    day: str
    """How a full day is written, of {d}, {m} (number), {month} and {y}."""


_WORDS = {
    "en": _Words(
        about="about {}",
        perhaps="perhaps {}",
        between="between {}",
        and_=" and ",
        since="from {}",
        until="until {}",
        undated="no date",
        seasons=("spring {}", "summer {}", "autumn {}", "winter {}"),
        months="January February March April May June July August September October November December",
        quote="“{}”",
        day="{d} {month} {y}",
    ),
    "fr": _Words(
        about="vers {}",
        perhaps="peut-être {}",
        between="entre {}",
        and_=" et ",
        since="à partir de {}",
        until="jusqu’à {}",
        undated="sans date",
        seasons=("printemps {}", "été {}", "automne {}", "hiver {}"),
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        quote="«\u00a0{}\u00a0»",
        day="{d} {month} {y}",
    ),
    "ru": _Words(
        about="около: {}",
        perhaps="возможно, {}",
        between="между: {}",
        and_=" и ",
        since="с: {}",
        until="до: {}",
        undated="без даты",
        seasons=("весна {}", "лето {}", "осень {}", "зима {}"),
        months="январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        quote="«{}»",
        day="{d2}.{m2}.{y}",
    ),
}


def when_in_words(when: str, language: str) -> str:
    """An EDTF date or interval as people write it; what is no such form is given back as it is."""
    words = _words(language)
    if not when:
        return words.undated
    first, slash, last = (part.strip() for part in when.partition("/"))
    if not slash:
        return _moment(first, words)
    if first in ("", ".."):
        return words.until.format(_moment(last, words))
    if last in ("", ".."):
        return words.since.format(_moment(first, words))
    return f"{_moment(first, words)} – {_moment(last, words)}"


def labelled(statement: Statement, rules: Rules, language: str, *, dated: bool = True) -> str:
    """A statement in a line: what it is about, its words, place or unit, and its time where `dated`."""
    topic = rules.topics[statement.topic]
    details = [topic.values[statement.value].in_language(language)] if statement.value in topic.values else []
    if statement.manner in topic.manners:
        details.append(topic.manners[statement.manner].in_language(language))
    if statement.unit is not None:
        details.append(" ".join(part for part in (statement.unit.name, statement.unit.number) if part))
    if statement.place is not None and statement.place.name:
        details.append(statement.place.name)
    if statement.when and dated:
        details.append(when_in_words(statement.when, language))
    name, said = topic.name.in_language(language), ", ".join(part for part in details if part)
    colon = "\u00a0: " if _code(language) == "fr" else ": "
    return f"{name}{colon}{said}" if said else name


def explained(prompt: Prompt, rules: Rules, statements: Mapping[str, Statement], language: str) -> str:
    """What a prompt says, naming its statements; KeyError where one of them is not among `statements`."""
    words = _words(language)
    names = [words.quote.format(labelled(statements[each], rules, language)) for each in prompt.statements]
    named = {"all": "; ".join(names), "a": names[0] if names else "", "b": "; ".join(names[1:])}
    facts = {name: when_in_words(said, language) if _ISO_DAY.match(said) else said for name, said in prompt.facts.items()}
    text = rules.rules[prompt.rule].says[prompt.variant]
    return text.filled(**facts, **named).in_language(language)


def _words(language: str) -> _Words:
    return _WORDS.get(_code(language), _WORDS["en"])


def _code(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _moment(text: str, words: _Words) -> str:
    if text.startswith("{") and text.endswith("}") and ".." in text:
        first, _, last = text[1:-1].partition("..")
        return words.between.format(words.and_.join((_moment(first, words), _moment(last, words))))
    shape = _DATE.match(text)
    if shape is None:
        return text
    year, month, day, mark = shape.groups()
    said = _day(year, month, day, words)
    said = words.about.format(said) if mark in ("~", "%") else said
    return words.perhaps.format(said) if mark in ("?", "%") else said


def _day(year: str, month: str | None, day: str | None, words: _Words) -> str:
    if month in (None, "XX"):
        return year.replace("X", "…") if "X" in year else year
    number = int(str(month))
    if 21 <= number <= 24:
        return words.seasons[number - 21].format(year)
    if number > 12:
        return f"{year}-{month}"
    name = words.months.split()[number - 1]
    if day in (None, "XX"):
        return f"{name} {year}"
    first = "1er" if words is _WORDS["fr"] else "1"
    return words.day.format(d=first if day == "01" else int(str(day)), d2=day, m2=month, month=name, y=year)
