"""From the text of a questionnaire pack to a checked Questionnaire."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

from safeconduct.core.packtext import PackRefused, local_text, optional_text, read_pack, sources
from safeconduct.core.questionnaires.conditions import (
    AllOf,
    Answered,
    AnyOf,
    Condition,
    Is,
    Not,
    Replied,
    WithinDays,
    YoungerThan,
    leaves,
    looks_at_calendar,
)
from safeconduct.core.questionnaires.model import (
    Audience,
    Closeness,
    Consequence,
    Flag,
    NeverAsked,
    Option,
    Part,
    PartType,
    Question,
    Questionnaire,
    Sealed,
    Section,
    Stop,
)

# The schema has been checked when these are read, so their shape is known; only mypy cannot know it.
Checked: TypeAlias = Mapping[str, Any]

KIND = "questionnaire"


def load_questionnaire(text: bytes, *, schema: bytes) -> Questionnaire:
    """The questionnaire of a pack's YAML text.

    Raises PackRefused when it does not fit the schema, when an id stands twice, or when a condition looks at
    a question, part, column or option that does not exist or is asked later.
    """
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast(Checked, pack.content)
    questionnaire = Questionnaire(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        audience=Audience(content["audience"]),
        reviewed_by=content.get("reviewed_by", ""),
        practice=tuple(local_text(each) for each in content.get("practice", ())),
        never_asked=tuple(
            NeverAsked(id=each["id"], what=local_text(each["what"]), why=local_text(each["why"]))
            for each in content["never_asked"]
        ),
        sources=sources(content["sources"]),
        sections=tuple(_section(each) for each in content["sections"]),
    )
    _require_single_ids(questionnaire)
    _require_sound_conditions(questionnaire)
    return questionnaire


def _section(content: Checked) -> Section:
    return Section(
        id=content["id"],
        title=local_text(content["title"]),
        intro=optional_text(content.get("intro")),
        warning=optional_text(content.get("warning")),
        lawyer_offer=optional_text(content.get("lawyer_offer")),
        show_if=_optional_condition(content.get("show_if"), own=""),
        questions=tuple(_question(each, content["id"]) for each in content["questions"]),
    )


def _question(content: Checked, section: str) -> Question:
    own = content["id"]
    return Question(
        id=own,
        section=section,
        seals=Sealed(content["seals"]),
        ask=local_text(content["ask"]),
        hint=optional_text(content.get("hint")),
        show_if=_optional_condition(content.get("show_if"), own=""),
        may_skip=content.get("may_skip", False),
        needed_if=_optional_condition(content.get("needed_if"), own=""),
        parts=tuple(_part(each, own) for each in content["parts"]),
        then=tuple(_consequence(each, own) for each in content.get("then", ())),
    )


def _part(content: Checked, own: str) -> Part:
    return Part(
        id=content["id"],
        type=PartType(content["type"]),
        label=optional_text(content.get("label")),
        hint=optional_text(content.get("hint")),
        required=content.get("required", False),
        options=tuple(
            Option(id=each["id"], label=local_text(each["label"]), exclusive=each.get("exclusive", False))
            for each in content.get("options", ())
        ),
        columns=tuple(_part(each, own) for each in content.get("columns", ())),
        as_far_as=Closeness(content["as_far_as"]) if "as_far_as" in content else None,
        show_if=_optional_condition(content.get("show_if"), own=own),
    )


def _consequence(content: Checked, own: str) -> Consequence:
    return Consequence(
        when=_condition(content["when"], own=own),
        does=Stop(content["stop"]) if "stop" in content else Flag(content["flag"]),
        say=local_text(content["say"]),
    )


def _optional_condition(content: Checked | None, *, own: str) -> Condition | None:
    return None if content is None else _condition(content, own=own)


def _condition(content: Checked, *, own: str) -> Condition:
    """`own` is the question in which the condition stands, meant where it names none."""
    if "all" in content:
        return AllOf(tuple(_condition(each, own=own) for each in content["all"]))
    if "any" in content:
        return AnyOf(tuple(_condition(each, own=own) for each in content["any"]))
    if "not" in content:
        return Not(_condition(content["not"], own=own))
    question = content.get("question", own)
    if "answered" in content:
        return Answered(question)
    if "replied" in content:
        return Replied(question)
    if "younger_than" in content:
        return YoungerThan(question, content["part"], content["younger_than"])
    if "within_days" in content:
        return WithinDays(question, content["part"], content.get("column"), content["within_days"])
    return Is(question, content["part"], frozenset(content["is"]), content.get("column"))


def _require_single_ids(questionnaire: Questionnaire) -> None:
    _require_unlike("section", [each.id for each in questionnaire.sections])
    _require_unlike("question", [each.id for each in questionnaire.questions()])
    for question in questionnaire.questions():
        _require_unlike(f"part of {question.id}", [each.id for each in question.parts])
        for part in question.parts:
            _require_unlike(f"column of {question.id}", [each.id for each in part.columns])
            for options in (part, *part.columns):
                _require_unlike(f"option of {question.id}", [each.id for each in options.options])


def _require_unlike(what: str, ids: Sequence[str]) -> None:
    for index, each in enumerate(ids):
        if each in ids[:index]:
            raise PackRefused(f"{what}: the id {each} stands twice")


def _require_sound_conditions(questionnaire: Questionnaire) -> None:
    asked: dict[str, Question] = {}
    for section in questionnaire.sections:
        _require_sound(section.show_if, asked, where=section.id)
        for question in section.questions:
            _require_sound(question.show_if, asked, where=question.id)
            _require_sound(question.needed_if, asked, where=question.id)
            asked[question.id] = question
            for condition, calendar in _inner_conditions(question):
                _require_sound(condition, {question.id: question}, where=question.id, calendar=calendar)


def _inner_conditions(question: Question) -> Iterator[tuple[Condition | None, bool]]:
    """Each condition inside the question, and whether it may look at the calendar: only flags may.

    What is asked must not depend on the day on which the answers are read again.
    """
    for part in question.parts:
        yield part.show_if, False
    for each in question.then:
        yield each.when, not each.stops


def _require_sound(condition: Condition | None, asked: Mapping[str, Question], *, where: str, calendar: bool = False) -> None:
    if condition is None:
        return
    if looks_at_calendar(condition) and not calendar:
        raise PackRefused(f"{where}: only a flag may look at the calendar")
    for leaf in leaves(condition):
        question = asked.get(leaf.question)
        if question is None:
            raise PackRefused(f"{where}: a condition looks at “{leaf.question}”, which is not asked before it")
        if not isinstance(leaf, Answered | Replied):
            _require_sound_leaf(leaf, question, where=where)


def _require_sound_leaf(leaf: Is | YoungerThan | WithinDays, question: Question, *, where: str) -> None:
    try:
        part = question.part(leaf.part)
        if not isinstance(leaf, YoungerThan) and leaf.column is not None:
            part = part.column(leaf.column)
    except KeyError:
        raise PackRefused(f"{where}: a condition looks at a part or column that does not exist") from None
    fits = _values_fit(part, leaf.values) if isinstance(leaf, Is) else part.type is PartType.DATE
    if not fits:
        raise PackRefused(f"{where}: a condition compares “{question.id}” with values that it cannot have")


def _values_fit(part: Part, values: frozenset[str | bool]) -> bool:
    match part.type:
        case PartType.CHOICE | PartType.MULTI:
            return values <= part.option_ids
        case PartType.YES_NO:
            return values <= {True, False}
        case PartType.COUNTRY | PartType.COUNTRIES | PartType.PLACE:
            return all(isinstance(each, str) and len(each) == 2 and each.isupper() for each in values)
        case _:
            return False
