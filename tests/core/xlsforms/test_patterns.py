"""Patterns match what others match, take no longer than their length allows, and are refused by name otherwise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.xlsforms.patterns import LONGEST_TEXT, PatternRefused, matches, require_pattern


@pytest.mark.parametrize(
    ("pattern", "fits", "does_not"),
    [
        ("[0-9]{10}", ["0123456789"], ["012345678", "01234567890", "012345678a"]),
        ("^[A-Z]{2}[0-9]{1,3}$", ["AB1", "AB123"], ["A1", "AB1234", "ab1"]),
        (r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,6}", ["a.b@c.org", "a@b.c.lv"], ["a@b", "a@.org", "@b.org"]),
        (r"(\+|00)?[1-9]\d{6,14}", ["+37120000000", "0037120000000", "1234567"], ["+0123456", "abc"]),
        ("a|bc|d*", ["a", "bc", "", "ddd"], ["ab", "bcd", "da"]),
        ("(ab|a)(c|bcd)", ["abc", "ac", "abcd"], ["ab", "abbcd "]),
        ("(a+)+", ["a", "aaaa"], ["", "aaab"]),
        ("x{2,}", ["xx", "xxxxx"], ["x", ""]),
        ("x{0,2}y??", ["", "x", "xxy"], ["xxx", "xyy"]),
        ("[^a-c]+", ["xyz", "-"], ["xaz", ""]),
        ("[]a]+", ["]a]"], ["[", "b"]),
        ("[a-]+", ["a-a"], ["b"]),
        (r"[\d\-\]]+", ["1-]"], ["a"]),
        (r"\w+\s\W", ["ab_1 !"], ["ab!", "é !"]),
        (r"\p{Lu}\p{L}*", ["Анна", "Élise", "Z"], ["анна", "1"]),
        (r"\P{Nd}+", ["ab"], ["a1"]),
        (r"\p{Alpha}+", ["ab"], ["é"]),
        (r"\x41\u0042\n\.", ["AB\n."], ["ABn."]),
        (".*", ["", "anything"], ["two\nlines"]),
        (r"\bab\b", ["ab"], ["a"]),
        (r"a\Bb", ["ab"], ["a b"]),
        ("", [""], ["a"]),
        ("()*", [""], ["a"]),
        ("(a?){3}a{3}", ["aaa", "aaaaaa"], ["aa", "aaaaaaa"]),
    ],
)
def test_what_matches(pattern: str, fits: list[str], does_not: list[str]) -> None:
    require_pattern(pattern)
    assert [text for text in fits if not matches(text, pattern)] == []
    assert [text for text in does_not if matches(text, pattern)] == []


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(", "has no “)”"),
        (")", "has no “(”"),
        ("[a", "ends in the middle"),
        ("\\", "ends in the middle"),
        ("*a", "nothing before"),
        ("a{x}", "not followed by how often"),
        ("a{3,2}", "runs backwards"),
        ("[z-a]", "runs backwards"),
        ("(?=a)", "looking around"),
        ("(?i)a", "looking around"),
        (r"(a)\1", "references back"),
        ("a*+", "give nothing back"),
        (r"\p{Klingon}", "not supported"),
        (r"\xzz", "not hexadecimal"),
        (r"\G", "not supported"),
        ("[a-z&&[^b]]", "sets inside sets"),
        ("[[:alpha:]]", "sets inside sets"),
        ("a{5000}", "repeats more"),
        ("((a{50}){50}){50}", "repeats more"),
        ("(" * 40 + ")" * 40, "too deeply"),
        ("a" * 3000, "too long"),
    ],
)
def test_what_is_not_supported_is_named(pattern: str, says: str) -> None:
    with pytest.raises(PatternRefused, match=re.escape(says)):
        require_pattern(pattern)
    assert not matches("a", pattern)


def test_a_longer_text_than_is_looked_at_does_not_match() -> None:
    assert matches("a" * LONGEST_TEXT, "a*")
    assert not matches("a" * (LONGEST_TEXT + 1), "a*")


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)+b", "(a?a?)*b", "(.*)*(.*)*(.*)*b", "a*a*a*a*a*a*a*a*b"])
def test_hostile_pairs_of_pattern_and_text_are_over_at_once(pattern: str) -> None:
    # A matcher that tries one way after another would not come back from this line.
    assert not matches("a" * LONGEST_TEXT, pattern)


_ATOM = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "c"])
_PATTERN = st.recursive(
    _ATOM,
    lambda inner: (
        st.builds("".join, st.lists(inner, min_size=1, max_size=3))
        | st.builds("({}){}".format, inner, st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"]))
        | st.builds("({}|{})".format, inner, inner)
    ),
    max_leaves=6,
)


@given(_PATTERN, st.text("abc1", max_size=6))
def test_another_matcher_says_the_same(pattern: str, text: str) -> None:
    assert matches(text, pattern) == (re.fullmatch(pattern, text) is not None)


@given(st.text(r"ab()[]{}|*+?\^$.-,1pPdx&:", max_size=20), st.text("ab1", max_size=5))
def test_any_pattern_is_matched_or_refused(pattern: str, text: str) -> None:
    matches(text, pattern)
