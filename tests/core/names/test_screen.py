"""Screening a small list: who is found, in which band, and what a reviewer is told."""

import io
from collections.abc import Sequence

import pytest

from safeconduct.core.names import (
    FEATURES,
    Band,
    BirthDateRefused,
    Entry,
    Hit,
    Index,
    IndexRefused,
    NameRefused,
    Query,
    build_index,
    open_index,
    screen,
)

PEOPLE = (
    Entry(id="1", names=("Олександр Іваненко", "Aleksandr Ivanenko"), born=("1971-03-02",), countries=("ua",)),
    Entry(id="2", names=("Aliaksandr Łukaszewicz",), born=("1960",), countries=("by",)),
    Entry(id="3", names=("Смирнов Олег Петрович",), born=("1984-05-06",), countries=("ru",)),
    Entry(id="4", names=("Jochar Baysangurov",), born=("1979", "1981"), countries=("ru",)),
    Entry(id="5", names=("Nurlan ABISHULY",), born=("1990-01-30",), countries=("kz",)),
    Entry(id="6", names=("Hovhannes Ter-Petrosyan",), born=("1955-12-11",), countries=("am",)),
    Entry(id="7", names=("Иванов Иван Иванович",), born=("1975",), countries=("ru",)),
    Entry(id="8", names=("Shchyogoleva, Yekaterina",), born=("1988-08-08",), countries=("ru",)),
)


def indexed(entries: Sequence[Entry] = PEOPLE, **about: str) -> Index:
    stream = io.BytesIO()
    build_index(entries, stream, about=about)
    return open_index(stream.getvalue())


LIST = indexed(list="example", version="1")


def first(name: str, born: str | None = None, country: str | None = None) -> Hit:
    hits = screen([LIST], Query(name=name, born=born, country=country), threshold=0.0)
    assert hits
    return hits[0]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Саша Иваненко", "1"),
        ("Oleksandr Ivanenko", "1"),
        ("IVANENKO A.", "1"),
        ("Лукашевич Александр", "2"),
        ("Oleg Smirnoff", "3"),
        ("Smirnovoleg", "3"),
        ("Джохар Байсангуров", "4"),
        ("Нурлан Абишулы", "5"),
        ("Оганес Тер-Петросян", "6"),
        ("Щёголева Екатерина", "8"),
        ("Schtschogolewa Jekaterina", "8"),
        ("Chtchegoleva Katia", "8"),
    ],
)
def test_the_person_is_found_in_another_spelling(name: str, id_: str) -> None:
    assert first(name).id == id_


def test_a_hit_says_whose_list_it_is_and_which_name_matched() -> None:
    hit = first("Aleksandr Ivanenko")
    assert (hit.about, hit.name, hit.matched_name, hit.born) == (
        {"list": "example", "version": "1"},
        "Олександр Іваненко",
        "Aleksandr Ivanenko",
        ("1971-03-02",),
    )


def test_every_reason_is_explained_and_shows_both_values() -> None:
    hit = first("Саша Иваненко", "1971-02-03", "ru")
    reasons = {feature.name: feature for feature in hit.features}
    assert set(reasons) <= set(FEATURES)
    assert (reasons["given_name"].ours, reasons["given_name"].theirs) == ("Саша", "Олександр")
    assert reasons["birth_date"].detail == "day and month swapped"
    assert reasons["country"].score < 0


def test_a_name_alone_never_confirms() -> None:
    assert first("Yekaterina Shchyogoleva").band is not Band.STRONG


def test_a_name_and_the_day_of_birth_are_strong() -> None:
    assert first("Yekaterina Shchyogoleva", "1988-08-08").band is Band.STRONG


def test_a_common_name_alone_is_weak() -> None:
    assert first("Иванов Иван").band is Band.WEAK


def test_another_birth_date_speaks_against() -> None:
    assert first("Oleg Smirnov", "1950-01-01").score < first("Oleg Smirnov").score < first("Oleg Smirnov", "1984-05-06").score


def test_one_of_several_birth_dates_is_enough() -> None:
    assert first("Джохар Байсангуров", "1981").score == first("Джохар Байсангуров", "1979").score


def test_a_latin_letter_in_a_cyrillic_surname_is_found_and_named() -> None:
    hit = first("Смирнoв Олег")
    disguise = next(feature for feature in hit.features if feature.name == "disguise")
    assert hit.id == "3"
    assert "U+006F" in disguise.detail
    assert disguise.ours == "Смирнoв"


def test_somebody_else_is_no_hit() -> None:
    assert screen([LIST], Query(name="Пётр Водопьянов", born="1966")) == []


