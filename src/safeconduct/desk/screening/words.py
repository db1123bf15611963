"""Words of the pages about screening. None of them is a verdict."""

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.screening.findings import Finding, State

STATES = {
    State.OPEN: _("Possible namesake: nobody has decided"),
    State.PROPOSED: _("One person says it is the same person: a second one looks"),
    State.CONFIRMED: _("Two people say it is the same person"),
    State.FALSE_POSITIVE: _("Somebody else"),
    State.UNSURE: _("Unsure"),
}
FINDINGS = {
    Finding.FALSE_POSITIVE: _("Somebody else (false positive)"),
    Finding.UNSURE: _("Unsure"),
    Finding.TRUE_MATCH: _("The same person (true match)"),
}
BANDS = {
    "strong": _("strong likeness"),
    "possible": _("possible likeness"),
    "weak": _("weak likeness"),
}
FEATURES = {
    # Keys and details are those of core.names; what is not here is shown in English.
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "father_name": _("Father’s name"),
    "initial": _("Initial"),
    "joined": _("Names written as one word"),
    "unanswered": _("Names that only one side has"),
    "different": _("Different names"),
    "order": _("Order of the names"),
    "disguise": _("Letters of another alphabet"),
    "birth_date": _("Date of birth"),
    "country": _("Country"),
    "gender": _("Gender"),
    "namesakes": _("Namesakes to expect by chance"),
}
DETAILS = {
    "the same letters": _("the same letters"),
    "sounds the same": _("sounds the same"),
    "nearly the same": _("nearly the same"),
    "forms of one name": _("forms of one name"),
    "the initial fits": _("the initial fits"),
    "the father's name": _("the father’s name"),
    "written as one word": _("written as one word"),
    "the same day": _("the same day"),
    "day and month swapped": _("day and month swapped"),
    "one digit or a day or two apart": _("one digit or a day or two apart"),
    "the same month": _("the same month"),
    "the same year": _("the same year"),
    "a year apart, or another day of the same year": _("a year apart, or another day of the same year"),
    "another date": _("another date"),
}
