"""Forms as packs: the text in which an imported form is kept, and the form of such a text."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.packtext import LARGEST_PACK_BYTES, PackRefused, PackStamp, read_pack
from safeconduct.core.xlsforms.complaints import complaints
from safeconduct.core.xlsforms.expressions import Expression, ExpressionUnreadable, parse
from safeconduct.core.xlsforms.form import Choice, Form, Group, Item, Kind, Question
from safeconduct.core.xlsforms.problems import FormRefused
from safeconduct.core.xlsforms.structure import Structure, ways

KIND: Final = "form"
PREFIX: Final = "form-"
"""Ids of imported forms begin so; those of shipped packs never do."""

# The schema has been checked when these are read, so their shape is known; only mypy cannot know it.
Checked: TypeAlias = Mapping[str, Any]
Content: TypeAlias = Mapping[str, Value]

_EXPRESSIONS = ("relevant", "required", "constraint", "calculation", "first_value", "read_only", "choice_filter")
_TEXTS = ("label", "hint", "required_message", "constraint_message")
_WORDS = ("choices", "default", "trigger", "appearance", "seals")


@dataclass(frozen=True)
class FormPack:
    """A form with the stamp that binds answers to it."""

    stamp: PackStamp
    form: Form


def pack_id(form: Form) -> str:
    """The id under which a form is kept: its own, in the letters that packs allow, behind `form-`."""
    plain = re.sub(r"[^a-z0-9]+", "-", form.form_id.casefold()).strip("-")[: 40 - len(PREFIX)].strip("-")
    # An id of other letters altogether still needs a name that is always the same.
    return PREFIX + (plain or hashlib.sha256(form.form_id.encode()).hexdigest()[:12])


def content_of(form: Form, *, version: int) -> Content:
    """The content of a form's pack in its given version; what is empty is left out."""
    said = f"XLSForm “{form.form_id}”" + (f", version {form.version}" if form.version else "")
    return {
        "kind": KIND,
        "id": pack_id(form),
        "version": version,
        "status": "proposed",
        "title": dict(form.title),
        "audience": "applicant",
        "sources": [{"title": said}],
        "form_id": form.form_id,
        "form_version": form.version,
        "default_language": form.default_language,
        "languages": list(form.languages),
        "items": [_item_content(item) for item in form.items],
        "choices": {name: [_choice_content(each) for each in listed] for name, listed in form.choices.items()},
    }


def digest_of(content: Content) -> str:
    """The digest by which a pack's stamp binds its content."""
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def text_of_pack(content: Content) -> bytes:
    """The content as the text of a pack. FormRefused when it is larger than a pack may be."""
    text = "".join(f"{line}\n" for line in _lines(content, "")).encode()
    if len(text) > LARGEST_PACK_BYTES:
        raise FormRefused.whole("the form with all its choices is larger than two million bytes")
    return text


def load_form(text: bytes, *, schema: bytes) -> FormPack:
    """The form of a pack's text. PackRefused when it does not fit the schema or could not be run."""
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast(Checked, pack.content)
    form = Form(
        title=content["title"],
        form_id=content["form_id"],
        version=content["form_version"],
        default_language=content["default_language"],
        languages=tuple(content["languages"]),
        items=tuple(_item(each) for each in content["items"]),
        choices={
            name: tuple(Choice(each["name"], each.get("label", {}), each.get("columns", {})) for each in listed)
            for name, listed in content["choices"].items()
        },
    )
    _require_sound(form)
    return FormPack(pack.stamp, form)


def _item_content(item: Item) -> Content:
    texts = {name: dict(getattr(item, name)) for name in _TEXTS if getattr(item, name, None)}
    expressions = {name: getattr(item, name).text for name in _EXPRESSIONS if getattr(item, name, None)}
    words = {name: getattr(item, name) for name in _WORDS if getattr(item, name, "")}
    if isinstance(item, Question):
        more: dict[str, Value] = {"parameters": dict(item.parameters)} if item.parameters else {}
        return {"name": item.name, "kind": item.kind.value, **texts, **expressions, **words, **more}
    more = {"count": item.count.text} if item.count else {}
    items: list[Value] = [_item_content(each) for each in item.items]
    return {
        "name": item.name,
        "kind": "repeat" if item.repeats else "group",
        **texts,
        **expressions,
        **words,
        **more,
        "items": items,
    }


