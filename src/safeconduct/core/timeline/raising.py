"""Every rule of the pack, applied to every person's statements."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from safeconduct.core.timeline.checks import CHECKS, about_nobody
from safeconduct.core.timeline.model import Statement
from safeconduct.core.timeline.prompts import Certainty, Found, Outside, Prompt
from safeconduct.core.timeline.rules import Rule, Rules


def prompts_of(statements: Iterable[Statement], rules: Rules, outside: Outside | None = None) -> Sequence[Prompt]:
    """Every prompt, in the order of the pack's rules; the order in which statements come does not matter.

    Of one rule, those that are certain come first. Statements about different people are never compared. Where a rule finds
    the same twice, once for certain, the certain one stays.
    """
    outside = outside or Outside()
    by_person: dict[str, list[Statement]] = {}
    for each in sorted(statements, key=lambda each: each.id):
        by_person.setdefault(each.person, []).append(each)
    found: dict[str, Prompt] = {}
    for rule in rules.rules.values():
        hits: Iterator[Found] = (hit for about in by_person.values() for hit in CHECKS[rule.id](rule, about, outside))
        for hit in sorted((*hits, *about_nobody(rule, outside)), key=lambda hit: hit.certainty is not Certainty.CERTAIN):
            prompt = _prompt(rule, hit)
            found.setdefault(prompt.id, prompt)
    return list(found.values())


def _prompt(rule: Rule, hit: Found) -> Prompt:
    named = "/".join((rule.id, hit.variant, *sorted(hit.statements), *sorted(hit.others)))
    digest = hashlib.sha256(named.encode()).hexdigest()[:16]
    return Prompt(digest, rule.id, hit.variant, hit.statements, hit.certainty, hit.facts)
