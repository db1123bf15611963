"""Makes the gazetteer pack from two tables of GeoNames: towns (cities500) and the villages of Ukraine (postal places).

    .venv/bin/python tools/places.py cities500.tsv.gz postal_UA.txt.gz packs/places/places-v1.tsv.gz

GeoNames data is CC BY 4.0. Only countries of the region are kept, and names in Latin and Cyrillic letters. A village that is no
more than 5 km from a place of its name is that place; one whose coordinates are estimates, no more than 60 km. The same input
gives the same bytes.
"""

import csv
import gzip
import hashlib
import io
import math
import statistics
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COUNTRIES = ("UA", "RU", "BY", "MD", "GE", "KZ", "AM", "RS", "TR", "EE", "LV", "LT", "FI", "PL")
CITIES_KM = ((1_000_000, 15), (500_000, 10), (100_000, 6), (0, 3))
"""How far a town of so many people is taken to reach around its middle."""
ESTIMATED_KM = 25
POSTAL_KM = {"1": ESTIMATED_KM, "3": 10, "4": 3, "6": 3}
"""By GeoNames' accuracy of postal places: 1 is estimated from neighbours, 4 the place itself."""
# English, French, Russian and Ukrainian names of each province, by GeoNames' number.
PROVINCES = {
    "01": ("Cherkasy", "Tcherkassy", "Черкасская", "Черкаська"),
    "02": ("Chernihiv", "Tchernihiv", "Черниговская", "Чернігівська"),
    "03": ("Chernivtsi", "Tchernivtsi", "Черновицкая", "Чернівецька"),
    "04": ("Dnipropetrovsk", "Dnipropetrovsk", "Днепропетровская", "Дніпропетровська"),
    "05": ("Donetsk", "Donetsk", "Донецкая", "Донецька"),
    "06": ("Ivano-Frankivsk", "Ivano-Frankivsk", "Ивано-Франковская", "Івано-Франківська"),
    "07": ("Kharkiv", "Kharkiv", "Харьковская", "Харківська"),
    "08": ("Kherson", "Kherson", "Херсонская", "Херсонська"),
    "09": ("Khmelnytskyi", "Khmelnytskyï", "Хмельницкая", "Хмельницька"),
    "10": ("Kirovohrad", "Kirovohrad", "Кировоградская", "Кіровоградська"),
    "12": ("Kyiv", "Kyïv", "Киевская", "Київська"),
    "14": ("Luhansk", "Louhansk", "Луганская", "Луганська"),
    "15": ("Lviv", "Lviv", "Львовская", "Львівська"),
    "16": ("Mykolaiv", "Mykolaïv", "Николаевская", "Миколаївська"),
    "17": ("Odesa", "Odessa", "Одесская", "Одеська"),
    "18": ("Poltava", "Poltava", "Полтавская", "Полтавська"),
    "19": ("Rivne", "Rivne", "Ровенская", "Рівненська"),
    "21": ("Sumy", "Soumy", "Сумская", "Сумська"),
    "22": ("Ternopil", "Ternopil", "Тернопольская", "Тернопільська"),
    "23": ("Vinnytsia", "Vinnytsia", "Винницкая", "Вінницька"),
    "24": ("Volyn", "Volhynie", "Волынская", "Волинська"),
    "25": ("Zakarpattia", "Transcarpatie", "Закарпатская", "Закарпатська"),
    "26": ("Zaporizhzhia", "Zaporijjia", "Запорожская", "Запорізька"),
    "27": ("Zhytomyr", "Jytomyr", "Житомирская", "Житомирська"),
}
# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010: at the beginning of a word, and elsewhere.
_BEGIN = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "", "’": "",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A place of the pack."""

    id: str
    name: str
    country: str
    lat: str
    lon: str
    population: int
    km: int
    others: tuple[str, ...]

    @property
    def line(self) -> str:
        """As it stands in the pack."""
        numbers = (self.lat, self.lon, str(self.population), str(self.km))
        return "\t".join((self.id, self.name, self.country, *numbers, "|".join(self.others)))


def main(cities: Path, postal: Path, target: Path) -> None:
    """Read, choose, write."""
    towns = sorted(_towns(cities), key=lambda row: (row.country, -row.population, int(row.id)))
    out = io.StringIO()
    for row in (*towns, *_villages(postal, towns), *_provinces(postal)):
        out.write(row.line + "\n")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(out.getvalue().encode())


def _towns(cities: Path) -> Iterator[Row]:
    with gzip.open(cities, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["country"] not in COUNTRIES:
                continue
            names = {name for name in row["alternatenames"].split("|") if name and name != row["name"] and _is_read_here(name)}
            population = int(row["population"] or 0)
            km = next(km for least, km in CITIES_KM if population >= least)
            at = row["lat"], row["lon"]
            yield Row(row["geonameid"], row["name"], row["country"], *at, population, km, tuple(sorted(names)))


def _villages(postal: Path, towns: list[Row]) -> Iterator[Row]:
    known = defaultdict(list)
    for town in towns:
        for name in (town.name, *town.others):
            known[name.casefold()].append((float(town.lat), float(town.lon)))
    rows = _postal(postal)
    for found in sorted(rows, key=lambda row: (row[2], -int(row[11] or 0), row[9], row[10], row[1])):
        # A village council in brackets tells neighbours of one name apart; their coordinates do too.
        name, lat, lon, km = found[2].partition("(")[0].strip(), found[9], found[10], POSTAL_KM.get(found[11], ESTIMATED_KM)
        at, same = (float(lat), float(lon)), 60 if km == ESTIMATED_KM else 5
        if not name or not _is_read_here(name) or any(_apart_km(at, each) <= same for each in known[name.casefold()]):
            continue
        known[name.casefold()].append(at)
        latin = _in_latin(name)
        number = hashlib.sha256(f"{name} {lat} {lon}".encode()).hexdigest()[:10]
        yield Row(f"ua-{number}", latin, "UA", lat, lon, 0, km, (name,))


def _provinces(postal: Path) -> Iterator[Row]:
    """Provinces of Ukraine: the middle of their places, and as far as four in five of them lie: estimates are far out."""
    by_province = defaultdict(list)
    for found in _postal(postal):
        by_province[found[4]].append((float(found[9]), float(found[10])))
    for number, (english, french, russian, ukrainian) in PROVINCES.items():
        places = by_province[number]
        lat, lon = (round(statistics.median(place[axis] for place in places), 3) for axis in (0, 1))
        km = round(statistics.quantiles((_apart_km((lat, lon), place) for place in places), n=5)[-1])
        others = (f"{english} region", f"Oblast de {french}", f"Région de {french}", f"{russian} область", f"{ukrainian} область")
        yield Row(f"ua-province-{number}", f"{english} Oblast", "UA", str(lat), str(lon), 0, km, others)


def _postal(postal: Path) -> list[list[str]]:
    with gzip.open(postal, "rt", encoding="utf-8") as stream:
        return [line.rstrip("\n").split("\t") for line in stream]


def _apart_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    north, east = (one[0] - other[0]) * 111, (one[1] - other[1]) * 111 * math.cos(math.radians(one[0]))
    return math.hypot(north, east)


def _in_latin(name: str) -> str:
    words = []
    for word in name.replace("’", "'").split(" "):
        parts = []
        for part in word.split("-"):
            low = part.casefold().replace("зг", "z\0").replace("\0", "gh")
            read = "".join(_BEGIN[each] if not at and each in _BEGIN else _LATIN.get(each, each) for at, each in enumerate(low))
            parts.append(read[:1].upper() + read[1:] if part[:1].isupper() else read)
        words.append("-".join(parts))
    return " ".join(words)


def _is_read_here(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return bool(letters) and all(unicodedata.name(each, "").startswith(("LATIN", "CYRILLIC")) for each in letters)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
