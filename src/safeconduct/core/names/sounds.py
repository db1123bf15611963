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

MOST_READINGS = 6
BEAM = 10
MOST_DOUBT = 3.5
"""Readings that are less likely than the best by more than this (natural logarithm) are not followed."""


def _sounding(pairs: str) -> dict[str, str]:
    """Each letter with what it sounds like, from words of which the first character is the letter."""
    return {pair[0]: pair[1:] for pair in pairs.split()}


CYRILLIC = _sounding(
    "аa бb вv гg ґg дd еe ёe єe жZ зz иi іi їi йi кk лl мm нn оo пp рr сs тt уu ўv фf хh цc чC шS щS ъ "
    "ыi ь эe юu яa әa ғg қk ңn өo ұu үu һh ђdZ ћC љl њn џdZ јi ҷdZ ҳh ӣi ӯu ѕz ѓg ќk ӏ"
)
_LETTERS = {
    Script.ARMENIAN: _sounding(
        "աa բb գg դd եe զz էe ըi թt ժZ իi լl խh ծc կk հh ձdz ղg ճC մm յi նn շS ոo չC պp ջdZ ռr սs վv տt րr ցc ւu փp քk օo ֆf ևev"
    ),
    Script.GEORGIAN: _sounding(
        "აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟZ რr სs ტt უu ფp ქk ღg ყk შS ჩC ცc ძdz წc ჭC ხh ჯdZ ჰh"
    ),
    Script.GREEK: _sounding("αa βv γg δd εe ζz ηi θt ιi κk λl μm νn ξks οo πp ρr σs ςs τt υi φf χh ψps ωo"),
    Script.ARABIC: _sounding(
        "اa بb پp تt ثs جdZ چC حh خh دd ذz رr زz ژZ سs شS صs ضd طt ظz عa غg فf قk کk كk گg لl مm نn وu ؤu هh "
        "ةa یi يi ىa ئi أa إa آa ء"
    ),
}
_SEGMENTS = """
schtsch stsch shch chtch tchtch szcz tzsch dsch sch tch tsch dzh dsh cia cie zia zie sia sie you iou yaa ch kh
gh ph th zh sh cz sz rz ts tz dj dz dž dź gn gl gu qu ck cs cc zs ss šč śc ou oo ee au eu ei ey ai ay oi oy ui
uy yi iy ij yj ii yy ia ya ja ie ye je io yo jo iu yu ju jö ië jü ea ae oe ue a b c d e f g h i j k l m n o p
q r s t u v w x y z š ž č ć ś ź ń ň ř ş ç ğ ö ü ä ł ı ə ñ ż ę ą ë
"""
SEGMENTS = tuple(_SEGMENTS.split())
_SEGMENT = re.compile("|".join(sorted(SEGMENTS, key=len, reverse=True)))
_TC = re.compile("tc(?!h)")
# Belarusian ў in front of a consonant: Piatrouna, Baldouskaya.
_U_FOR_V = re.compile("(?<=[aoe])u(?=na$|sk)")
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
    """The likely readings of a token, best first, at most six; one alone in scripts that say how they sound."""
    if script is Script.CYRILLIC:
        return (Reading(settled("".join(CYRILLIC.get(c, "") for c in plain)) or plain, 0.0),)
    if script is Script.LATIN:
        # Passports of 2010 write tc for ц.
        plain = _U_FOR_V.sub("v", _TC.sub("ts", plain))
        found = latin_readings(plain, table())
        if plain.endswith(("ou", "au", "eu")) and len(plain) > 4:
            # Belarusian -оў and -аў, Russian -ов.
            others = [Reading(r.skeleton, r.weight - 1.0) for r in latin_readings(plain[:-1] + "v", table())]
            found = tuple(sorted({*found[:3], *others[:3]}, key=lambda r: (-r.weight, r.skeleton)))
        return found
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
            only, weight = outputs[0]
            beam = [(text + only, so_far + weight) for text, so_far in beam]
        else:
            least = beam[0][1] + outputs[0][1] - MOST_DOUBT
            beam = [(text + output, so_far + w) for text, so_far in beam for output, w in outputs if so_far + w >= least]
            beam.sort(key=_by_weight)
            del beam[BEAM:]
    best: dict[str, float] = {}
    for text, weight in beam:
        best.setdefault(settled(text) or plain, weight)
    return tuple([Reading(text, weight) for text, weight in best.items()][:MOST_READINGS])


def _by_weight(pair: tuple[str, float]) -> float:
    return -pair[1]


_UNSETTLED = re.compile(r"(.)\1|i[aeou]")
_UNDOUBLED = re.compile(r"(.)\1+")
_SETTLED = (
    (_UNDOUBLED, r"\1"),
    (re.compile(r"i(?=[aeou])"), ""),
)


def settled(skeleton: str) -> str:
    """Without doubled letters and without i before a vowel: Lilia, Lilija and Lilya are one."""
    if _UNSETTLED.search(skeleton):
        for pattern, replacement in _SETTLED:
            skeleton = pattern.sub(replacement, skeleton)
    return skeleton


_COARSE = str.maketrans({"a": "", "e": "", "i": "", "o": "", "u": ""})


def coarse(skeleton: str) -> str:
    """The consonants, with a mark where the skeleton begins with a vowel."""
    bones = skeleton.translate(_COARSE)
    first = "A" if skeleton[:1] in _VOWELS else ""
    return first + bones


_KEYED = str.maketrans("zc", "ss")


def key_of(skeleton: str) -> str:
    """The coarse key of a skeleton: its consonants, with z, c and s, which are written for one another most often, as one."""
    return _UNDOUBLED.sub(r"\1", coarse(skeleton).translate(_KEYED))


@lru_cache(maxsize=200_000)
def keys_of(plain: str, script: Script) -> tuple[str, ...]:
    """The coarse keys of a token, best first, at most six."""
    return tuple(dict.fromkeys(key_of(reading.skeleton) for reading in readings(plain, script)))
