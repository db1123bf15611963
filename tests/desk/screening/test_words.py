"""Each comparison is told in the reader's language: everything the engine says has its words."""

import io
import re

import pytest
from django.utils import translation

from safeconduct.core import names
from safeconduct.desk.screening.words import FEATURES, line_of

PAIRS = [
    # Entry (name, born, country, gender) and query (name, born, country): between them they draw every kind of comparison.
    (("Іваненко Олександр", "1971-03-02", "ua", "male"), ("Саша Иваненко", "1971-03", "ru")),
    (("Ivanenko Oleksandr", "1971-03-02", "ua", "male"), ("Иваненко О.", "1971-02-03", "ua")),
    (("Petrov Ivan Sergeevich", "1980-05-01", "ru", "male"), ("Pеtrov Ivan Petrovich", "1980-05-02", "ru")),
    (("Smirnova Anna", "1980-05-01", "", "female"), ("Smirnov Anna", "1981", "")),
    (("Abdul Rahman Haddad", "1960", "", "male"), ("Abdulrahman Haddad", "1960-07-07", "")),
    (("Smirnov Oleg Ivanovich", "1950-01-01", "", "male"), ("Oleg Smirnov", "1990-12-12", "")),
    (("Smirnov Oleg", "1950-01-01", "", "male"), ("Smirnov Oleh Ivan", "1950-11-11", "")),
    (("Smirnov Oleg Ivan", "", "", "male"), ("Smirnov Oleg Ivanovich", "", "")),
    (("Zvonarev Ivan", "", "", "male"), ("Zvonarjov Anton", "", "")),
    (("Zvonareva Anna", "", "", "female"), ("Zvonarev Anton", "", "")),
]


@pytest.fixture(scope="module")
def features() -> list[names.Feature]:
    """What the engine says of the pairs."""
    found: list[names.Feature] = []
    for (name, born, country, gender), (asked, day, where) in PAIRS:
        stream = io.BytesIO()
        entry = names.Entry(
            id="1",
            names=(name,),
            born=(born,) if born else (),
            countries=(country,) if country else (),
            gender=names.Gender(gender) if gender else names.Gender.UNKNOWN,
        )
        names.build_index([entry], stream)
        index = names.open_index(memoryview(stream.getvalue()))
        query = names.Query(name=asked, born=day or None, country=where or None)
        found += [each for hit in names.screen([index], query, threshold=0.0, limit=1) for each in hit.features]
    return found


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_nothing_of_the_engine_stays_in_english(features: list[names.Feature], language: str) -> None:
    assert {"surname", "given_name", "unanswered", "order", "birth_date", "country", "namesakes"} <= {f.name for f in features}
    with translation.override(language):
        for each in features:
            sealed = {"name": each.name, "score": 1, "detail": each.detail, "ours": each.ours, "theirs": each.theirs}
            line = line_of(sealed, language)
            assert line.name != each.name, each.name
            assert line.detail != each.detail, each.detail
            if language == "ru":
                assert not re.search(r"[a-z]{4}", line.detail), line.detail
                assert not re.search(r"[a-z]", line.weight)


def test_every_feature_of_the_engine_has_a_name_for_readers() -> None:
    assert set(names.FEATURES) == set(FEATURES)


def test_what_is_not_known_is_shown_as_it_was_written() -> None:
    line = line_of({"name": "x", "score": 0, "detail": "something new", "ours": "a", "theirs": "b"}, "ru")
    assert (line.name, line.detail, line.ours, line.theirs) == ("x", "something new", "a", "b")


def test_countries_and_genders_are_named() -> None:
    with translation.override("fr"):
        line = line_of({"name": "country", "score": -1, "detail": "another", "ours": "ru", "theirs": "kz ua"}, "fr")
        assert (line.ours, line.theirs) == ("Russie", "Kazakhstan, Ukraine")
        assert (
            line_of({"name": "gender", "score": -1, "detail": "another", "ours": "male", "theirs": "female"}, "fr").ours
            == "homme"
        )
