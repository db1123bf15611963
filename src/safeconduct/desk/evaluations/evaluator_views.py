"""The evaluator's pages: declare, read, rate, sign."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from safeconduct import packs
from safeconduct.core.evaluation import CriterionRating, expires_on, gaps, rating_value, read_rating
from safeconduct.core.packtext import PackStamp
from safeconduct.desk.accounts.actors import DeskRequest
from safeconduct.desk.accounts.doors import for_members, with_fresh_proof
from safeconduct.desk.accounts.roles import Role
from safeconduct.desk.cases import words as case_words
from safeconduct.desk.cases.selectors import CaseFile, case_file
from safeconduct.desk.evaluations import followups, renewing, replacing, selectors, services, teasers, words
from safeconduct.desk.evaluations.access import assignment_for_evaluator
from safeconduct.desk.evaluations.errors import AlreadySigned, Incomplete, NamesNotRead, NotOutOfDate, OtherNotReady
from safeconduct.desk.evaluations.forms import DeclarationForm, QuestionForm, drawn, posted_ratings
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.incidents.describing import told as described
from safeconduct.desk.incidents.selectors import for_evaluators
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
    if row.state == Assignment.State.DECLARED:
        return render(request, "evaluations/waits_for_file.html", {"assignment": row})
    if row.state == Assignment.State.HANDED_IN:
        return _handed_in(request, row)
    criteria = teasers.criteria_for(row, request.actor)
    ratings: Sequence[CriterionRating]
    if request.method == "POST":
        ratings = posted_ratings(criteria, request.POST)
        content = {"ratings": [rating_value(rating) for rating in ratings]}
        drafts.save_draft(request.actor, selectors.draft_place(row), content, today=clock.today())
        if not request.POST.get("sign"):
            return redirect_saying("draft-saved", "evaluations:assignment", assignment_id=row.id)
        return _sign(request, row, ratings)
    draft = drafts.load_draft(request.actor, selectors.draft_place(row))
    ratings = [read_rating(value) for value in draft["ratings"]] if draft else []
    return _form(request, row, ratings, [])


@with_fresh_proof
def _sign(request: DeskRequest, row: Assignment, ratings: Sequence[CriterionRating]) -> HttpResponse:
    criteria, language = teasers.criteria_for(row, request.actor), get_language() or "en"
    try:
        services.hand_in(row, request.actor, ratings, today=clock.today())
    except Incomplete as refused:
        problems = [{"href": f"#c-{gap.criterion}", "text": words.gap_in_words(gap, criteria, language)} for gap in refused.gaps]
        return _form(request, row, ratings, problems, status=422)
    except OtherNotReady:
        waiting = gettext("The other evaluator is not ready yet, or is being replaced. Your draft is kept; sign it later.")
        return _form(request, row, ratings, [{"href": "", "text": waiting}], status=422)
    drafts.drop_draft(request.actor, selectors.draft_place(row))
    return redirect_saying("handed-in", "evaluations:list")


def _declaration(request: DeskRequest, row: Assignment) -> HttpResponse:
    names: Sequence[str] | None = None
    if request.method == "POST" and request.POST.get("names"):
        names = teasers.show_names(row, request.actor, today=clock.today())
    form = DeclarationForm(request.POST if request.method == "POST" and names is None else None)
    if form.is_bound and form.is_valid():
        has_conflict = form.cleaned_data["conflict"] != "none"
        try:
            services.declare(row, request.actor, has_conflict=has_conflict, today=clock.today())
        except NamesNotRead:
            form.add_error("conflict", gettext("Look at the names first."))
        else:
            if has_conflict:
                return redirect_saying("declared", "evaluations:list")
            return redirect_saying("declared-none", "evaluations:assignment", assignment_id=row.id)
    teaser, language = teasers.teaser_of(row, request.actor), get_language() or "en"
    page = {
        "assignment": row,
        "form": form,
        "names": names,
        "asks_for_names": names is None and row.names is not None,
        "teaser": teaser,
        "language": words.language_named(teaser.language) if teaser else "",
        "group": words.COUNTRY_GROUPS[teaser.country_group] if teaser else "",
        "criteria": packs.criteria_of(teaser.criteria).title.in_language(language) if teaser else "",
    }
    return render(request, "evaluations/declare.html", page, status=422 if form.errors else 200)


@require_POST
@for_members(Role.EVALUATOR)
def step_back(request: DeskRequest, assignment_id: str) -> HttpResponse:
    """The evaluator leaves before signing."""
    row = assignment_for_evaluator(request.actor, assignment_id)
    has_conflict = request.POST.get("why") == "conflict"
    try:
        replacing.step_back(row, request.actor, has_conflict=has_conflict, today=clock.today())
    except AlreadySigned:
        raise Http404 from None
    return redirect_saying("stepped-back", "evaluations:list")


@require_POST
@for_members(Role.EVALUATOR)
def begin_again(request: DeskRequest, assignment_id: str) -> HttpResponse:
    """The author of an evaluation that no longer counts begins a new version, from what they signed."""
    row = assignment_for_evaluator(request.actor, assignment_id)
    try:
        renewing.begin_again(row, request.actor, today=clock.today())
    except NotOutOfDate:
        raise Http404 from None
    return redirect("evaluations:assignment", assignment_id=row.id)


@require_POST
@for_members(Role.EVALUATOR)
def seal_anew(request: DeskRequest, assignment_id: str) -> HttpResponse:
    """The author of a signed evaluation seals it to the lock of whoever replaces the other evaluator."""
    row = assignment_for_evaluator(request.actor, assignment_id)
    if not selectors.waits_for_new_seal(row):
        raise Http404
    replacing.seal_anew(row, request.actor, today=clock.today())
    return redirect_saying("sealed-anew", "evaluations:list")


def _handed_in(request: DeskRequest, row: Assignment) -> HttpResponse:
    own = selectors.own_evaluation(row, request.actor)
    if own is None:
        raise Http404
    criteria, language = packs.criteria_of(own.pack), get_language() or "en"
    found = {rating.criterion: rating for rating in own.ratings}
    page = {"assignment": row, "criteria": drawn(criteria, found, [], {}, language), "signed_on": own.signed_on}
    task = selectors.task_of(row, request.actor, today=clock.today())
    page |= {"version": own.version, "until": expires_on(own, criteria), "task": task.value if task else ""}
    return render(request, "evaluations/handed_in.html", page)


def _form(
    request: DeskRequest, row: Assignment, ratings: Sequence[CriterionRating], problems: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    criteria, language = teasers.criteria_for(row, request.actor), get_language() or "en"
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
        "questions": followups.follow_ups(found.follow_ups),
        "question_form": QuestionForm(),
        "incidents": [described(line) for line in for_evaluators(row.case, request.actor, today=clock.today())],
        "facts": [renewing.facts_of(record) for record in found.new_facts],
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
    items += [(record.id, str(case_words.SECTIONS[Section(section)])) for section, record in found.interview]
    asked = followups.follow_ups(found.follow_ups)
    return items + [(each.record, gettext("Follow-up question %(number)s") % {"number": each.number}) for each in asked]
