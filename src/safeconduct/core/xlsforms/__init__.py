"""XLSForms: the questionnaires that aid organisations write in spreadsheets, read, checked, run and written again.

`read_form` takes a workbook's bytes and gives a Form, or refuses it with the cell of everything that is not supported.
`run` puts answers to a form: what is asked, with which words and choices, what is computed, what cannot stand.
Nothing here reads a clock, a file or a network.
"""

from safeconduct.core.xlsforms.answering import Misfit
from safeconduct.core.xlsforms.expressions import Expression, ExpressionUnreadable, parse
from safeconduct.core.xlsforms.form import Choice, Form, Group, Item, Kind, Question, Texts, in_language, language_code
from safeconduct.core.xlsforms.pack import (
    KIND,
    PREFIX,
    FormPack,
    content_of,
    digest_of,
    load_form,
    pack_id,
    text_of_pack,
)
from safeconduct.core.xlsforms.problems import FormRefused, Problem
from safeconduct.core.xlsforms.questionnaire import as_questionnaire
from safeconduct.core.xlsforms.reading import Reading, read_form
from safeconduct.core.xlsforms.running import FormAnswers, Run, Shown, TooManyRows, run
from safeconduct.core.xlsforms.structure import Entry, Structure

__all__ = [
    "KIND",
    "PREFIX",
    "Choice",
    "Entry",
    "Expression",
    "ExpressionUnreadable",
    "Form",
    "FormAnswers",
    "FormPack",
    "FormRefused",
    "Group",
    "Item",
    "Kind",
    "Misfit",
    "Problem",
    "Question",
    "Reading",
    "Run",
    "Shown",
    "Structure",
    "Texts",
    "TooManyRows",
    "as_questionnaire",
    "content_of",
    "digest_of",
    "in_language",
    "language_code",
    "load_form",
    "pack_id",
    "parse",
    "read_form",
    "run",
    "text_of_pack",
]
