"""The pack of rules: what can be said about a person's time, and what each prompt asks, in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from safeconduct.core.packtext import LocalText, PackRefused, PackStamp, Source, local_text, read_pack, sources
from safeconduct.core.timeline.model import Topic

KIND = "timeline"


@dataclass(frozen=True)
class TopicWords:
    """A topic, and the closed words that its statements may carry."""

    topic: Topic
    name: LocalText
    values: Mapping[str, LocalText]
    manners: Mapping[str, LocalText]


@dataclass(frozen=True)
class Rule:
    """One rule: its parameters, and what its prompts say and ask."""

    id: str
    title: LocalText
    says: Mapping[str, LocalText]
    """By variant; names of statements and figures stand in braces."""
    asks: LocalText
    parameters: Mapping[str, Any]  # Any: of the shape that the schema gives to each rule
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Rules:
    """A checked pack of rules."""

    stamp: PackStamp
    title: LocalText
    reviewed_by: str
    sources: tuple[Source, ...]
    certainty: Mapping[str, LocalText]
    topics: Mapping[Topic, TopicWords]
    rules: Mapping[str, Rule]


def load_rules(text: bytes, *, schema: bytes) -> Rules:
    """The rules of a pack's YAML text; PackRefused when they are not as the schema says, or something stands twice."""
    pack = read_pack(text, schema=schema, kind=KIND)
    content = cast("Mapping[str, Any]", pack.content)  # Its shape has been checked by the schema.
    try:
        topics = [_topic(each) for each in content["topics"]]
    except ValueError:
        raise PackRefused("topics: one of them is none that statements know") from None
    rules = [_rule(each) for each in content["rules"]]
    if len({each.topic for each in topics}) != len(topics) or len({each.id for each in rules}) != len(rules):
        raise PackRefused("a topic or a rule stands twice")
    if missing := [topic for topic in Topic if topic not in {each.topic for each in topics}]:
        raise PackRefused(f"topics: {missing[0]} is missing")
    return Rules(
        stamp=pack.stamp,
        title=local_text(content["title"]),
        reviewed_by=content.get("reviewed_by", ""),
        sources=sources(content["sources"]),
        certainty={word: local_text(said) for word, said in content["certainty"].items()},
        topics={each.topic: each for each in topics},
        rules={each.id: each for each in rules},
    )


def _topic(each: Mapping[str, Any]) -> TopicWords:
    values, manners = (_words(each.get(key, ())) for key in ("values", "manners"))
    return TopicWords(Topic(each["id"]), local_text(each["name"]), values, manners)


def _words(listed: Any) -> dict[str, LocalText]:  # Any: checked by the schema
    found = {each["id"]: local_text(each["name"]) for each in listed}
    if len(found) != len(listed):
        raise PackRefused("a word of a topic stands twice")
    return found


def _rule(each: Mapping[str, Any]) -> Rule:
    return Rule(
        id=each["id"],
        title=local_text(each["title"]),
        says={variant: local_text(said) for variant, said in each["says"].items()},
        asks=local_text(each["asks"]),
        parameters=each["parameters"],
        sources=sources(each["sources"]),
    )
