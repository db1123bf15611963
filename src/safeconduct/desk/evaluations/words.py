"""Words for what the rules of evaluation say."""

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from safeconduct.core.evaluation import (
    Agreement,
    Bar,
    BarCode,
    Comparison,
    Criteria,
    CriterionComparison,
    Gap,
    GapCode,
    IndependenceCode,
    Outcome,
    Rules,
)
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.evaluations.teasers import CountryGroup

STATES = {
    Assignment.State.OFFERED: _("Asked, has not declared yet"),
    Assignment.State.DECLINED: _("Declined"),
    Assignment.State.DECLARED: _("Declared no conflict, waits for the file"),
    Assignment.State.STEPPED_BACK: _("Left before signing"),
    Assignment.State.ACCEPTED: _("Evaluating"),
    Assignment.State.HANDED_IN: _("Signed and locked"),
    Assignment.State.REVISING: _("Makes a new version"),
}
INDEPENDENCE = {
    IndependenceCode.SAME_PERSON: _("already evaluates this case"),
    IndependenceCode.SAME_ORGANISATION: _("is of the same organisation as the other evaluator"),
    IndependenceCode.HELD_THE_INTERVIEW: _("held the interview"),
    IndependenceCode.BROUGHT_THE_PERSON_IN: _("received the person"),
    IndependenceCode.CONFLICT_DECLARED: _("declared a conflict of interest"),
    IndependenceCode.STEPPED_BACK: _("has evaluated this case before"),
}
COUNTRY_GROUPS = {
    CountryGroup.CENTRAL_ASIA: _("Central Asia"),
    CountryGroup.CAUCASUS: _("South Caucasus"),
    CountryGroup.EUROPEAN_UNION: _("European Union, EEA or Switzerland"),
    CountryGroup.BALKANS_AND_TURKIYE: _("Western Balkans, Moldova or Türkiye"),
    CountryGroup.ELSEWHERE: _("Elsewhere"),
    CountryGroup.UNKNOWN: _("Not known"),
}
_GAPS = {
    GapCode.NOT_RATED: _("has no rating"),
    GapCode.NOT_ON_THE_SCALE: _("has no rating"),
    GapCode.REASON_TOO_SHORT: _("the reason has %(length)s characters; %(least)s are needed"),
    GapCode.NOTHING_CITED: _("cite an item, or say why there is none"),
    GapCode.CITED_AND_NONE: _("an item is cited, and also a reason why there is none"),
    GapCode.CHANGE_OF_MIND_MISSING: _("say what would change your mind"),
}
_OTHERWISE = _("is not complete")
_BARS = {
    BarCode.TOO_FEW_EVALUATIONS: _("Two evaluations by different organisations are needed."),
    BarCode.THIRD_NEEDED: _("The evaluations differ: a third evaluator is needed first."),
    BarCode.OPEN_FINDING: _("An open question bars “recommended”:"),
    BarCode.NOT_ASSESSED: _("Nobody assessed:"),
}
OUTCOMES = {
    Outcome.RECOMMENDED: _("Recommended"),
    Outcome.NOT_RECOMMENDED: _("Not recommended"),
    Outcome.INSUFFICIENT: _("Insufficient"),
}


def gap_in_words(gap: Gap, criteria: Criteria, language: str) -> str:
    """One line on what is lacking, beginning with the criterion's name."""
    names = {criterion.id: criterion.name.in_language(language) for criterion in criteria.criteria}
    text = str(_GAPS.get(gap.code, _OTHERWISE))
    return f"{names.get(gap.criterion, gap.criterion)}: {text % gap.parameters if gap.parameters else text}"


def distance_in_words(row: CriterionComparison) -> str:
    """How far apart the ratings of one criterion are."""
    if row.distance is None:
        return gettext("No distance: fewer than two have assessed it.")
    if row.distance == 0:
        return gettext("The same rating.")
    return ngettext("%(steps)s step apart.", "%(steps)s steps apart.", row.distance) % {"steps": row.distance}


def agreement_in_words(comparison: Comparison) -> list[str]:
    """On what they agree and on what not, by the names of criteria; never a sum over them."""
    language = get_language() or "en"
    found = []
    for agreement, text in _AGREEMENTS.items():
        names = [row.criterion.name.in_language(language) for row in comparison.rows if row.agreement is agreement]
        if names:
            found.append(f"{text} {', '.join(names)}.")
    return found


def rules_in_words(rules: Rules) -> list[str]:
    """What the rules of the criteria ask for, with their numbers."""
    return [
        gettext("Two evaluations by different organisations count, each for %(months)s months or until new facts.")
        % {"months": rules.expires_after_months},
        gettext("%(steps)s steps apart, or an open question that only one sees, calls a third evaluator before any decision.")
        % {"steps": rules.third_from_steps},
        gettext("An open question on exclusion or security bars “recommended”, also beside a third who clears it."),
        gettext("A negative result is explained to the person and reviewed by someone new if they ask."),
    ]


_AGREEMENTS = {
    Agreement.SAME: _("The same rating:"),
    Agreement.CLOSE: _("Close:"),
    Agreement.APART: _("Apart, a third evaluator is needed:"),
    Agreement.ONE_SIDED: _("Assessed by some only:"),
    Agreement.NOT_ASSESSED: _("Assessed by nobody:"),
}


def bar_in_words(bar: Bar, criteria: Criteria, language: str) -> str:
    """Why an outcome cannot be chosen."""
    names = {criterion.id: criterion.name.in_language(language) for criterion in criteria.criteria}
    return f"{gettext(str(_BARS[bar.code]))} {names.get(bar.criterion, '')}".strip()


def language_named(code: str) -> str:
    """A language of the product in the reader's words; the code itself for another, a dash for none."""
    return str(_LANGUAGES.get(code, code or "–"))


_LANGUAGES = {"en": _("English"), "fr": _("French"), "ru": _("Russian")}
