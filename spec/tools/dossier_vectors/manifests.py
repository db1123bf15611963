"""Manifests that are not of their form: a bag of nothing but its declaration and the manifest."""

from collections.abc import Iterator
from typing import Any

from dossier_vectors import parts
from dossier_vectors.parts import DECLARATION, TODAY, Vector, octets, packed
from safeconduct.core import canonical

ALONE = "bag:list-unreadable nothing-added:added manifest:form"


def refused() -> Iterator[Vector]:
    """One field at a time, in a manifest that is else of its form."""
    true = parts.manifest({})
    item = {"path": "data/claims.json", "kind": "claims", "size": 1, "sha256": "0" * 64, "sha512": "0" * 128}
    log = true["logs"][0]
    changed: list[tuple[str, str, parts.Value]] = [
        ("later", "Version 2.", {"v": 2}),
        ("true-version", "A truth value for the version.", {"v": True}),
        ("kind", "Another kind.", {"kind": "referral"}),
        ("version", "Version 0 of the dossier.", {"version": 0}),
        ("language", "A language that is none of the three.", {"language": "de"}),
        ("turned", "A recipient that turns the order of reading.", {"recipient": "Ministry\u202e"}),
        ("no-such-day", "No day of the calendar.", {"day": "2026-02-30"}),
        ("more", "A field more.", {"person": "Ivan"}),
        ("path", "A path that leads upwards.", {"items": [{**item, "path": "data/../claims.json"}]}),
        ("item-kind", "An item of another kind than its path.", {"items": [{**item, "kind": "evidence"}]}),
        ("item-twice", "An item twice.", {"items": [item, item]}),
        ("unordered", "Organisations out of order.", {"organisations": true["organisations"][::-1]}),
        ("role", "A clock among the evaluators.", {"evaluators": [true["evaluators"][0], parts.clock()]}),
        ("clock-role", "An evaluator as a clock.", {"time_stamper": true["evaluators"][1]}),
        ("log-key", "A log's key of small order.", {"logs": [{**log, "key": octets(b"\x00" * 32)}]}),
        ("key", "A key of another size.", {"organisations": [{"id": "lantern", "name": "Lantern", "key": "AAAA"}]}),
        ("object", "An identifier with a letter that identifiers lack.", {"objects": ["oooooooooooooooo"]}),
    ]
    for name, why, changes in changed:
        yield vector(name, why, canonical.encode({**true, **changes}))
    yield vector("spaces", "A line end follows.", canonical.encode(true) + b"\n")
    del true["recipient"]
    yield vector("less", "A field less.", canonical.encode(true))


def vector(name: str, why: str, manifest: bytes, **lines: Any) -> Vector:
    """The bag that holds it."""
    body = packed({"bagit.txt": DECLARATION, "manifest.json": manifest})
    return Vector(
        f"manifest-{name}", "bag", why, body, lines={"today": TODAY, "trust": "trust-plain", "findings": ALONE, **lines}
    )
