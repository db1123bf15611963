"""What holds for every name."""

import io
import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.core.names import Entry, Query, build_index, compare, open_index, probability, screen
from safeconduct.core.names.engine import side_of
from safeconduct.core.names.evidence import gathered
from safeconduct.core.names.scoring import STRONG
from safeconduct.core.names.sounds import keys_of
from safeconduct.core.names.text import LONGEST_TOKENS, Script, tokens_of

SURNAMES = [
    "Громыхалов",
    "Подберёзкин",
    "Замойский",
    "Щербаков",
    "Байсангуров",
    "Цветаев",
    "Золотарёв",
    "Чайкин",
    "Яхонтов",
    "Хомяков",
    "Жуковский",
    "Ёлкин",
]
GIVEN = ["Олег", "Сергей", "Дмитрий", "Александр", "Мария", "Екатерина", "Нурлан", "Магомед", "Юрий", "Ольга"]
PATRONYMICS = ("", "Олегович", "Сергеевич", "Магомедович", "Юрьевна")
NAMES = st.builds(
    lambda surname, given_name, patronymic: f"{surname} {given_name} {patronymic}".strip(),
    st.sampled_from(SURNAMES),
    st.sampled_from(GIVEN),
    st.sampled_from(PATRONYMICS),
)
PASSPORT = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "ie",
            "y",
            "-",
            "e",
            "iu",
            "ia",
        ],
        strict=True,
    )
)


def spelled(name: str) -> str:
    return "".join(PASSPORT.get(c, c) for c in name.lower()).replace("-", "").title()


def score(one: str, other: str, born: str | None = "1980-05-17") -> float:
    return probability(compare(Query(name=one, born=born), Query(name=other, born=born)))


@given(NAMES, NAMES)
@settings(max_examples=150, deadline=None)
def test_the_evidence_does_not_depend_on_who_is_asked(one: str, other: str) -> None:
    ours, theirs = side_of(Query(name=one)), side_of(Query(name=other))
    there, back = gathered(ours, theirs, 1000), gathered(theirs, ours, 1000)
    assert there.bits == pytest.approx(back.bits)
    assert there.born == back.born


@given(NAMES)
@settings(max_examples=80, deadline=None)
def test_a_name_is_itself_in_the_other_alphabet(name: str) -> None:
    assert score(name, spelled(name)) > STRONG


@given(NAMES, st.integers(0, 30), st.sampled_from("абвгдежзиклмнопрстуфхцчшэюя"))
@settings(max_examples=150, deadline=None)
def test_noise_never_raises_a_score_past_the_clean_one(name: str, place: int, letter: str) -> None:
    at = place % len(name)
    noisy = name[:at] + letter + name[at:]
    assert score(noisy, name) <= score(name, name) + 1e-9


@given(st.permutations(("Громыхалов", "Сергей", "Олегович")))
def test_order_does_not_count(parts: list[str]) -> None:
    assert score(" ".join(parts), "Громыхалов Сергей Олегович") == pytest.approx(
        score("Громыхалов Сергей Олегович", "Громыхалов Сергей Олегович")
    )


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_name_or_is_none(text: str) -> None:
    tokens = tokens_of(text)
    assert len(tokens) <= LONGEST_TOKENS
    assert all(token.plain for token in tokens)
    if tokens:
        assert 0 <= score(text, text, None) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "и\u0306" * 50 + " Олег",
        "\u202eвокьлА гелО\u202c",
        "Оле\u0301г\u200d Громы\u00adхалов",
        "محمد Олег José 王小明",
        "x" * 10_000,
        "Громыхалов " * 1000,
        "’'`ʼ Олег",
        "Ⅳ Ⓞⓛⓔⓖ",
        "𝔒𝔩𝔢𝔤 Громыхалов",
        "\x00Олег\x07",
    ],
)
def test_odd_texts_are_compared(text: str) -> None:
    assert 0 <= score(text, "Олег Громыхалов") <= 1


def test_marks_and_invisible_characters_hide_nothing() -> None:
    assert score("Оле\u0301г\u200d Громы\u00adхалов", "Олег Громыхалов") == score("Олег Громыхалов", "Олег Громыхалов")


def test_a_token_and_its_spelling_share_a_key() -> None:
    for name in (*SURNAMES, *GIVEN):
        assert not set(keys_of(name.lower(), Script.CYRILLIC)).isdisjoint(keys_of(spelled(name).lower(), Script.LATIN)), name


def _with_slip(name: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(name) - 1)
    letter = draw.choice(string.ascii_lowercase)
    return draw.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name,
        )
    )


def test_the_index_loses_no_pair_that_is_strong_when_compared_with_all() -> None:
    """A hundred questions against two hundred people: 20,000 pairs."""
    draw = random.Random(11)
    people = sorted({f"{draw.choice(GIVEN)} {draw.choice(PATRONYMICS)} {draw.choice(SURNAMES)}" for _ in range(260)})[:200]
    entries = [
        Entry(id=f"{n}", names=(name,), born=(f"{draw.randrange(1950, 2000)}-{draw.randrange(1, 13):02}-11",))
        for n, name in enumerate(people)
    ]
    stream = io.BytesIO()
    build_index(entries, stream)
    index = open_index(stream.getvalue())
    lost = []
    for _ in range(100):
        entry = draw.choice(entries)
        query = Query(name=_with_slip(spelled(" ".join(entry.names[0].split())), draw), born=entry.born[0])
        found = {hit.id for hit in screen([index], query, threshold=STRONG, limit=200)}
        for each in entries:
            if each.id not in found:
                alone = probability(compare(query, Query(name=each.names[0], born=each.born[0]), people=len(entries)))
                if alone >= STRONG:
                    lost.append((each.names, alone))
    assert lost == []
