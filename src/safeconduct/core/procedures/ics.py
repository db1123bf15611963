"""Last days as an iCalendar file (RFC 5545): days and names of steps, and nothing about anybody."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LONGEST = 73
"""RFC 5545, 3.1: lines of at most 75 octets; what is longer is folded."""


@dataclass(frozen=True)
class Entry:
    """One whole day in a calendar."""

    day: datetime.date
    title: str
    key: str
    """What tells it apart, so that a newer file replaces it; hashed, never shown."""
    alarms_days: Sequence[int] = ()


def calendar(entries: Iterable[Entry], *, now: datetime.datetime, name: str) -> bytes:
    """The file. The same entries at the same time give the same bytes."""
    stamp = now.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Safeconduct//Deadlines//EN", f"X-WR-CALNAME:{_text(name)}"]
    for each in entries:
        uid = hashlib.sha256(each.key.encode()).hexdigest()[:32]
        lines += ["BEGIN:VEVENT", f"UID:{uid}@safeconduct.invalid", f"DTSTAMP:{stamp}"]
        lines += [f"DTSTART;VALUE=DATE:{each.day:%Y%m%d}", f"SUMMARY:{_text(each.title)}", "TRANSP:TRANSPARENT", "CLASS:PRIVATE"]
        for days in each.alarms_days:
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(each.title)}", f"TRIGGER:-P{days}D", "END:VALARM"]
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _text(value: str) -> str:
    """RFC 5545, 3.3.11."""
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(mark, written)
    return value


def _folded(line: str) -> bytes:
    """A line in octets, folded between characters."""
    out, size = bytearray(), 0
    for character in line:
        octets = character.encode()
        if size + len(octets) > _LONGEST:
            out += b"\r\n "
            size = 1
        out += octets
        size += len(octets)
    return bytes(out) + b"\r\n"
