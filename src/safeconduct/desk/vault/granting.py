"""Writes of the vault: new files, grants, withdrawals with rotation."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from safeconduct.core import sealing
from safeconduct.core.custody import Act, Purpose
from safeconduct.desk.custody import services as custody
from safeconduct.desk.vault import keys
from safeconduct.desk.vault.errors import KeysChanged, NotGranted
from safeconduct.desk.vault.keyholders import Keyholder, Subject, SubjectKind
from safeconduct.desk.vault.models import Grant, Holder, new_id
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import ROOT, Section


def register_holder(holder: str, organisation: str, public: sealing.SealingPublicKey) -> Holder:
    """Keep a public key under the name that grants will use; a second key for the same name replaces the first."""
    row, _ = Holder.objects.update_or_create(id=holder, defaults={"organisation": organisation, "public_key": public.encode()})
    return row


def new_holder(holder: str, organisation: str, public: sealing.SealingPublicKey) -> Holder:
    """Keep the public key of somebody whose fresh name nobody can have yet."""
    return Holder.objects.create(id=holder, organisation=organisation, public_key=public.encode())


@contextmanager
def created(
    organisation: str,
    kind: SubjectKind,
    *,
    root_holders: Sequence[str],
    actor: str,
    purpose: Purpose,
    today: date,
) -> Iterator[OpenFile]:
    """A new file, open for its first records; its fresh case key is granted whole to the named holders.

    One transaction, ended by its custody entries. `actor` is how the log calls whoever makes it.
    """
    subject, root = Subject(new_id(), organisation, kind), sealing.CaseKey.generate()
    with transaction.atomic():
        keys.seal_root(subject, root, 1, holders_named(root_holders))
        file = OpenFile(subject, keys.SectionKeys(subject, roots={1: root}), today)
        for holder in root_holders:
            file.note(Act.GRANT_GIVEN, holder)
        yield file
        custody.write_all(organisation, file.acts(), actor=actor, purpose=purpose, today=today)


def grant(file: OpenFile, holder: str, sections: Iterable[Section]) -> None:
    """Seal sections of an open file to one more holder, at every key version that the granter holds.

    Raises NotGranted before writing where the granter lacks one of them at the present version, or it is the desk's own and
    the holder is not of its organisation.
    """
    held = file.section_keys()
    wanted = sorted({section.value for section in sections})
    (row,) = holders_named([holder])
    if Section.DESK in wanted and row.organisation != file.subject.organisation:
        raise NotGranted("what was told to one organisation only is not given to another")
    for name in wanted:
        held.newest(name)
    versions = sorted({*held.roots, *(version for _, version in held.sections)})
    for version in versions:
        available = [name for name in wanted if held.has(name, version)]
        if available:
            keys.seal_sections(file.subject, held, version, available, [row])
    file.note(Act.GRANT_GIVEN, holder)


def grant_root(file: OpenFile, holder: str) -> None:
    """Seal the case keys themselves to one more holder; only a holder of the root can do so."""
    held = file.section_keys()
    for version, root in held.roots.items():
        keys.seal_root(file.subject, root, version, holders_named([holder]))
    file.note(Act.GRANT_GIVEN, holder)


def withdraw(file: OpenFile, holder: str) -> None:
    """Take every grant of a file from a holder and rotate, so that what is written from now on is closed to keys they kept.

    What they could read before stays readable to whoever kept copies of both keys and ciphertext (docs/limitations.md).
    """
    Grant.objects.filter(subject=file.subject.id, holder=holder).delete()
    file.note(Act.GRANT_WITHDRAWN, holder)
    rotate(file)


@dataclass(frozen=True, repr=False)
class Renewal:
    """Keys that were taken from somebody and changed with nobody signed in."""

    acts: Sequence[tuple[Act, str]]
    """For the custody log."""
    reading_key: bytes
    """Public half of the new reading pair of the evaluations section."""


def take_sections(subject: Subject, holder: str) -> Renewal | None:
    """Take what was granted section by section from a holder, and change the keys; None where there was nothing to take.

    Nobody has to be signed in: new keys need only the public keys of those who stay. A case key that the holder has for
    another reason stays. Belongs into a transaction.
    """
    custody.queue(subject.organisation)
    taken, _ = Grant.objects.filter(subject=subject.id, holder=holder).exclude(sections=ROOT).delete()
    latest = Grant.objects.filter(subject=subject.id).aggregate(latest=Max("key_version"))["latest"]
    if not taken or latest is None:
        return None
    root = _renewed(subject, latest + 1)
    key = root.section(
        organisation=subject.organisation, case=subject.id, key_version=latest + 1, section=Section.EVALUATIONS.value
    )
    acts = [(Act.GRANT_WITHDRAWN, holder), (Act.KEY_ROTATED, subject.id)]
    return Renewal(acts, key.reading_pair().public_key().encode())


def rotate(file: OpenFile) -> None:
    """A new case key, granted to everybody who still has a grant, for the same sections as now.

    KeysChanged, before writing, where somebody else has changed them since the file was opened: two keys of one version
    would leave what one of them seals closed to everybody.
    """
    held = file.section_keys()
    version = held.latest_version() + 1
    custody.queue(file.subject.organisation)
    if Grant.objects.filter(subject=file.subject.id, key_version__gte=version).exists():
        raise KeysChanged("the keys of the file were changed meanwhile")
    held.roots[version] = _renewed(file.subject, version)
    file.note(Act.KEY_ROTATED, file.subject.id)


def withdraw_unopened(subject: Subject, holder: str) -> list[tuple[Act, str]]:
    """The same as `withdraw` with nobody signed in: new keys need only the public keys of those who stay.

    Gives what is to be written in the custody log; nothing where the holder had no grant. Belongs into a transaction.
    """
    custody.queue(subject.organisation)
    taken, _ = Grant.objects.filter(subject=subject.id, holder=holder).delete()
    latest = Grant.objects.filter(subject=subject.id).aggregate(latest=Max("key_version"))["latest"]
    if not taken or latest is None:
        return []
    _renewed(subject, latest + 1)
    return [(Act.GRANT_WITHDRAWN, holder), (Act.KEY_ROTATED, subject.id)]


def _renewed(subject: Subject, version: int) -> sealing.CaseKey:
    """A fresh case key of this version, sealed to whoever has a grant of the one before, for the same sections."""
    root = sealing.CaseKey.generate()
    fresh = keys.SectionKeys(subject, roots={version: root})
    by_holder: dict[str, set[str]] = {}
    for row in Grant.objects.filter(subject=subject.id, key_version=version - 1):
        by_holder.setdefault(row.holder, set()).update(row.sections.split(" "))
    for name, sections in by_holder.items():
        if ROOT in sections:
            keys.seal_root(subject, root, version, holders_named([name]))
        else:
            keys.seal_sections(subject, fresh, version, sorted(sections), holders_named([name]))
    return root


def seal_seed(subject: Subject, seed: bytes, holders: Sequence[str]) -> None:
    """Keep a private key (32 to 64 bytes of seed) sealed to holders: desk, signing and recovery keys of an organisation."""
    for row in holders_named(holders):
        context = keys.grant_context(subject, row.id, 1, Section.SEED)
        public = sealing.SealingPublicKey.decode(bytes(row.public_key))
        Grant.objects.create(
            subject=subject.id,
            key_version=1,
            holder=row.id,
            sections=Section.SEED,
            sealed=sealing.seal_to(public, context, seed),
        )


def open_seed(subject: Subject, holder: Keyholder) -> bytes | None:
    """The seed of an organisation's key for a holder it was sealed to; None for anybody else."""
    row = Grant.objects.filter(subject=subject.id, holder=holder.id).first()
    if row is None:
        return None
    context = keys.grant_context(subject, row.holder, row.key_version, row.sections)
    return sealing.open_from(holder.sealing, context, bytes(row.sealed))


