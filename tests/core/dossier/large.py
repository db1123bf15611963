"""A dossier with one large piece of evidence, made and written piece by piece."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from safeconduct.core.dossier import EvidenceFile, EvidenceShown, compose, enclose, write_dossier
from tests.core.dossier import parts

_PIECE = bytes(range(256)) * 4096


def write_large_dossier(path: Path, *, megabytes: int) -> None:
    """Write it to a file; the evidence is `megabytes` MiB of no meaning."""

    def pieces() -> Iterator[bytes]:
        for _ in range(megabytes):
            yield _PIECE

    enclosed = enclose([EvidenceFile("video", "mp4", pieces)])
    shown = EvidenceShown(title="Vidéo", source="Remise par la personne", day="2022", shows="…", file=enclosed[0].item)
    content = replace(parts.content(()), evidence=(shown,), chronology=(), claims=())
    draft = compose(content, enclosed, parts.proofs())
    with path.open("wb") as stream:
        envelopes, released = parts.attested(draft)
        write_dossier(draft, envelopes, released, stream, stamped=parts.stamped(draft, released))