def test_several_lists_are_one_answer_best_first() -> None:
    other = indexed([Entry(id="x", names=("Олег Петрович Смирнов",), born=("1984-05-06",))], list="other")
    hits = screen([LIST, other], Query(name="Олег Петрович Смирнов", born="1984-05-06"), threshold=0.0)
    assert {hit.about["list"] for hit in hits[:2]} == {"example", "other"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_limit_and_threshold_hold() -> None:
    hits = screen([LIST], Query(name="Иванов Александр"), threshold=0.0, limit=1)
    assert len(hits) == 1
    assert all(hit.score >= 0.5 for hit in screen([LIST], Query(name="Олег Смирнов"), threshold=0.5))


@pytest.mark.parametrize("name", ["", "  ", "- . -", "12345", "\u202e"])
def test_a_name_without_letters_is_refused(name: str) -> None:
    with pytest.raises(NameRefused):
        screen([LIST], Query(name=name))


@pytest.mark.parametrize("born", ["1984-13", "1984-02-30", "84", "06.05.1984", "nineteen"])
def test_a_date_that_is_none_is_refused_and_not_repeated(born: str) -> None:
    with pytest.raises(BirthDateRefused) as refused:
        screen([LIST], Query(name="Олег Смирнов", born=born))
    assert born not in str(refused.value)


def test_an_empty_list_has_no_hits() -> None:
    assert screen([indexed([])], Query(name="Олег Смирнов", born="1984-05-06")) == []


def test_entries_come_back_as_they_were_given() -> None:
    people = (*PEOPLE, Entry(id="9", names=("Al-Rashid, Abd-ul Karim",), born=("1960-02", "1961")))
    index = indexed(people)
    assert [index.entry(place) for place in range(len(index))] == list(people)


def test_the_same_entries_give_the_same_bytes() -> None:
    one, other = io.BytesIO(), io.BytesIO()
    build_index(PEOPLE, one, about={"list": "a"})
    build_index(iter(PEOPLE), other, about={"list": "a"}, jobs=2)
    assert one.getvalue() == other.getvalue()


def test_what_is_no_index_is_refused() -> None:
    stream = io.BytesIO()
    build_index(PEOPLE, stream)
    whole = stream.getvalue()
    for broken in (b"", b"SCNAMES1", whole[:40], whole[:-200], b"x" + whole[1:], whole[:16] + b"{" * 100 + whole[116:]):
        with pytest.raises(IndexRefused):
            open_index(broken)


def test_a_query_does_not_show_itself() -> None:
    assert "Смирнов" not in repr(Query(name="Олег Смирнов"))


def test_a_birth_place_speaks_for_or_against_in_any_spelling() -> None:
    listed = indexed([Entry(id="1", names=("Олег Громыхалов",), birth_places=("г. Грозный, Чеченская Республика",))])
    scores = [
        screen([listed], Query(name="Oleg Gromykhalov", birth_place=place), threshold=0.0)[0].score
        for place in ("Grozny, Russian Federation", None, "Kazan, Republic of Tatarstan")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_the_number_of_a_document_confirms_what_a_name_alone_does_not() -> None:
    listed = indexed([Entry(id="1", names=("Олег Громыхалов",), identifiers=("71 АВ 123456",))])
    hit = screen([listed], Query(name="Oleg Gromykhalov", identifiers=("123", "71AB-123456")), threshold=0.0)[0]
    reason = next(feature for feature in hit.features if feature.name == "identifier")
    assert hit.band is Band.STRONG
    assert (reason.detail, reason.ours, reason.theirs) == ("the same", "71AB-123456", "71 АВ 123456")
    assert screen([listed], Query(name="Oleg Gromykhalov"), threshold=0.0)[0].band is not Band.STRONG


def test_a_small_index_beside_a_large_one_answers_as_one_list() -> None:
    base, more = indexed(PEOPLE[:5], list="example"), indexed(PEOPLE[5:], list="example", version="2")
    for asked in PEOPLE:
        query = Query(name=asked.names[0], born=asked.born[0])
        assert screen([base, more], query, threshold=0.3)[0].id == asked.id


def test_processes_do_not_change_the_index() -> None:
    names = [f"{a}{b}ов {c}" for a in ("Гром", "Под", "Зам", "Щер") for b in ("ыхал", "берёз", "ойск") for c in ("Олег", "Иван")]
    entries = [Entry(id=f"{n}", names=(f"{name} {n}й",)) for n, name in enumerate(names)]
    made = []
    for jobs in (1, 2):
        stream = io.BytesIO()
        build_index(entries, stream, jobs=jobs)
        made.append(stream.getvalue())
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["Иванов Иван", "Ivanov Ivan", "Кузнецов Алексей", "Kim Chol"])
def test_how_common_a_name_is_does_not_come_from_the_list(name: str) -> None:
    alone = indexed([Entry(id="1", names=(name,))])
    assert screen([alone], Query(name=name), threshold=0.0)[0].band is Band.WEAK
