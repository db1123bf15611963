"""From the bytes of a workbook to a form that can be run, or to everything that stands in the way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from safeconduct.core.xlsforms.checking import Checker
from safeconduct.core.xlsforms.choices import SHEETS as CHOICES_SHEETS
from safeconduct.core.xlsforms.choices import ChoiceLists, read_choices
from safeconduct.core.xlsforms.columns import USED, Headings, Row, read_headings
from safeconduct.core.xlsforms.form import Choice, Form, Question, Texts
from safeconduct.core.xlsforms.problems import FormRefused, Problem
from safeconduct.core.xlsforms.sheets import Sheet, Workbook
from safeconduct.core.xlsforms.structure import Structure
from safeconduct.core.xlsforms.survey import OTHER, OTHER_TEXTS, SurveyReader, Use
from safeconduct.core.xlsforms.workbooks import read_workbook

# Sheets that change what a form does, in ways that are not followed.
_NOT_SUPPORTED = {
    "external_choices": "choices that are sent beside a form are not supported; put them on the choices sheet",
    "cascades": "old cascading selects are not supported; write select_one with a choice_filter",
    "osm": "maps are not supported",
}
_NOT_USED = {"entities": "no entities are made"}
# Settings that would send answers elsewhere or belong to other programs.
_SETTINGS_NOT_USED = {
    "submission_url": "answers go nowhere but to this desk",
    "public_key": "answers are sealed with the keys of this desk",
    "instance_name": "requests are not named after their answers",
    "auto_send": "answers go nowhere but to this desk",
}


@dataclass(frozen=True)
class Reading:
    """A form, and what of its workbook is left out on purpose."""

    form: Form
    notices: tuple[Problem, ...]


def read_form(content: bytes, *, otherwise: str = "form") -> Reading:
    """The form of an .xlsx or .xls workbook; `otherwise` is its id where it says none.

    Raises FormRefused with every problem of the workbook, in the order of its sheets, rows and columns.
    """
    return form_of(read_workbook(content), otherwise=otherwise)


def form_of(workbook: Workbook, *, otherwise: str = "form") -> Reading:
    """The form of a workbook; as `read_form`."""
    problems: list[Problem] = []
    notices: list[Problem] = []
    survey = workbook.sheet("survey")
    if survey is None:
        listed = ", ".join(each.name for each in workbook.sheets[:10])
        raise FormRefused.whole(f"the workbook has no sheet “survey”; its sheets are: {listed or 'none'}")
    headings = read_headings(survey, problems)
    for meaning in ("type", "name"):
        if not headings.has(meaning):
            problems.append(survey.problem(headings.row, 0, f"the sheet has no column “{meaning}”"))
    if problems and not (headings.has("type") and headings.has("name")):
        raise FormRefused(problems)
    settings = _settings(workbook.sheet("settings"), problems, notices)
    choices_sheet = next((found for name in CHOICES_SHEETS if (found := workbook.sheet(name)) is not None), None)
    may_repeat = settings.text("allow_choice_duplicates").casefold() in ("yes", "true", "true()", "1") if settings else False
    lists = read_choices(choices_sheet, may_repeat=may_repeat, problems=problems)
    form = _form(headings, lists, settings, otherwise, problems, notices)
    _whole_sheets(workbook, problems, notices)
    for used in (headings, lists.headings, settings.headings if settings else None):
        problems.extend(_unread(used) if used else ())
    if problems:
        raise FormRefused(_in_order(problems, workbook))
    return Reading(form, tuple(_in_order(notices, workbook)))


def _form(
    headings: Headings,
    lists: ChoiceLists,
    settings: Row | None,
    otherwise: str,
    problems: list[Problem],
    notices: list[Problem],
) -> Form:
    reader = SurveyReader(headings, lists.columns, problems, notices)
    items = reader.read()
    if not items and not problems:
        problems.append(headings.sheet.problem(headings.row, 0, "the sheet has no questions"))
    structure = Structure(items)
    uses = [*reader.uses, *_choice_uses(lists)]
    problems.extend(Checker(structure, reader.rows, lists).problems(uses))
    title, form_id = _setting(settings, "form_title"), _setting(settings, "form_id")
    languages = tuple(dict.fromkeys([*headings.languages(), *(lists.headings.languages() if lists.headings else ())]))
    used = {question.choices for question in _questions(structure)}
    return Form(
        title={"": title or form_id or otherwise},
        form_id=form_id or otherwise,
        version=_setting(settings, "version"),
        default_language=_setting(settings, "default_language"),
        languages=languages,
        items=items,
        choices={name: _with_other(lists, name, reader.others) for name in lists.lists if name in used},
    )


def _questions(structure: Structure) -> list[Question]:
    return [entry.item for entry in structure.entries if isinstance(entry.item, Question)]


def _with_other(lists: ChoiceLists, name: str, others: set[str]) -> tuple[Choice, ...]:
    choices = tuple(each.choice for each in lists.lists[name])
    if name not in others or any(each.name == OTHER for each in choices):
        return choices
    languages = dict.fromkeys(language for each in choices for language in each.label) or {"": None}
    label: Texts = {language: OTHER_TEXTS.get(language, ("Other", ""))[0] for language in languages}
    return (*choices, Choice(OTHER, label))


def _choice_uses(lists: ChoiceLists) -> list[Use]:
    """The labels of choices that name questions."""
    uses = []
    for listed in lists.lists.values():
        for each in listed:
            for language, text in each.choice.label.items():
                names = tuple(re.findall(r"\$\{\s*([^{}]*?)\s*\}", text))
                if names:
                    uses.append(Use("", each.row, "label", names=names, language=language))
    return uses


def _settings(sheet: Sheet | None, problems: list[Problem], notices: list[Problem]) -> Row | None:
    if sheet is None or not sheet.rows:
        return None
    headings = read_headings(sheet, problems)
    row = next(headings.rows(), None)
    if row is not None:
        for meaning, why in _SETTINGS_NOT_USED.items():
            if row.text(meaning):
                notices.append(row.problem(meaning, why))
    return row


def _setting(settings: Row | None, meaning: str) -> str:
    return settings.text(meaning) if settings else ""


def _whole_sheets(workbook: Workbook, problems: list[Problem], notices: list[Problem]) -> None:
    for sheet in workbook.sheets:
        plain = sheet.name.strip().casefold()
        if plain in _NOT_SUPPORTED and sheet.rows:
            problems.append(Problem(sheet.name, 0, "", "", _NOT_SUPPORTED[plain]))
        elif plain in _NOT_USED and sheet.rows:
            notices.append(Problem(sheet.name, 0, "", "", _NOT_USED[plain]))


def _unread(headings: Headings) -> Iterator[Problem]:
    """Formulas without a result, in columns that are read."""
    is_survey = headings.has("type")
    read = {each.column: each.text for each in headings.columns if each.meaning in USED or not is_survey}
    for row, column in headings.sheet.unread:
        if row > headings.row and column in read:
            what = "this formula has no saved result, or an error for one; write the value itself"
            yield headings.sheet.problem(row, column, what, heading=read[column])


def _in_order(problems: list[Problem], workbook: Workbook) -> list[Problem]:
    places: Mapping[str, int] = {sheet.name: place for place, sheet in enumerate(workbook.sheets)}
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda each: (places.get(each.sheet, -1), each.row, len(each.cell), each.cell))
