"""Shape of an evaluation as it is typed: for each criterion a rating, a reason, what is cited, what would change one's mind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from safeconduct.core.evaluation import Criteria, CriterionRating, Outcome
from safeconduct.desk.accounts.models import Member
from safeconduct.desk.cases.words import SECTIONS
from safeconduct.desk.evaluations.followups import ASKED_IN
from safeconduct.packs import WAR_REFUSERS


@dataclass(frozen=True, repr=False)
class CriterionForm:
    """One criterion as it is drawn."""

    id: str
    name: str
    question: str
    guidance: str
    options: Sequence[tuple[str, str, str, bool]]
    """(rating, label, anchor, whether chosen)"""
    reason: str
    no_evidence_because: str
    would_change_my_mind: str
    items: Sequence[tuple[str, str, bool]]
    """(item id, label, whether cited)"""
    gaps: Sequence[str]


def posted_ratings(criteria: Criteria, post: QueryDict) -> list[CriterionRating]:
    """What a posted evaluation says; criteria without a rating are left out."""
    found = []
    for criterion in criteria.criteria:
        rating = post.get(f"{criterion.id}.rating", "")
        texts = {name: post.get(f"{criterion.id}.{name}", "").strip()[:20_000] for name in _TEXTS}
        cited = tuple(dict.fromkeys(post.getlist(f"{criterion.id}.cited")))
        if rating or any(texts.values()) or cited:
            found.append(CriterionRating(criterion=criterion.id, rating=rating, cited=cited, **texts))
    return found


_TEXTS = ("reason", "no_evidence_because", "would_change_my_mind")


def drawn(
    criteria: Criteria,
    ratings: Mapping[str, CriterionRating],
    items: Sequence[tuple[str, str]],
    gaps: Mapping[str, Sequence[str]],
    language: str,
) -> list[CriterionForm]:
    """Every criterion, filled with what was typed so far."""
    found = []
    for criterion in criteria.criteria:
        typed = ratings.get(criterion.id, CriterionRating(criterion.id, "", ""))
        found.append(
            CriterionForm(
                id=criterion.id,
                name=criterion.name.in_language(language),
                question=criterion.question.in_language(language),
                guidance=criterion.guidance.in_language(language) if criterion.guidance else "",
                options=[
                    (
                        rating.id,
                        rating.label.in_language(language),
                        criterion.anchors[rating.id].in_language(language) if rating.id in criterion.anchors else "",
                        rating.id == typed.rating,
                    )
                    for rating in criterion.scale.ratings
                ],
                reason=typed.reason,
                no_evidence_because=typed.no_evidence_because,
                would_change_my_mind=typed.would_change_my_mind,
                items=[(item, label, item in typed.cited) for item, label in items],
                gaps=gaps.get(criterion.id, ()),
            )
        )
    return found


class AssignForm(forms.Form):
    """Ask somebody to evaluate."""

    criteria = forms.ChoiceField(
        label=_("Criteria"), help_text=_("For both evaluators. They cannot be changed once somebody is asked.")
    )
    evaluator = forms.ModelChoiceField(label=_("Evaluator"), queryset=Member.objects.none(), empty_label=_("Choose"))

    def __init__(
        self,
        *args: Any,  # Any: handed on as given
        members: Sequence[Member],
        criteria: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if criteria:
            choice = self.fields["criteria"]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices, choice.initial, choice.required = list(criteria), WAR_REFUSERS, False
        else:
            del self.fields["criteria"]
        field = self.fields["evaluator"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Member.objects.filter(pk__in=[member.id for member in members]).select_related("organisation")
        field.label_from_instance = lambda obj: f"{obj.alias} ({obj.organisation.name})"  # type: ignore[method-assign]  # Django's way to label


class DeclarationForm(forms.Form):
    """Whether the evaluator has a conflict of interest."""

    conflict = forms.ChoiceField(
        label=_("Do you have a conflict of interest in this case?"),
        choices=[
            ("none", _("No: I do not know the person, their family or their unit, and gain nothing from the outcome")),
            ("some", _("Yes, or I am not sure: I do not evaluate this case")),
        ],
        widget=forms.RadioSelect,
    )


class QuestionForm(forms.Form):
    """A follow-up question for the person."""

    section = forms.ChoiceField(label=_("Where it belongs"), choices=[(section.value, SECTIONS[section]) for section in ASKED_IN])
    question = forms.CharField(
        label=_("Question"),
        max_length=2_000,
        min_length=8,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other evaluator reads it too. Ask, and say nothing of what you think."),
    )


class AnswerForm(forms.Form):
    """What the person answered."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    answer = forms.CharField(label=_("What the person answered"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5}))


class FactsForm(forms.Form):
    """What came in after evaluations were signed."""

    facts = forms.CharField(label=_("What is new"), max_length=20_000, min_length=8, widget=forms.Textarea(attrs={"rows": 4}))


class DecisionForm(forms.Form):
    """The coordinator's decision."""

    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reasons = forms.CharField(label=_("Reasons"), max_length=20_000, min_length=20, widget=forms.Textarea(attrs={"rows": 6}))
    told = forms.CharField(
        label=_("What the person is told"),
        help_text=_(
            "In their language and in plain words, sent into their conversation. A negative result needs it: what could not be "
            "established, what would help, and that they may ask for a review by someone new. Nothing about security, ever."
        ),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, outcomes: Sequence[tuple[Outcome, str]], **kwargs: Any) -> None:  # Any: handed on as given
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(outcome.value, label) for outcome, label in outcomes]
