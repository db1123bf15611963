"""The specification names whatever the code has: a reader is written from it alone."""

import re
from pathlib import Path

from safeconduct.core import sealing
from safeconduct.core.sealing.layout import Kind
from safeconduct.core.sealing.passphrases import Profile
from tests.core.sealing.vectors import SPEC

TEXT = (SPEC / "sealing-v1.md").read_text(encoding="utf-8")
SOURCE = "".join(path.read_text() for path in sorted(Path(sealing.__file__).parent.glob("*.py")))


def test_every_kind_stage_and_profile_is_specified() -> None:
    assert not [kind for kind in Kind if f"`0x{kind:02x}`" not in TEXT]
    assert not [stage for stage in sealing.Stage if f"| `{stage.value}` |" not in TEXT]
    assert not [profile for profile in Profile if f"| `0x{profile:02x}` |" not in TEXT]


def test_every_purpose_of_a_derivation_is_specified() -> None:
    purposes = set(re.findall(r'(?:purpose_string\(|derive\([^()]*(?:\(\))?, )b"([a-z/-]+)"', SOURCE))
    assert {"record/", "grant", "file/", "section-key", "token", "signature"} <= purposes
    assert not [purpose for purpose in purposes if f'"{purpose}"' not in TEXT]


def test_sizes_of_the_specification_are_those_of_the_code() -> None:
    context = sealing.Context("o", "s", "", "", 1)
    reader, signer = sealing.SealingPrivateKey.generate(), sealing.SigningPrivateKey.generate()
    sizes = {
        "1,218 bytes": len(reader.public_key().encode()) == 1218,
        "1,986": len(signer.public_key().encode()) == 1986,
        "3,375 bytes": len(sealing.sign(signer, "a", b"")) == 3375,
        "98 bytes": len(sealing.MemberKeys.generate().encode()) == 98,
        "| 1170 |": len(sealing.seal_to(reader.public_key(), context, b"")) == 1170 + 64 + 256 + 16,
    }
    assert all(size in TEXT and is_so for size, is_so in sizes.items())
