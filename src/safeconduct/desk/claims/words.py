"""Words of the pages about statements and claims. What can be said about time, and what prompts say, stands in the pack."""

from django.utils.translation import gettext_lazy as _

from safeconduct.core.timeline import Order, Said
from safeconduct.desk.claims.answers import Answered, Standing
from safeconduct.packs import WAR_REFUSERS, criteria

ANSWERS = {
    Answered.EXPLAINED: _("Explained"),
    Answered.ASKED: _("Asked, no answer yet"),
    Answered.OPEN: _("Open"),
}
_RATINGS = {
    Standing.ESTABLISHED: "5",
    Standing.PROBABLE: "4",
    Standing.OPEN: "3",
    Standing.DOUBTFUL: "2",
    Standing.CONTRADICTED: "1",
}
"""Ratings of the scale for material facts in the criteria: evaluators and researchers use the same words."""
SAID = {
    Said.INTERVIEW: _("The screening interview of this case"),
    Said.REQUEST: _("What the person wrote when they first asked"),
    Said.WITNESS: _("Somebody else told it"),
    Said.OPEN_SOURCE: _("A publication or a post"),
    Said.UNKNOWN: _("Another source"),
}
ORDERS = {
    Order.BEFORE: _("before"),
    Order.AFTER: _("after"),
    Order.DURING: _("during"),
    Order.SAME: _("on the same occasion as"),
}


def standings(language: str) -> dict[Standing, str]:
    """How a claim can stand, in the words of the criteria."""
    scale = next(each.scale for each in criteria(WAR_REFUSERS).criteria if each.scale.id == "material")
    return {standing: scale.rating(rating).label.in_language(language) for standing, rating in _RATINGS.items()}


OCCASIONS = {
    0: _("not said"),
    1: _("the first time"),
    2: _("the second time"),
    3: _("the third time"),
    4: _("the fourth time"),
}
