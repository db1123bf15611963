"""What each rule looks for (DOMAIN C3, T1 to T12). A find is certain only where it holds however the dates are read.

“Every” readings leave a doubted bound open and widen “about”; “plain” readings take the dates at their word. What holds for
every reading is certain; what holds for some plain one is possible. So a wider date never makes anything certain.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from safeconduct.core.timeline import limits, places_at_once
from safeconduct.core.timeline.chronology import chronology
from safeconduct.core.timeline.model import Statement, Topic
from safeconduct.core.timeline.prompts import Certainty, Check, Found, Outside
from safeconduct.core.timeline.readings import HIGH, LOW, Reading
from safeconduct.core.timeline.rules import Rule

_OLDEST = 200
_Range = tuple[float, float]


def cannot_all_be(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T0: no days fit all of them. Two dates of one occasion are left to T9, which says it better."""
    certain = chronology(about).conflicts
    plain = chronology(about, at_their_word=True).conflicts
    events = {each.id: each.event for each in about}
    for conflict in [*certain, *(each for each in plain if not any(known <= each for known in certain))]:
        ids = tuple(sorted(conflict))
        if len(ids) == 2 and events[ids[0]] and events[ids[0]] == events[ids[1]]:
            continue
        yield Found("conflict", ids, Certainty.CERTAIN if conflict in certain else Certainty.POSSIBLE)


