"""Side by side: how the evaluations stand to each other, what they stand on, the decision, and its review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct.core.custody import Purpose
from safeconduct.core.evaluation import Outcome, PossibleOutcomes, expires_on, possible_outcomes
from safeconduct.desk.accounts.actors import Actor, DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases.access import case_for_coordinator
from safeconduct.desk.cases.models import Case
from safeconduct.desk.cases.selectors import case_file
from safeconduct.desk.concerns.errors import HeldBack
from safeconduct.desk.evaluations import reviews, selectors, services, telling, words
from safeconduct.desk.evaluations.citing import Cited, cited_items
from safeconduct.desk.evaluations.errors import NotNeeded, NotTold, NotYetOpen, OutcomeBarred, TellsTooMuch
from safeconduct.desk.evaluations.forms import DecisionForm
from safeconduct.desk.evaluations.models import round_of
from safeconduct.desk.evaluations.selectors import Compared, OpenedEvaluation
from safeconduct.desk.vault import drafts, opening
from safeconduct.desk.vault.errors import NotGranted
from safeconduct.desk.web import clock
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(Role.COORDINATOR)
def compare(request: DeskRequest, case_id: str) -> HttpResponseBase:
    """The evaluations side by side, and the decision."""
    case = case_for_coordinator(request.actor, case_id)
    try:
        found = selectors.compared(case, request.actor, today=clock.today())
    except NotYetOpen:
        return render(request, "evaluations/not_yet.html", {"case": case})
    return _page(request, case, found)


@require_POST
@for_members(Role.COORDINATOR)
def review(request: DeskRequest, case_id: str) -> HttpResponse:
    """Open a fresh round of a negative result, as somebody who did not decide it."""
    case = case_for_coordinator(request.actor, case_id)
    try:
        reviews.open_review(case, request.actor, today=clock.today())
    except NotNeeded:
        raise Http404 from None
    return redirect_saying("review-opened", "evaluations:of-case", case_id=case.id)


def _page(request: DeskRequest, case: Case, found: Compared) -> HttpResponseBase:
    language = get_language() or "en"
    criteria, possible = found.comparison.criteria, possible_outcomes(found.comparison)
    outcomes = [(outcome, str(words.OUTCOMES[outcome])) for outcome in Outcome if outcome in possible.outcomes]
    form = DecisionForm(
        request.POST or None, outcomes=outcomes, initial=drafts.load_draft(request.actor, selectors.decision_place(case)) or {}
    )
    if request.method == "POST" and form.is_valid() and _may_be_told(case, found, form):
        # Kept, because a fresh proof may have to come between typing and signing.
        drafts.save_draft(request.actor, selectors.decision_place(case), form.cleaned_data, today=clock.today())
        return _sign(request, case, form)
    view = _View(case, found, cited_items(case, case_file(case, request.actor, today=clock.today()), language), language)
    page = {
        "case": case,
        "summary": words.agreement_in_words(found.comparison),
        "rows": view.rows(),
        "bars": sorted({words.bar_in_words(bar, criteria, language) for bar in possible.bars}),
        "rules": words.rules_in_words(criteria.rules),
        "third_needed": found.comparison.third_needed,
        "urgent": found.comparison.urgent,
        "not_counting": [view.standing_of(each) for each in found.not_counting],
        "earlier": [view.version(each) for each in found.earlier],
        "form": form,
        "may_decide": _may_decide(case, possible, request.actor),
        "may_review": _may_review(case, request.actor),
    }
    return render(request, "evaluations/compare.html", page, status=422 if form.errors else 200)


@with_fresh_proof
def _sign(request: DeskRequest, case: Case, form: DecisionForm) -> HttpResponse:
    outcome, told = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["told"]
    try:
        services.decide(case, request.actor, outcome, form.cleaned_data["reasons"], told=told, today=clock.today())
    except (OutcomeBarred, NotTold, TellsTooMuch, NotGranted):
        return redirect_saying("not-decided", "evaluations:compare", case_id=case.id)
    except HeldBack:
        return redirect_saying("held-back", "evaluations:compare", case_id=case.id)
    drafts.drop_draft(request.actor, selectors.decision_place(case))
    return redirect_saying("decided", "cases:case", case_id=case.id)


def _may_be_told(case: Case, found: Compared, form: DecisionForm) -> bool:
    """Whether the words for the person fit the outcome; what does not goes into the form."""
    outcome, told = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["told"]
    try:
        telling.require_fit(case, outcome, told, found.opened)
    except NotTold:
        form.add_error("told", gettext("Tell the person why, in plain words."))
    except TellsTooMuch:
        form.add_error("told", gettext("These words repeat what an evaluator wrote on security. Leave that out."))
    return not form.errors


def _may_decide(case: Case, possible: PossibleOutcomes, actor: Actor) -> bool:
    if case.stage != Case.Stage.DECISION or not possible.outcomes:
        return False
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DECISION, today=clock.today()) as file:
        return actor.id not in selectors.deciders_before(file, round_of(case))


def _may_review(case: Case, actor: Actor) -> bool:
    if case.stage != Case.Stage.CLOSED:
        return False
    with opening.opened(case.subject, holder=actor, purpose=Purpose.DECISION, today=clock.today()) as file:
        return reviews.may_review(file, actor)


@dataclass(frozen=True, repr=False)
class _View:
    """The comparison in words and pictures, for one reader."""

    case: Case
    found: Compared
    cited: Mapping[str, Cited]
    language: str

    def rows(self) -> list[dict[str, Any]]:  # Any: the component's variables
        """One entry for each criterion."""
        return [
            {
                "name": row.criterion.name.in_language(self.language),
                "question": row.criterion.question.in_language(self.language),
                "agreement": row.agreement.value,
                "distance": words.distance_in_words(row),
                "steps": self._steps(row.criterion.id),
                "sides": [self._side(opened, row.criterion.id, number) for number, opened in self._numbered()],
            }
            for row in self.found.comparison.rows
        ]

    def standing_of(self, opened: OpenedEvaluation) -> dict[str, Any]:  # Any: as above
        """Whose evaluation no longer counts, and why."""
        return {"who": _who(opened), "day": opened.evaluation.signed_on, "is_out_of_date": opened.is_out_of_date}

    def version(self, opened: OpenedEvaluation) -> dict[str, Any]:  # Any: as above
        """An earlier version, with all that it says."""
        ratings = [self._side(opened, row.criterion.id, "") for row in self.found.comparison.rows]
        names = [row.criterion.name.in_language(self.language) for row in self.found.comparison.rows]
        return {
            "who": _who(opened),
            "version": opened.evaluation.version,
            "day": opened.evaluation.signed_on,
            "ratings": list(zip(names, ratings, strict=True)),
        }

    def _numbered(self) -> list[tuple[str, OpenedEvaluation]]:
        return [(str(number), opened) for number, opened in enumerate(self.found.opened, start=1)]

    def _steps(self, criterion_id: str) -> list[dict[str, Any]]:  # Any: as above
        scale = self.found.comparison.row(criterion_id).criterion.scale
        chosen = {number: opened.evaluation.rating_of(criterion_id) for number, opened in self._numbered()}
        ordered = sorted(scale.ratings, key=lambda rating: (rating.order is None, rating.order or 0))
        return [
            {
                "label": rating.label.in_language(self.language),
                "marks": [number for number, given in chosen.items() if given is not None and given.rating == rating.id],
                "is_open": rating.open,
            }
            for rating in ordered
        ]

    def _side(self, opened: OpenedEvaluation, criterion_id: str, number: str) -> dict[str, Any]:  # Any: as above
        rating = opened.evaluation.rating_of(criterion_id)
        assert rating is not None
        criterion = self.found.comparison.row(criterion_id).criterion
        anchor = criterion.anchors.get(rating.rating)
        missing = Cited(gettext("An item that is no longer there"))
        return {
            "mark": number,
            "who": _who(opened),
            "until": expires_on(opened.evaluation, self.found.comparison.criteria),
            "rating": criterion.scale.rating(rating.rating).label.in_language(self.language),
            "anchor": anchor.in_language(self.language) if anchor else "",
            "reason": rating.reason,
            "cited": [self.cited.get(item, missing) for item in rating.cited],
            "no_evidence_because": rating.no_evidence_because,
            "would_change_my_mind": rating.would_change_my_mind,
        }


def _who(opened: OpenedEvaluation) -> str:
    return f"{opened.evaluator.alias} ({opened.evaluator.organisation.name})"
