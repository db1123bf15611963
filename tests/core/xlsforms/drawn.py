"""Hypothesis draws forms of every kind of row that can be written and read again."""

from collections.abc import Iterator

from hypothesis import strategies as st

from safeconduct.core.xlsforms import Choice, Expression, Form, Group, Item, Kind, Question, Texts, parse
from safeconduct.core.xlsforms.sheets import tidy

LANGUAGES = ("English (en)", "Français (fr)", "ru")
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp"], exclude_characters="${}")
WORDS = st.text(_LETTERS, min_size=1, max_size=30).map(tidy).filter(bool)
TEXTS: st.SearchStrategy[Texts] = st.dictionaries(st.sampled_from(LANGUAGES), WORDS, min_size=1)
_RULE = st.sampled_from(
    ["1 = 1", "${first} = 'a'", "string-length(${first}) > 3 and today() > '2020-01-01'", 'selected(${first}, "b")']
)
_KINDS = [each for each in Kind if not each.chooses]


def _rule() -> st.SearchStrategy[Expression | None]:
    return st.none() | _RULE.map(parse)


@st.composite
def questions(draw: st.DrawFn, name: str) -> Question:
    """One row; what only some kinds have is drawn for those alone."""
    kind = draw(st.sampled_from([*_KINDS, Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK]))
    calculates = kind is Kind.CALCULATE
    return Question(
        name=name,
        kind=kind,
        label=draw(TEXTS),
        hint=draw(st.just({}) | TEXTS),
        choices="list" if kind.chooses else "",
        relevant=draw(_rule()),
        required=draw(_rule()),
        required_message=draw(st.just({}) | TEXTS),
        constraint=draw(_rule()),
        constraint_message=draw(st.just({}) | TEXTS),
        calculation=parse("1 + 1") if calculates else draw(_rule()),
        default="" if kind is Kind.SELECT_ONE else draw(st.sampled_from(["", "a", "5", "-1", "2020-01-01"])),
        read_only=draw(_rule()),
        choice_filter=draw(st.none() | st.just(parse("region = ${first}"))) if kind.chooses else None,
        trigger=draw(st.sampled_from(["", "first"])),
        appearance=draw(st.sampled_from(["", "multiline", "w1"])),
        parameters=draw(st.sampled_from([{}, {"start": "1", "end": "5", "step": "1"}])) if kind is Kind.RANGE else {},
        seals=draw(st.sampled_from(["", "health"])),
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of some rows in groups and repeats, the first of which all others may name."""
    names = iter(f"q{number}" for number in range(100))
    items: list[Item] = [Question("first", Kind.TEXT, label={LANGUAGES[0]: "First?"})]
    for _ in range(draw(st.integers(0, 4))):
        items.append(draw(_items(names, depth=draw(st.integers(0, 2)))))
    listed = tuple(
        Choice(f"c{n}", draw(TEXTS), draw(st.sampled_from([{}, {"region": "a"}]))) for n in range(draw(st.integers(1, 4)))
    )
    # The column by which choices are filtered is there, and filled for one of them.
    choices = {"list": (Choice("c", {LANGUAGES[0]: "C"}, {"region": "b"}), *listed)} if _chooses(items) else {}
    return Form(
        title={"": draw(WORDS)},
        form_id=draw(WORDS),
        version=draw(st.sampled_from(["", "1", "2026.1"])),
        default_language=draw(st.sampled_from(["", *LANGUAGES])),
        languages=LANGUAGES,
        items=tuple(items),
        choices=choices,
    )


def _items(names: Iterator[str], *, depth: int) -> st.SearchStrategy[Item]:
    name = next(names)
    if depth == 0:
        return questions(name)
    inner = [_items(names, depth=depth - 1) for _ in range(2)]
    return st.builds(
        Group,
        name=st.just(name),
        items=st.tuples(*inner),
        label=st.just({}) | TEXTS,
        relevant=_rule(),
        repeats=st.booleans(),
        appearance=st.sampled_from(["", "field-list"]),
    )


def _chooses(items: list[Item] | tuple[Item, ...]) -> bool:
    return any(_chooses(each.items) if isinstance(each, Group) else each.kind.chooses for each in items)
