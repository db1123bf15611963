"""Words of the pages about incidents. None of them accuses anybody."""

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.incidents.findings import Finding, State

STATES = {
    State.OPEN: _("Nobody has decided"),
    State.UNRELATED: _("Does not concern this person"),
    State.TO_ASK: _("To be asked about"),
    State.FOR_EVALUATORS: _("For the evaluators"),
}
FINDINGS = {
    Finding.UNRELATED: _("It does not concern this person"),
    Finding.TO_ASK: _("The person is asked about it"),
    Finding.FOR_EVALUATORS: _("The evaluators look at it"),
}
CERTAINTIES = {
    "likely": _("same place and days, as far as they are known"),
    "possible": _("may have been near"),
    "weak": _("too vague to say"),
}
BY = {
    "place": _("by the place that was said"),
    "unit": _("by where the unit was recorded"),
    "place and unit": _("by the place that was said and by where the unit was recorded"),
}
PRECISIONS = {
    "place": _("the place"),
    "near": _("about 25 km"),
    "district": _("the district"),
    "province": _("the province"),
    "country": _("the country"),
    "unknown": _("not known"),
}
