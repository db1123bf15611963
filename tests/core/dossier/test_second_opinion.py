"""Whatever is done to a dossier, the second reader comes to the same conclusion for the same reasons."""

import io
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.core.dossier import verify_dossier
from tests.core.dossier import parts
from tests.core.dossier.tampering import Files, as_is, repacked, true_files, with_new_lists, with_new_manifest
from tests.core.test_second_reader import READER, install, require_node

TRUE = parts.dossier_bytes()
COUNT = 120


def mangled(chance: random.Random) -> Iterator[bytes]:
    """Packages with bytes changed, cut off, exchanged between files, or files gone; half of them with lists that agree again."""
    for _ in range(COUNT):
        kind = chance.random()
        if kind < 0.15:
            yield TRUE[: chance.randrange(len(TRUE))]
        elif kind < 0.35:
            at = chance.choice([chance.randrange(len(TRUE)), len(TRUE) - chance.randrange(1, 1500)])
            yield TRUE[:at] + bytes([TRUE[at] ^ chance.randrange(1, 256)]) + TRUE[at + 1 :]
        else:
            forger = chance.choice([as_is, with_new_lists, with_new_manifest])
            yield repacked(forger(mixed_up(true_files(), chance)))


def mixed_up(files: Files, chance: random.Random) -> Files:
    for _ in range(chance.randrange(1, 4)):
        path, act = chance.choice(sorted(files)), chance.randrange(4)
        content = files[path]
        at = chance.randrange(len(content)) if content else 0
        if act == 0 and len(files) > 1:
            del files[path]
        elif act == 1:
            files[path] = content[:at]
        elif act == 2:
            files[path] = files[chance.choice(sorted(files))]
        else:
            files[path] = content[:at] + bytes([chance.choice(b'Aa0",}:]\n')]) + content[at + 1 :]
    return files


@pytest.mark.foreign
def test_two_programs_find_the_same_in_whatever_was_done_to_a_dossier(tmp_path: Path) -> None:
    require_node()
    install()
    (tmp_path / "trust.json").write_bytes(parts.trust().encode())
    # Not a secret: the same packages on every machine.
    packages = list(mangled(random.Random(11)))
    paths = [tmp_path / f"{number:03}.zip" for number in range(len(packages))]
    for path, package in zip(paths, packages, strict=True):
        path.write_bytes(package)
    program = ["node", "verify.mjs", str(tmp_path / "trust.json"), parts.DAY.isoformat(), *map(str, paths)]
    ended = subprocess.run(program, cwd=READER, capture_output=True, text=True, check=True, timeout=300)
    said = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(said) == len(packages)
    for number, (package, theirs) in enumerate(zip(packages, said, strict=True)):
        ours = verify_dossier(io.BytesIO(package), trust=parts.trust(), today=parts.DAY)
        problems = {f"{each.check.value}:{problem.reason.value}" for each in ours.findings for problem in each.problems}
        assert (number, theirs) == (number, {"conclusion": ours.conclusion.value, "problems": sorted(problems)})
