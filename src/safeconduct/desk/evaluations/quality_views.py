"""How evaluating goes: agreement, time and drift, for coordinators."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from safeconduct.core.evaluation import FEWEST_PAIRS, Kappa
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.evaluations.quality import FEWEST_CASES, Quality, quality
from safeconduct.desk.web import clock


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def quality_page(request: DeskRequest) -> HttpResponse:
    """Explain; and on asking open every double evaluation and count, which the log tells."""
    page: dict[str, object] = {"fewest_pairs": FEWEST_PAIRS, "fewest_cases": FEWEST_CASES}
    if request.method == "POST":
        found = quality(request.actor, today=clock.today())
        page |= {"quality": found, "packs": _packs(found, get_language() or "en")}
    return render(request, "evaluations/quality.html", page)


def _packs(found: Quality, language: str) -> list[tuple[str, list[dict[str, object]]]]:
    return [
        (
            f"{pack.criteria.title.in_language(language)} (v{pack.criteria.stamp.version})",
            [
                {
                    "name": row.criterion.name.in_language(language),
                    "pairs": row.pairs,
                    "plain": _numbers(row.plain),
                    "weighted": _numbers(row.weighted),
                }
                for row in pack.rows
            ],
        )
        for pack in found.agreement
    ]


def _numbers(found: Kappa | None) -> tuple[float, float, float] | None:
    return (found.value, found.low, found.high) if found else None
