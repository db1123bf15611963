"""`deadlines`: the last day of each step of a procedure, by the rule in force, with its counting; or why there is none."""

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from safeconduct.core.edtf import DateUnreadable, read_moment
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.packtext import LANGUAGES
from safeconduct.core.procedures.deadlines import Deadline, EventsRefused, When, day_by_day, deadlines
from safeconduct.core.procedures.ics import Entry, calendar
from safeconduct.core.procedures.rulebook import Deadlines, Rulebook
from safeconduct.rulebooks import procedure_named, rulebooks

_ALARMS_DAYS = (7, 1)
_WIDTH = 22


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which procedure, and what happened when."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--list", action="store_true", help="procedures with their events and steps")
    what.add_argument("--procedure", metavar="ID", help="such as fr-asylum; --list names them")
    parser.add_argument(
        "--event",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME=DATE",
        help="2025-03-03, or as far as known: 2025-03, 2025-03~",
    )
    parser.add_argument("--on", type=_day, metavar="DATE", help="the day on which it is asked (default: today)")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of a table")
    parser.add_argument("--ics", type=Path, metavar="FILE", help="write the safe days as a calendar too")
    parser.add_argument("--day-by-day", action="store_true", help="every day of each counting")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of titles, counting and advice (default: en)")
    parser.add_argument(
        "--rules", type=Path, metavar="DIR", help="folder with values that a lawyer signed in (default: the home's)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when it was worked out, whatever came of it; 2, with one line, for what cannot be read."""
    books = rulebooks(arguments.rules)
    if arguments.list:
        _say_procedures(books, arguments)
        return 0
    book, procedure = procedure_named(books, arguments.procedure)
    events = _events(arguments.event)
    try:
        found = deadlines(book, procedure.id, events)
    except EventsRefused as refused:
        raise UnreadableInput(f"deadlines: --event {refused}") from None
    today = arguments.on or datetime.now(tz=UTC).astimezone().date()
    if arguments.ics:
        _write_calendar(arguments.ics, found, procedure, arguments.language)
    for each in found:
        said = _line(each, today, arguments.language)
        if arguments.day_by_day:
            said["days"] = _days(each, procedure)
        print(json.dumps(said, ensure_ascii=False) if arguments.json else _row(each, said, arguments.language))
    return 0


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _events(given: Sequence[str]) -> Mapping[str, Sequence[When]]:
    found: dict[str, list[When]] = {}
    for each in given:
        name, equals, text = each.partition("=")
        try:
            moment = read_moment(text)
        except DateUnreadable:
            raise UnreadableInput(f"deadlines: --event {name}{equals}: a date as 2025-03-03, 2025-03 or 2025-03~") from None
        found.setdefault(name, []).append(When(moment.earliest, moment.latest))
    return {name: sorted(days, key=lambda when: when.earliest) for name, days in found.items()}


def _line(found: Deadline, today: date, language: str) -> dict[str, Any]:
    rule = found.rule
    return {
        "procedure": found.procedure,
        "step": found.step.id,
        "status": found.status.value,
        "due_safe": found.safe.isoformat() if found.safe else None,
        "due_legal": found.legal.isoformat() if found.legal else None,
        "rule": rule.id if rule else found.step.rule,
        "source": rule.source if rule else "",
        "counting": [f"{line.day} {line.text.in_language(language)}" for line in found.counting],
        "advice": " ".join(_sentence(each.in_language(language)) for each in found.advice),
        "due_safe_latest": found.latest_safe.isoformat() if found.latest_safe else None,
        "overdue": bool(found.safe and today > found.safe),
        "confidence": rule.trust.value if rule else "",
        "signed_by": rule.signed_by if rule else "",
    }


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _row(found: Deadline, said: Mapping[str, Any], language: str) -> str:
    head = f"{found.step.id:<{_WIDTH}} {found.status.value:<14} {said['due_safe'] or '–':<12} {said['due_legal'] or '–':<12}"
    more = [f"{'':<{_WIDTH}} {line}" for line in said["counting"]]
    rule = f"{said['rule']}, {said['source']}" if said["source"] else said["rule"]
    more += [f"{'':<{_WIDTH}} {day}" for day in said.get("days", ())]
    late = " OVERDUE" if said["overdue"] else ""
    return "\n".join(
        [
            f"{head} {found.step.title.in_language(language)}{late}",
            *more,
            f"{'':<{_WIDTH}} {rule}",
            f"{'':<{_WIDTH}} {said['advice']}",
            "",
        ]
    )


def _days(found: Deadline, procedure: Deadlines) -> list[str]:
    return [f"{day} {day:%a}{'' if working else ' (day off)'}" for day, working in day_by_day(found, procedure.calendar)]


def _write_calendar(target: Path, found: Sequence[Deadline], procedure: Deadlines, language: str) -> None:
    entries = [
        Entry(each.safe, each.step.title.in_language(language), f"{procedure.id} {each.step.id}", _ALARMS_DAYS)
        for each in found
        if each.safe is not None
    ]
    content = calendar(entries, now=datetime.now(UTC), name=procedure.title.in_language(language))
    try:
        target.write_bytes(content)
    except OSError as problem:
        raise UnreadableInput(f"deadlines: {target.name}: {problem.strerror}") from None


def _say_procedures(books: Mapping[str, Rulebook], arguments: argparse.Namespace) -> None:
    for book in books.values():
        for procedure in book.procedures.values():
            said: dict[str, Any] = {
                "procedure": procedure.id,
                "title": procedure.title.in_language(arguments.language),
                "events": {event.id: event.name.in_language(arguments.language) for event in procedure.events.values()},
                "steps": {step.id: step.title.in_language(arguments.language) for step in procedure.steps},
            }
            if arguments.json:
                print(json.dumps(said, ensure_ascii=False))
                continue
            print(f"{procedure.id}: {said['title']}")
            for kind in ("events", "steps"):
                print(f"  {kind}")
                for name, title in said[kind].items():
                    print(f"    {name:<{_WIDTH}} {title}")