def early_mobilisation(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T1: a summons called mobilisation before there was one."""
    first = _ordinal(rule.parameters["not_before"])
    for each in about:
        if each.topic is Topic.SUMMONS and each.value == rule.parameters["value"] and each.when:
            yield from _found(
                "early",
                (each,),
                certain=each.every.last_hi < first,
                possible=each.plain.first_lo < first,
                facts={"from": rule.parameters["not_before"]},
            )


def age_at_call_up(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T2: outside the age band of conscription on the day of the call-up."""
    calls = [each for each in about if _is_conscription(each, rule.parameters["value"]) and each.when]
    births = [each for each in about if each.topic is Topic.BIRTH and each.when]
    for call, birth in product(calls, births):
        certain, _ = _outside_bands(rule.parameters["bands"], birth.every, call.every)
        _, possible = _outside_bands(rule.parameters["bands"], birth.plain, call.plain)
        ages = _ages(birth.plain, call.plain.first_lo, call.plain.last_hi)
        band = _bands(rule.parameters["bands"], call.plain.first_lo, call.plain.last_hi)[-1][2]
        facts = {"age": _span(ages), "from": str(band["from"]), "until": str(band["under"])}
        yield from _found("outside", (call, birth), certain=certain, possible=possible, facts=facts)


def exit_after_summons(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T4: out through control after an electronic summons, from when the ban came with the register."""
    asked, since = rule.parameters, _ordinal(rule.parameters["since"])
    summonses = [each for each in about if each.topic is Topic.SUMMONS and each.manner == asked["manner"] and each.when]
    exits = [each for each in about if each.topic is Topic.EXIT and each.value == asked["exit"] and each.when]
    for summons, out in product(summonses, exits):
        if out.place is not None and out.place.country not in ("", asked["country"]):
            continue
        yield from _found(
            "after",
            (summons, out),
            certain=out.every.first_lo > max(summons.every.last_hi, since - 1),
            possible=out.plain.last_hi > max(summons.plain.first_lo, since - 1),
        )


def absence_and_article(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T5: the length of the absence does not fit the article; a day more or less is let pass, since counting differs."""
    articles = {each["value"]: each for each in rule.parameters["articles"]}
    charges = [each for each in about if each.topic is Topic.OFFENCE and each.value in articles]
    for charge in charges:
        article = articles[charge.value]
        above, most = article["more_than"], article.get("at_most", HIGH)
        for concerned, every, plain in _absences(about, charge):
            facts = {"from": _span(plain), "until": f"> {above}" if most == HIGH else f"{above + 1}–{most}"}
            open_ended = every[0] == 0 and len(concerned) == 1 and concerned[0].topic is Topic.LEAVING
            yield from _found(
                "length",
                (*concerned, charge),
                certain=every[1] + 1 <= above or every[0] - 1 > most,
                possible=plain[1] <= above if open_ended else plain[0] <= above or plain[1] > most,
                facts=facts,
            )


def rank_and_years(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T6: a rank sooner than the ordinary terms in the ranks below it add up to."""
    terms = {each["value"]: each["months"] for each in rule.parameters["ranks"]}
    begins = [each for each in about if each.topic.value in rule.parameters["begins"] and each.when]
    for rank in about:
        if rank.topic is not Topic.RANK or rank.value not in terms or not rank.when or not begins:
            continue
        needed = terms[rank.value]
        longest = _months(min(each.every.first_lo for each in begins), rank.every.first_hi)
        shortest = _months(min(each.plain.first_hi for each in begins), rank.plain.first_lo)
        facts = {
            "from": str(max(_months(min(each.plain.first_lo for each in begins), rank.plain.first_hi), 0)),
            "until": str(needed),
        }
        yield from _found("early", (rank, *begins), certain=longest < needed, possible=shortest < needed, facts=facts)


def near_incident(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T7: stays that touch a documented incident; found by core.incidents and handed in."""
    for each in about:
        if each.id in outside.near:
            yield Found("near", (each.id,), outside.near[each.id])


def two_statements_differ(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T9: two dates of one occasion, or two words where only one can be so (or may be, for reasons and categories)."""
    single, several = rule.parameters["one_at_a_time"], rule.parameters["several"]
    by_topic: dict[Topic, list[Statement]] = {}
    for each in about:
        by_topic.setdefault(each.topic, []).append(each)
    for topic, alike in by_topic.items():
        for one, other in combinations(sorted(alike, key=lambda each: (each.plain.first_lo, each.id)), 2):
            whose = "" if one.speaker and one.speaker == other.speaker else "_others"
            if one.event and one.event == other.event and one.when and other.when:
                certain, possible = _disjoint(one.every, other.every), _disjoint(one.plain, other.plain)
                yield from _found(f"date{whose}", (one, other), certain=certain, possible=possible)
            if topic.value in (*single, *several) and _words_differ(one, other):
                certain, possible = _at_once(one, other)
                yield from _found(
                    f"word{whose}", (one, other), certain=certain and topic.value in single, possible=certain or possible
                )


def form_not_in_use(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T10: a document of a form that did not exist yet, or no longer."""
    for each, form in product(about, rule.parameters["forms"]):
        if each.topic.value != form["topic"] or form["word"] not in (each.value, each.manner) or not each.when:
            continue
        if "from" in form:
            first = _ordinal(form["from"])
            certain, possible = each.every.last_hi < first, each.plain.first_lo < first
            yield from _found("early", (each,), certain=certain, possible=possible, facts={"from": form["from"]})
        if "until" in form:
            last = _ordinal(form["until"])
            certain, possible = each.every.first_lo > last, each.plain.last_hi > last
            yield from _found("late", (each,), certain=certain, possible=possible, facts={"until": form["until"]})


def same_file_elsewhere(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterator[Found]:
    """T11: statements out of a document that has a twin, together for each document."""
    for source in sorted({each.source for each in about if each.source} & set(outside.twins)):
        yield Found("twin", tuple(each.id for each in about if each.source == source), Certainty.CERTAIN, others=(source,))


def about_nobody(rule: Rule, outside: Outside) -> Iterator[Found]:
    """T12: an interview and an evaluation by one organisation; it concerns no statement."""
    if rule.id != "t12":
        return
    for one, other in product(outside.assignments, repeat=2):
        if one.interviewed and not other.interviewed and one.organisation == other.organisation:
            yield Found("same", (), Certainty.CERTAIN, others=(one.id, other.id))


def _nothing(rule: Rule, about: Sequence[Statement], outside: Outside) -> Iterable[Found]:
    return ()


CHECKS: Mapping[str, Check] = {
    "t0": cannot_all_be,
    "t1": early_mobilisation,
    "t2": age_at_call_up,
    "t3": places_at_once.found,
    "t4": exit_after_summons,
    "t5": absence_and_article,
    "t6": rank_and_years,
    "t7": near_incident,
    "t8": limits.found,
    "t9": two_statements_differ,
    "t10": form_not_in_use,
    "t11": same_file_elsewhere,
    "t12": _nothing,
}
"""By rule id; T12 alone concerns nobody's statements (`about_nobody`)."""


def _found(
    variant: str, concerned: Sequence[Statement], *, certain: bool, possible: bool, facts: Mapping[str, str] | None = None
) -> Iterator[Found]:
    if certain or possible:
        certainty = Certainty.CERTAIN if certain else Certainty.POSSIBLE
        yield Found(variant, tuple(each.id for each in concerned), certainty, facts or {})


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _is_conscription(each: Statement, value: str) -> bool:
    return each.topic is Topic.CALL_UP or (each.topic is Topic.SUMMONS and each.value == value)


def _bands(bands: Sequence[Mapping[str, object]], first: int, last: int) -> list[tuple[int, int, Mapping[str, object]]]:
    """The bands in force between two days, each with the days on which it is."""
    starts = [_ordinal(str(each["since"])) if "since" in each else LOW for each in bands]
    ends = [*(start - 1 for start in starts[1:]), HIGH]
    parts = [(max(start, first), min(end, last), band) for start, end, band in zip(starts, ends, bands, strict=True)]
    return [part for part in parts if part[0] <= part[1]]


def _outside_bands(bands: Sequence[Mapping[str, int]], birth: Reading, call: Reading) -> tuple[bool, bool]:
    """Whether the age is outside for every day of birth and call-up, and for some."""
    always, sometimes = True, False
    for first, last, band in _bands(bands, call.first_lo, call.last_hi):
        youngest, oldest = _ages(birth, first, last)
        lowest, under = int(str(band["from"])), int(str(band["under"]))
        always = always and (oldest < lowest or youngest >= under)
        sometimes = sometimes or youngest < lowest or oldest >= under
    return always, sometimes


def _ages(birth: Reading, first: int, last: int) -> tuple[int, int]:
    """The youngest and the oldest that the person can be on the days from first to last, in full years."""
    youngest = 0 if birth.last_hi == HIGH or first == LOW else _age(birth.last_hi, first)
    oldest = _OLDEST if birth.first_lo == LOW or last == HIGH else _age(birth.first_lo, last)
    return youngest, oldest


def _age(born: int, on: int) -> int:
    birth, day = date.fromordinal(born), date.fromordinal(on)
    return max(day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)), 0)


def _absences(about: Sequence[Statement], charge: Statement) -> Iterator[tuple[tuple[Statement, ...], _Range, _Range]]:
    """Each absence: what says it, and its shortest and longest length in days for every and for the plain reading."""
    returns = [each for each in about if each.topic is Topic.RETURN and each.when]
    for each in about:
        if not each.when:
            continue
        if each.topic is Topic.ABSENCE:
            yield (each,), _length(each.every, each.every), _length(each.plain, each.plain)
        elif each.topic is Topic.LEAVING and returns:
            for back in returns:
                yield (each, back), _length(each.every, back.every), _length(each.plain, back.plain)
        elif each.topic is Topic.LEAVING and charge.when:
            # Whoever is charged before coming back has been away for no longer than until then.
            every, plain = _length(each.every, charge.every), _length(each.plain, charge.plain)
            yield (each,), (0, every[1]), (0, plain[1])


def _length(first: Reading, last: Reading) -> _Range:
    longest = HIGH if first.first_lo == LOW or last.last_hi == HIGH else last.last_hi - first.first_lo
    return max(last.last_lo - first.first_hi, 0), max(longest, 0)


def _months(first: int, last: int) -> int:
    """Full months between two days; without end where one of them is not known."""
    if {first, last} & {LOW, HIGH}:
        return HIGH
    one, other = date.fromordinal(first), date.fromordinal(last)
    return (other.year - one.year) * 12 + other.month - one.month - (other.day < one.day)


def _disjoint(one: Reading, other: Reading) -> bool:
    return one.last_hi < other.first_lo or other.last_hi < one.first_lo


def _words_differ(one: Statement, other: Statement) -> bool:
    if one.event and other.event and one.event != other.event:
        return False
    pairs = ((one.value, other.value), (one.manner, other.manner))
    return any(mine and yours and mine != yours for mine, yours in pairs)


def _at_once(one: Statement, other: Statement) -> tuple[bool, bool]:
    """Whether both are about one time, for every reading and at their word; what has no date is about any time."""
    if one.event and one.event == other.event:
        return True, True
    return _share(one.when and one.every, other.when and other.every), _share(one.when and one.plain, other.when and other.plain)


def _share(one: Reading | str, other: Reading | str) -> bool:
    """`""` stands for any time."""
    mine, yours = (each.core if isinstance(each, Reading) else (LOW, HIGH) for each in (one, other))
    return mine is not None and yours is not None and max(mine[0], yours[0]) <= min(mine[1], yours[1])


def _span(ends: _Range) -> str:
    low, high = ends
    if high >= HIGH:
        return f"≥ {low:.0f}"
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
