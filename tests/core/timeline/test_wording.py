"""Dates as typed and as written out, statements in a line."""

import pytest

from safeconduct.core.timeline import TypedDateUnreadable, edtf_of, labelled, when_in_words
from tests.core.timeline.said import RULES, say, unit

TYPED = {
    "2022-03": "2022-03",
    "2022-03~/..": "2022-03~/..",
    "about March 2022": "2022-03~",
    "vers le 5 mars 2022": "2022-03-05~",
    "около марта 2022 года": "2022-03~",
    "perhaps summer 2023": "2023-22?",
    "peut-être vers août 2023": "2023-08%",
    "05.03.2022": "2022-03-05",
    "5/3/2022": "2022-03-05",
    "3.2022": "2022-03",
    "1er mai 2023": "2023-05-01",
    "весной 2022": "2022-21",
    "between May 2022 and July 2022": "{2022-05..2022-07}",
    "между маем и июлем 2022": "{2022-05..2022-07}",
    "from May to August 2023": "2023-05/2023-08",
    "с мая по август 2023": "2023-05/2023-08",
    "de mai à août 2023": "2023-05/2023-08",
    "May 2023 – August 2023": "2023-05/2023-08",
    "с сентября 2022": "2022-09/..",
    "until December 2022": "../2022-12",
    "2022 год": "2022",
    "about 2022?": "2022%",
    "perhaps 2022-03?": "2022-03?",
}


@pytest.mark.parametrize(("text", "expected"), TYPED.items())
def test_dates_are_taken_as_people_type_them(text: str, expected: str) -> None:
    assert edtf_of(text) == expected
    assert edtf_of(expected) == expected


@pytest.mark.parametrize(
    "text", ["", "March", "last year", "31.02.2022", "13/13/2022", "August 2023 – May 2023", "..", "2022-03~~", "ab 2022"]
)
def test_what_is_not_understood_is_refused_and_not_guessed(text: str) -> None:
    with pytest.raises(TypedDateUnreadable) as refused:
        edtf_of(text)
    assert not text or text not in str(refused.value)


@pytest.mark.parametrize(
    ("when", "en", "fr", "ru"),
    [
        ("", "no date", "sans date", "без даты"),
        ("2022", "2022", "2022", "2022"),
        ("202X", "202…", "202…", "202…"),
        ("2022-35", "2022-35", "2022-35", "2022-35"),
        ("2022-03-01", "1 March 2022", "1er mars 2022", "01.03.2022"),
        ("2022-03?/..", "from perhaps March 2022", "à partir de peut-être mars 2022", "с: возможно, март 2022"),
        ("../2022-24", "until winter 2022", "jusqu’à hiver 2022", "до: зима 2022"),
        ("{2022..2023}", "between 2022 and 2023", "entre 2022 et 2023", "между: 2022 и 2023"),
        ("2022-03%", "perhaps about March 2022", "peut-être vers mars 2022", "возможно, около: март 2022"),
        ("no date at all", "no date at all", "no date at all", "no date at all"),
    ],
)
def test_dates_are_written_out(when: str, en: str, fr: str, ru: str) -> None:
    assert [when_in_words(when, language) for language in ("en", "fr", "ru")] == [en, fr, ru]
    assert when_in_words(when, "de") == en


def test_a_statement_in_a_line() -> None:
    statement = say("a", "service", "2021/2023", "Omsk", unit=unit("12th Rifles", "12345"))
    assert labelled(statement, RULES, "en") == "Service in a unit: 12th Rifles 12345, Omsk, 2021 – 2023"
    assert labelled(statement, RULES, "fr-FR").startswith("Service dans une unité\u00a0: 12th")
    assert labelled(say("b", "leaving", manner="leave"), RULES, "ru") == "Оставление части или призыва: из отпуска"
    assert labelled(say("c", "act"), RULES, "en") == "Public act"
