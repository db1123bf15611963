"""Parts of names as bytes: what an index keeps of each word, and what the compiled kernel reads.

One record: a byte of role (0 to 3), well-known given name (4), title or particle (8), gender (16, 32) and wide letters (128);
bytes for script, numbers of skeletons, classes and fathers, three rarities, length of the plain letters; those letters, the
classes and the fathers in two bytes each; for each skeleton its doubt (two bytes), its length and its letters (a byte each, two
where wide).
"""

from struct import pack, unpack_from

from safeconduct.core.names.parts import GIVEN, INITIAL, PATRONYMIC, SURNAME, Part, consonants, is_neutral
from safeconduct.core.names.text import Script, Token

ROLES = (SURNAME, GIVEN, PATRONYMIC, INITIAL)
SCRIPTS = tuple(Script)
GENDERS = ("", "m", "f")


def packed(part: Part) -> bytes:
    """The record of a part."""
    wide = not all(skeleton.isascii() for skeleton in part.skeletons)
    flags = ROLES.index(part.role) | 4 * part.is_known_given | 8 * is_neutral(part.token)
    flags |= 16 * GENDERS.index(part.gender) | 128 * wide
    plain = part.token.plain
    head = (flags, SCRIPTS.index(part.token.script), len(part.skeletons), len(part.classes), len(part.fathers))
    numbers = (*map(ord, plain), *sorted(part.classes), *sorted(part.fathers))
    found = [pack(f"<9B{len(numbers)}H", *head, *part.rarity, len(plain), *numbers)]
    for doubt, skeleton in zip(part.doubts, part.skeletons, strict=True):
        found.append(pack("<HB", doubt, len(skeleton)))
        found.append(skeleton.encode("utf-16-le" if wide else "ascii"))
    return b"".join(found)


def unpacked(record: bytes) -> Part:
    """The part of a record; what was written is not in it, nor are its keys."""
    flags, script, skeletons, classes, fathers, *rarity, length = record[:9]
    numbers = unpack_from(f"<{length + classes + fathers}H", record, 9)
    at, wide = 9 + 2 * len(numbers), flags >> 7
    doubts, sounds = [], []
    for _ in range(skeletons):
        doubt, letters = unpack_from("<HB", record, at)
        end = at + 3 + letters * (1 + wide)
        doubts.append(doubt)
        sounds.append(record[at + 3 : end].decode("utf-16-le" if wide else "ascii"))
        at = end
    role = ROLES[flags & 3]
    plain = "".join(map(chr, numbers[:length]))
    return Part(
        Token(plain, plain, SCRIPTS[script], "", role == INITIAL),
        role,
        tuple(doubts),
        tuple(sounds),
        *consonants(tuple(sounds)),
        frozenset(numbers[length : length + classes]),
        (),
        GENDERS[flags >> 4 & 3],
        bool(flags & 4),
        frozenset(numbers[length + classes :]),
        (rarity[0], rarity[1], rarity[2]),
    )
