"""How a token may sound: one Slavic skeleton for every script and spelling, its other readings, and coarse keys.

Cyrillic is read letter by letter. Latin is cut into segments (`sch`, `ch`, `ou`, ...), each of which is read in one or more
ways, with weights that were learned for the segment and what stands around it (packs/readings.tsv; tools/train_names.py).
The letters of a skeleton: a e i o u b v g d Z(zh) z k l m n p r s t f h(kh) c(ts) C(ch) S(sh).
"""

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from safeconduct.core.names.text import Script

MOST_READINGS = 4
MOST_KEYS = 4

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "Z", "з": "z", "и": "i", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "v",
    "ф": "f", "х": "h", "ц": "c", "ч": "C", "ш": "S", "щ": "S", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "u", "я": "a", "ә": "a",
    "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ђ": "dZ", "ћ": "C", "љ": "l", "њ": "n", "џ": "dZ", "ј": "i",
    "ҷ": "dZ", "ҳ": "h", "ӣ": "i", "ӯ": "u", "қ": "k", "ѕ": "z", "ѓ": "g", "ќ": "k", "ӏ": "",
}  # fmt: skip
_LETTERS = {
    Script.ARMENIAN: dict(zip("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև", ["a","b","g","d","e","z","e","i","t","Z","i","l","h","c","k","h","dz","g","C","m","i","n","S","o","C","p","dZ","r","s","v","t","r","c","u","p","k","o","f","ev"], strict=True)),
    Script.GEORGIAN: dict(zip("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", ["a","b","g","d","e","v","z","t","i","k","l","m","n","o","p","Z","r","s","t","u","p","k","g","k","S","C","c","dz","c","C","h","dZ","h"], strict=True)),
    Script.GREEK: dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", ["a","v","g","d","e","z","i","t","i","k","l","m","n","ks","o","p","r","s","s","t","i","f","h","ps","o"], strict=True)),
    Script.ARABIC: dict(zip("ابپتثجچحخدذرزژسشصضطظعغفقکكگلمنوؤهةیيىئأإآء", ["a","b","p","t","s","dZ","C","h","h","d","z","r","z","Z","s","S","s","d","t","z","a","g","f","k","k","k","g","l","m","n","u","u","h","a","i","i","a","i","a","a","a",""], strict=True)),
}  # fmt: skip
SEGMENTS = (
    "schtsch stsch shch chtch tchtch szcz tzsch dsch "
    "sch tch tsch dzh dsh cia cie zia zie sia sie you iou yaa "
    "ch kh gh ph th zh sh cz sz rz ts tz dj dz dž dź gn gl gu qu ck cs cc zs ss šč śc "
    "ou oo ee au eu ei ey ai ay oi oy ui uy yi iy ij yj ii yy "
    "ia ya ja ie ye je io yo jo iu yu ju jö ië jü ea ae oe ue "
    "a b c d e f g h i j k l m n o p q r s t u v w x y z š ž č ć ś ź ń ň ř ş ç ğ ö ü ä ł ı ə ñ ż ę ą ë"
).split()
_SEGMENT = re.compile("|".join(sorted(SEGMENTS, key=len, reverse=True)))
_FRONT, _BACK = frozenset("eiyéèëjęı"), frozenset("aouöüäąə")
_VOWELS = frozenset("aeiou")


class Reading(NamedTuple):
    """One way to read a token: its skeleton and the logarithm of its weight (natural, at most 0)."""

    skeleton: str
    weight: float


Table = dict[str, tuple[tuple[str, float], ...]]
"""Segment with its surroundings to outputs with natural logarithms of their weights, best first."""


@lru_cache(maxsize=1)
def table() -> Table:
    """The learned readings."""
    text = resources.files(__package__).joinpath("packs/readings.tsv").read_text(encoding="utf-8")
    found: Table = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, *outputs = line.split("\t")
            found[key] = tuple((pair.rpartition(":")[0], int(pair.rpartition(":")[2]) / -100) for pair in outputs)
    return found


def segments(plain: str) -> list[str]:
    """Latin letters as segments, each with what stands before and behind it: `^sch+` begins the token before a back vowel."""
    found = _SEGMENT.findall(plain)
    keys = []
    before = "^"
    for place, segment in enumerate(found):
        behind = _behind(found[place + 1]) if place + 1 < len(found) else "$"
        keys.append(f"{before}{segment}{behind}")
        before = "v" if segment[-1] in _FRONT or segment[-1] in _BACK else "c"
    return keys


def _behind(following: str) -> str:
    return "-" if following[0] in _FRONT else "+" if following[0] in _BACK else "c"


@lru_cache(maxsize=200_000)
def readings(plain: str, script: Script) -> tuple[Reading, ...]:
    """The likely readings of a token, best first, at most four; one alone in scripts that say how they sound."""
    if script is Script.CYRILLIC:
        return (Reading(settled("".join(CYRILLIC.get(c, "") for c in plain)) or plain, 0.0),)
    if script is Script.LATIN:
        return latin_readings(plain, table())
    if script is Script.GREEK:
        plain = plain.replace("ου", "у").replace("μπ", "b")
    letters = _LETTERS.get(script)
    if letters is None:
        return (Reading(plain[:16], 0.0),)
    return (Reading(settled("".join(letters.get(c, CYRILLIC.get(c, "")) for c in plain)) or plain, 0.0),)


def latin_readings(plain: str, learned: Table) -> tuple[Reading, ...]:
    """As `readings`, for Latin letters and a given table."""
    beam: list[tuple[str, float]] = [("", 0.0)]
    for key in segments(plain):
        outputs = learned.get(key) or learned.get(key[1:-1]) or ((key[1:-1][:1], 0.0),)
        if len(outputs) == 1:
            beam = [(text + outputs[0][0], weight + outputs[0][1]) for text, weight in beam]
        else:
            beam = [(text + output, weight + w) for text, weight in beam for output, w in outputs]
            if len(beam) > 12:
                beam.sort(key=lambda pair: -pair[1])
                del beam[8:]
    best: dict[str, float] = {}
    for text, weight in sorted(beam, key=lambda pair: -pair[1]):
        best.setdefault(settled(text) or plain, weight)
    return tuple(Reading(text, weight) for text, weight in list(best.items())[:MOST_READINGS])


_SETTLED = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"i(?=[aeou])"), ""),
)


def settled(skeleton: str) -> str:
    """Without doubled letters and without i before a vowel: Lilia, Lilija and Lilya are one."""
    for pattern, replacement in _SETTLED:
        skeleton = pattern.sub(replacement, skeleton)
    return skeleton


_COARSE = str.maketrans({"a": "", "e": "", "i": "", "o": "", "u": ""})


def coarse(skeleton: str) -> str:
    """The consonants, with a mark where a vowel begins; the vowels too (in three kinds) where fewer than three consonants stand."""
    bones = skeleton.translate(_COARSE)
    first = "A" if skeleton[:1] in _VOWELS else ""
    return first + bones


@lru_cache(maxsize=200_000)
def keys_of(plain: str, script: Script) -> tuple[str, ...]:
    """The coarse keys of a token, best first, at most four."""
    found: dict[str, None] = {}
    for reading in readings(plain, script):
        found.setdefault(coarse(reading.skeleton))
    return tuple(found)[:MOST_KEYS]
