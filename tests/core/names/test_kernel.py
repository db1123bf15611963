"""The compiled kernel and Python give the same candidates, the same odds and the same hits."""

import io
import random
import warnings

import pytest

from safeconduct.core.names import Entry, Gender, Index, Query, build_index, open_index, screen
from safeconduct.core.names.engine import compared, side_of
from safeconduct.core.names.kernel import is_compiled
from safeconduct.core.names.parts import part_of
from safeconduct.core.names.records import packed, unpacked
from safeconduct.core.names.text import tokens_of

WORDS = [
    "Громыхалов",
    "Gromykhalov",
    "Жуковская",
    "Schukowski",
    "Абдулмажидов",
    "Абишулы",
    "Тер-Петросян",
    "Kim",
    "Ли",
    "Łukaszewicz",
    "Shchyogolev",
    "Горбань",
    "Хаджиев",
    "Сергеев",
    "Мұхамеджанов",
    "Ձորագետցի",
    "მაისურაძე",
    "Papadopoulos",
    "Al-Masri",
    "Нестер",
    "Ivanovich",
    "Олег",
    "Саша",
    "Oleksandr",
    "Сергей",
    "Jekaterina",
    "Магомед",
    "Nurlan",
    "Ян",
    "Aliaksandr",
    "محمد",
    "Вова",
    "Yu",
]
SURNAMES, GIVEN = WORDS[:21], WORDS[21:]
MORE = ("", "", "Олегович", "Sergeevna", "Магомедович", "уулу", "bin", "Мл.", "Иванович", "оглы")


def _invented(draw: random.Random) -> str:
    words = [draw.choice(SURNAMES), draw.choice(GIVEN), draw.choice(MORE)]
    if draw.random() < 0.3:
        words[1] = words[1][0] + "."
    if draw.random() < 0.3:
        word = words[0]
        at = draw.randrange(len(word))
        words[0] = word[:at] + draw.choice("aоkш3") + word[at + draw.randrange(2) :]
    if draw.random() < 0.15:
        words = [words[0] + words[1].lower(), words[2]]
    draw.shuffle(words)
    return " ".join(words).strip() or "Олег"


def _born(draw: random.Random) -> str:
    day = f"{draw.randrange(1975, 1980)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 13):02}"
    return day[: draw.choice((4, 7, 10, 10, 10))]


def _listed(count: int) -> Index:
    draw = random.Random(1)
    entries = [
        Entry(
            id=f"{n}",
            names=tuple(_invented(draw) for _ in range(draw.randrange(1, 4))),
            born=tuple(_born(draw) for _ in range(draw.choice((0, 1, 1, 2)))),
            countries=draw.choice(((), ("ru",), ("ru", "ua"))),
            gender=draw.choice(list(Gender)),
        )
        for n in range(count)
    ]
    stream = io.BytesIO()
    build_index(entries, stream)
    return open_index(stream.getvalue())


def _asked(count: int) -> list[Query]:
    draw = random.Random(2)
    odd = [Query(name=name) for name in ("Al bin", "Dr. А", "А. Б.", "王小明", "ъъъ", "Громыхаловолег " * 4)]
    return odd + [
        Query(
            name=_invented(draw),
            born=_born(draw) if draw.random() < 0.7 else None,
            country=draw.choice((None, "ru", "kz")),
            gender=draw.choice(list(Gender)),
        )
        for _ in range(count)
    ]


def test_both_ways_give_the_same() -> None:
    listed, plain = _listed(1500), _listed(1500)
    if not is_compiled():
        warnings.warn("the kernel is not compiled here: both ways are one", stacklevel=1)
    plain.retrieval.kernel = None
    for query in _asked(250):
        name, born = side_of(query).name, side_of(query).born
        day = born[0] if born else None
        assert listed.retrieval.candidates(name, day).tolist() == plain.retrieval.candidates(name, day).tolist(), query.name
        assert compared(listed, query) == compared(plain, query), query.name
        assert screen([listed], query, threshold=0.0) == screen([plain], query, threshold=0.0), query.name


def test_a_search_leaves_nothing_behind_for_the_next() -> None:
    listed = _listed(300)
    asked = _asked(20)
    first = [compared(listed, query) for query in asked]
    assert [compared(listed, query) for query in reversed(asked)] == list(reversed(first))


@pytest.mark.parametrize("written", [*SURNAMES, *GIVEN, "Mr", "қызы", "Ⅳ", "𐐔𐐯", "x" * 300, "Щ"])
def test_a_record_keeps_all_that_is_compared(written: str) -> None:
    for token in tokens_of(written):
        part = part_of(token)
        again = unpacked(packed(part))
        assert packed(again) == packed(part) or again.token.plain != part.token.plain
        assert (again.role, again.skeletons, again.doubts, again.bones, again.kinds) == (
            part.role,
            part.skeletons,
            part.doubts,
            part.bones,
            part.kinds,
        )
        assert (again.classes, again.fathers, again.gender, again.rarity) == (
            part.classes,
            part.fathers,
            part.gender,
            part.rarity,
        )
