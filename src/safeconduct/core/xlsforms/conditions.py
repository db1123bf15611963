"""The conditions of questionnaires, written as expressions of forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.questionnaires import PartType, Question, Questionnaire
from safeconduct.core.questionnaires.conditions import AllOf, Answered, AnyOf, Condition, Is, Not, Replied


@dataclass(frozen=True)
class Fields:
    """How the fields of a questionnaire are called in the form."""

    questionnaire: Questionnaire

    def part(self, question: str, part: str) -> str:
        """The field of a part."""
        return f"{question}_{part}"

    def reply(self, question: str) -> str:
        """The field for “prefer not to say” and “don't know”."""
        return f"{question}_reply_instead"

    def of(self, question: Question) -> Iterator[str]:
        """Every field that can hold a part of the answer."""
        for part in question.parts:
            name = self.part(question.id, part.id)
            match part.type:
                case PartType.DATE_RANGE:
                    yield from (f"{name}_from", f"{name}_to")
                case PartType.PLACE:
                    yield f"{name}_country"
                case PartType.TIMELINE:
                    pass
                case _:
                    yield name


def written(condition: Condition, fields: Fields) -> str:
    """The expression of a condition that does not look at the calendar."""
    match condition:
        case AllOf(inner):
            return joined("and", [written(each, fields) for each in inner])
        case AnyOf(inner):
            return joined("or", [written(each, fields) for each in inner])
        case Not(one):
            return f"not({written(one, fields)})"
        case Answered(question):
            return _answered(question, fields)
        case Replied(question):
            return joined("or", [_answered(question, fields), f"${{{fields.reply(question)}}} != ''"])
        case Is():
            return _is(condition, fields)
    raise ValueError("a condition that looks at the calendar has no expression that stays true")


def joined(word: str, parts: Sequence[str]) -> str:
    """The parts with “and” or “or” between them, in brackets where there are several."""
    return parts[0] if len(parts) == 1 else f" {word} ".join(f"({each})" for each in parts)


def _answered(question: str, fields: Fields) -> str:
    asked = fields.questionnaire.question(question)
    filled = [f"${{{name}}} != ''" for name in fields.of(asked)]
    timelines = [part.id for part in asked.parts if part.type is PartType.TIMELINE]
    rows = [f"count(${{{fields.part(question, part)}}}) > 0" for part in timelines]
    return joined("or", [*filled, *rows])


def _is(condition: Is, fields: Fields) -> str:
    name = fields.part(condition.question, condition.part)
    part = fields.questionnaire.question(condition.question).part(condition.part)
    answer = f"${{{name}}}"
    if condition.column is not None:
        part = part.column(condition.column)
        # In any row: the answers of all rows, one after another, as if they had been chosen together.
        suffix = "_country" if part.type is PartType.PLACE else ""
        answer = f"join(' ', ${{{name}_{condition.column}{suffix}}})"
    elif part.type is PartType.PLACE:
        answer = f"${{{name}_country}}"
    values = sorted(_word(each) for each in condition.values)
    several = condition.column is not None or part.type in (PartType.MULTI, PartType.COUNTRIES)
    return joined("or", [f"selected({answer}, '{each}')" if several else f"{answer} = '{each}'" for each in values])


def _word(value: str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
