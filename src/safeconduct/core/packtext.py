"""The text of packs: strict YAML in, checked values out, and the stamp that binds records to a pack.

A pack means the same to every YAML reader: what other readers could take for a truth value, a date,
a number or nothing must stand in quotes; a key may appear once; tags, anchors and aliases are refused.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

import yaml

from safeconduct.core import canonical
from safeconduct.core.canonical import Value
from safeconduct.core.errors import UnreadableInput

LANGUAGES: Final = ("en", "fr", "ru")
FALLBACK_LANGUAGE: Final = "en"

LARGEST_PACK_BYTES: Final = 2_000_000
DEEPEST_NESTING: Final = 30

_TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"0|-?[1-9][0-9]{0,15}")
# Text to PyYAML, but a number, a truth value or nothing to readers of YAML 1.2 or to the letter of 1.1.
_TEXT_ONLY_TO_SOME = re.compile(
    r"[yYnN]|[-+]?\.?[0-9][0-9_]*(\.[0-9]*)?([eE][-+]?[0-9]+)?|0[oOxXbB][0-9a-fA-F_]+|[-+]?\.(inf|nan)",
    re.IGNORECASE,
)


class PackRefused(UnreadableInput):
    """The text is not a pack of the form it claims; the message names the line or the field."""


class PackChanged(UnreadableInput):
    """A record was made under another content of the pack than the one at hand."""


@dataclass(frozen=True)
class LocalText:
    """One text in every language of the product."""

    en: str
    fr: str
    ru: str

    def in_language(self, language: str) -> str:
        """The text in `language` ("fr", also "fr-FR"); English for a language we do not have."""
        code = language.lower().replace("_", "-").split("-")[0]
        return {"en": self.en, "fr": self.fr, "ru": self.ru}.get(code, self.en)

    def filled(self, **names: str) -> "LocalText":
        """The text with each `{name}` replaced; a name that is not given stays as it is."""
        return LocalText(*(_filled(text, names) for text in (self.en, self.fr, self.ru)))


@dataclass(frozen=True)
class PackStamp:
    """Which pack, in which version, with which content: stored with everything made under it.

    `digest` is the SHA-256, in hexadecimal, of the canonical JSON of the pack's content. Comments
    and layout are not part of it: it binds what was asked and said.
    """

    kind: str
    id: str
    version: int
    digest: str

    def value(self) -> Value:
        """The stamp as it stands inside records."""
        return {"kind": self.kind, "id": self.id, "version": self.version, "digest": self.digest}

    @classmethod
    def from_value(cls, value: Value) -> "PackStamp":
        """The stamp inside a record; PackRefused when it is not one."""
        match value:
            case {
                "kind": str(kind),
                "id": str(id_),
                "version": int(version),
                "digest": str(digest),
                **more,
            } if not more and not isinstance(version, bool):
                return cls(kind=kind, id=id_, version=version, digest=digest)
        raise PackRefused("a pack stamp needs exactly kind, id, version and digest")

    def require_same(self, other: "PackStamp") -> None:
        """Raises PackChanged unless the other stamp names the same content."""
        if self != other:
            raise PackChanged(f"made under {other.id} v{other.version} with another content than the one at hand")


@dataclass(frozen=True)
class Source:
    """Where a rule or a question comes from, and when somebody last read it there."""

    title: str
    read_on: str
    """ISO day, or empty where the pack gives no day."""


@dataclass(frozen=True)
class PackContent:
    """A pack that fits its schema: its stamp and its plain content."""

    stamp: PackStamp
    content: Mapping[str, Value]


def read_pack(text: bytes, *, schema: bytes, kind: str) -> PackContent:
    """The content of a pack of the given kind, checked against its JSON Schema.

    Raises PackRefused with the place in the file: not UTF-8, not strict YAML, another kind, or not as the
    schema says.
    """
    content = strict_yaml(text)
    if not isinstance(content, dict) or content.get("kind") != kind:
        raise PackRefused(f"kind: this is not a pack of kind {kind}")
    _require_schema(content, schema)
    stamp = PackStamp(
        kind=kind,
        id=cast(str, content["id"]),
        version=cast(int, content["version"]),
        digest=hashlib.sha256(canonical.encode(content)).hexdigest(),
    )
    return PackContent(stamp=stamp, content=content)


def strict_yaml(text: bytes) -> Value:
    """The one value of a YAML document of quoted or unmistakable scalars.

    Plain scalars may be words, decimal integers, `true` and `false`; everything that some reader takes for
    another type must be quoted. Raises PackRefused with the line.
    """
    if len(text) > LARGEST_PACK_BYTES:
        raise PackRefused("the pack is larger than two million bytes")
    try:
        return _value(_one_document(text.decode()), depth=0)
    except UnicodeDecodeError:
        raise PackRefused("the pack is not UTF-8") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise PackRefused(f"{where}this is not YAML") from None


def local_text(value: Value) -> LocalText:
    """The LocalText of a checked `{en, fr, ru}`; folded lines lose their closing line break."""
    texts = cast(Mapping[str, str], value)
    return LocalText(*(texts[language].strip() for language in LANGUAGES))


def optional_text(value: Value) -> LocalText | None:
    """The LocalText where the pack has one."""
    return None if value is None else local_text(value)


def sources(values: Value) -> tuple[Source, ...]:
    """The sources of a checked list of `{title, read_on}`."""
    listed = cast("Sequence[Mapping[str, str]]", values or ())
    return tuple(Source(title=each["title"], read_on=each.get("read_on", "")) for each in listed)


def _filled(text: str, names: Mapping[str, str]) -> str:
    # One pass over the template, so that a name which itself contains braces is never expanded again.
    return re.sub(r"\{([a-z_]+)\}", lambda found: names.get(found[1], found[0]), text)


def _one_document(text: str) -> yaml.Node:
    loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # The scan of events comes first: the composer would resolve aliases before we could refuse them.
    for event in yaml.parse(text, Loader=loader_class):
        anchor = getattr(event, "anchor", None)
        tag = getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent) or anchor is not None or tag is not None:
            raise PackRefused(f"{_line(event)}: anchors, aliases and tags are not allowed")
    node = yaml.compose(text, Loader=loader_class)
    if node is None:
        raise PackRefused("the pack is empty")
    return node


def _value(node: yaml.Node, *, depth: int) -> Value:
    if depth > DEEPEST_NESTING:
        raise PackRefused(f"{_line(node)}: nested too deeply")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, depth)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, depth=depth + 1) for each in node.value]
    return _scalar(cast(yaml.ScalarNode, node))


def _mapping(node: yaml.MappingNode, depth: int) -> dict[str, Value]:
    content: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = _value(key_node, depth=depth + 1)
        if not isinstance(key, str):
            raise PackRefused(f"{_line(key_node)}: a key is not text")
        if key in content:
            raise PackRefused(f"{_line(key_node)}: the key “{key}” appears twice")
        content[key] = _value(value_node, depth=depth + 1)
    return content


def _scalar(node: yaml.ScalarNode) -> str | int | bool:
    text = str(node.value)
    # The C reader gives an empty style for a plain scalar, the Python reader none.
    if node.style:
        return text
    if node.tag == f"{_TAG}bool" and text in ("true", "false"):
        return text == "true"
    if node.tag == f"{_TAG}int" and _DECIMAL.fullmatch(text):
        return int(text)
    if node.tag != f"{_TAG}str" or _TEXT_ONLY_TO_SOME.fullmatch(text):
        raise PackRefused(f"{_line(node)}: “{text}” must be in quotes, since some readers do not take it for text")
    return text


def _line(found: yaml.Node | yaml.Event) -> str:
    return f"line {found.start_mark.line + 1}" if found.start_mark else "somewhere"


def _require_schema(content: Mapping[str, Value], schema: bytes) -> None:
    # Imported here: it costs a fifth of a second, which commands that read no pack should not pay.
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(schema))
    problem = jsonschema.exceptions.best_match(validator.iter_errors(content))
    if problem is not None:
        raise PackRefused(f"{problem.json_path}: {problem.message[:300]}")