def _choice_content(choice: Choice) -> Content:
    content: dict[str, Value] = {"name": choice.name}
    if choice.label:
        content["label"] = dict(choice.label)
    if choice.columns:
        content["columns"] = dict(choice.columns)
    return content


def _lines(value: Value, indent: str) -> Iterator[str]:
    """Block YAML with every text in double quotes, so that it means the same to every reader."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _entry(f"{indent}{_scalar(key)}:", each, indent + "  ")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            inner = list(_lines(each, indent + "  ")) if _is_filled(each) else [f"{indent}  {_scalar(each)}"]
            yield f"{indent}- {inner[0][len(indent) + 2 :]}"
            yield from inner[1:]


def _entry(key: str, value: Value, indent: str) -> Iterator[str]:
    if _is_filled(value):
        yield key
        yield from _lines(value, indent)
    else:
        yield f"{key} {_scalar(value)}"


def _is_filled(value: Value) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)


def _scalar(value: Value) -> str:
    if isinstance(value, Mapping | list | tuple):
        return "{}" if isinstance(value, Mapping) else "[]"
    text = json.dumps(value, ensure_ascii=False)
    # JSON leaves characters as they are that YAML wants escaped.
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _item(content: Checked) -> Item:
    texts = {name: content.get(name, {}) for name in _TEXTS}
    if content["kind"] in ("group", "repeat"):
        return Group(
            name=content["name"],
            items=tuple(_item(each) for each in content["items"]),
            label=texts["label"],
            hint=texts["hint"],
            relevant=_expression(content, "relevant"),
            appearance=content.get("appearance", ""),
            repeats=content["kind"] == "repeat",
            count=_expression(content, "count"),
        )
    return Question(
        name=content["name"],
        kind=Kind(content["kind"]),
        label=texts["label"],
        hint=texts["hint"],
        choices=content.get("choices", ""),
        relevant=_expression(content, "relevant"),
        required=_expression(content, "required"),
        required_message=texts["required_message"],
        constraint=_expression(content, "constraint"),
        constraint_message=texts["constraint_message"],
        calculation=_expression(content, "calculation"),
        default=content.get("default", ""),
        first_value=_expression(content, "first_value"),
        read_only=_expression(content, "read_only"),
        choice_filter=_expression(content, "choice_filter"),
        trigger=content.get("trigger", ""),
        appearance=content.get("appearance", ""),
        parameters=content.get("parameters", {}),
        seals=content.get("seals", ""),
    )


def _expression(content: Checked, name: str) -> Expression | None:
    if name not in content:
        return None
    try:
        return parse(content[name])
    except ExpressionUnreadable as unreadable:
        raise PackRefused(f"{content['name']}: {name}: {unreadable}") from None


def _require_sound(form: Form) -> None:
    """What the importer has made sure of must hold of an edited pack as well."""
    structure = Structure(form.items)
    if structure.order[1]:
        raise PackRefused("values wait for each other in a circle")
    for entry in structure.entries:
        item = entry.item
        if isinstance(item, Question) and item.kind.chooses and item.choices not in form.choices:
            raise PackRefused(f"{entry.key}: there is no list of choices “{item.choices}”")
        columns = {"name", "label"}
        if isinstance(item, Question) and item.choice_filter:
            columns |= {column for each in form.choices.get(item.choices, ()) for column in each.columns}
        for name in (*_EXPRESSIONS, "count"):
            expression: Expression | None = getattr(item, name, None)
            if expression is not None:
                allowed = frozenset(columns) if name == "choice_filter" else None
                _require_sound_expression(expression, f"{entry.key}: {name}", structure, allowed)


def _require_sound_expression(expression: Expression, where: str, structure: Structure, columns: frozenset[str] | None) -> None:
    for what in complaints(expression.tree, columns=columns):
        # A filter may look at a column that no choice of this list fills; it is blank then.
        if columns is None or "column" not in what:
            raise PackRefused(f"{where}: {what}")
    for way in ways(expression):
        if hasattr(way, "name") and len(structure.named(way.name)) != 1:
            raise PackRefused(f"{where}: ${{{way.name}}} is not one question")
