"""Writes spec/vectors/custody/*.txt: one file, one outcome. Run it again and the same bytes come out.

Everything is made from parts with fixed keys and a fixed day; nothing is random.
"""

import base64
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safeconduct.core import canonical
from safeconduct.core.custody import (
    Frontier,
    consistency_path,
    inclusion_path,
    key_hash,
    leaf_hash,
    root_of,
    sign_note,
)

HERE = Path(__file__).resolve().parent.parent / "vectors" / "custody"
ORIGIN = "safeconduct/custody/north"
LOG = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
PUBLIC = LOG.public_key().public_bytes_raw()
ENTRY: Mapping[str, canonical.Value] = {
    "v": 1,
    "organisation": "north",
    "index": 4,
    "day": "2026-11-22",
    "act": "record.read",
    "actor": "abcdefgh23456789",
    "object": "zyxwvutsrqpnmkj2",
    "purpose": "handling",
}


@dataclass(frozen=True)
class Vector:
    """One file: its name, what must come of it, why, and what the reader is given."""

    name: str
    expect: str
    why: str
    kind: str
    body: bytes
    inputs: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Header lines, an empty line, the bytes."""
        lines = {"expect": self.expect, "why": self.why, "kind": self.kind, **self.inputs}
        return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode() + b"\n" + self.body


def entry(**changes: canonical.Value) -> bytes:
    """The canonical bytes of the entry with fields changed."""
    return canonical.encode({**ENTRY, **changes})


LEAVES = [leaf_hash(entry(index=index)) for index in range(13)]


def entries() -> Iterator[Vector]:
    """Entries, and what only looks like one."""

    def refused(name: str, stage: str, why: str, body: bytes) -> Vector:
        return Vector(f"entry-{name}", stage, why, "entry", body)

    good = entry()
    for name, body in {
        "plain": good,
        "applicant": entry(actor="applicant", act="message.sent", purpose="conversation"),
        "system": entry(actor="system", object="none", act="checkpoint.signed", purpose="audit"),
        "own-thing": entry(object="desk:new-dawn", act="grant.given", purpose="keys"),
        "leap-day": entry(day="2028-02-29", index=0),
    }.items():
        why = "Every field is in its form; the leaf hash is given."
        yield Vector(f"entry-{name}", "success", why, "entry", body, {"leaf": leaf_hash(body).hex()})
    yield refused("empty", "form", "No bytes are no JSON.", b"")
    yield refused("spaces", "form", "Insignificant space is not canonical.", good.replace(b":", b": "))
    yield refused("line-end", "form", "A byte after the object.", good + b"\n")
    unsorted = good.replace(b'"v":1}', b"}").replace(b'{"act"', b'{"v":1,"act"').replace(b",}", b"}")
    yield refused("unsorted", "form", "Keys are not in order.", unsorted)
    yield refused("duplicate", "form", "A key stands twice.", good.replace(b',"v":1}', b',"v":1,"v":1}'))
    yield refused("float", "form", "A number with a fraction.", good.replace(b'"v":1', b'"v":1.0'))
    yield refused("escaped", "form", "A letter is escaped that needs none.", good.replace(b"north", b"\\u006eorth"))
    yield refused("bom", "form", "A byte order mark stands before the object.", b"\xef\xbb\xbf" + good)
    yield refused("latin", "form", "Not UTF-8.", good.replace(b"north", b"n\xf6rth"))
    yield refused("list", "entry", "JSON, but a list.", b"[]")
    yield refused("later-version", "entry", "Version 2 is unknown.", entry(v=2))
    yield refused("true-version", "entry", "True is not the integer 1.", entry(v=True))
    yield refused("extra-field", "entry", "A field too many could carry anything.", entry(note="hello"))
    yield refused("missing-field", "entry", "No purpose.", good.replace(b',"purpose":"handling"', b""))
    fields: list[tuple[str, str, canonical.Value, str]] = [
        ("name-for-actor", "actor", "Ivan Petrov", "A person's name is no identifier."),
        ("address-for-actor", "actor", "ivan@example.org", "An address of 16 characters is no identifier."),
        ("short-identifier", "actor", "abcdefgh2345678", "Fifteen characters."),
        ("confusable-identifier", "object", "abcdefgh0l23456i", "Characters outside the alphabet."),
        ("unknown-own-thing", "object", "person:north", "Only an organisation has own things."),
        ("act-in-capitals", "act", "Record.Read", "Acts are in lower case."),
        ("unknown-act", "act", "record.copied", "Not a word of the list."),
        ("unknown-purpose", "purpose", "curiosity", "Not a word of the list."),
        ("no-such-day", "day", "2026-02-29", "2026 has no leap day."),
        ("moment-for-day", "day", "2026-11-22T09", "A time of day says too much."),
        ("organisation-hyphens", "organisation", "new--dawn", "Two hyphens together."),
        ("negative-index", "index", -1, "Positions begin at 0."),
        ("text-index", "index", "4", "A number written as text."),
    ]
    for name, field_name, value, why in fields:
        yield refused(name, "entry", why, entry(**{field_name: value}))


def trees() -> Iterator[Vector]:
    """Frontiers and paths; the body is the encoded frontier or the hashes of a path."""
    for size in (0, 1, 7, 12):
        frontier = Frontier().extend(LEAVES[:size])
        inputs = {
            "root": frontier.root().hex(),
            "leaf": LEAVES[size].hex(),
            "appended": frontier.append(LEAVES[size]).encode().hex(),
        }
        why = "Size, root, and the encoding after one more leaf."
        yield Vector(f"frontier-{size}", "success", why, "frontier", frontier.encode(), inputs)
    encoded = Frontier().extend(LEAVES[:7]).encode()
    for name, body, why in [
        ("cut", encoded[:-1], "The last hash is cut."),
        ("extended", encoded + b"\0", "A byte after the last hash."),
        ("no-size", encoded[:7], "Shorter than a size."),
        ("other-size", b"\0" * 7 + b"\x06" + encoded[8:], "Three hashes, but the size has two bits."),
        ("out-of-range", b"\0\x20" + b"\0" * 6 + LEAVES[0], "A size of 2^53."),
    ]:
        yield Vector(f"frontier-{name}", "form", why, "frontier", body)
    yield from inclusions()
    yield from consistencies()


def inclusions() -> Iterator[Vector]:
    """Inclusion paths; the body is the hashes, lowest first."""

    def vector(name: str, expect: str, why: str, path: list[bytes], **changes: str) -> Vector:
        inputs = {
            "leaf": LEAVES[4].hex(),
            "index": "4",
            "size": "13",
            "root": root_of(LEAVES).hex(),
            **changes,
        }
        return Vector(f"inclusion-{name}", expect, why, "inclusion", b"".join(path), inputs)

    path = inclusion_path(LEAVES, 4)
    yield vector("inner", "success", "Leaf 4 of 13.", path)
    last = {"leaf": LEAVES[12].hex(), "index": "12"}
    yield vector("last", "success", "The lone last leaf of 13.", inclusion_path(LEAVES, 12), **last)
    alone = {"size": "1", "index": "0", "root": LEAVES[4].hex()}
    yield vector("alone", "success", "A tree of one leaf has an empty path.", [], **alone)
    yield vector("other-index", "inclusion", "Leaf 4's path, offered for 5.", path, index="5")
    yield vector("other-size", "inclusion", "The path of another size.", path, size="29")
    yield vector("outside", "inclusion", "The index is the size.", path, index="13")
    yield vector("short", "inclusion", "The last hash is missing.", path[:-1])
    yield vector("long", "inclusion", "A hash too many.", [*path, LEAVES[0]])
    yield vector("swapped", "inclusion", "Two hashes in each other's place.", [path[1], path[0], *path[2:]])
    inner = {"leaf": root_of(LEAVES[4:8]).hex(), "index": "1"}
    yield vector("inner-node-as-leaf", "inclusion", "An inner node is no leaf of the tree.", path[2:], **inner)
    yield vector("other-root", "inclusion", "The root of the first 12.", path, root=root_of(LEAVES[:12]).hex())


def consistencies() -> Iterator[Vector]:
    """Consistency paths; the body is the hashes."""

    def vector(name: str, expect: str, why: str, earlier: int, path: list[bytes], **changes: str) -> Vector:
        inputs = {
            "earlier-size": str(earlier),
            "earlier-root": root_of(LEAVES[:earlier]).hex(),
            "size": "13",
            "root": root_of(LEAVES).hex(),
            **changes,
        }
        return Vector(f"consistency-{name}", expect, why, "consistency", b"".join(path), inputs)

    for earlier in (0, 6, 8, 13):
        path = consistency_path(LEAVES, earlier)
        yield vector(f"from-{earlier}", "success", f"The first {earlier} of 13.", earlier, path)
    path = consistency_path(LEAVES, 6)
    other = root_of(LEAVES[1:7]).hex()
    yield vector("other-past", "consistency", "Another six entries.", 6, path, **{"earlier-root": other})
    yield vector("other-future", "consistency", "Another root.", 6, path, root=root_of(LEAVES[:12]).hex())
    yield vector("shrunk", "consistency", "The earlier tree is larger.", 13, [], size="6")
    yield vector("short", "consistency", "The last hash is missing.", 6, path[:-1])
    yield vector("long", "consistency", "A hash too many.", 6, [*path, LEAVES[0]])
    yield vector("empty", "consistency", "No path between different sizes.", 6, [])
    yield vector("needless", "consistency", "A path where none is needed.", 13, [LEAVES[0]])
    nothing = {"earlier-root": LEAVES[0].hex()}
    yield vector("empty-with-root", "consistency", "An empty tree has the empty root.", 0, [], **nothing)


def note(*lines: str, key: Ed25519PrivateKey = LOG, name: str = ORIGIN) -> bytes:
    """A signed note over lines."""
    public = key.public_key().public_bytes_raw()
    return sign_note("".join(line + "\n" for line in lines), name=name, public_key=public, sign=key.sign)


def checkpoint(leaves: list[bytes], *, key: Ed25519PrivateKey = LOG) -> bytes:
    """The signed checkpoint over leaves."""
    return note(ORIGIN, str(len(leaves)), base64.b64encode(root_of(leaves)).decode(), key=key)


def checkpoints() -> Iterator[Vector]:
    """Signed notes; the reader is given the log's public key and the expected origin."""
    inputs = {"key": PUBLIC.hex(), "origin": ORIGIN}
    good = checkpoint(LEAVES)
    text, line = good.split(b"\n\n")
    root = base64.b64encode(root_of(LEAVES)).decode()
    witness = note(ORIGIN, "13", root, key=STRANGER, name="witness").split(b"\n\n")[1]

    def vector(name: str, expect: str, why: str, body: bytes) -> Vector:
        opened = {"size": "13", "root": root_of(LEAVES).hex()} if expect == "success" else {}
        return Vector(f"checkpoint-{name}", expect, why, "checkpoint", body, {**inputs, **opened})

    def with_signature(signature: bytes) -> bytes:
        encoded = base64.b64encode(key_hash(ORIGIN, PUBLIC) + signature).decode()
        return text + f"\n\n— {ORIGIN} {encoded}\n".encode()

    yield vector("plain", "success", "Signed by the log.", good)
    yield vector("witnessed", "success", "An unknown witness's line is passed over.", good + witness)
    yield vector("unsigned", "note", "No signature line.", text + b"\n")
    yield vector("no-end", "note", "The last line has no end.", good[:-1])
    yield vector("carriage-returns", "note", "Lines end in two characters.", good.replace(b"\n", b"\r\n"))
    yield vector("latin", "note", "Not UTF-8.", b"\xe9" + good)
    yield vector("hyphen", "note", "A hyphen for the dash.", good.replace("—".encode(), b"-"))
    yield vector("base64-space", "note", "A space inside the signature.", good[:-5] + b" " + good[-5:])
    yield vector("stranger", "signature", "Another key of the same name.", checkpoint(LEAVES, key=STRANGER))
    yield vector("witness-only", "signature", "Only a witness signed.", text + b"\n\n" + witness)
    yield vector("twice", "signature", "The log's line stands twice.", good + line)
    yield vector("wrong-signature", "signature", "The key hash fits, the signature not.", with_signature(bytes(64)))
    yield vector("cut-signature", "signature", "63 bytes.", with_signature(LOG.sign(text + b"\n")[:63]))
    yield vector("other-size", "signature", "The size was changed after signing.", good.replace(b"\n13\n", b"\n12\n"))
    other = note("safeconduct/custody/south", "13", root)
    yield vector("other-origin", "checkpoint", "Signed by this key, but over another log.", other)
    yield vector("two-lines", "checkpoint", "No root.", note(ORIGIN, "13"))
    yield vector("extension", "checkpoint", "A fourth line.", note(ORIGIN, "13", root, "more"))
    yield vector("zero-in-front", "checkpoint", "The size begins with 0.", note(ORIGIN, "013", root))
    yield vector("short-root", "checkpoint", "A root of 31 bytes.", note(ORIGIN, "13", root[:-4] + "AA=="))
    yield vector("empty-with-root", "checkpoint", "Size 0 with a root.", note(ORIGIN, "0", root))


