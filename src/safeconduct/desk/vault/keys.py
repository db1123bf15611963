"""From grants to section keys: unsealing what was granted, and granting it on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from safeconduct.core import sealing
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.vault.keyholders import Keyholder, Subject
from safeconduct.desk.vault.models import Grant, Holder
from safeconduct.desk.vault.sections import CASE_SECTIONS, ROOT, Section

_KEY_BYTES = 32


@dataclass(repr=False, eq=False)
class SectionKeys:
    """The keys one holder has for one file, by section and key version."""

    subject: Subject
    roots: dict[int, sealing.CaseKey] = field(default_factory=dict)
    sections: dict[tuple[str, int], sealing.SectionKey] = field(default_factory=dict)

    def has(self, section: str, key_version: int) -> bool:
        """Whether records of this section and version can be opened."""
        return key_version in self.roots or (section, key_version) in self.sections

    def get(self, section: str, key_version: int) -> sealing.SectionKey:
        """The key of a section at a version; NotGranted where it is not held."""
        key = self.sections.get((section, key_version))
        if key is None:
            root = self.roots.get(key_version)
            if root is None:
                raise NotGranted("the section is not granted")
            key = root.section(
                organisation=self.subject.organisation, case=self.subject.id, key_version=key_version, section=section
            )
            self.sections[section, key_version] = key
        return key

    def latest_version(self) -> int:
        """The highest key version of which anything is held."""
        return max([*self.roots, *(version for _, version in self.sections)], default=0)

    def versions(self, section: str) -> set[int]:
        """The key versions at which a section is held; NotGranted where there is none."""
        versions = {*self.roots, *(version for name, version in self.sections if name == section)}
        if not versions:
            raise NotGranted("the section is not granted")
        return versions

    def newest(self, section: str) -> tuple[int, sealing.SectionKey]:
        """The section's key at its highest held version, with that version; NotGranted where none is held."""
        version = max(self.versions(section))
        return version, self.get(section, version)

    def present(self) -> frozenset[Section]:
        """Sections that can be read at the highest held version."""
        version = self.latest_version()
        if version in self.roots:
            return frozenset(CASE_SECTIONS)
        return frozenset(Section(name) for name, held in self.sections if held == version)


def grant_context(subject: Subject, holder: str, key_version: int, sections: str) -> sealing.Context:
    """What a grant is bound to: it fits no other file, holder, version or list of sections."""
    return sealing.Context(
        organisation=subject.organisation,
        subject=subject.id,
        section=f"grant {sections}",
        record=holder,
        version=key_version,
    )


def section_keys(subject: Subject, holder: Keyholder) -> SectionKeys | None:
    """Every key that the holder was granted for a file; None where there is no grant at all."""
    grants = list(Grant.objects.filter(subject=subject.id, holder=holder.id))
    if not grants:
        return None
    found = SectionKeys(subject)
    add_grants([(found, grant) for grant in grants], holder)
    return found


def add_grants(pairs: Iterable[tuple[SectionKeys, Grant]], holder: Keyholder) -> None:
    """Unseal each grant into its keys, by the keyring where it is there, else by the private key (and fill the keyring)."""
    fresh: list[tuple[bytes, int]] = []
    for found, grant in pairs:
        context = grant_context(found.subject, grant.holder, grant.key_version, grant.sections)
        if holder.keyring is not None and grant.keyring is not None:
            plain = sealing.open_record(holder.keyring, context, bytes(grant.keyring))
        else:
            plain = sealing.open_from(holder.sealing, context, bytes(grant.sealed))
            if holder.keyring is not None:
                fresh.append((sealing.seal_record(holder.keyring, context, plain), grant.pk))
        _add_keys(found, grant, plain)
    if fresh:
        _fill_keyring(fresh)


def _fill_keyring(fresh: Sequence[tuple[bytes, int]]) -> None:
    # One statement many times in one transaction: whoever opens a thousand files for the first time waits for one write.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("UPDATE vault_grant SET keyring = %s WHERE id = %s", fresh)


def _add_keys(found: SectionKeys, grant: Grant, plain: bytes) -> None:
    for position, name in enumerate(grant.sections.split(" ")):
        part = plain[position * _KEY_BYTES : (position + 1) * _KEY_BYTES]
        if name == ROOT:
            found.roots[grant.key_version] = sealing.CaseKey.from_secret_bytes(part)
        else:
            found.sections[name, grant.key_version] = sealing.SectionKey.from_secret_bytes(part)


def seal_root(subject: Subject, root: sealing.CaseKey, key_version: int, holders: Iterable[Holder]) -> None:
    """Grant the case key itself to each holder."""
    _seal(subject, key_version, ROOT, root.secret_bytes(), holders)


def seal_sections(
    subject: Subject, held: SectionKeys, key_version: int, sections: Sequence[str], holders: Iterable[Holder]
) -> None:
    """Grant some sections at one key version to each holder; NotGranted where the granter lacks one of them."""
    ordered = sorted(set(sections))
    plain = b"".join(held.get(name, key_version).secret_bytes() for name in ordered)
    _seal(subject, key_version, " ".join(ordered), plain, holders)


def _seal(subject: Subject, key_version: int, sections: str, plain: bytes, holders: Iterable[Holder]) -> None:
    rows = []
    for holder in holders:
        context = grant_context(subject, holder.id, key_version, sections)
        public = sealing.SealingPublicKey.decode(bytes(holder.public_key))
        rows.append(
            Grant(
                subject=subject.id,
                key_version=key_version,
                holder=holder.id,
                sections=sections,
                sealed=sealing.seal_to(public, context, plain),
            )
        )
    Grant.objects.bulk_create(rows)
