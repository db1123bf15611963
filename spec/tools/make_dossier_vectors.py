"""Writes spec/vectors/dossier/*.txt: one file, one outcome. Run it again and the same bytes come out.

PYTHONPATH=src python spec/tools/make_dossier_vectors.py [FOLDER]
"""

import sys
from pathlib import Path

from dossier_vectors import containers, dossiers, manifests, papers

HERE = Path(__file__).resolve().parent.parent / "vectors" / "dossier"


def main(folder: Path) -> None:
    """Write all vectors into a folder, and remove those that are no longer made."""
    folder.mkdir(parents=True, exist_ok=True)
    vectors = [
        *containers.refused(),
        *dossiers.honest(),
        *dossiers.forged(),
        *dossiers.astray(),
        *dossiers.timed(),
        *dossiers.trusted(),
        *manifests.refused(),
        *papers.trusts(),
        *papers.refused_trusts(),
        *papers.notices(),
    ]
    names = {f"{vector.name}.txt" for vector in vectors}
    if len(names) != len(vectors):
        raise ValueError("a vector is made twice")
    for vector in vectors:
        (folder / f"{vector.name}.txt").write_bytes(vector.encode())
    for path in folder.glob("*.txt"):
        if path.name not in names:
            path.unlink()
    print(f"{len(vectors)} vectors")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
