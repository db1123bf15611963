"""Packs mean the same to every YAML reader; whatever could mean two things is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.canonical import Value
from safeconduct.core.packtext import PackRefused, PackStamp, strict_yaml

ACCEPTED = [
    ('a: "no"', {"a": "no"}),
    ("a: true\nb: false", {"a": True, "b": False}),
    ("a: 12\nb: -3\nc: 0", {"a": 12, "b": -3, "c": 0}),
    ("a: word", {"a": "word"}),
    ('a: "2026-06-12"', {"a": "2026-06-12"}),
    ("a: [x, 'y', 3]", {"a": ["x", "y", 3]}),
    ('a: {b: "c"}', {"a": {"b": "c"}}),
    ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
]

REFUSED = [
    ("a: no", "in quotes"),
    ("a: Yes", "in quotes"),
    ("a: on", "in quotes"),
    ("a: y", "in quotes"),
    ("a: True", "in quotes"),
    ("a: 2026-06-12", "in quotes"),
    ("a: 1.5", "in quotes"),
    ("a: 1e3", "in quotes"),
    ("a: 0x1F", "in quotes"),
    ("a: 0o17", "in quotes"),
    ("a: 017", "in quotes"),
    ("a: 1_000", "in quotes"),
    ("a: 12:30", "in quotes"),
    ("a: ~", "in quotes"),
    ("a: null", "in quotes"),
    ("a:", "in quotes"),
    ("a: .inf", "in quotes"),
    ("a: 1\na: 2", "twice"),
    ('a: 1\n"a": 2', "twice"),
    ("b:\n  a: 1\n  a: 2", "line 3"),
    ("1: a", "not text"),
    ("a: &x 1\nb: *x", "anchors"),
    ("a: !!str 1", "tags"),
    ("a: !!python/object:os.system x", "tags"),
    ("<<: {a: 1}", "in quotes"),
    ("a: 1\n---\nb: 2", "not YAML"),
    ("a: [1", "not YAML"),
    ("", "empty"),
    ("a: " + "[" * 40 + "]" * 40, "deeply"),
]


@pytest.mark.parametrize(("text", "value"), ACCEPTED)
def test_unmistakable_text_is_read(text: str, value: object) -> None:
    assert strict_yaml(text.encode()) == value


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_readers_take_differently_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(PackRefused, match=words):
        strict_yaml(text.encode())


def test_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(PackRefused, match="UTF-8"):
        strict_yaml(b'a: "\xff"')


def test_a_pack_beyond_two_million_bytes_is_refused() -> None:
    with pytest.raises(PackRefused, match="larger"):
        strict_yaml(b"# " + b"x" * 2_000_000)


TEXTS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=30)
PLAIN = st.recursive(
    TEXTS | st.integers(-(10**9), 10**9) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=15,
)


@given(PLAIN)
def test_quoted_content_is_read_as_it_was_written(content: object) -> None:
    written = json.dumps({"content": content}, ensure_ascii=False).encode()
    assert strict_yaml(written) == {"content": content}


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused_and_nothing_else(text: bytes) -> None:
    try:
        strict_yaml(text)
    except PackRefused:
        return


def test_a_stamp_is_read_back_and_anything_else_is_refused() -> None:
    stamp = PackStamp("questionnaire", "screening", 1, "00" * 32)
    value = stamp.value()
    assert PackStamp.from_value(value) == stamp
    assert isinstance(value, dict)
    wrong: list[Value] = [{}, [], "x", {**value, "more": 1}, {**value, "version": True}]
    for each in wrong:
        with pytest.raises(PackRefused):
            PackStamp.from_value(each)
