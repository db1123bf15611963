"""Sealed files: adopted from uploads or written whole, read as streams. Their keys are in sealed records only."""

import hashlib
import io
from collections.abc import Iterator
from typing import Any

from safeconduct.core import sealing
from safeconduct.desk.vault.errors import UploadRefused
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
    if upload.had_no_room:
        raise UploadRefused("there was no room on the disk")
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


class SealingStream(io.RawIOBase):
    """A binary stream that seals what is written to it: bytes made here never touch the disk in plaintext."""

    def __init__(self) -> None:
        self.file_id, self.key = new_id(), sealing.FileKey.generate()
        self.size, self.digest = 0, hashlib.sha256()
        self._sealer = sealing.FileSealer(self.key, file_context(self.file_id))
        self._target = path_of(self.file_id).open("xb")
        self._target.write(self._sealer.header())

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: Any, /) -> int:  # Any: whatever has a buffer
        """Seal one piece."""
        self._target.write(self._sealer.update(content))
        self.digest.update(content)
        self.size += len(content)
        return len(content)

    def finish(self, file: OpenFile, *, name: str, kind: str) -> Reference:
        """Seal the end and adopt the file; gives the reference that belongs into a record."""
        self.close_sealed()
        SealedFile.objects.create(id=self.file_id, subject=file.subject.id, day=file.today)
        return {
            "file": self.file_id,
            "key": self.key.secret_bytes().hex(),
            "name": name,
            "size": self.size,
            "sha256": self.digest.hexdigest(),
            "type": kind,
        }

    def close_sealed(self) -> None:
        """Seal the end, without adopting the file yet."""
        self._target.writelines(self._sealer.final_pieces())
        self._target.close()

    def abandon(self) -> None:
        """Remove what was written so far."""
        self._target.close()
        path_of(self.file_id).unlink(missing_ok=True)


def keep(file: OpenFile, content: bytes, *, name: str, kind: str) -> Reference:
    """Seal bytes that were made here into a file of their own."""
    stream_in = SealingStream()
    stream_in.write(content)
    return stream_in.finish(file, name=name, kind=kind)


def stream(reference: Reference) -> Iterator[bytes]:
    """The plaintext of a file whose reference was read from a record."""
    key = sealing.FileKey.from_secret_bytes(bytes.fromhex(reference["key"]))
    return plaintext_of(reference["file"], key)
