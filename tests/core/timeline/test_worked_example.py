"""The worked example of docs/guides/researcher.md: what it says comes up comes up, and nothing else."""

from safeconduct.core.timeline import Statement, edtf_of
from tests.core.timeline.said import raised, say, unit

FRIEND = {"speaker": "a friend", "source": "message"}


def _story() -> list[Statement]:
    rifles = unit("12th Rifles")
    return [
        say("contract", "contract", edtf_of("spring 2021")),
        say("service", "service", edtf_of("from spring 2021"), unit=rifles),
        say("svatove", "stay", edtf_of("June to August 2023"), "Svatove"),
        say("kostanay", "stay", edtf_of("from autumn 2022 to autumn 2024"), "Kostanay"),
        say("leaving", "leaving", edtf_of("summer 2023"), manner="deployment"),
        say("offence", "offence", edtf_of("July 2023"), value="337-5"),
        say("friend", "leaving", manner="leave", **FRIEND),
    ]


def test_the_story_raises_the_three_questions_of_the_guide() -> None:
    found = {(each.rule, each.variant): (set(each.statements), each.certainty.value) for each in raised(*_story())}
    assert found == {
        ("t3", "both"): ({"svatove", "kostanay"}, "certain"),
        ("t9", "word_others"): ({"leaving", "friend"}, "certain"),
        ("t8", "window"): ({"kostanay"}, "certain"),
    }


def test_a_second_statement_raises_nothing_new_and_takes_nothing_away() -> None:
    corrected = say("svatove-2", "stay", edtf_of("June to August 2022"), "Svatove")
    assert {each.id for each in raised(*_story(), corrected)} == {each.id for each in raised(*_story())}


def test_had_the_dates_been_said_with_doubt_they_would_be_only_possible() -> None:
    doubtful = [say("svatove", "stay", "2023-06?/2023-08?", "Svatove") if each.id == "svatove" else each for each in _story()]
    assert [each.certainty.value for each in raised(*doubtful) if each.variant == "both"] == ["possible"]
