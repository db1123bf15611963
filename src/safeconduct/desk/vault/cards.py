"""Many files at once: the card of each, for lists and for search. One custody entry per log, however many cards.

Cards that a session has opened stay decrypted in this process's memory until the session ends or rests for long, so that
searching again costs no decryption. Nothing of it is written anywhere.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from safeconduct.core import sealing
from safeconduct.core.custody import NO_OBJECT, Act, Purpose
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import keys
from safeconduct.desk.vault.keyholders import Keyholder, Subject
from safeconduct.desk.vault.models import Grant, SealedRecord
from safeconduct.desk.vault.opening import record_context
from safeconduct.desk.vault.sections import ROOT, Section

CARD = "card"
_MOST_SESSIONS = 64
_REST = timedelta(minutes=30)
_IN_ONE_QUERY = 900
_OVERLAP = 1_000


class Card(dict[str, Any]):  # Any: what a room keeps on its card
    """The card of one file, with its words ready for searching."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__(content)
        self.words = " ".join(str(value) for value in content.values()).casefold()


class Opened(dict[tuple[str, int], Card]):
    """Cards that one session has opened, by record and version, and what rooms have worked out from them."""

    def __init__(self) -> None:
        super().__init__()
        self.derived: dict[str, Any] = {}  # Any: a room's own table, under the room's name
        """Goes with the cards: emptied whenever one of them is dropped."""
        self._newest: dict[str, int] = {}
        self._seen_to = 0

    def newest_numbers(self) -> Mapping[str, int]:
        """Number of the newest record of every file in this home; it grows with whatever is written there.

        Only what was added since the session last asked is read, and the last `_OVERLAP` numbers again: two that write at
        the same time may finish in the other order.
        """
        rows = SealedRecord.objects.filter(id__gt=self._seen_to - _OVERLAP).values_list("subject").annotate(Max("id"))
        added = dict(rows.order_by())
        self._newest = {**self._newest, **added}
        self._seen_to = max(self._seen_to, *added.values(), 0)
        return self._newest


@dataclass(repr=False)
class _Remembered:
    used_at: datetime
    cards: Opened = field(default_factory=Opened)


class CardMemory:
    """Decrypted cards by session, in memory only."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, _Remembered] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: str, now: datetime) -> Opened:
        """The cards that this session has opened; those of sessions at rest are forgotten."""
        with self._lock:
            for name, remembered in list(self._sessions.items()):
                if now - remembered.used_at > _REST:
                    del self._sessions[name]
            found = self._sessions.setdefault(session, _Remembered(now))
            found.used_at = now
            self._sessions.move_to_end(session)
            while len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)
            return found.cards

    def forget(self, session: str) -> None:
        """Drop what a session has opened."""
        with self._lock:
            self._sessions.pop(session, None)

    def drop(self, records: Iterable[str]) -> None:
        """Forget the cards of what is erased, in every session."""
        gone = set(records)
        with self._lock:
            for remembered in self._sessions.values():
                for key in [key for key in remembered.cards if key[0] in gone]:
                    del remembered.cards[key]
                    remembered.cards.derived.clear()


MEMORY = CardMemory()


def granted_subjects(holder: Keyholder) -> list[str]:
    """Ids of every file in which the holder has the summary section."""
    rows = Grant.objects.filter(holder=holder.id).values_list("subject", "sections")
    return sorted({subject for subject, sections in rows if _has_summary(sections)})


def open_cards(
    subjects: Sequence[Subject],
    *,
    holder: Keyholder,
    purpose: Purpose,
    today: date,
    remembered: dict[tuple[str, int], Card] | None = None,
) -> dict[str, Card]:
    """The current card of each file by its id; files whose summary is not granted are left out."""
    known = remembered if remembered is not None else {}
    by_id = {subject.id: subject for subject in subjects}
    current = _current_cards(by_id, holder)
    unopened = {subject for subject, record, version in current if (record, version) not in known}
    if unopened:
        _open_into(known, [by_id[subject] for subject in sorted(unopened)], holder)
    act = Act.SEARCH_RUN if purpose is Purpose.SEARCH else Act.CASE_LISTED
    for organisation in sorted({subject.organisation for subject in subjects}):
        custody.write(organisation, act, actor=holder.logged_as, thing=NO_OBJECT, purpose=purpose, today=today)
    return {subject: known[record, version] for subject, record, version in current if (record, version) in known}


def newest_records(subjects: QuerySet[Any, Any], kind: str) -> dict[str, tuple[int, date]]:
    """Number and day of the newest current record of a kind in each file that has one. Any: ids of files, of any table."""
    rows = SealedRecord.objects.filter(subject__in=subjects, kind=kind, is_current=True)
    found = rows.values_list("subject").annotate(Max("id"), Max("day"))
    return {subject: (number, day) for subject, number, day in found}


def newest_number(subject: str, kinds: Sequence[str]) -> int:
    """Number of the newest record of some kinds in one file; 0 where there is none."""
    found: int | None = SealedRecord.objects.filter(subject=subject, kind__in=kinds).aggregate(last=Max("id"))["last"]
    return found or 0


def _current_cards(subjects: Mapping[str, Subject], holder: Keyholder) -> list[tuple[str, str, int]]:
    """(file, record, version) of each card. Many files are found by their grants: naming each would take longer."""
    named = list(subjects) if len(subjects) <= _IN_ONE_QUERY else Grant.objects.filter(holder=holder.id).values("subject")
    rows = SealedRecord.objects.filter(subject__in=named, kind=CARD, is_current=True)
    return [row for row in rows.values_list("subject", "record", "version") if row[0] in subjects]


def _open_into(known: dict[tuple[str, int], Card], subjects: list[Subject], holder: Keyholder) -> None:
    found = {subject.id: keys.SectionKeys(subject) for subject in subjects}
    for part in _parts(list(found)):
        grants = Grant.objects.filter(holder=holder.id, subject__in=part)
        keys.add_grants([(found[grant.subject], grant) for grant in grants if _has_summary(grant.sections)], holder)
        for row in SealedRecord.objects.filter(subject__in=part, kind=CARD, is_current=True):
            held = found[row.subject]
            if held.has(row.section, row.key_version):
                context = record_context(held.subject, row.section, row.record, row.version)
                plain = sealing.open_record(held.get(row.section, row.key_version), context, bytes(row.sealed))
                known[row.record, row.version] = Card(json.loads(plain))


def _has_summary(sections: str) -> bool:
    return sections == ROOT or Section.SUMMARY in sections.split(" ")


def _parts(names: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(names), _IN_ONE_QUERY):
        yield names[start : start + _IN_ONE_QUERY]
