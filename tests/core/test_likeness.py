"""Fingerprints of accounts: near for nearly the same words, far for others, and they keep no words."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.likeness import BINS, alike, fingerprint, resemblance

LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"


def words(seed: int, count: int = 300) -> list[str]:
    """Invented words, always the same for a seed."""
    source = random.Random(seed)
    return ["".join(source.choices(LETTERS, k=source.randint(2, 9))) for _ in range(count)]


def told(content: list[str]) -> tuple[int, ...]:
    made = fingerprint(" ".join(content))
    assert made is not None
    return made


def test_case_spacing_and_punctuation_do_not_count() -> None:
    content = words(1)
    assert fingerprint(", ".join(content).upper() + "!") == told(content)


def test_a_text_with_a_few_words_changed_stays_near_and_another_is_far() -> None:
    content = words(2)
    retold = [word if index % 25 else "иначе" for index, word in enumerate(content)]
    assert resemblance(told(content), told(retold)) > 0.5
    assert resemblance(told(content), told(words(3))) < 0.1


def test_short_texts_have_none() -> None:
    assert fingerprint("I was called up and I left.") is None
    assert fingerprint("!?" * 500) is None


@given(st.integers(4, 10_000), st.integers(0, 299))
@settings(max_examples=25, deadline=None)
def test_resemblance_is_symmetric_and_falls_with_what_is_replaced(seed: int, replaced: int) -> None:
    content = words(seed)
    other = [*words(seed + 20_000, replaced), *content[replaced:]]
    one, two = told(content), told(other)
    assert len(one) == BINS
    assert resemblance(one, two) == resemblance(two, one)
    assert resemblance(one, one) == 1
    # The share of common passages, known within the estimate's error and the passages at the seam.
    common = (300 - replaced) / (300 + replaced)
    assert abs(resemblance(one, two) - common) < 0.25


def test_pairs_are_found_once_and_only_near_ones() -> None:
    made = {f"r{number}": told(words(number)) for number in range(30)}
    made["twin"] = told([*words(7)[:290], *words(99, 10)])
    ((one, other, measured),) = alike(made, at_least=0.5)
    assert (one, other) == ("r7", "twin")
    assert measured > 0.8
    assert list(alike({}, at_least=0.5)) == []
