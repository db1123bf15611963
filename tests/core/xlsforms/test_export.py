"""Forms written as workbooks: the same form when they are read again, and a form to others as well."""

import io
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from safeconduct import packs
from safeconduct.core.xlsforms import Form, read_form, run
from safeconduct.core.xlsforms.export import export_form
from safeconduct.core.xlsforms.from_questionnaire import form_of_questionnaire
from safeconduct.core.xlsforms.pack import content_of, load_form, text_of_pack
from tests.core.xlsforms.books import form
from tests.core.xlsforms.drawn import forms

SCHEMA = (packs.packs_folder() / "_schema" / "form.schema.json").read_bytes()
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)


def require_pyxform(content: bytes) -> None:
    """pyxform, which ODK and Kobo use, makes an XForm of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert convert(io.BytesIO(content), validate=False, file_type=".xlsx").xform


@SLOW
@given(forms())
def test_what_is_exported_is_imported_as_the_same_form(drawn: Form) -> None:
    assert read_form(export_form(drawn)).form == drawn


@SLOW
@given(forms())
def test_what_is_kept_as_a_pack_is_loaded_as_the_same_form(drawn: Form) -> None:
    assert load_form(text_of_pack(content_of(drawn, version=3)), schema=SCHEMA).form == drawn


@SLOW
@given(forms())
def test_any_form_runs(drawn: Form) -> None:
    first = run(drawn, {"first": "a"})
    shown = list(first.shown())
    assert run(drawn, {"first": "a", **first.answers()}).answers().keys() >= {"first"}
    assert all(each.label or each.hint for each in shown)


def test_pyxform_takes_what_is_exported() -> None:
    everything = form(
        ["start", "s"],
        ["begin group", "g", "@SUM(A1)"],
        {"type": "select_multiple yn or_other", "name": "a", "label": "A?", "constraint": "count-selected(.) < 2"},
        ["end group"],
        {"type": "begin repeat", "name": "r", "label": "R", "repeat_count": "2"},
        {"type": "range", "name": "b", "label": "B?", "parameters": "start=1 end=5 step=1"},
        ["end repeat"],
        {"type": "select_one towns", "name": "t", "label": "T?", "choice_filter": "country = ${c}"},
        {"type": "calculate", "name": "c", "calculation": "if(1 = 1, 'lv', 'ee')"},
        {"type": "date", "name": "d", "label": "${c}", "default": "today()", "required": "yes"},
    )
    require_pyxform(export_form(everything))


@pytest.mark.parametrize("name", ["request-v1", "screening-v1"])
def test_shipped_questionnaires_become_forms_that_others_can_read(name: str) -> None:
    made = form_of_questionnaire(packs.questionnaire(name))
    content = export_form(made)
    assert read_form(content).form == made
    require_pyxform(content)


def test_an_exported_questionnaire_asks_as_the_desk_does() -> None:
    pack = packs.questionnaire("request-v1")
    made = form_of_questionnaire(pack)
    first = next(pack.questions())
    shown = next(each for each in run(made, {}, language="ru").shown() if each.id == f"{first.id}_{first.parts[0].id}")
    assert shown.label == (first.parts[0].label or first.ask).ru
    assert [name for name, _ in shown.choices] == [option.id for option in first.parts[0].options]
    preferring = run(made, {f"{first.id}_reply_instead": "prefer_not_to_say"}, language="ru")
    assert not any(each.misfit for each in preferring.shown() if each.id == shown.id)
