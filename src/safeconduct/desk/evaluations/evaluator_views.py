"""The evaluator's pages: declare, read, rate, sign."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from safeconduct import packs
from safeconduct.core.evaluation import CriterionRating, gaps, rating_value, read_rating
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import words as case_words
from safeconduct.desk.cases.selectors import CaseFile, case_file
from safeconduct.desk.evaluations import selectors, services, words
from safeconduct.desk.evaluations.access import assignment_for_evaluator
from safeconduct.desk.evaluations.errors import Incomplete, OtherNotReady
from safeconduct.desk.evaluations.forms import DeclarationForm, drawn, posted_ratings
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.vault import drafts
from safeconduct.desk.vault.sections import Section
from safeconduct.desk.web import clock
from safeconduct.desk.web.answers import told
from safeconduct.desk.web.notices import redirect_saying


@require_http_methods(["GET", "POST"])
@for_members(Role.EVALUATOR)
def assignment(request: DeskRequest, assignment_id: str) -> HttpResponseBase:
    """One's own evaluation: the declaration first, then the file and the criteria."""
    row = assignment_for_evaluator(request.actor, assignment_id)
    if row.state == Assignment.State.OFFERED:
        return _declaration(request, row)
    if row.state == Assignment.State.HANDED_IN:
        return _handed_in(request, row)
    criteria = packs.criteria(packs.WAR_REFUSERS)
    ratings: Sequence[CriterionRating]
    if request.method == "POST":
        ratings = posted_ratings(criteria, request.POST)
        content = {"ratings": [rating_value(rating) for rating in ratings]}
        drafts.save_draft(request.actor, draft_place(row), content, today=clock.today())
        if not request.POST.get("sign"):
            return redirect_saying("draft-saved", "evaluations:assignment", assignment_id=row.id)
        return _sign(request, row, ratings)
    draft = drafts.load_draft(request.actor, draft_place(row))
    ratings = [read_rating(value) for value in draft["ratings"]] if draft else []
    return _form(request, row, ratings, [])


@with_fresh_proof
def _sign(request: DeskRequest, row: Assignment, ratings: Sequence[CriterionRating]) -> HttpResponse:
    criteria, language = packs.criteria(packs.WAR_REFUSERS), get_language() or "en"
    try:
        services.hand_in(row, request.actor, ratings, today=clock.today())
    except Incomplete as refused:
        problems = [{"href": f"#c-{gap.criterion}", "text": words.gap_in_words(gap, criteria, language)} for gap in refused.gaps]
        return _form(request, row, ratings, problems, status=422)
    except OtherNotReady:
        waiting = gettext("The other evaluator has not accepted yet. Your draft is kept; sign it once they have.")
        return _form(request, row, ratings, [{"href": "", "text": waiting}], status=422)
    drafts.drop_draft(request.actor, draft_place(row))
    return redirect_saying("handed-in", "evaluations:list")


def _declaration(request: DeskRequest, row: Assignment) -> HttpResponse:
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        has_conflict = form.cleaned_data["conflict"] != "none"
        services.declare(row, request.actor, has_conflict=has_conflict, today=clock.today())
        if has_conflict:
            return redirect_saying("declared", "evaluations:list")
        return redirect("evaluations:assignment", assignment_id=row.id)
    return render(request, "evaluations/declare.html", {"assignment": row, "form": form}, status=422 if form.errors else 200)


def _handed_in(request: DeskRequest, row: Assignment) -> HttpResponse:
    own = selectors.own_evaluation(row, request.actor)
    if own is None:
        raise Http404
    criteria, language = packs.criteria_of(own.pack), get_language() or "en"
    found = {rating.criterion: rating for rating in own.ratings}
    page = {"assignment": row, "criteria": drawn(criteria, found, [], {}, language), "signed_on": own.signed_on}
    return render(request, "evaluations/handed_in.html", page)


def _form(
    request: DeskRequest, row: Assignment, ratings: Sequence[CriterionRating], problems: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    criteria, language = packs.criteria(packs.WAR_REFUSERS), get_language() or "en"
    found = case_file(row.case, request.actor, today=clock.today())
    lacking: dict[str, list[str]] = {}
    if status != 200:
        for gap in gaps(criteria, tuple(ratings)):
            lacking.setdefault(gap.criterion, []).append(words.gap_in_words(gap, criteria, language).partition(": ")[2])
    typed = {rating.criterion: rating for rating in ratings}
    page = {
        "assignment": row,
        "case": row.case,
        "file": found,
        "interview": _interview(found, language),
        "criteria": drawn(criteria, typed, _items(found), lacking, language),
        "problems": problems,
        "least": criteria.rules.shortest_reason,
    }
    return render(request, "evaluations/evaluate.html", page, status=status)


def _interview(found: CaseFile, language: str) -> list[tuple[object, object]]:
    shown: list[tuple[object, object]] = []
    for section, record in found.interview:
        pack = packs.questionnaire_of(PackStamp.from_value(record.content["pack"]))
        shown.append((case_words.SECTIONS[Section(section)], told(pack, record.content["answers"], language)))
    return shown


def _items(found: CaseFile) -> list[tuple[str, str]]:
    items = [(item.id, item.content["title"]) for item in found.evidence]
    return items + [(record.id, str(case_words.SECTIONS[Section(section)])) for section, record in found.interview]


def draft_place(row: Assignment) -> str:
    """Under which name the draft of an evaluation is kept."""
    return f"evaluation {row.id}"
