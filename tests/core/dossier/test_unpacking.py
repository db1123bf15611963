"""ZIP files that could do harm are not opened; each refusal names the hazard."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.core.dossier import ArchiveUnsafe, Check, Conclusion, Hazard, MemberUnreadable, verify_dossier
from safeconduct.core.dossier.archive import CENTRAL, END, LOCAL
from safeconduct.core.dossier.unpacking import open_archive
from tests.core.dossier import parts
from tests.core.dossier.large import write_large_dossier

TRUE = parts.dossier_bytes()
CONTENT = b"some content " * 50


def packed(*names: str, method: int = zipfile.ZIP_STORED, **changes: object) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name in names or ("a.txt", "b.txt"):
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            info.compress_type = method
            for field, value in changes.items():
                setattr(info, field, value)
            opened.writestr(info, CONTENT)
    return stream.getvalue()


def central_field(package: bytes, offset: int, form: str, value: int) -> bytes:
    """The package with a field of the first entry of its directory changed."""
    return changed(package, package.index(b"PK\x01\x02") + offset, form, value)


def local_field(package: bytes, offset: int, form: str, value: int) -> bytes:
    return changed(package, offset, form, value)


def end_field(package: bytes, offset: int, form: str, value: int) -> bytes:
    return changed(package, len(package) - END.size + offset, form, value)


def changed(package: bytes, at: int, form: str, value: int) -> bytes:
    field = struct.pack(form, value)
    return package[:at] + field + package[at + len(field) :]


def both(package: bytes, local: int, central: int, form: str, value: int) -> bytes:
    return central_field(local_field(package, local, form, value), central, form, value)


def with_duplicate() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return packed("a.txt", "a.txt")


def bytes_between() -> bytes:
    """A gap between the last file and the directory, with the offset set right."""
    whole = packed("a.txt")
    start = whole.index(b"PK\x01\x02")
    return end_field(whole[:start] + b"hidden" + whole[start:], 16, "<I", start + 6)


def overlapping() -> bytes:
    """Two directory entries that point at one file under one name each."""
    whole = packed("a.txt", "b.txt")
    second = whole.rindex(b"PK\x01\x02")
    return changed(whole, second + 42, "<I", 0)


def one_inside_another() -> bytes:
    """A stored file whose content is itself a file of the archive."""
    inner_name, outer_name = b"b.txt", b"a.txt"
    crc = zlib.crc32(CONTENT)
    inner = LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, crc, len(CONTENT), len(CONTENT), 5, 0) + inner_name + CONTENT
    outer = LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, 0, len(inner), len(inner), 5, 0) + outer_name
    sizes = {outer_name: (len(inner), 0), inner_name: (len(CONTENT), len(outer))}
    entries = b"".join(
        CENTRAL.pack(b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, size, size, 5, 0, 0, 0, 0, 0, start) + name
        for name, (size, start) in sizes.items()
    )
    files = outer + inner
    return files + entries + END.pack(b"PK\x05\x06", 0, 0, 2, 2, len(entries), len(files), 0)


def late_sizes(after: bytes) -> bytes:
    """A file that announces its sizes after its bytes, followed by these bytes and another file."""
    first, second = packed("a.txt"), packed("b.txt")
    files = first[: first.index(b"PK\x01\x02")] + after
    start = len(files)
    files += second[: second.index(b"PK\x01\x02")]
    files = local_field(files, 6, "<H", 8)
    entries = [whole[whole.index(b"PK\x01\x02") : -END.size] for whole in (first, second)]
    listing = changed(entries[0], 8, "<H", 8) + changed(entries[1], 42, "<I", start)
    if not after:
        # Without the note the next file follows at once, so a byte is hidden before the directory.
        files += b"x"
    return files + listing + END.pack(b"PK\x05\x06", 0, 0, 2, 2, len(listing), len(files), 0)


def with_sixteen_more_in_the_directory() -> bytes:
    whole = packed("a.txt")
    start = whole.index(b"PK\x01\x02")
    end = len(whole) - END.size
    longer = whole[:end] + b"x" * 16 + whole[end:]
    return end_field(longer, 12, "<I", end + 16 - start)


HAZARDS: dict[str, tuple[Callable[[], bytes], Hazard]] = {
    "nothing": (lambda: b"", Hazard.NOT_ZIP),
    "a picture": (lambda: b"\x89PNG" * 100, Hazard.NOT_ZIP),
    "an archive cut short": (lambda: packed()[:-1], Hazard.DAMAGED),
    "an archive cut in the middle": (lambda: packed()[:700], Hazard.NOT_ZIP),
    "a comment": (lambda: end_field(packed(), 20, "<H", 5) + b"hello", Hazard.BYTES_AFTER),
    "bytes after": (lambda: packed() + b"x" * 30, Hazard.BYTES_AFTER),
    "bytes before": (lambda: b"#!/bin/sh\n" + packed(), Hazard.HIDDEN_BYTES),
    "bytes between": (bytes_between, Hazard.HIDDEN_BYTES),
    "two entries for one file": (overlapping, Hazard.TWO_NAMES),
    "a file inside another": (one_inside_another, Hazard.HIDDEN_BYTES),
    "bytes in the directory": (with_sixteen_more_in_the_directory, Hazard.HIDDEN_BYTES),
    "part of a set": (lambda: end_field(packed(), 4, "<H", 1), Hazard.SPLIT),
    "fewer here than in all": (lambda: end_field(packed(), 10, "<H", 3), Hazard.SPLIT),
    "64-bit offset": (lambda: end_field(packed(), 16, "<I", 0xFFFFFFFF), Hazard.SIXTY_FOUR_BIT),
    "too many": (lambda: end_field(end_field(packed(), 8, "<H", 30_000), 10, "<H", 30_000), Hazard.TOO_MANY),
    "fewer entries than claimed": (
        lambda: end_field(end_field(packed(), 8, "<H", 3), 10, "<H", 3),
        Hazard.DAMAGED,
    ),
    "an entry that points nowhere": (lambda: central_field(packed(), 42, "<I", 7), Hazard.DAMAGED),
    "an absolute name": (lambda: packed("/etc/passwd"), Hazard.UNSAFE_NAME),
    "a name leading upwards": (lambda: packed("dossier/../../x"), Hazard.UNSAFE_NAME),
    "a name with a dot part": (lambda: packed("dossier/./x"), Hazard.UNSAFE_NAME),
    "a name with an empty part": (lambda: packed("dossier//x"), Hazard.UNSAFE_NAME),
    "a name with a backslash": (lambda: packed("dossier\\x"), Hazard.UNSAFE_NAME),
    "a name with a drive": (lambda: packed("C:x"), Hazard.UNSAFE_NAME),
    "a name with an escape": (lambda: packed("a\x1b[2Jb"), Hazard.UNSAFE_NAME),
    "a name in another script": (lambda: packed("dоssier/x"), Hazard.UNSAFE_NAME),
    "an endless name": (lambda: packed("x" * 300), Hazard.UNSAFE_NAME),
    "the same name twice": (with_duplicate, Hazard.DUPLICATE_NAME),
    "names that differ in case": (lambda: packed("a.txt", "A.TXT"), Hazard.DUPLICATE_NAME),
    "another name in the file's own header": (
        lambda: packed("a.txt").replace(b"a.txt", b"b.txt", 1),
        Hazard.TWO_NAMES,
    ),
    "another method in the file's own header": (lambda: local_field(packed(), 8, "<H", 8), Hazard.TWO_NAMES),
    "encrypted": (lambda: both(packed("a.txt"), 6, 8, "<H", 1), Hazard.ENCRYPTED),
    "an unknown method": (lambda: both(packed("a.txt"), 8, 10, "<H", 99), Hazard.UNKNOWN_METHOD),
    "late sizes announced and absent": (lambda: late_sizes(b""), Hazard.HIDDEN_BYTES),
    "late sizes of another length": (lambda: late_sizes(b"x" * 14), Hazard.HIDDEN_BYTES),
    "a symbolic link": (lambda: packed(external_attr=0o120777 << 16, create_system=3), Hazard.SPECIAL_FILE),
    "a device": (lambda: packed(external_attr=0o060666 << 16, create_system=3), Hazard.SPECIAL_FILE),
    "two sizes of a stored file": (lambda: central_field(packed("a.txt"), 24, "<I", 651), Hazard.TWO_NAMES),
    "a stored file that claims to be huge": (lambda: central_field(packed("a.txt"), 24, "<I", 2**31), Hazard.BOMB),
    "a bomb by its declared size": (
        lambda: central_field(packed("a.txt", method=zipfile.ZIP_DEFLATED), 24, "<I", 2**30),
        Hazard.BOMB,
    ),
}


@pytest.mark.parametrize(("make", "hazard"), HAZARDS.values(), ids=HAZARDS)
def test_a_hazardous_archive_is_not_opened(make: Callable[[], bytes], hazard: Hazard) -> None:
    package = make()
    with pytest.raises(ArchiveUnsafe) as refused:
        open_archive(io.BytesIO(package))
    assert refused.value.hazard is hazard
    verdict = verify_dossier(io.BytesIO(package), trust=None, today=parts.DAY)
    assert verdict.conclusion is Conclusion.UNREADABLE
    assert verdict.finding(Check.READABLE).problems[0].subject == hazard.value


def test_many_files_that_together_are_too_large_are_not_opened() -> None:
    zeros = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = zeros.compress(bytes(2**20)) + zeros.flush()
    entries, files, at = b"", b"", 0
    count = 4200
    for number in range(count):
        name = f"{number}".encode()
        header = LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(body), 2**20, len(name), 0) + name
        entries += CENTRAL.pack(b"PK\x01\x02", 20, 20, 0, 8, 0, 33, 0, len(body), 2**20, len(name), 0, 0, 0, 0, 0, at) + name
        files += header + body
        at += len(header) + len(body)
    ending = END.pack(b"PK\x05\x06", 0, 0, count, count, len(entries), at, 0)
    with pytest.raises(ArchiveUnsafe) as refused:
        open_archive(io.BytesIO(files + entries + ending))
    assert refused.value.hazard is Hazard.TOO_LARGE


def test_a_file_that_unpacks_to_more_than_declared_is_stopped_there() -> None:
    whole = packed("a.txt", method=zipfile.ZIP_DEFLATED)
    opened = open_archive(io.BytesIO(central_field(whole, 24, "<I", 100)))
    with pytest.raises(MemberUnreadable, match="more"):
        list(opened.pieces(opened.members[0]))


def test_a_file_that_unpacks_to_less_than_declared_is_refused() -> None:
    whole = packed("a.txt", method=zipfile.ZIP_DEFLATED)
    opened = open_archive(io.BytesIO(central_field(whole, 24, "<I", 651)))
    with pytest.raises(MemberUnreadable, match="less"):
        list(opened.pieces(opened.members[0]))


def test_a_stream_that_shrinks_while_it_is_read_is_refused() -> None:
    stream = io.BytesIO(packed("a.txt"))
    opened = open_archive(stream)
    stream.truncate(100)
    with pytest.raises(MemberUnreadable, match="cut short"):
        list(opened.pieces(opened.members[0]))


def test_bytes_that_do_not_inflate_are_refused() -> None:
    whole = packed("a.txt", method=zipfile.ZIP_DEFLATED)
    at = LOCAL.size + len("a.txt")
    opened = open_archive(io.BytesIO(whole[:at] + b"\xff" * 10 + whole[at + 10 :]))
    with pytest.raises(MemberUnreadable):
        list(opened.pieces(opened.members[0]))


def test_a_deflated_file_with_a_tail_is_refused() -> None:
    """A stream that ends before the packed bytes do would hide what follows."""
    whole = both(packed("a.txt"), 8, 10, "<H", 8)
    at = LOCAL.size + len("a.txt")
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflater.compress(CONTENT) + deflater.flush()
    opened = open_archive(io.BytesIO(whole[:at] + body + whole[at + len(body) :]))
    with pytest.raises(MemberUnreadable, match="end"):
        list(opened.pieces(opened.members[0]))


def test_a_small_file_that_is_large_is_not_read_whole() -> None:
    opened = open_archive(io.BytesIO(packed("a.txt")))
    with pytest.raises(MemberUnreadable, match="larger"):
        opened.read(opened.members[0], limit=10)


def test_an_archive_written_to_a_pipe_has_late_sizes_and_is_read() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, octets: object) -> int:
            self.written += bytes(octets)  # type: ignore[call-overload]  # the stream passes a buffer
            return len(octets)  # type: ignore[arg-type]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.txt", CONTENT)
        opened.writestr("b.txt", CONTENT)
    archive = open_archive(io.BytesIO(bytes(pipe.written)))
    assert [b"".join(archive.pieces(member)) for member in archive.members] == [CONTENT, CONTENT]
    assert not archive.is_as_written


def test_a_large_evidence_file_is_written_and_verified_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "dossier.zip"
    tracemalloc.start()
    write_large_dossier(path, megabytes=64)
    with path.open("rb") as stream:
        verdict = verify_dossier(stream, trust=parts.trust(), today=parts.DAY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert verdict.conclusion is Conclusion.HOLDS
    assert peak < 24 << 20
