"""A form as a workbook: the sheets `survey`, `choices` and `settings`, as ODK, Kobo and pyxform read them."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from safeconduct.core.spreadsheets import write_xlsx
from safeconduct.core.xlsforms.form import Choice, Form, Item, Question, Texts

Cells: TypeAlias = dict[str, str]
"""The cells of one row by the heading of their column."""

_TEXTS: Final = ("label", "hint", "constraint_message", "required_message")


def export_form(form: Form) -> bytes:
    """The .xlsx workbook of a form; reading it gives the same form again."""
    survey = list(_survey(form.items))
    choices = [_choice(name, each) for name, listed in form.choices.items() for each in listed]
    sheets = {"survey": _table(["type", "name", *_labels(form)], survey)}
    if choices:
        sheets["choices"] = _table(["list_name", "name", *_labels(form)], choices)
    sheets["settings"] = _table(["form_title", "form_id"], [_settings(form)])
    return write_xlsx(sheets)


def _labels(form: Form) -> list[str]:
    """Every language has its column of labels, whether filled or not, so that their order is kept."""
    return [f"label::{language}" for language in form.languages] if form.languages else ["label"]


def _settings(form: Form) -> Cells:
    settings = {"form_title": next(iter(form.title.values()), ""), "form_id": form.form_id}
    settings |= {"version": form.version, "default_language": form.default_language}
    if any(_has_namesakes(listed) for listed in form.choices.values()):
        settings["allow_choice_duplicates"] = "yes"
    return settings


def _has_namesakes(listed: Sequence[Choice]) -> bool:
    return len({each.name for each in listed}) < len(listed)


def _survey(items: Sequence[Item]) -> Iterator[Cells]:
    for item in items:
        if isinstance(item, Question):
            yield _question(item)
            continue
        word = "repeat" if item.repeats else "group"
        yield (
            {"type": f"begin_{word}", "name": item.name}
            | _shared(item)
            | _filled({"repeat_count": item.count.text if item.count else ""})
        )
        yield from _survey(item.items)
        yield {"type": f"end_{word}"}


def _question(question: Question) -> Cells:
    expressions = {
        "required": question.required,
        "constraint": question.constraint,
        "calculation": question.calculation,
        "read_only": question.read_only,
        "choice_filter": question.choice_filter,
        "default": question.first_value,
    }
    words = {
        "trigger": f"${{{question.trigger}}}" if question.trigger else "",
        "parameters": " ".join(f"{key}={value}" for key, value in question.parameters.items()),
        "seals": question.seals,
    }
    default = {"default": question.default} if question.default else {}
    written = {heading: expression.text for heading, expression in expressions.items() if expression is not None}
    type_ = f"{question.kind.value} {question.choices}" if question.kind.chooses else question.kind.value
    return {"type": type_, "name": question.name} | _shared(question) | written | default | _filled(words)


def _shared(item: Item) -> Cells:
    cells = _filled({"relevant": item.relevant.text if item.relevant else "", "appearance": item.appearance})
    for meaning in _TEXTS:
        cells |= _texts(meaning, getattr(item, meaning, {}))
    return cells


def _texts(meaning: str, texts: Texts) -> Cells:
    return {f"{meaning}::{language}" if language else meaning: text for language, text in texts.items()}


def _choice(list_name: str, choice: Choice) -> Cells:
    return {"list_name": list_name, "name": choice.name, **_texts("label", choice.label), **choice.columns}


def _filled(cells: Cells) -> Cells:
    return {heading: text for heading, text in cells.items() if text}


def _table(first: Sequence[str], rows: Sequence[Cells]) -> list[list[str]]:
    """The headings, the given ones first, and each row below them."""
    headings = list(dict.fromkeys([*first, *(heading for row in rows for heading in row)]))
    return [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
