"""A package as found: what files are in it, what they measure, and what the bag's own lists say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from safeconduct.core.dossier import archive
from safeconduct.core.dossier.bag import MANIFEST_PATH
from safeconduct.core.dossier.manifest import Manifest
from safeconduct.core.dossier.measuring import Measured, measure
from safeconduct.core.dossier.refusals import MemberUnreadable, NotDossierForm
from safeconduct.core.dossier.unpacking import LARGEST_TOTAL, Opened, Packed, open_archive

LARGEST_TAG_FILE = 16 << 20
"""Bytes; what is read whole into memory is never larger."""
PAYLOAD_LISTS = {"manifest-sha256.txt": "sha256", "manifest-sha512.txt": "sha512"}
_LISTED = re.compile(r"([0-9a-f]{64}|[0-9a-f]{128})  ([^\r\n]+)")


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that was read, and what could not be."""

    is_as_written: bool
    base: str
    measured: Mapping[str, Measured]
    """By path inside the bag: every file that unpacks."""
    declared: Mapping[str, Packed]
    """By path inside the bag: every file in the archive's directory."""
    outside: tuple[str, ...]
    """Names that are not inside the bag's folder."""
    small: Mapping[str, bytes]
    """Tag files, attestations, JSON payload: by path."""
    manifest: Manifest | None
    manifest_problem: str
    """Why there is no manifest; empty when there is one."""

    def listed(self, path: str) -> Mapping[str, str] | None:
        """The digests in one of the bag's lists, by path; None where it is absent or not such a list."""
        content = self.small.get(path)
        if content is None:
            return None
        matches = [_LISTED.fullmatch(line) for line in content.decode("utf-8", "replace").split("\n")[:-1]]
        found = {match[2]: match[1] for match in matches if match is not None}
        return found if len(found) == len(matches) and content.endswith(b"\n") else None


def examine(stream: BinaryIO, *, largest: int = LARGEST_TOTAL) -> Package | None:
    """Read a package from a seekable stream, each file once. None when the archive holds no bag.

    Raises ArchiveUnsafe before unpacking anything. Memory: one piece of a file, and the small files.
    """
    opened = open_archive(stream, largest=largest)
    base = _base(opened)
    files = [member for member in opened.members if not member.name.endswith("/")]
    declared = {member.name.removeprefix(base): member for member in files if member.name.startswith(base)}
    if not {"bagit.txt", MANIFEST_PATH} & set(declared):
        return None
    measured = _measured(opened, declared)
    small = {path: _read(opened, declared[path]) for path in measured if _is_small(path, declared[path])}
    manifest, problem = _manifest(small)
    return Package(
        is_as_written=opened.is_as_written and base == archive.BASE,
        base=base,
        measured=measured,
        declared=declared,
        outside=tuple(member.name for member in files if not member.name.startswith(base)),
        small=small,
        manifest=manifest,
        manifest_problem=problem,
    )


def _base(opened: Opened) -> str:
    """The bag's folder: the one that was written, or none, or whatever single folder a repacked archive has."""
    names = [member.name for member in opened.members]
    tops = {name.partition("/")[0] + "/" for name in names if "/" in name}
    if archive.BASE in tops:
        return archive.BASE
    if "bagit.txt" in names:
        return ""
    return next(iter(tops)) if len(tops) == 1 else archive.BASE


def _measured(opened: Opened, declared: Mapping[str, Packed]) -> dict[str, Measured]:
    measured = {}
    for path, member in declared.items():
        try:
            measured[path] = measure(opened.pieces(member))
        except MemberUnreadable:
            # Absent from what was measured is how the checks learn of it.
            continue
    return measured


def _is_small(path: str, member: Packed) -> bool:
    is_evidence = path.startswith("data/evidence/") or path == "data/dossier.pdf"
    return not is_evidence and member.size <= LARGEST_TAG_FILE


def _read(opened: Opened, member: Packed) -> bytes:
    return opened.read(member, limit=LARGEST_TAG_FILE)


def _manifest(small: Mapping[str, bytes]) -> tuple[Manifest | None, str]:
    if MANIFEST_PATH not in small:
        return None, "manifest.json: missing or unreadable"
    try:
        return Manifest.decode(small[MANIFEST_PATH]), ""
    except NotDossierForm as refused:
        return None, str(refused)
