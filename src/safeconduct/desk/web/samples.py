"""Invented content for the page that shows every component once. Nothing in it is real."""

import datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind; posted with gaps, so that the errors show."""

    pseudonym = forms.CharField(label=_("Name to use"), help_text=_("Any name. It need not be the one in your papers."))
    channel = forms.ChoiceField(
        label=_("How is it safe to answer you?"),
        choices=[("here", _("Here only, with my code")), ("message", _("Here, and by a message to me"))],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need?"),
        choices=[("lawyer", _("A lawyer")), ("shelter", _("Shelter")), ("doctor", _("A doctor"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    country = forms.ChoiceField(label=_("Country"), choices=[("", _("Choose")), ("AM", "Armenia"), ("KZ", "Kazakhstan")])
    day = forms.CharField(
        label=_("First day there"), required=False, widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
    )
    story = forms.CharField(label=_("What has happened"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    papers = forms.FileField(label=_("Papers"), required=False)
    agreed = forms.BooleanField(
        label=_("I agree that this organisation keeps a file about me in order to help me"),
        help_text=_("You can withdraw this at any time."),
    )


def content() -> dict[str, Any]:  # Any: template context
    """The context of web/components.html."""
    return {
        "form": SampleForm({"pseudonym": "", "channel": "here", "needs": ["lawyer"], "country": "KZ"}),
        "today": datetime.date(2026, 11, 22),
        "facts": [
            (_("Name to use"), "Tair"),
            (_("Present country"), "Kazakhstan, Almaty region"),
            (_("Stay ends on"), "14.01.2027"),
            (_("Interpreter"), ""),
        ],
        "cases": [
            {"name": "Tair", "state": "Evaluation", "kind": "active", "country": "Kazakhstan", "day": "21.11.2026"},
            {"name": "Lev-17", "state": "Alarm", "kind": "urgent", "country": "Armenia", "day": "20.11.2026"},
            {"name": "Sever", "state": "Admitted", "kind": "good", "country": "France", "day": "02.11.2026"},
        ],
        "steps": _steps(),
        "rows": _rows(),
        "timeline": [
            {"when": "2021", "about": True, "what": "Compulsory service ended, about the middle of the year"},
            {"when": "2022-09-26", "about": False, "what": "Summons served at work, against signature"},
            {"when": "2022-10 – 2023-06", "about": True, "what": "Rear repair unit; asked for discharge twice, in writing"},
        ],
        "page": Paginator(range(60), 10).page(3),
    }


def _steps() -> list[dict[str, str]]:
    return [
        {"title": "Check the permit and explain it", "state": "done", "when": "3 November 2026", "text": ""},
        {"title": "Travel within the validity", "state": "overdue", "when": "until 15 November 2026", "text": ""},
        {
            "title": "Contact SPADA",
            "state": "due",
            "when": "as soon as possible",
            "text": "In the Paris region by the OFII phone line.",
            "source": "FR-04, FR-05 · ofpra.gouv.fr, read on 22 November 2026",
            "url": "#",
            "action": "Record the day",
        },
        {
            "title": "OFPRA form",
            "state": "unknown",
            "when": "The rule is unknown since 12 June 2026. Ask a lawyer now.",
            "text": "",
        },
        {"title": "OFPRA interview", "state": "off", "when": "", "text": ""},
    ]


def _rows() -> list[dict[str, Any]]:  # Any: template context
    reason = (
        "The account of the training camp, of the repair company and of its move in October 2022 is detailed and fits what "
        "open sources say about the unit. The name of the company commander could not be checked. No error that a "
        "member would not make."
    )
    first = {
        "who": "Evaluator A · Almaty Rights Desk",
        "rating": "4 · Probable",
        "anchor": "A detailed account that fits the known history of the unit",
        "reason": reason,
        "cited": [{"label": "Interview, answers 23–26", "url": "#"}, {"label": "Military ID, copy", "url": "#"}],
        "would_change_my_mind": "A roll of the company without this name.",
    }
    second = first | {
        "who": "Evaluator B · Maison du Passage, Paris",
        "rating": "3 · Open",
        "cited": [],
        "no_evidence_because": reason[:60],
    }
    exclusion = {
        "who": second["who"],
        "rating": "C · Indication open",
        "reason": reason,
        "would_change_my_mind": "A place and a date.",
    }
    return [
        {
            "name": "Membership of the forces",
            "question": "In which force, role and time?",
            "agreement": "close",
            "sides": [first, second],
        },
        {
            "name": "Exclusion (article 1F)",
            "question": "Is there any indication of a personal part in a crime?",
            "agreement": "apart",
            "sides": [first | {"rating": "A · No indication after inquiry", "anchor": ""}, exclusion],
        },
    ]