def bundles() -> Iterator[Vector]:
    """Proofs; the reader is given the log's public key."""
    path: list[canonical.Value] = [each.hex() for each in inclusion_path(LEAVES, 4)]
    link: list[canonical.Value] = [each.hex() for each in consistency_path(LEAVES, 6)]
    newest, older = checkpoint(LEAVES).decode(), checkpoint(LEAVES[:6]).decode()
    good: dict[str, canonical.Value] = {
        "v": 1,
        "entry": ENTRY,
        "path": path,
        "checkpoint": newest,
        "earlier": {"checkpoint": older, "path": link},
    }

    def vector(name: str, expect: str, why: str, **changes: canonical.Value) -> Vector:
        body = canonical.encode({**good, **changes})
        return Vector(f"proof-{name}", expect, why, "proof", body, {"key": PUBLIC.hex()})

    yield vector("whole", "success", "Entry 4 of 13, and the link to the checkpoint over 6.")
    yield vector("without-earlier", "success", "The older checkpoint may be absent.", earlier=None)
    spaced = canonical.encode(good).replace(b",", b", ")
    yield Vector("proof-spaces", "form", "Not canonical.", "proof", spaced, {"key": PUBLIC.hex()})
    yield vector("later-version", "form", "Version 2 is unknown.", v=2)
    yield vector("extra-field", "form", "A field too many.", more=1)
    yield vector("capital-hash", "form", "A hash in capitals.", path=[str(path[0]).upper(), *path[1:]])
    yield vector("short-hash", "form", "A hash of 31 bytes.", path=[str(path[0])[:62], *path[1:]])
    yield vector("endless-path", "form", "54 hashes.", path=[path[0]] * 54)
    yield vector("name-in-entry", "entry", "A name for the actor.", entry={**ENTRY, "actor": "Ivan"})
    yield vector("edited-entry", "inclusion", "Read became written.", entry={**ENTRY, "act": "record.written"})
    yield vector("moved-entry", "inclusion", "The entry says 5.", entry={**ENTRY, "index": 5})
    yield vector("beyond-the-log", "inclusion", "The entry says 13.", entry={**ENTRY, "index": 13})
    yield vector("older-checkpoint", "inclusion", "The path is that of 13, the head that of 6.", checkpoint=older)
    foreign = {**ENTRY, "organisation": "south"}
    yield vector("other-organisation", "signature", "The key is not of south's log.", entry=foreign)
    forged = checkpoint(LEAVES, key=STRANGER).decode()
    yield vector("stranger", "signature", "Signed by a stranger.", checkpoint=forged)
    yield vector("unsigned", "note", "The text without signature.", checkpoint=newest.split("\n\n")[0] + "\n")
    hello = note("hello").decode()
    yield vector("no-checkpoint", "checkpoint", "The log signed something else.", checkpoint=hello)
    past = checkpoint(LEAVES[1:7]).decode()
    yield vector(
        "other-past",
        "consistency",
        "The older head is of another past.",
        earlier={"checkpoint": past, "path": link},
    )
    yield vector("short-link", "consistency", "A hash is missing.", earlier={"checkpoint": older, "path": link[:-1]})


def vectors() -> Iterator[Vector]:
    """All of them."""
    yield from entries()
    yield from trees()
    yield from checkpoints()
    yield from bundles()


def main(directory: Path) -> None:
    """Write every vector into the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for vector in vectors():
        (directory / f"{vector.name}.txt").write_bytes(vector.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
