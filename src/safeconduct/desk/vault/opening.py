"""The only way to plaintext: `with vault.opened(subject, holder=…, purpose=…, today=…) as file`.

Opening, reading and writing are custody entries, written in the transaction of the block.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import transaction

from safeconduct.core import canonical, sealing
from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import keys
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Keyholder, Subject
from safeconduct.desk.vault.models import SealedRecord, new_id
from safeconduct.desk.vault.sections import Section

Opening: TypeAlias = "AbstractContextManager[OpenFile]"
Content = dict[str, Any]  # Any: questionnaires decide what an answer looks like


@dataclass(frozen=True, repr=False)
class OpenRecord:
    """One decrypted record version."""

    id: str
    version: int
    section: Section
    kind: str
    day: date
    content: Content


class OpenFile:
    """A file whose sections this holder may read, for the length of one `opened` block."""

    def __init__(self, subject: Subject, sections: keys.SectionKeys, today: date) -> None:
        self.subject = subject
        self.today = today
        self._keys = sections
        self._acts: list[tuple[Act, str]] = []

    @property
    def sections(self) -> frozenset[Section]:
        """The sections whose present key this holder has."""
        return self._keys.present()

    def records(self, *, kind: str | None = None, section: Section | None = None) -> list[OpenRecord]:
        """Current records that can be read, oldest first; records of other sections are left out."""
        rows = SealedRecord.objects.filter(subject=self.subject.id, is_current=True).order_by("id")
        if kind is not None:
            rows = rows.filter(kind=kind)
        if section is not None:
            rows = rows.filter(section=section)
        opened = [self._open(row) for row in rows if self._keys.has(row.section, row.key_version)]
        for record in opened:
            self.note(Act.RECORD_READ, record.id)
        return opened

    def newest(self, kind: str) -> OpenRecord | None:
        """The latest current record of a kind, or None where there is none that can be read."""
        found = self.records(kind=kind)
        return found[-1] if found else None

    def read(self, record: str, *, version: int | None = None) -> OpenRecord:
        """One record, current unless a version is named. NotGranted: absent, or its section is not granted."""
        rows = SealedRecord.objects.filter(subject=self.subject.id, record=record)
        row = rows.filter(version=version).first() if version else rows.filter(is_current=True).first()
        if row is None or not self._keys.has(row.section, row.key_version):
            raise NotGranted("no such record for this holder")
        self.note(Act.RECORD_READ, row.record)
        return self._open(row)

    def write(self, section: Section, kind: str, content: Mapping[str, Any], *, replaces: OpenRecord | None = None) -> str:
        """Seal a record into a section, or a new version of one; gives the record's id.

        Raises NotGranted before anything is written where the section's present key is not held.
        """
        record = replaces.id if replaces else new_id()
        version = replaces.version + 1 if replaces else 1
        key_version, key = self._keys.newest(section)
        if replaces:
            SealedRecord.objects.filter(record=record, is_current=True).update(is_current=False)
        context = self._context(section, record, version)
        SealedRecord.objects.create(
            record=record,
            version=version,
            subject=self.subject.id,
            section=section,
            key_version=key_version,
            kind=kind,
            day=self.today,
            sealed=sealing.seal_record(key, context, canonical.encode(dict(content))),
        )
        self.note(Act.RECORD_WRITTEN, record)
        return record

    def section_key(self, section: Section) -> sealing.SectionKey:
        """The present key of a section, for granting and for reading pairs; never leaves the vault's callers' block."""
        return self._keys.newest(section)[1]

    def section_keys(self) -> keys.SectionKeys:
        """All keys of this opening, for the granting services."""
        return self._keys

    def reading_pair(self, section: Section) -> sealing.SealingPrivateKey:
        """The pair that those who may only write to a section seal to; its private half follows from the section key."""
        return self.section_key(section).reading_pair()

    def reading_pairs(self, section: Section) -> list[sealing.SealingPrivateKey]:
        """The pairs of every key version that this holder has, newest first: what was sealed before a rotation stays readable."""
        versions = self._keys.versions(section)
        return [self._keys.get(section, version).reading_pair() for version in sorted(versions, reverse=True)]

    def note(self, act: Act, thing: str) -> None:
        """Say in the custody log, at the end of the block, that this was done to a thing."""
        self._acts.append((act, thing))

    def acts(self) -> Sequence[tuple[Act, str]]:
        """What is to be written in the custody log, in order."""
        return self._acts

    def _open(self, row: SealedRecord) -> OpenRecord:
        section = Section(row.section)
        context = self._context(section, row.record, row.version)
        plain = sealing.open_record(self._keys.get(section, row.key_version), context, bytes(row.sealed))
        return OpenRecord(row.record, row.version, section, row.kind, row.day, json.loads(plain))

    def _context(self, section: Section, record: str, version: int) -> sealing.Context:
        return record_context(self.subject, section, record, version)


def record_context(subject: Subject, section: str, record: str, version: int) -> sealing.Context:
    """What a record of a file is bound to (spec/sealing-v1.md, context)."""
    return sealing.Context(organisation=subject.organisation, subject=subject.id, section=section, record=record, version=version)


@contextmanager
def opened(subject: Subject, *, holder: Keyholder, purpose: Purpose, today: date) -> Iterator[OpenFile]:
    """Open a file for one purpose; the block is one transaction that ends with its custody entries.

    Raises NotGranted where the holder has no key at all; that refusal is itself an entry.
    """
    with transaction.atomic():
        # Read where writers stand in line: keys that somebody changes meanwhile would seal for those who were taken off.
        sections = keys.section_keys(subject, holder)
        if sections is not None:
            file = OpenFile(subject, sections, today)
            file.note(Act.FILE_OPENED, subject.id)
            yield file
            custody.write_all(subject.organisation, file.acts(), actor=holder.logged_as, purpose=purpose, today=today)
            return
    refusal = [(Act.DOOR_REFUSED, subject.id)]
    custody.write_all(subject.organisation, refusal, actor=holder.logged_as, purpose=purpose, today=today)
    raise NotGranted("no grant for this holder")
