"""Makes the gazetteer pack from a table of GeoNames' cities500: geonameid, name, country, admin1, lat, lon, population, names.

    .venv/bin/python tools/places.py cities500.tsv.gz packs/places/places-v1.tsv.gz

GeoNames data is CC BY 4.0. Only countries of the region are kept, and names in Latin and Cyrillic letters. The same input gives
the same bytes.
"""

import csv
import gzip
import io
import sys
import unicodedata
from pathlib import Path

COUNTRIES = ("UA", "RU", "BY", "MD", "GE", "KZ", "AM")


def main(source: Path, target: Path) -> None:
    """Read, choose, write."""
    with gzip.open(source, "rt", encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if row["country"] in COUNTRIES]
    out = io.StringIO()
    for row in sorted(rows, key=lambda row: (row["country"], -int(row["population"] or 0), int(row["geonameid"]))):
        others = sorted(
            {name for name in row["alternatenames"].split("|") if name and name != row["name"] and _is_read_here(name)}
        )
        place = (row["name"], row["country"], row["lat"], row["lon"], row["population"] or "0", "|".join(others))
        out.write("\t".join(place) + "\n")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(out.getvalue().encode())


def _is_read_here(name: str) -> bool:
    letters = [character for character in name if character.isalpha()]
    return bool(letters) and all(unicodedata.name(each, "").startswith(("LATIN", "CYRILLIC")) for each in letters)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
