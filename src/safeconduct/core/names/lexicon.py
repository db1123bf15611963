"""What is known about words in names: other forms of one given name, titles, particles, and how common a name is."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from safeconduct.core.names.sounds import readings
from safeconduct.core.names.text import tokens_of

RAREST_BITS = 16.0
_UNSEEN_TENTHS = {"s": 150, "g": 110, "p": 110}
_NONE: frozenset[int] = frozenset()


def lines_of(name: str) -> Iterator[list[str]]:
    """The rows of a shipped pack, without remarks."""
    text = resources.files(__package__).joinpath(f"packs/{name}").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in lines_of("words.tsv"):
        if kind != "place":
            for word in words.split():
                found.setdefault(word, kind)
    return found


def kind_of(plain: str) -> str:
    """`title`, `suffix`, `particle`, `son`, `daughter`, `connector`, or empty for a word that may name somebody."""
    return _kinds().get(plain, "")


def is_common_of_places(plain: str) -> bool:
    """Whether a word of a birth place names no place: village, region, oblast, the country."""
    return plain in _place_words()


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    return frozenset(word for kind, words in lines_of("words.tsv") if kind == "place" for word in words.split())


@lru_cache(maxsize=1)
def _classes() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]], list[tuple[str, str]]]:
    plain: dict[str, set[int]] = defaultdict(set)
    sound: dict[str, set[int]] = defaultdict(set)
    shown = []
    for number, (gender, forms) in enumerate(lines_of("given_names.tsv")):
        words = forms.split()
        shown.append((gender, words[0]))
        for form in words:
            tokens = tokens_of(form)
            if len(tokens) == 1:
                plain[tokens[0].plain].add(number)
                sound[readings(tokens[0].plain, tokens[0].script)[0].skeleton].add(number)
    return ({k: frozenset(v) for k, v in plain.items()}, {k: frozenset(v) for k, v in sound.items() if len(k) > 2}, shown)


def classes_of(plain: str, skeleton: str) -> frozenset[int]:
    """The given names of which a token is a form, by how it is written or else by how it sounds; mostly none or one."""
    by_letters, by_sound, _ = _classes()
    return by_letters.get(plain) or by_sound.get(skeleton, _NONE)


def gender_of_class(number: int) -> str:
    """`m` or `f`."""
    return _classes()[2][number][0]


@lru_cache(maxsize=1)
def forms_by_class() -> dict[int, frozenset[str]]:
    """For each given name the skeletons of its forms."""
    found: dict[int, set[str]] = defaultdict(set)
    for skeleton, numbers in _classes()[1].items():
        for number in numbers:
            found[number].add(skeleton)
    return {number: frozenset(forms) for number, forms in found.items()}


@lru_cache(maxsize=1)
def _population() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"s": {}, "g": {}, "p": {}, "o": {}}
    for role, skeleton, tenths in lines_of("population.tsv"):
        found[role][skeleton] = int(tenths)
    return found


def _tenths(role: str, skeleton: str) -> int:
    population = _population()
    known = population[role].get(skeleton)
    other = population["o"].get(skeleton)
    if known is None and other is None:
        return _UNSEEN_TENTHS[role]
    return min(b for b in (known, other) if b is not None)


def tenths_of(skeleton: str) -> tuple[int, int, int]:
    """As `rarity_of`, in tenths of a bit, for a surname, a given name and a patronymic."""
    return _tenths("s", skeleton), _tenths("g", skeleton), _tenths("p", skeleton)


def rarity_of(role: str, skeleton: str) -> float:
    """Minus the binary logarithm of the share of people with that name in that role (s, g or p), in bits."""
    return _tenths(role, skeleton) / 10


def is_known_given(skeleton: str) -> bool:
    """Whether the sound is that of a given name more often than of a surname."""
    given = _population()["g"].get(skeleton)
    return given is not None and given < _population()["s"].get(skeleton, 170)
