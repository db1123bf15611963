"""The words of the type column: what each of them asks for."""

import re
from dataclasses import dataclass
from typing import Final

from safeconduct.core.xlsforms.form import Kind

KINDS: Final = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "range": Kind.RANGE,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "datetime": Kind.DATE_TIME,
    "date time": Kind.DATE_TIME,
    "acknowledge": Kind.ACKNOWLEDGE,
    "trigger": Kind.ACKNOWLEDGE,
    "geopoint": Kind.GEOPOINT,
    "gps": Kind.GEOPOINT,
    "location": Kind.GEOPOINT,
    "geotrace": Kind.GEOTRACE,
    "geoshape": Kind.GEOSHAPE,
    "barcode": Kind.BARCODE,
    "image": Kind.IMAGE,
    "photo": Kind.IMAGE,
    "audio": Kind.AUDIO,
    "video": Kind.VIDEO,
    "file": Kind.FILE,
    "note": Kind.NOTE,
    "calculate": Kind.CALCULATE,
    "calculation": Kind.CALCULATE,
    "hidden": Kind.HIDDEN,
    "start": Kind.START,
    "start time": Kind.START,
    "end": Kind.END,
    "end time": Kind.END,
    "today": Kind.TODAY,
    "deviceid": Kind.WITHHELD,
    "device id": Kind.WITHHELD,
    "imei": Kind.WITHHELD,
    "subscriberid": Kind.WITHHELD,
    "subscriber id": Kind.WITHHELD,
    "simserial": Kind.WITHHELD,
    "sim id": Kind.WITHHELD,
    "phonenumber": Kind.WITHHELD,
    "username": Kind.WITHHELD,
    "email": Kind.WITHHELD,
    "audit": Kind.WITHHELD,
    "start geopoint": Kind.WITHHELD,
    "background geopoint": Kind.WITHHELD,
    "background audio": Kind.WITHHELD,
    "uri:deviceid": Kind.WITHHELD,
    "uri:subscriberid": Kind.WITHHELD,
    "uri:simserial": Kind.WITHHELD,
    "uri:phonenumber": Kind.WITHHELD,
    "uri:username": Kind.WITHHELD,
    "uri:email": Kind.WITHHELD,
}

NARROWED: Final = {
    "percentage": (Kind.INTEGER, ". >= 0 and . <= 100"),
    "number of days in last month": (Kind.INTEGER, ". >= 0 and . <= 31"),
    "number of days in last six months": (Kind.INTEGER, ". >= 0 and . <= 183"),
    "number of days in last year": (Kind.INTEGER, ". >= 0 and . <= 365"),
    "phone number": (Kind.TEXT, "regex(., '[0-9]*')"),
}
"""Types of the first years that bring a constraint of their own."""

_NOT_SUPPORTED: Final = {
    "osm": "maps are not supported",
    "csv external": "tables beside the form are not supported",
    "xml external": "tables beside the form are not supported",
    "cascading select": "old cascading selects are not supported; write select_one with a choice_filter",
    "begin loop": "loops are not supported; write a repeat",
    "begin looped group": "loops are not supported; write a repeat",
    "end loop": "loops are not supported; write a repeat",
    "include": "including another form is not supported",
}

_SELECT = re.compile(
    r"""(?:add\ )?
        (?:(?P<one>select[\ _]?one|select1)
          |(?P<many>select[\ _]?multiple|select\ all(?:\ that\ apply)?)
          |(?P<rank>rank))
        (?:\ prompt)?(?:\ (?:from|using))?
        \ +(?P<list>\S+)
        (?P<other>\ +(?:or_other|or\ specify\ other|or\ other))?""",
    re.VERBOSE | re.IGNORECASE,
)
_FROM_FILE = re.compile(r"select[ _](?:one|multiple)[ _](?:from[ _]file|external)\b.*|select_one_external\b.*", re.IGNORECASE)
_OLD_WORDING = re.compile(r"q (.+)|add (.+) prompt|get (.+)")
_BOUND = re.compile(r"(begin|end)[ _]?(group|repeat|section|lgroup)(?:\s.*)?", re.IGNORECASE)


class TypeUnknown(Exception):
    """No question can be made of that type; the message says why. Caught where rows are read."""


@dataclass(frozen=True)
class Bound:
    """The begin or the end of a group or a repeat."""

    begins: bool
    repeats: bool


@dataclass(frozen=True)
class Asks:
    """A question's kind, its list of choices, and whether “other” is added with a text of its own."""

    kind: Kind
    choices: str = ""
    or_other: bool = False
    constraint: str = ""
    """What the type itself asks of answers, where the row has no constraint."""


def read_type(text: str) -> Bound | Asks:
    """What the type cell says; TypeUnknown for what is not supported."""
    text = " ".join(text.split())
    if bound := _BOUND.fullmatch(text):
        return Bound(bound[1].lower() == "begin", bound[2].lower() in ("repeat", "lgroup"))
    if _FROM_FILE.fullmatch(text):
        raise TypeUnknown("choices from another file are not supported; put them on the choices sheet")
    if select := _SELECT.fullmatch(text):
        kind = Kind.SELECT_ONE if select["one"] else Kind.SELECT_MULTIPLE if select["many"] else Kind.RANK
        return Asks(kind, select["list"], bool(select["other"]))
    plain = re.sub(r"[ _-]+", " ", text.casefold())
    if old := _OLD_WORDING.fullmatch(plain):
        plain = next(word for word in old.groups() if word)
    if plain in KINDS:
        return Asks(KINDS[plain])
    if plain in NARROWED:
        kind, constraint = NARROWED[plain]
        return Asks(kind, constraint=constraint)
    for words, why in _NOT_SUPPORTED.items():
        if plain == words or plain.startswith(f"{words} "):
            raise TypeUnknown(why)
    if plain in ("select one", "select multiple", "rank", "select1"):
        raise TypeUnknown("the type lacks the name of its list of choices")
    raise TypeUnknown("this type of question is not supported")
