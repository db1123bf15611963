"""Sealed files: adopted from uploads or written whole, read as streams. Their keys are in sealed records only."""

from collections.abc import Iterable, Iterator
from typing import Any

from safeconduct.core import sealing
from safeconduct.desk.vault.filetypes import recognise
from safeconduct.desk.vault.models import SealedFile, new_id
from safeconduct.desk.vault.opening import OpenFile
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.vault.uploads import SealedUpload, file_context, path_of, plaintext_of

Reference = dict[str, Any]  # Any: str and int values, kept in canonical JSON
"""What a record keeps of a file: id, key, name, size, sha256, type."""


def attach(file: OpenFile, section: Section, upload: SealedUpload) -> Reference:
    """Adopt an upload into an open file; the reference belongs into a record of that section.

    Raises UploadRefused where the content is of no accepted type; the upload is then deleted with its request.
    """
    kind = recognise(upload.head)
    file.section_key(section)
    SealedFile.objects.create(id=upload.file_id, subject=file.subject.id, day=file.today)
    upload.is_adopted = True
    return {
        "file": upload.file_id,
        "key": upload.key.secret_bytes().hex(),
        "name": upload.name or "",
        "size": upload.size or 0,
        "sha256": upload.digest,
        "type": kind,
    }


def keep(file: OpenFile, chunks: Iterable[bytes], *, name: str, size: int, sha256: str, kind: str) -> Reference:
    """Seal bytes that were made here (a dossier package) into a file; nothing of them touches the disk in plaintext."""
    file_id, key = new_id(), sealing.FileKey.generate()
    sealer = sealing.FileSealer(key, file_context(file_id))
    with path_of(file_id).open("xb") as target:
        target.write(sealer.header())
        for chunk in chunks:
            target.write(sealer.update(chunk))
        target.write(sealer.finalize())
    SealedFile.objects.create(id=file_id, subject=file.subject.id, day=file.today)
    return {
        "file": file_id,
        "key": key.secret_bytes().hex(),
        "name": name,
        "size": size,
        "sha256": sha256,
        "type": kind,
    }


def stream(reference: Reference) -> Iterator[bytes]:
    """The plaintext of a file whose reference was read from a record."""
    key = sealing.FileKey.from_secret_bytes(bytes.fromhex(reference["key"]))
    return plaintext_of(reference["file"], key)
