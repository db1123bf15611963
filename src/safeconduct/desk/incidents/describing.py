"""A coincidence in words, for pages of this room and of the evaluators."""

from typing import Any

from safeconduct.desk.incidents import words
from safeconduct.desk.incidents.findings import Finding
from safeconduct.desk.incidents.selectors import HitLine


def told(line: HitLine) -> dict[str, Any]:  # Any: what a template draws
    """What the tables of this room show of it."""
    content = line.content
    decisions = [(words.FINDINGS[Finding(each["finding"])], each) for each in content["decisions"]]
    return {
        "line": line,
        "state": words.STATES[line.state],
        "certainty": words.CERTAINTIES[content["certainty"]],
        "by": words.BY[content["by"]],
        "precision": words.PRECISIONS.get(content["precision"], ""),
        "km": [round(each / 1_000, 1) for each in content["metres"]],
        "unit_km": round(content["unit_metres"] / 1_000) if content["unit_metres"] >= 0 else None,
        "decisions": decisions,
    }
