"""Workbooks of our own, made on the spot."""

import io
from collections.abc import Mapping, Sequence

import openpyxl

from safeconduct.core.xlsforms import Form, FormRefused, Problem, read_form

Table = Sequence[Sequence[object]]


def workbook(**sheets: Table) -> bytes:
    """An .xlsx workbook with these sheets, written by another program than ours."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


CHOICES: Table = [
    ["list_name", "name", "label", "country"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    ["towns", "riga", "Riga", "lv"],
    ["towns", "liepaja", "Liepāja", "lv"],
    ["towns", "tallinn", "Tallinn", "ee"],
]


def survey(*rows: Mapping[str, object] | Sequence[object], choices: Table = CHOICES, **more: Table) -> bytes:
    """A form of these rows: mappings from heading to cell, or plain lists of type, name and label."""
    mappings = [row if isinstance(row, Mapping) else dict(zip(("type", "name", "label"), row, strict=False)) for row in rows]
    headings = list(dict.fromkeys(["type", "name", "label", *(heading for row in mappings for heading in row)]))
    table: Table = [headings, *([row.get(heading) for heading in headings] for row in mappings)]
    return workbook(survey=table, choices=choices, **more)


def form(*rows: Mapping[str, object] | Sequence[object], choices: Table = CHOICES, **more: Table) -> Form:
    """The form of such a workbook."""
    return read_form(survey(*rows, choices=choices, **more)).form


def problems(content: bytes) -> list[Problem]:
    """Everything that is wrong with a workbook; nothing when it is taken."""
    try:
        read_form(content)
    except FormRefused as refused:
        return list(refused.problems)
    return []


def lines(content: bytes) -> list[str]:
    """The problems as their lines."""
    return [problem.line() for problem in problems(content)]
