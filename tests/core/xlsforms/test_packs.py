"""Forms kept as packs: readable, bound by their digest, and refused when somebody made them unsound."""

import dataclasses
import re

import pytest

from safeconduct import packs
from safeconduct.core.packtext import PackRefused
from safeconduct.core.xlsforms import FormRefused, content_of, digest_of, load_form, pack_id, text_of_pack
from tests.core.xlsforms.books import CHOICES, form

SCHEMA = (packs.packs_folder() / "_schema" / "form.schema.json").read_bytes()
FORM = form(
    {"type": "select_one yn", "name": "a", "label": "A?"},
    {"type": "text", "name": "b", "label": "B?", "relevant": "${a} = 'yes'"},
    settings=[["form_title", "form_id"], ["Title", "My Form!"]],
)
TEXT = text_of_pack(content_of(FORM, version=2)).decode()


def test_a_pack_holds_the_form_and_its_stamp() -> None:
    pack = load_form(TEXT.encode(), schema=SCHEMA)
    assert pack.form == FORM
    assert (pack.stamp.kind, pack.stamp.id, pack.stamp.version) == ("form", "form-my-form", 2)
    assert pack.stamp.digest == digest_of(content_of(FORM, version=2))


def test_any_change_changes_the_digest() -> None:
    changed = load_form(TEXT.replace("B?", "C?").encode(), schema=SCHEMA)
    assert changed.stamp.digest != load_form(TEXT.encode(), schema=SCHEMA).stamp.digest


@pytest.mark.parametrize(
    ("form_id", "id_"),
    [("My Form!", "form-my-form"), ("a" * 99, "form-" + "a" * 35), ("анкета", "form-"), ("...", "form-"), ("=1+1", "form-1-1")],
)
def test_ids_are_what_packs_allow(form_id: str, id_: str) -> None:
    made = pack_id(dataclasses.replace(FORM, form_id=form_id))
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,39}", made)
    assert made.startswith(id_)
    assert made != "form-"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("${a} = 'yes'", "${zz} = 'yes'", "${zz} is not one question"),
        ("${a} = 'yes'", "${b} = 'yes'", "circle"),
        ("${a} = 'yes'", "uuid()", "the function uuid() is not supported"),
        ("${a} = 'yes'", "1 +", "something is missing at the end"),
        ('"choices": "yn"', '"choices": "zz"', "there is no list of choices “zz”"),
        ('"kind": "text"', '"kind": "poem"', "$"),
        ('"version": 2', '"version": 0', "$.version"),
        ('"kind": "form"', '"kind": "questionnaire"', "not a pack of kind form"),
    ],
)
def test_an_unsound_pack_is_refused(old: str, new: str, says: str) -> None:
    assert old in TEXT
    with pytest.raises(PackRefused, match=re.escape(says)):
        load_form(TEXT.replace(old, new).encode(), schema=SCHEMA)


def test_a_form_that_is_too_large_for_a_pack_is_refused() -> None:
    choices = [*CHOICES, *(["yn", f"c{n}", "x" * 3000] for n in range(700))]
    with pytest.raises(FormRefused, match="larger than two million bytes"):
        text_of_pack(content_of(form(["select_one yn", "a"], choices=choices), version=1))


def test_characters_that_yaml_wants_escaped_come_back() -> None:
    odd = form(["text", "a", "a\u0085\u2028b: “#” - 'x' \U0001f600 %&*!|>@`"])
    assert load_form(text_of_pack(content_of(odd, version=1)), schema=SCHEMA).form == odd
