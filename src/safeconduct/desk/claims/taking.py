"""Dates that were told in the interview, offered as statements, so that nobody types them twice.

Each offer has a key that follows from the answer it stands in and from what it says: what was taken is offered again only
when the answer has changed.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # Answers are JSON of many shapes.

from safeconduct.core import canonical
from safeconduct.core.timeline import Rules, Topic, Whereabouts
from safeconduct.desk.claims import placing
from safeconduct.desk.claims.content import INTERVIEW, PERSON, place_content
from safeconduct.desk.vault.opening import OpenFile, OpenRecord
from safeconduct.desk.vault.sections import Section

_Parts = Mapping[str, Any]
_Row = dict[str, Any]
_LEFT_FROM = {"leave": "leave", "hospital": "hospital", "base": "base", "front": "deployment", "not_in_unit": "before-service"}
_STEPS = {
    "report": "report",
    "refusal_report": "report",
    "alternative_service": "alternative",
    "medical": "medical",
    "spoken": "spoken",
}
_STATUSES = {"none": "none", "visa_free": "visa-free", "asylum_certificate": "asylum-certificate", "residence": "residence"}
_CATEGORIES = {"volunteer_unit": "contract", "cadet": ""}
_CONTROLLED = ("internal_passport", "international_passport", "other_nationality")
_NUMBER = re.compile(r"\d+(?:\.\d)?")
_PARTS_OF_337 = {"1": 1, "2": 1, "2.1": 1, "3": 3, "3.1": 3, "4": 5, "5": 5}
"""By length of absence, whatever the time (packs/timeline)."""
_ON_PAPER = ("signed", "handed", "work_or_school", "relative", "letterbox", "post", "street")


@dataclass(frozen=True, repr=False)
class Offer:
    """A statement that stands in an answer and was not taken over yet."""

    key: str
    section: Section
    """Where the answer is sealed; the statement is sealed there too."""
    content: dict[str, Any]


def offers(file: OpenFile, taken: Sequence[OpenRecord], rules: Rules) -> list[Offer]:
    """What the interview's answers that this reader holds say about time, without what was taken over before."""
    known = {record.content.get("taken_from") for record in taken}
    found = []
    for record in file.records(kind="interview"):
        for content in _told(record, rules):
            key = hashlib.sha256(canonical.encode(content)).hexdigest()[:16]
            if key not in known:
                found.append(Offer(key, record.section, {**content, "taken_from": key}))
    return found


def _told(record: OpenRecord, rules: Rules) -> Iterator[dict[str, Any]]:
    answers = record.content["answers"]
    parts = {question: said["parts"] for question, said in answers.items() if isinstance(said.get("parts"), dict)}
    for question, read in _READERS.items():
        for row in read(parts.get(question, {}), parts, rules):
            yield {
                "speaker": PERSON,
                "said": "interview",
                "source": INTERVIEW,
                "said_on": record.content.get("day", ""),
                "question": question,
                **{name: value for name, value in row.items() if value},
            }


