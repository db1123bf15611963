"""Opening a WACZ package: nothing is written anywhere, names that lead out of it are refused, every digest is checked."""

import dataclasses
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from safeconduct.core.captures.model import MOST_LINES, Capture, PageLine, Problem, shortened
from safeconduct.core.captures.showing import Gallery
from safeconduct.core.captures.warc import MOST_UNPACKED_BYTES, Tally, take
from safeconduct.core.copies import CopyRefused, Refusal

MOST_FILES = 2_000
MANIFEST, MANIFEST_DIGEST = "datapackage.json", "datapackage-digest.json"
_LARGEST_MANIFEST = 8 * 1024**2
_PIECE = 1 << 20


def read_wacz(content: bytes, gallery: Gallery) -> Capture:
    """What a package holds and whether its digests do. CopyRefused where it is none, is locked, or is made to harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = _safe_names(package)
            if MANIFEST not in names and not any(_is_warc(name) for name in names):
                raise CopyRefused(Refusal.BROKEN)
            return _read(package, names, gallery)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise CopyRefused(Refusal.BROKEN) from error
    except RuntimeError as error:  # How zipfile says that a part is encrypted.
        raise CopyRefused(Refusal.LOCKED) from error


def _safe_names(package: zipfile.ZipFile) -> list[str]:
    entries = package.infolist()
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise CopyRefused(Refusal.PACKED)
    names = [entry.filename for entry in entries if not entry.is_dir()]
    for entry in entries:
        parts = entry.filename.replace("\\", "/").split("/")
        leads_out = entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in entry.orig_filename
        # A link would be followed by whoever unpacks it later.
        if leads_out or (entry.external_attr >> 16) & 0o170000 == 0o120000:
            raise CopyRefused(Refusal.PACKED)
    if len(set(names)) != len(names):
        raise CopyRefused(Refusal.PACKED)
    return names


def _read(package: zipfile.ZipFile, names: list[str], gallery: Gallery) -> Capture:
    tally = Tally.fresh()
    manifest = _manifest(package, names, tally)
    listed = _listed(manifest)
    for name in sorted(set(names) - set(listed) - {MANIFEST, MANIFEST_DIGEST}):
        if manifest is not None:
            tally.found(Problem.FILE_UNLISTED, name)
    for name, digest in listed.items():
        if name not in names:
            tally.found(Problem.FILE_MISSING, name)
        elif not _holds(package, name, digest):
            tally.found(Problem.FILE_BROKEN, name)
    for name in sorted(names):
        if _is_warc(name):
            with package.open(name) as stream:
                take(cast(BinaryIO, stream), tally, gallery, name)
    capture = tally.capture()
    software = shortened(manifest.get("software")) if manifest else ""
    return dataclasses.replace(capture, software=software or capture.software, pages=list(_pages(package, names)))


def _is_warc(name: str) -> bool:
    return name.endswith((".warc", ".warc.gz"))


def _manifest(package: zipfile.ZipFile, names: list[str], tally: Tally) -> Mapping[str, Any] | None:  # Any: JSON of others
    if MANIFEST not in names:
        tally.found(Problem.MANIFEST_ABSENT)
        return None
    content = _small(package, MANIFEST)
    if MANIFEST_DIGEST in names:
        said = _json(_small(package, MANIFEST_DIGEST))
        if said.get("hash") != f"sha256:{hashlib.sha256(content).hexdigest()}":
            tally.found(Problem.MANIFEST_BROKEN)
        if said.get("signedData"):
            tally.found(Problem.SIGNATURE_NOT_CHECKED)
    return _json(content)


def _listed(manifest: Mapping[str, Any] | None) -> dict[str, str]:
    resources = (manifest or {}).get("resources")
    found: dict[str, str] = {}
    for each in resources if isinstance(resources, list) else ():
        if isinstance(each, dict) and isinstance(each.get("path"), str) and len(found) < MOST_FILES:
            found[each["path"]] = str(each.get("hash", ""))
    return found


def _holds(package: zipfile.ZipFile, name: str, named: str) -> bool:
    algorithm, _, value = named.partition(":")
    if algorithm not in ("sha256", "sha512", "sha1", "md5"):
        return False
    hasher = hashlib.new(algorithm, usedforsecurity=False)
    with package.open(name) as stream:
        while piece := stream.read(_PIECE):
            hasher.update(piece)
    return hasher.hexdigest() == value.lower()


def _pages(package: zipfile.ZipFile, names: list[str]) -> Iterator[PageLine]:
    count = 0
    for name in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if name not in names:
            continue
        for line in _small(package, name).splitlines():
            page = _json(line)
            if page.get("url") and count < MOST_LINES:
                count += 1
                yield PageLine(shortened(page["url"]), shortened(page.get("title")), shortened(page.get("ts")))


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    # What the directory says of a part's size may be a lie.
    with package.open(name) as part:
        content = part.read(_LARGEST_MANIFEST + 1)
    if len(content) > _LARGEST_MANIFEST:
        raise CopyRefused(Refusal.PACKED)
    return content


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
