"""Safe copies in a process of their own: it can open nothing, write nothing to a disk, and is ended when it takes too long.

The bytes of somebody unknown are parsed by libraries in C. Whatever goes wrong there happens to a child process that has
three open pipes, no way to a fourth, a share of memory and of time, and no key.
"""

import hashlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from safeconduct.core.captures.model import Capture
from safeconduct.core.copies import Copy, CopyRefused, Limit, Note, Page, Refusal
from safeconduct.core.redaction.regions import Region

_MEMORY_BYTES = 1_600 * 1024**2
_PROCESSOR_S = 40
_PATIENCE_S = 60
_MOST_OUTPUT_BYTES = 400 * 1024**2
_MOST_PRINTS = 12
"""Pages whose looks are remembered."""
_SOURCE = Path(__file__).resolve().parent.parent


class _Task(StrEnum):
    COPY = "copy"
    CAPTURE = "capture"
    CLEAN = "clean"
    REDACT = "redact"
    HINTS = "hints"


@dataclass(frozen=True, repr=False)
class Answer:
    """What the child said: a header and the bytes behind it."""

    header: dict[str, Any]  # Any: JSON
    content: bytes


def copy_of(kind: str, content: bytes) -> Copy:
    """A safe copy, made by a child process. Raises CopyRefused with the reason where there is none."""
    return _copy(_ask(_Task.COPY, kind, content))


def _copy(answer: Answer) -> Copy:
    pages, at = [], 0
    for size, width, height in answer.header["pages"]:
        pages.append(Page(answer.content[at : at + size], width, height))
        at += size
    words = answer.content[at:].decode()
    notes = tuple(Note(note) for note in answer.header["notes"])
    return Copy(tuple(pages), words, notes, tuple(tuple(each) for each in answer.header["prints"]))


def capture_of(kind: str, content: bytes) -> tuple[Capture, Copy]:
    """What a capture of the web says and what can be shown of it, by a child process. CopyRefused as `core.captures` does."""
    answer = _ask(_Task.CAPTURE, kind, content)
    return Capture.from_value(answer.header["capture"]), _copy(answer)


def cleaned(kind: str, content: bytes) -> bytes:
    """The file without metadata, made by a child process. Raises CopyRefused as `core.copies.cleaned` does."""
    return _ask(_Task.CLEAN, kind, content).content


def redacted(kind: str, content: bytes, regions: Sequence[Region]) -> tuple[str, bytes]:
    """Media type and bytes of the file with regions painted over, by a child process. CopyRefused as `core.redaction.redact`."""
    answer = _ask(_Task.REDACT, kind, content, [region.to_value() for region in regions])
    return answer.header["kind"], answer.content


def device_hints(kind: str, content: bytes) -> list[str]:
    """What a picture tells of the device that made it, read by a child process. CopyRefused as `core.copies.device_hints`."""
    hints: list[str] = _ask(_Task.HINTS, kind, content).header["hints"]
    return hints


def _ask(task: _Task, kind: str, content: bytes, regions: Sequence[Any] = ()) -> Answer:  # Any: regions as JSON
    if len(content) > Limit.FILE_BYTES:
        raise CopyRefused(Refusal.TOO_LARGE)
    header = json.dumps({"task": task, "kind": kind, "regions": regions}).encode() + b"\n"
    child = subprocess.Popen(
        [sys.executable, "-B", "-s", "-m", "safeconduct.copyist"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # A parser's complaints may quote what it parses.
        env={"PYTHONPATH": str(_SOURCE), "LANG": "C.UTF-8"},
        close_fds=True,
    )
    try:
        said, _ = child.communicate(header + content, timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise CopyRefused(Refusal.TOO_LONG) from None
    return _understood(said, child.returncode)


def _understood(said: bytes, code: int) -> Answer:
    # A child that was ended by its limits, or crashed, says nothing or half of it.
    if code != 0 or len(said) > _MOST_OUTPUT_BYTES:
        raise CopyRefused(Refusal.TOO_LONG)
    line, _, content = said.partition(b"\n")
    header = json.loads(line)
    if "refused" in header:
        raise CopyRefused(Refusal(header["refused"]))
    return Answer(header, content)


def main(source: BinaryIO, target: BinaryIO) -> None:
    """The child: read one task, answer it, end."""
    line = source.readline()
    task = json.loads(line)
    _load_everything()
    _lock_in()
    target.write(_done(_Task(task["task"]), task["kind"], task["regions"], source.read()))
    target.flush()


def _done(task: _Task, kind: str, regions: Sequence[Any], content: bytes) -> bytes:  # Any: regions as JSON
    from safeconduct.core import captures, copies, redaction

    more: dict[str, Any] = {}  # Any: JSON
    try:
        if task is _Task.CLEAN:
            return b"{}\n" + copies.cleaned(kind, content)
        if task is _Task.HINTS:
            return json.dumps({"hints": copies.device_hints(kind, content)}).encode()
        if task is _Task.REDACT:
            drawn = redaction.redact(kind, content, [Region.from_value(region) for region in regions])
            return json.dumps({"kind": drawn.kind}).encode() + b"\n" + drawn.content
        if task is _Task.CAPTURE:
            capture, copy = captures.open_capture(kind, content)
            more = {"capture": capture.to_value()}
        else:
            copy = copies.make_copy(kind, content)
    except CopyRefused as refused:
        return json.dumps({"refused": refused.reason}).encode()
    except MemoryError:
        return json.dumps({"refused": Refusal.TOO_LONG}).encode()
    header = {"pages": [[len(page.content), page.width, page.height] for page in copy.pages], "notes": list(copy.notes), **more}
    header["prints"] = [copies.print_of(page.content) for page in copy.pages[:_MOST_PRINTS]]
    return b"".join([json.dumps(header).encode(), b"\n", *(page.content for page in copy.pages), copy.words.encode()])


def _load_everything() -> None:
    """What the libraries would look for later, when nothing can be opened any more."""
    from PIL import Image

    import safeconduct.core.captures
    import safeconduct.core.copies
    import safeconduct.core.redaction  # noqa: F401  # loaded, not used here

    Image.init()
    "".encode("idna")
    hashlib.new("md5", usedforsecurity=False)
    "".encode("cp437")


def _lock_in() -> None:
    """From here on: no file and no socket can be opened, nothing grows beyond its share, a crash leaves no trace."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_S, _PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
