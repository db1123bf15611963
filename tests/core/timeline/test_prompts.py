"""The golden table: for each rule what raises a prompt for certain, what only possibly, and what does not."""

# ruff: noqa: E501 - a case is one line of the table

from dataclasses import replace
from datetime import date

import pytest

from safeconduct.core.timeline import Assignment, Certainty, Order, Outside, Relation, Statement, explained, prompts_of
from tests.core.timeline.said import RULES, in_short, raised, say, the_two_stories, unit, who_fought

M = {"value": "mobilisation"}
CERTAIN, POSSIBLE = "certain", "possible"
CASES: list[tuple[str, str, list[Statement], list[str]]] = [
    ("t1", "issued in August", [say("a", "summons", "2022-08-30", **M)], ["early certain a"]),
    ("t1", "issued on the day", [say("a", "summons", "2022-09-21", **M)], []),
    ("t1", "issued that month", [say("a", "summons", "2022-09", **M)], ["early possible a"]),
    ("t1", "issued perhaps in August", [say("a", "summons", "2022-08?", **M)], ["early possible a"]),
    ("t1", "about that day", [say("a", "summons", "2022-09-23~", **M)], []),
    ("t1", "no day", [say("a", "summons", **M)], []),
    ("t1", "to conscript service", [say("a", "summons", "2022-05", value="conscription")], []),
    ("t2", "28 in 2023", [say("a", "call-up", "2023-05"), say("b", "birth", "1995-01-10")], ["outside certain a b"]),
    ("t2", "28 in 2024", [say("a", "call-up", "2024-05"), say("b", "birth", "1995-07-10")], []),
    ("t2", "27 about the new year", [say("a", "call-up", "2023-12/2024-01"), say("b", "birth", "1996-06")], ["outside possible a b"]),
    ("t2", "17 or 18", [say("a", "call-up", "2022-06"), say("b", "birth", "2004-06-15")], ["outside possible a b"]),
    ("t2", "17", [say("a", "summons", "2022-05", value="conscription"), say("b", "birth", "2004-06-15")], ["outside certain a b"]),
    ("t2", "birth unknown", [say("a", "call-up", "2022-05")], []),
    ("t2", "a mobilised man of 40", [say("a", "summons", "2022-10", **M), say("b", "birth", "1982")], []),
    ("t3", "two towns", [say("a", "stay", "2023-01/2023-06", "Kostanay"), say("b", "stay", "2023-03/2023-08", "Svatove")], ["both certain a b"]),
    ("t3", "two towns near each other", [say("a", "stay", "2023-01/2023-06", "Kostanay"), say("b", "stay", "2023-03/2023-08", "Rudny")], []),
    ("t3", "a month shared at the edge", [say("a", "stay", "2023-01/2023-03", "Kostanay"), say("b", "stay", "2023-03/2023-08", "Svatove")], []),
    ("t3", "perhaps", [say("a", "stay", "2023-01/2023-06?", "Kostanay"), say("b", "stay", "2023-03/2023-08", "Svatove")], ["both possible a b"]),
    ("t3", "the place of a unit", [say("a", "service", "2023-01/2023-06", "Kostanay"), say("b", "stay", "2023-03/2023-08", "Svatove")], ["both possible a b"]),
    ("t3", "two countries", [say("a", "stay", "2023-01/2023-06", "KZ"), say("b", "stay", "2023-03/2023-08", "UA")], ["both certain a b"]),
    ("t3", "a travel day", [say("a", "stay", "2023-01-01/2023-03-05", "KZ"), say("b", "stay", "2023-03-05/2023-03-30", "UA")], []),
    ("t3", "two months of silence", [say("a", "stay", "2023-01/2023-03", "Omsk"), say("b", "stay", "2023-06/2023-08", "Omsk")], ["gap certain a b"]),
    ("t3", "thirty days", [say("a", "stay", "2023-01/2023-03", "Omsk"), say("b", "stay", "2023-05/2023-08", "Omsk")], []),
    ("t3", "perhaps earlier", [say("a", "stay", "2023-01/2023-03", "Omsk"), say("b", "stay", "2023-06?/2023-08", "Omsk")], ["gap possible a b"]),
    ("t3", "covered by a third", [say("a", "stay", "2023-01/2023-03", "Omsk"), say("b", "stay", "2023-06/2023-08", "Omsk"), say("c", "service", "2023-01/2023-06")], []),
    ("t3", "two units", [say("a", "service", "2023-01/2023-06", unit=unit("Rifles", "12345")), say("b", "service", "2023-03/2023-08", unit=unit("Rifles", "54321"))], ["units possible a b"]),
    ("t3", "one unit by two names", [say("a", "service", "2023-01/2023-06", unit=unit("Rifles", "12345")), say("b", "service", "2023-03/2023-08", unit=unit("The Foxes", "12345"))], []),
    ("t4", "out afterwards", [say("a", "summons", "2025-02-01", manner="electronic"), say("b", "exit", "2025-03", "RU", "legal")], ["after certain a b"]),
    ("t4", "the same month", [say("a", "summons", "2025-02-10", manner="electronic"), say("b", "exit", "2025-02", "RU", "legal")], ["after possible a b"]),
    ("t4", "out before", [say("a", "summons", "2025-02-01", manner="electronic"), say("b", "exit", "2025-01", "RU", "legal")], []),
    ("t4", "on paper", [say("a", "summons", "2025-02-01", manner="paper"), say("b", "exit", "2025-03", "RU", "legal")], []),
    ("t4", "out of another country", [say("a", "summons", "2025-02-01", manner="electronic"), say("b", "exit", "2025-03", "KZ", "legal")], []),
    ("t4", "before the register", [say("a", "summons", "2023-02-01", manner="electronic"), say("b", "exit", "2023-03", "RU", "legal")], []),
    ("t5", "five days for over a month", [say("a", "absence", "2023-05-01/2023-05-06"), say("b", "offence", value="337-5")], ["length certain a b"]),
    ("t5", "half a year for two to ten days", [say("a", "absence", "2023-01/2023-07"), say("b", "offence", value="337-1")], ["length certain a b"]),
    ("t5", "six days for two to ten", [say("a", "absence", "2023-05-01/2023-05-07"), say("b", "offence", value="337-1")], []),
    ("t5", "within a month", [say("a", "absence", "2023-05/2023-05"), say("b", "offence", value="337-3")], ["length possible a b"]),
    ("t5", "left and came back", [say("a", "leaving", "2023-05-01"), say("b", "return", "2023-08-01"), say("c", "offence", value="337-3")], ["length certain a b c"]),
    ("t5", "charged after a week", [say("a", "leaving", "2023-05-01"), say("b", "offence", "2023-05-08", value="337-5")], ["length certain a b"]),
    ("t5", "charged after a year", [say("a", "leaving", "2023-05-01"), say("b", "offence", "2024-05-08", value="337-3")], []),
    ("t5", "desertion has no length", [say("a", "absence", "2023-05-01/2023-05-06"), say("b", "offence", value="338")], []),
    ("t6", "a major after three years", [say("a", "rank", "2023-06", value="major"), say("b", "contract", "2020-06")], ["early certain a b"]),
    ("t6", "a captain after eight", [say("a", "rank", "2023-06", value="captain"), say("b", "call-up", "2015-06")], []),
    ("t6", "a captain after about six", [say("a", "rank", "2021", value="captain"), say("b", "service", "2015-06/2023")], ["early possible a b"]),
    ("t6", "a captain since nobody knows when", [say("a", "rank", "2021/..", value="captain"), say("b", "service", "../2023")], ["early possible a b"]),
    ("t5", "an absence without an end", [say("a", "absence", "2023-05-01/.."), say("b", "offence", value="337-1")], ["length possible a b"]),
    ("t8", "a certificate of another time", [say("a", "stay", "2023-03-01/2023-12-31", "Astana"), say("b", "status", "2021-01/2021-05", "KZ", "residence")], ["window certain a b"]),
    ("t8", "come in some year", [say("a", "stay", "2018~/2023-12", "Astana")], ["window possible a"]),
    ("t6", "a private at once", [say("a", "rank", "2023-06", value="private"), say("b", "contract", "2023-06")], []),
    ("t8", "half a year in Kazakhstan", [say("a", "stay", "2023-03/2023-10", "Astana")], ["window certain a"]),
    ("t8", "with a certificate", [say("a", "stay", "2023-03/2023-10", "Astana"), say("b", "status", "2023-03/2023-10", "KZ", "asylum-certificate")], []),
    ("t8", "two months with a certificate of three", [say("a", "stay", "2023-03-01/2023-12-31", "Astana"), say("b", "status", "2023-03-01/2023-05-31", "KZ", "asylum-certificate")], ["window certain a b"]),
    ("t8", "before the rule", [say("a", "stay", "2022-03/2022-10", "Astana")], []),
    ("t8", "three months, month by month", [say("a", "stay", "2023-03/2023-05", "Astana")], ["window possible a"]),
    ("t8", "twice forty days", [say("a", "stay", "2023-03-01/2023-04-09", "Astana"), say("b", "stay", "2023-06-01/2023-07-10", "Astana")], []),
    ("t8", "twice sixty days in one window, in two from the first entry", [say("a", "stay", "2023-03-01/2023-03-02", "Astana"), say("b", "stay", "2023-07-01/2023-08-26", "Astana"), say("c", "stay", "2023-08-28/2023-10-20", "Astana")], ["window possible a b c"]),
    ("t8", "five weeks in Serbia", [say("a", "stay", "2023-03-01/2023-04-05", "Belgrade")], ["stay certain a"]),
    ("t8", "two times three weeks in Serbia", [say("a", "stay", "2023-03-01/2023-03-21", "Belgrade"), say("b", "stay", "2023-04-01/2023-04-21", "Belgrade")], []),
    ("t8", "seventy days in Türkiye", [say("a", "stay", "2023-03-01/2023-05-10", "Istanbul")], ["stay certain a"]),
    ("t8", "a country without a rule here", [say("a", "stay", "2020/2023", "Omsk")], []),
    ("t9", "two days of leaving", [say("a", "leaving", "2022-10"), say("b", "leaving", "2023-06")], ["date certain a b"]),
    ("t9", "the same season", [say("a", "leaving", "2023-06"), say("b", "leaving", "2023-22")], []),
    ("t9", "about", [say("a", "leaving", "2023-06~"), say("b", "leaving", "2023-07-05")], ["date possible a b"]),
    ("t9", "another time", [say("a", "leaving", "2022-10", occasion=1), say("b", "leaving", "2023-06", occasion=2)], []),
    ("t9", "two speakers", [say("a", "birth", "1990"), say("b", "birth", "1991", speaker="the mother")], ["date_others certain a b"]),
    ("t9", "two ranks on one day", [say("a", "rank", "2023-06-01", value="captain"), say("b", "rank", "2023-06-01", value="sergeant")], ["word certain a b"]),
    ("t9", "two ranks after each other", [say("a", "rank", "2021", value="lieutenant"), say("b", "rank", "2023", value="captain")], []),
    ("t9", "two reasons", [say("a", "reason", value="fear"), say("b", "reason", value="conviction")], ["word possible a b"]),
    ("t9", "one reason twice", [say("a", "reason", value="fear"), say("b", "reason", value="fear")], []),
    ("t9", "two people", [say("a", "birth", "1990", person="x"), say("b", "birth", "1991", person="y")], []),
    ("t10", "an electronic summons of 2023", [say("a", "document", "2023-05", value="electronic-summons")], ["early certain a"]),
    ("t10", "served by a register that was not there", [say("a", "summons", "2023-05", manner="electronic")], ["early certain a"]),
    ("t10", "an order of that autumn", [say("a", "document", "2022-23", value="mobilisation-order")], ["early possible a"]),
    ("t10", "an order of October", [say("a", "document", "2022-10", value="mobilisation-order")], []),
    ("t0", "home before going", [say("a", "exit", "2023-06", "RU"), say("b", "entry", "2023-04", "KZ", relations=[Relation(Order.AFTER, "a")])], ["conflict certain a b"]),
    ("t0", "perhaps home before going", [say("a", "exit", "2023-06?", "RU"), say("b", "entry", "2023-04", "KZ", relations=[Relation(Order.AFTER, "a")])], ["conflict possible a b"]),
    ("t0", "served before birth", [say("a", "birth", "2001"), say("b", "service", "1999/2003")], ["conflict certain a b"]),
    ("t0", "three in a ring", [say("a", "act", "", relations=[Relation(Order.BEFORE, "b")]), say("b", "act", "2022"), say("c", "act", "2023", relations=[Relation(Order.BEFORE, "a")])], ["conflict certain a b c"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "statements", "expected"), [case[:1] + case[2:] for case in CASES], ids=[f"{c[0]}: {c[1]}" for c in CASES]
)
def test_each_rule_raises_what_it_should(rule: str, statements: list[Statement], expected: list[str]) -> None:
    assert in_short(raised(*statements, rule=rule)) == expected


def test_every_rule_of_the_pack_has_cases() -> None:
    told = {case[0] for case in CASES} | {"t7", "t11", "t12"}
    assert told == set(RULES.rules)


def test_a_stay_without_an_end_is_counted_until_a_day() -> None:
    stay = say("a", "stay", "2023-03-01/..", "Astana")
    assert raised(stay, rule="t8") == []
    assert raised(stay, rule="t8", outside=Outside(on=date(2023, 5, 1))) == []
    assert in_short(raised(stay, rule="t8", outside=Outside(on=date(2023, 9, 1)))) == ["window possible a"]


def test_a_form_that_went_out_of_use_is_asked_about() -> None:
    forms = [{"topic": "document", "word": "other", "until": "2022-01-01"}, {"topic": "document", "word": "passport-ten-years"}]
    rules = replace(RULES, rules={"t10": replace(RULES.rules["t10"], parameters={"forms": forms})})
    statements = [say("a", "document", "2022-05", value="other"), say("b", "document", "2022", value="other")]
    others = [say("c", "document", "2021", value="other"), say("d", "document", "2030", value="passport-ten-years")]
    assert in_short(list(prompts_of([*statements, *others], rules))) == ["late certain a", "late possible b"]


def test_incidents_near_a_stay_are_handed_in() -> None:
    stay = say("a", "stay", "2022-03", "Svatove")
    assert raised(stay, rule="t7") == []
    for certainty in Certainty:
        assert in_short(raised(stay, rule="t7", outside=Outside(near={"a": certainty}))) == [f"near {certainty} a"]


def test_a_document_that_is_elsewhere_too_names_all_that_rests_on_it() -> None:
    statements = [say("a", "summons", "2023", source="paper"), say("b", "rank", "2023", source="paper"), say("c", "rank", "2023")]
    found = raised(*statements, rule="t11", outside=Outside(twins=["paper", "absent"]))
    assert in_short(found) == ["twin certain a b"]


def test_an_evaluation_by_the_interviewers_organisation_is_asked_about() -> None:
    interview, own, other = Assignment("i", "lantern", True), Assignment("e", "lantern", False), Assignment("f", "harbour", False)
    assert len(raised(rule="t12", outside=Outside(assignments=[interview, own, other]))) == 1
    assert raised(rule="t12", outside=Outside(assignments=[interview, other])) == []


def test_the_two_stories_told_of_one_pseudonym_are_found_incompatible() -> None:
    found = [each for each in raised(*the_two_stories()) if each.certainty is Certainty.CERTAIN]
    assert {(each.rule, each.variant) for each in found} >= {("t3", "both"), ("t9", "date"), ("t9", "word")}
    assert all({part[0] for part in each.statements} == {"1", "2"} for each in found if each.rule in ("t3", "t9"))


def test_what_was_said_of_the_group_is_contradicted_man_by_man() -> None:
    found = raised(*who_fought())
    assert len(found) == 5
    assert {each.variant for each in found} == {"word_others"}
    assert all({part.rsplit("-", 1)[0] for part in each.statements} == {each.statements[0].rsplit("-", 1)[0]} for each in found)


def test_a_prompt_keeps_its_name_when_other_statements_come() -> None:
    before = raised(*the_two_stories())
    after = raised(*the_two_stories(), say("0", "act", "2023"), say("9", "act", "2024"))
    assert {each.id for each in before} <= {each.id for each in after}
    assert len({each.id for each in after}) == len(after)


def test_prompts_are_told_in_three_languages_with_the_statements_named() -> None:
    statements = {each.id: each for each in the_two_stories()}
    for prompt in raised(*statements.values()):
        told = [explained(prompt, RULES, statements, language) for language in ("en", "fr", "ru")]
        assert len(set(told)) == 3
        assert not any("{" in each or "}" in each for each in told)
    both = next(each for each in raised(*statements.values()) if each.variant == "both")
    assert explained(both, RULES, statements, "en") == (
        "“Stay: KZ, about October 2022 – October 2024” and “Stay: UA, April 2023 – August 2023” share at least 94 days, "
        "from 30 April 2023 to 1 August 2023, and the places are apart."
    )
