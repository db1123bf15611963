"""Writes spec/vectors/sealing/*.txt: one file, one outcome. Run it again and the same bytes come out.

    PYTHONPATH=src python spec/tools/make_sealing_vectors.py [FOLDER]

Whatever the product draws at random is taken from a fixed stream of bytes here (`sealing_vectors/fixed.py`).
"""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from sealing_vectors import codes, files, grants, keys, records, signing, wraps
from sealing_vectors.fixed import Vector

HERE = Path(__file__).resolve().parent.parent / "vectors" / "sealing"


def vectors() -> Iterator[Vector]:
    """Every vector, in the order of the specification's sections."""
    return chain(
        records.contexts(),
        records.sizes(),
        keys.derivations(),
        records.records(),
        keys.sealing_public_keys(),
        grants.grants(),
        wraps.passphrases(),
        wraps.passphrase_wraps(),
        wraps.passkey_wraps(),
        wraps.member_keys(),
        codes.receipts(),
        codes.receipt_words(),
        signing.signing_public_keys(),
        signing.signatures(),
        signing.log_signatures(),
        files.files(),
        codes.recovery_shares(),
        codes.tokens(),
        codes.one_time_codes(),
    )


def main(folder: Path) -> None:
    """Write all vectors into a folder, and remove those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    made: set[str] = set()
    for vector in vectors():
        name = f"{vector.name}.txt"
        if name in made:
            raise ValueError(f"{name} is made twice")
        made.add(name)
        (folder / name).write_bytes(vector.encode())
    for path in folder.glob("*.txt"):
        if path.name not in made:
            path.unlink()
    print(f"{len(made)} vectors")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
