"""Each publisher's form gives the same shape."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from safeconduct.core.watchlists import (
    HEAD_BYTES,
    Birth,
    Format,
    Gender,
    Identifier,
    Listed,
    NameKind,
    Schema,
    decoded,
    encoded,
    recognise,
)
from tests.core.watchlists.reading import LISTS, entries_of, sample

SHARED = Path("/work/shared/data")
"""Whole lists, where they are at hand; the excerpts beside this test are read everywhere."""
BESIDE = {Format.OFAC_ALT: "ofac-alt.csv", Format.OFAC_ADD: "ofac-add.csv"}


def _names(entry: Listed, kind: NameKind) -> list[str]:
    return [name.text for name in entry.names if name.kind is kind]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ofac-sdn.csv", Format.OFAC_CSV),
        ("ofac-alt.csv", Format.OFAC_ALT),
        ("ofac-add.csv", Format.OFAC_ADD),
        ("ofac.xml", Format.OFAC_XML),
        ("un.xml", Format.UN_XML),
        ("eu.xml", Format.EU_XML),
        ("eu.csv", Format.EU_CSV),
        ("uk-2022.csv", Format.UK_CSV),
        ("uk.csv", Format.UK_CSV),
        ("nested.ftm.json", Format.FTM),
        ("flat.ftm.json", Format.FTM),
        ("own.csv", Format.PLAIN),
    ],
)
def test_a_list_is_recognised_by_its_content_whatever_its_name(name: str, form: Format) -> None:
    assert recognise("download", sample(name)[:HEAD_BYTES]) is form


def test_ofac_tables_are_joined_by_their_number() -> None:
    entries, _ = entries_of(sample("ofac-sdn.csv"), {form: sample(name) for form, name in BESIDE.items()})
    by_id = {entry.id: entry for entry in entries}
    assert [entry.schema for entry in entries] == [
        Schema.ORGANISATION,
        Schema.PERSON,
        Schema.PERSON,
        Schema.PERSON,
        Schema.PERSON,
        Schema.VESSEL,
    ]
    president = by_id["9760"]
    assert (president.names[0].surname, president.names[0].given) == ("LUKASHENKA", "Alyaksandr Hryhoryavich")
    assert _names(president, NameKind.ALIAS)[:1] == ["LUKASHENKA, Aliaksandr Grigorievich"]
    assert president.births == (Birth("1954-08-30"),)
    assert president.birth_places == ("Kopys, Vitebsk oblast, Belarus",)
    assert president.programmes == ("BELARUS",)
    assert president.address.endswith("9760")
    general = by_id["10659"]
    assert Birth("1960", circa=True) in general.births
    assert Birth("1957") in general.births
    assert _names(general, NameKind.WEAK) == ["JAFARI", "ABU SHAHAB", "ABU AHMAD ISHAB"]
    assert general.programmes == ("SDGT", "IRAQ3", "IRGC")
    assert general.countries == ("ir",)
    assert _names(by_id["15037"], NameKind.FORMER) == ["ABADEH", "CRYSTAL", "SUNDIAL"]
    assert by_id["36"].countries == ("cu",)


def test_the_un_list_keeps_ranges_scripts_and_the_quality_of_aliases() -> None:
    entries, source = entries_of(sample("un.xml"))
    by_id = {entry.id: entry for entry in entries}
    assert source.published == date(2026, 2, 27)
    assert by_id["6908021"].births == (Birth("1973", "1974"),)
    assert "Terminator" in _names(by_id["6908021"], NameKind.WEAK)
    assert by_id["6908067"].births == (Birth("1938", circa=True),)
    assert _names(by_id["6908067"], NameKind.ORIGINAL_SCRIPT) == ["طه ياسين رمضان الجزراوي"]
    assert by_id["6907997"].gender is Gender.MALE
    assert by_id["6907997"].countries == ("cd",)
    assert by_id["6908402"].schema is Schema.ORGANISATION
    assert "NALU" in _names(by_id["6908402"], NameKind.FORMER)


@pytest.mark.parametrize(
    ("name", "id_", "published"),
    [
        ("ofac.xml", "900001", date(2026, 11, 2)),
        ("eu.xml", "70001", date(2026, 10, 1)),
        ("eu.csv", "70001", date(2026, 10, 1)),
        ("uk-2022.csv", "17001", date(2025, 10, 2)),
        ("uk.csv", "RUS0001", date(2026, 10, 2)),
        ("nested.ftm.json", "NK-invented-1", date(2026, 10, 2)),
        ("own.csv", "own-1", None),
    ],
)
def test_one_person_reads_alike_in_every_list(name: str, id_: str, published: date | None) -> None:
    entries, source = entries_of(sample(name))
    person = entries[0]
    assert (person.list, person.id, person.schema) == ("tested", id_, Schema.PERSON)
    assert person.names[0].kind is NameKind.PRIMARY
    assert {"gleb", "vymyslov"} <= {part.strip(",").casefold() for part in person.names[0].text.split()}
    assert person.births[0] == Birth("1974-10-07")
    assert person.countries[0] == "ru"
    others = {name.text.split(",")[0].casefold(): name.kind for name in person.names[1:]}
    assert others.get("tuman", NameKind.WEAK) is NameKind.WEAK
    assert others.get("глеб аркадьевич вымыслов", NameKind.ORIGINAL_SCRIPT) is NameKind.ORIGINAL_SCRIPT
    assert (source.published, source.notices) == (published, [])
    assert person.line > 0


def test_what_only_some_lists_say_is_kept() -> None:
    ofac, eu = entries_of(sample("ofac.xml"))[0], entries_of(sample("eu.xml"))[0]
    table, uk = entries_of(sample("eu.csv"))[0], entries_of(sample("uk.csv"))[0]
    ftm = entries_of(sample("nested.ftm.json"))[0]
    assert ofac[0].births[1] == Birth("1975", "1976", circa=True)
    assert _names(ofac[0], NameKind.FORMER) == ["SKAZKIN, Gleb"]
    assert ofac[0].identifiers == (Identifier("passport", "000000001", "ru"),)
    assert ofac[0].gender is Gender.MALE
    assert ofac[1].countries == ("ru",)
    for one, other in zip(eu, table, strict=True):
        # The CSV does not say which aliases are weak, and gives a function where the XML does.
        assert (one.id, one.schema, one.births, one.countries, one.identifiers, one.programmes, one.address) == (
            other.id,
            other.schema,
            other.births,
            other.countries,
            other.identifiers,
            other.programmes,
            other.address,
        )
    assert eu[0].births[1] == Birth("1973", "1976", circa=True)
    assert (uk[0].countries, uk[0].births[1]) == (("ru", "kz"), Birth("1975"))
    assert "Invented programme" in ftm[0].programmes
    assert ftm[0].reason == "Said to command an invented brigade."
    assert [each.number for each in ftm[0].identifiers] == ["000000001", "000000002"]


def test_flat_dumps_are_read_without_what_nobody_is_screened_against() -> None:
    entries, source = entries_of(sample("flat.ftm.json"))
    assert [(entry.id, entry.schema) for entry in entries] == [
        ("f-1", Schema.PERSON),
        ("f-4", Schema.UNKNOWN),
        ("f-5", Schema.PERSON),
    ]
    assert entries[0].names[0].text == "Gleb Vymyslov"
    assert source.skipped == 2
    assert [str(notice) for notice in source.notices] == ["list, line 5, birthDate: the day of birth has not come yet"]
    assert entries[2].births == ()


@pytest.mark.parametrize("name", sorted(path.name for path in LISTS.iterdir() if path.suffix in (".xml", ".csv", ".json")))
def test_an_entry_is_the_same_after_it_was_kept(name: str) -> None:
    if recognise(name, sample(name)[:HEAD_BYTES]).stands_beside:
        return
    for entry in entries_of(sample(name))[0]:
        again = decoded(encoded(entry), entry.list)
        assert encoded(again) == encoded(entry)
        assert (again.names, again.births, again.identifiers) == (entry.names, entry.births, entry.identifiers)


def test_whole_lists_are_read_to_their_end() -> None:
    if not SHARED.is_dir():
        # Nothing is skipped in silence: the excerpts above were read, the whole lists are not part of the repository.
        print(f"{SHARED} is not here: whole lists were not read")  # noqa: T201  # pytest shows it on demand
        return
    beside = {
        Format.OFAC_ALT: gzip.decompress((SHARED / "ofac_sdn/alt.csv.gz").read_bytes()),
        Format.OFAC_ADD: gzip.decompress((SHARED / "ofac_sdn/add.csv.gz").read_bytes()),
        Format.OFAC_COMMENTS: gzip.decompress((SHARED / "ofac_sdn/sdn_comments.csv.gz").read_bytes()),
    }
    ofac, odd = entries_of(gzip.decompress((SHARED / "ofac_sdn/sdn.csv.gz").read_bytes()), beside)
    assert (len(ofac), sum(entry.schema is Schema.PERSON for entry in ofac), odd.odd) == (4508, 2301, 0)
    un, odd = entries_of(gzip.decompress((SHARED / "un_consolidated/UN_consolidated.xml.gz").read_bytes()))
    assert (len(un), sum(entry.schema is Schema.PERSON for entry in un), odd.odd) == (639, 366, 0)
    ftm, odd = entries_of(gzip.decompress((SHARED / "ftm_samples/watchlist.ftm.json.gz").read_bytes()))
    assert (len(ftm), odd.odd) == (4253, 2)
