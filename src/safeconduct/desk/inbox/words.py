"""Words of the inbox for codes."""

from django.utils.translation import gettext_lazy as _

from safeconduct.desk.intake.models import Request

STATES = {
    Request.State.NEW: _("New"),
    Request.State.OPEN: _("In conversation"),
    Request.State.CASE: _("Case"),
    Request.State.ADVISED: _("Advised"),
    Request.State.REFERRED: _("Not for us"),
    Request.State.SPAM: _("Spam"),
    Request.State.MERGED: _("Joined to another"),
}
URGENCIES = {"urgent": _("Urgent"), "soon": _("Soon"), "routine": _("Routine"), "unknown": _("Not known yet")}
RISKS = {"low": _("Low"), "raised": _("Raised"), "high": _("High"), "unknown": _("Not known yet")}
SAFETIES = {
    "safe": _("Safe for now"),
    "unsure": _("Not sure"),
    "unsafe": _("In danger now"),
    "unknown": _("Not known yet"),
}
VULNERABLE = {
    "child": _("A child or under 18"),
    "with_children": _("Alone with children"),
    "pregnant": _("Pregnant"),
    "illness": _("Serious illness or disability"),
    "mind": _("Mental distress or risk of self-harm"),
    "violence": _("Survivor of torture or violence"),
    "shelter": _("Without shelter or money"),
    "held": _("Detained, or wanted where they are"),
}
LANGUAGES = {"ru": "Русский", "fr": "Français", "en": "English"}
FILTERS = {
    "open": _("All open"),
    "waiting": _("Waiting for us"),
    "unread": _("Unread"),
    "new": _("New"),
    "mine": _("Mine"),
    "unassigned": _("With nobody"),
    "alarm": _("Alarm"),
    "deletion": _("Deletion asked"),
    "closed": _("Closed"),
}
