"""Uploads are sealed while they arrive: chunks go through a file sealer straight to the home, never in plaintext to a disk.

The key of an upload lives in memory until a service adopts it (puts it into a sealed record); what is not adopted by the end
of the request is deleted.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse

from safeconduct.core import sealing
from safeconduct.desk.vault.models import new_id

LARGEST_FILE_BYTES = 2 * 1024**3
MOST_FILES_PER_REQUEST = 10
_HEAD_BYTES = 4096
_LOOK_EVERY_BYTES = 64 * 1024**2
"""How often a growing file looks whether the disk still has its reserve."""


if TYPE_CHECKING:
    _Uploaded = UploadedFile[bytes]
else:
    _Uploaded = UploadedFile  # Generic for the type checker only.


class SealedUpload(_Uploaded):
    """A file that has arrived and is sealed on the disk; its name and key are in memory only."""

    def __init__(self, *, file_id: str, key: sealing.FileKey, name: str, size: int, digest: str, head: bytes) -> None:
        super().__init__(file=None, name=name, content_type="application/octet-stream", size=size)
        self.file_id = file_id
        self.key = key
        self.digest = digest
        """SHA-256 of the plaintext, hexadecimal."""
        self.head = head
        """The first bytes, enough to recognise the type by content."""
        self.is_adopted = False
        self.had_no_room = False
        """It was not kept: the disk's reserve would not have stayed free."""

    def __bool__(self) -> bool:
        return True


class SealingUploadHandler(FileUploadHandler):
    """Seals each chunk as it comes; memory stays flat whatever the size."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._count = 0
        self._target: BinaryIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # Any: Django's own signature
        super().new_file(*args, **kwargs)
        self._count += 1
        if self._count > MOST_FILES_PER_REQUEST:
            raise StopUpload(connection_reset=False)
        self._id = new_id()
        self._key = sealing.FileKey.generate()
        self._sealer = sealing.FileSealer(self._key, file_context(self._id))
        self._digest = hashlib.sha256()
        self._head = b""
        self._size = 0
        self._had_no_room = not has_room()
        if not self._had_no_room:
            self._target = path_of(self._id).open("xb")
            self._target.write(self._sealer.header())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._target is None:
            return
        if self._size // _LOOK_EVERY_BYTES != (self._size + len(raw_data)) // _LOOK_EVERY_BYTES and not has_room():
            self._had_no_room = True
            self._abandon()
            return
        self._size += len(raw_data)
        if self._size > LARGEST_FILE_BYTES:
            self._abandon()
            raise StopUpload(connection_reset=True)
        if len(self._head) < _HEAD_BYTES:
            self._head += raw_data[: _HEAD_BYTES - len(self._head)]
        self._digest.update(raw_data)
        self._target.write(self._sealer.update(raw_data))

    def file_complete(self, file_size: int) -> SealedUpload | None:
        if self._had_no_room:
            return self._without_room()
        if self._target is None:
            return None
        self._target.writelines(self._sealer.final_pieces())
        self._target.close()
        self._target = None
        upload = SealedUpload(
            file_id=self._id,
            key=self._key,
            name=self.file_name or "",
            size=self._size,
            digest=self._digest.hexdigest(),
            head=self._head,
        )
        if self.request is not None:
            arrived(self.request).append(upload)
        return upload

    def _without_room(self) -> SealedUpload:
        """Stands for a file that was not kept, so that the page can say so; adopting it is refused."""
        upload = SealedUpload(file_id=self._id, key=self._key, name="file", size=0, digest="", head=b"")
        upload.had_no_room = True
        if self.request is not None:
            arrived(self.request).append(upload)
        return upload

    def upload_interrupted(self) -> None:
        self._abandon()

    def _abandon(self) -> None:
        if self._target is not None:
            self._target.close()
            self._target = None
            path_of(self._id).unlink(missing_ok=True)


def arrived(request: HttpRequest) -> list[SealedUpload]:
    """The uploads of a request so far."""
    uploads: list[SealedUpload] = request.__dict__.setdefault("sealed_uploads", [])
    return uploads


def discard_unadopted_uploads(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what no service adopted is deleted when the request ends."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        finally:
            for upload in arrived(request):
                if not upload.is_adopted:
                    path_of(upload.file_id).unlink(missing_ok=True)

    return middleware


def has_room() -> bool:
    """Whether the disk keeps its reserve free: a flood of files must not stop the desk from writing."""
    home: Path = settings.FILES_FOLDER.parent
    reserve: int = settings.DISK_RESERVE_BYTES
    return shutil.disk_usage(home).free > reserve


def path_of(file_id: str) -> Path:
    """Where a sealed file lies: its random id is its whole name."""
    folder: Path = settings.FILES_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / file_id


def file_context(file_id: str) -> sealing.Context:
    """What a sealed file is bound to: its own id; its key stands in one record only."""
    return sealing.Context(organisation="files", subject=file_id, section="file", record=file_id, version=1)


def plaintext_of(file_id: str, key: sealing.FileKey, *, chunk_bytes: int = 256 * 1024) -> Iterator[bytes]:
    """The file's plaintext in chunks; SealingRefused as soon as a chunk, or at last the end, does not hold."""
    opener = sealing.FileOpener(key, file_context(file_id))
    with path_of(file_id).open("rb") as source:
        while chunk := source.read(chunk_bytes):
            plain = opener.update(chunk)
            if plain:
                yield plain
        tail = opener.finalize()
        if tail:
            yield tail