def holders_named(names: Sequence[str]) -> list[Holder]:
    """The holders of these names, in this order; LookupError names the first that is unknown."""
    found = Holder.objects.in_bulk(list(names))
    for name in names:
        if name not in found:
            raise LookupError(f"no holder {name}")
    return [found[name] for name in names]


def withdraw_seed(subject: Subject, holder: str) -> bool:
    """Take an organisation's key from a holder; whether there was one to take. Copies they kept are not undone by this."""
    taken, _ = Grant.objects.filter(subject=subject.id, holder=holder).delete()
    return taken > 0


def seed_holders(subject: Subject) -> frozenset[str]:
    """Everybody whom an organisation's key is sealed to."""
    return frozenset(Grant.objects.filter(subject=subject.id).values_list("holder", flat=True))


def forget_holder(holder: str) -> None:
    """Remove the public key of a holder whom nothing was ever sealed to: somebody who began to join and did not finish."""
    Holder.objects.filter(pk=holder).delete()


def holds_seed(subject: Subject, holder: str) -> bool:
    """Whether an organisation's key was sealed to this holder."""
    return Grant.objects.filter(subject=subject.id, holder=holder).exists()


def desk_keyholder(subject: Subject, member: Keyholder) -> Keyholder | None:
    """The desk as a holder, for a member who was given its key; None for anybody else. The log names the member."""
    seed = open_seed(subject, member)
    if seed is None:
        return None
    private = sealing.SealingPrivateKey.from_secret_bytes(seed)
    return Keyholder(id=subject.id, organisation=subject.organisation, sealing=private, log_name=member.id)