def _birth(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    if born := _day(parts.get("born")):
        yield {"topic": Topic.BIRTH.value, "when": born, "place": _place(parts.get("birth_place"))}


def _category(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    said = str(parts.get("category", ""))
    if value := _known(rules, Topic.CATEGORY, _CATEGORIES.get(said, said)):
        yield {"topic": Topic.CATEGORY.value, "value": value}


def _summons(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    if issued := _day(parts.get("issued")):
        served = parts.get("served", "")
        manner = "electronic" if served == "electronic" else "paper" if served in _ON_PAPER else ""
        category = others.get("q17", {}).get("category", "")
        value = {"mobilised": "mobilisation", "conscript": "conscription"}.get(category, "")
        yield {"topic": Topic.SUMMONS.value, "when": issued, "manner": manner, "value": value}


def _contract(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    if signed := _day(parts.get("signed")):
        how = parts.get("freedom", "")
        yield {"topic": Topic.CONTRACT.value, "when": signed, "value": "free" if how == "freely" else "pressured" if how else ""}


def _units(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "units"):
        unit = {"name": row.get("unit", ""), "number": row.get("number", ""), "parent": ""}
        yield {
            "topic": Topic.SERVICE.value,
            "when": _range(row.get("dates")),
            "unit": unit,
            "place": _place(row.get("place")),
            "words": row.get("job", ""),
        }


def _ranks(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "ranks"):
        said = row.get("rank", "")
        named = rules.topics[Topic.RANK].values.items()
        value = next((word for word, name in named if said.strip().casefold() in {name.en, name.fr, name.ru}), "")
        yield {"topic": Topic.RANK.value, "when": _day(row.get("since")), "value": value, "words": said}


def _deployments(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "stays"):
        yield {"topic": Topic.STAY.value, "when": _range(row.get("dates")), "place": _place(row.get("place"))}


def _refusals(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "steps"):
        if when := _day(row.get("when")):
            value = _STEPS.get(row.get("kind", ""), "")
            yield {"topic": Topic.REFUSAL.value, "when": when, "value": value, "words": row.get("reply", "")}


def _leaving(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    if day := _day(parts.get("day")):
        manner = _LEFT_FROM.get(others.get("q41", {}).get("where", ""), "")
        yield {"topic": Topic.LEAVING.value, "when": day, "manner": manner, "occasion": 1}


def _exit(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    if left := _day(parts.get("left")):
        value = "legal" if parts.get("document") in _CONTROLLED else ""
        yield {"topic": Topic.EXIT.value, "when": left, "place": _country("RU"), "value": value}


def _acts(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "acts"):
        if when := _day(row.get("when")):
            yield {"topic": Topic.ACT.value, "when": when, "words": row.get("what", "")}


def _stays(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "stays"):
        yield {"topic": Topic.STAY.value, "when": _range(row.get("dates")), "place": _country(row.get("country", ""))}


def _statuses(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    for row in _rows(parts, "statuses"):
        until = _day(row.get("until"))
        yield {
            "topic": Topic.STATUS.value,
            "when": f"/{until}" if until else "",
            "place": _country(row.get("country", "")),
            "value": _STATUSES.get(row.get("status", ""), ""),
        }


def _offence(parts: _Parts, others: _Parts, rules: Rules) -> Iterator[_Row]:
    if article := parts.get("article", ""):
        yield {
            "topic": Topic.OFFENCE.value,
            "when": _day(parts.get("when")),
            "value": _known(rules, Topic.OFFENCE, _article(article)) or "other",
            "words": article,
        }


_READERS = {
    "q11": _birth,
    "q17": _category,
    "q19": _summons,
    "q22": _contract,
    "q23": _units,
    "q24": _ranks,
    "q30": _deployments,
    "q37": _refusals,
    "q40": _leaving,
    "q42": _exit,
    "q44": _acts,
    "q45": _acts,
    "q48": _stays,
    "q49": _statuses,
    "q56": _offence,
}
"""Questions of screening-v1 that tell of time."""


def _article(said: str) -> str:
    """“337 ч. 5” as the pack's word; an article without its part says nothing about the length of an absence."""
    number, part = [*_NUMBER.findall(said), "", ""][:2]
    return f"337-{_PARTS_OF_337[part]}" if number == "337" and part in _PARTS_OF_337 else number


def _known(rules: Rules, topic: Topic, word: str) -> str:
    return word if word in rules.topics[topic].values else ""


def _rows(parts: _Parts, name: str) -> list[_Row]:
    rows = parts.get(name) or []
    return [row for row in rows if isinstance(row, dict)]


def _day(said: Any) -> str:
    """A date of the questionnaire in EDTF; empty where there is none."""
    if not isinstance(said, dict) or not said.get("on"):
        return ""
    return f"{said['on']}~" if said.get("about") else str(said["on"])


def _range(said: Any) -> str:
    if not isinstance(said, dict):
        return ""
    first, last = _day(said.get("from")), _day(said.get("to"))
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def _place(said: Any) -> dict[str, Any] | None:
    if not isinstance(said, dict):
        return None
    return place_content(placing.meant(said.get("town", ""), said.get("country", ""), said.get("region", "")))


def _country(code: str) -> dict[str, Any] | None:
    found: Whereabouts | None = placing.placed("", code, "")
    return place_content(found)
