"""Strategies for replies in their plain JSON shape, as a form would give them."""

import calendar
import string

from hypothesis import strategies as st

from safeconduct.core.canonical import Value
from safeconduct.core.questionnaires import Closeness, Part, PartType, Question, Questionnaire

WORDS = st.text(alphabet=string.ascii_letters + "éèяжщ «»-,.", min_size=1, max_size=40).filter(lambda text: text.strip() != "")
COUNTRIES = st.sampled_from(["RU", "KZ", "AM", "FR", "DE", "UA", "KG"])


@st.composite
def dates(draw: st.DrawFn) -> Value:
    """A year, a year and month, or a day that the calendar has."""
    year = draw(st.integers(1950, 2030))
    precision = draw(st.integers(1, 3))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    text = "-".join([f"{year:04d}", f"{month:02d}", f"{day:02d}"][:precision])
    return {"on": text, "about": draw(st.booleans())}


@st.composite
def date_ranges(draw: st.DrawFn) -> Value:
    """Two ends in order, one of them possibly open."""
    first, last = sorted(draw(st.tuples(st.integers(1950, 2030), st.integers(1950, 2030))))
    ends: list[Value] = [{"on": str(first), "about": False}, {"on": str(last), "about": True}]
    return {"from": ends[0], "to": draw(st.sampled_from([ends[1], None]))}


def places(closeness: Closeness | None) -> st.SearchStrategy[Value]:
    """A place told no more closely than is asked."""
    blank = st.just("")
    return st.fixed_dictionaries(
        {
            "country": COUNTRIES,
            "region": blank if closeness is Closeness.COUNTRY else WORDS,
            "town": WORDS if closeness is Closeness.TOWN else blank,
        }
    ).map(dict)


SIMPLE: dict[PartType, st.SearchStrategy[Value]] = {
    PartType.TEXT: WORDS,
    PartType.LONG_TEXT: WORDS,
    PartType.DATE: dates(),
    PartType.DATE_RANGE: date_ranges(),
    PartType.YES_NO: st.booleans(),
    PartType.COUNT: st.integers(0, 500),
    PartType.COUNTRY: COUNTRIES,
    PartType.COUNTRIES: st.lists(COUNTRIES, min_size=1, unique=True),
    PartType.FILE: st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True), min_size=1, unique=True),
}


def values(part: Part) -> st.SearchStrategy[Value]:
    """Anything that the part accepts."""
    match part.type:
        case PartType.PLACE:
            return places(part.as_far_as)
        case PartType.CHOICE:
            return st.sampled_from(sorted(part.option_ids))
        case PartType.MULTI:
            return choices(part)
        case PartType.TIMELINE:
            row = st.fixed_dictionaries({column.id: values(column) for column in part.columns})
            return st.lists(row.map(dict), min_size=1, max_size=4)
        case simple:
            return SIMPLE[simple]


def choices(part: Part) -> st.SearchStrategy[Value]:
    """Several options that can stand together, or one that stands alone."""
    alone: list[Value] = [[option.id] for option in part.options if option.exclusive]
    together = [option.id for option in part.options if not option.exclusive]
    some: st.SearchStrategy[Value] = st.lists(st.sampled_from(together), min_size=1, unique=True)
    return st.one_of(some, st.sampled_from(alone)) if alone else some


def answers(question: Question) -> st.SearchStrategy[Value]:
    """Any good reply to a question: an answer of all its parts, or one of the two other replies."""
    full = st.fixed_dictionaries(
        {
            "state": st.just("answered"),
            "reach": st.sampled_from(["section", "desk_only"]),
            "parts": st.fixed_dictionaries({part.id: values(part) for part in question.parts}),
        }
    )
    silent = st.sampled_from(["prefer_not_to_say", "dont_know"]).map(lambda state: {"state": state})
    return st.one_of(full.map(dict), full.map(dict), silent.map(dict))


def sheets(questionnaire: Questionnaire) -> st.SearchStrategy[dict[str, Value]]:
    """Good replies to any of the questions, asked or not."""
    optional = {question.id: answers(question) for question in questionnaire.questions()}
    return st.fixed_dictionaries({}, optional=optional).map(dict)
