"""A questionnaire of our own as a form, for those who fill it in with ODK or Kobo: what it asks, when, in three languages.

Each question becomes a group with a field for each part and one for “prefer not to say” and “don't know”. What only our
desk can do is left out: flags that look at the calendar, seals, choosing countries from the list.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from safeconduct.core.packtext import LocalText
from safeconduct.core.questionnaires import Option, Part, PartType, Question, Questionnaire, Section
from safeconduct.core.questionnaires.conditions import Condition, looks_at_calendar
from safeconduct.core.xlsforms.conditions import Fields, joined, written
from safeconduct.core.xlsforms.expressions import Expression, parse
from safeconduct.core.xlsforms.form import Choice, Form, Group, Item, Kind, Texts
from safeconduct.core.xlsforms.form import Question as FormQuestion

LANGUAGES: Final = {"en": "English (en)", "fr": "Français (fr)", "ru": "Русский (ru)"}
REPLIES: Final = "replies"
YES_NO: Final = "yes_no"

_REPLY = LocalText(en="Or", fr="Ou bien", ru="Или")
_REPLY_CHOICES: Final = (
    ("prefer_not_to_say", LocalText(en="I prefer not to say", fr="Je préfère ne pas le dire", ru="Не хочу отвечать")),
    ("dont_know", LocalText(en="I don't know", fr="Je ne sais pas", ru="Не знаю")),
)
_YES_NO_CHOICES: Final = (("yes", LocalText("Yes", "Oui", "Да")), ("no", LocalText("No", "Non", "Нет")))
_DATE_HINT = LocalText("2022, 2022-09 or 2022-09-21", "2022, 2022-09 ou 2022-09-21", "2022, 2022-09 или 2022-09-21")
_COUNTRY_HINT = LocalText(
    en="The two letters of the country, such as FR",
    fr="Les deux lettres du pays, par exemple FR",
    ru="Две буквы страны, например FR",
)
_FROM, _TO = LocalText("From", "Du", "С"), LocalText("To", "Au", "По")
_COUNTRY, _REGION, _TOWN = (
    LocalText("Country", "Pays", "Страна"),
    LocalText("Region", "Région", "Регион"),
    LocalText("Town", "Ville", "Город"),
)
_DATE_RULE = "regex(., '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?')"
_COUNTRY_RULE = "regex(., '[A-Z]{2}')"
_COUNTRIES_RULE = "regex(., '[A-Z]{2}([ ,][A-Z]{2}){0,20}')"


def form_of_questionnaire(questionnaire: Questionnaire) -> Form:
    """The form of a questionnaire whose conditions are data."""
    writer = _Writer(questionnaire)
    items = tuple(writer.items())
    return Form(
        title={"": questionnaire.title.en},
        form_id=f"{questionnaire.stamp.id}-v{questionnaire.stamp.version}",
        version=str(questionnaire.stamp.version),
        default_language=LANGUAGES["en"],
        languages=tuple(LANGUAGES.values()),
        items=items,
        choices=writer.choices,
    )


def _texts(text: LocalText | None) -> Texts:
    return {} if text is None else {name: text.in_language(code) for code, name in LANGUAGES.items()}


def _listed(options: Sequence[tuple[str, LocalText]]) -> tuple[Choice, ...]:
    return tuple(Choice(name, _texts(label)) for name, label in options)


def _expression(*conditions: str) -> Expression | None:
    kept = [each for each in conditions if each]
    return parse(joined("and", kept)) if kept else None


class _Writer:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._fields = Fields(questionnaire)
        self._stops: list[str] = []
        self.choices: dict[str, tuple[Choice, ...]] = {REPLIES: _listed(_REPLY_CHOICES)}

    def items(self) -> Iterator[Item]:
        for never in self._questionnaire.never_asked:
            label = LocalText(*(f"{what} — {why}" for what, why in zip(_each(never.what), _each(never.why), strict=True)))
            yield FormQuestion(f"never_{never.id}", Kind.NOTE, label=_texts(label))
        for section in self._questionnaire.sections:
            yield Group(
                name=f"section_{section.id}",
                label=_texts(section.title),
                relevant=_expression(*self._unless_stopped(), self._written(section.show_if)),
                items=tuple(self._section(section)),
            )

    def _unless_stopped(self) -> list[str]:
        return [f"not({each})" for each in self._stops]

    def _written(self, condition: Condition | None) -> str:
        return "" if condition is None else written(condition, self._fields)

    def _section(self, section: Section) -> Iterator[Item]:
        for name, text in (("intro", section.intro), ("warning", section.warning), ("lawyer", section.lawyer_offer)):
            if text is not None:
                yield FormQuestion(f"{name}_{section.id}", Kind.NOTE, label=_texts(text))
        before = len(self._stops)
        for question in section.questions:
            # Stops of earlier sections close the section as a whole.
            stops = [f"not({each})" for each in self._stops[before:]]
            yield self._question(question, stops)
            yield from self._consequences(question)

    def _question(self, question: Question, stops: list[str]) -> Item:
        reply = self._fields.reply(question.id)
        parts = [item for part in question.parts for item in self._part(question, part)]
        answer = FormQuestion(reply, Kind.SELECT_ONE, label=_texts(_REPLY), choices=REPLIES)
        return Group(
            name=question.id,
            label=_texts(question.ask),
            hint=_texts(question.hint),
            relevant=_expression(*stops, self._written(question.show_if)),
            items=(*parts, answer),
        )

    def _consequences(self, question: Question) -> Iterator[Item]:
        for number, consequence in enumerate(question.then, 1):
            if looks_at_calendar(consequence.when):
                continue
            when = self._written(consequence.when)
            yield FormQuestion(f"{question.id}_say{number}", Kind.NOTE, label=_texts(consequence.say), relevant=_expression(when))
            if consequence.stops:
                self._stops.append(when)

    def _part(self, question: Question, part: Part) -> Iterator[Item]:
        name = self._fields.part(question.id, part.id)
        show = self._written(part.show_if)
        if part.type is PartType.TIMELINE:
            columns = tuple(
                item for column in part.columns for item in self._field(f"{name}_{column.id}", column, column.label, "")
            )
            yield Group(
                name=name, label=_texts(part.label or question.ask), repeats=True, relevant=_expression(show), items=columns
            )
            return
        for item in self._field(name, part, part.label or question.ask, show):
            is_needed = part.required and item.name in (name, f"{name}_country")
            yield _required(item, f"${{{self._fields.reply(question.id)}}} = ''") if is_needed else item

    def _field(self, name: str, part: Part, label: LocalText | None, show: str) -> Iterator[FormQuestion]:
        match part.type:
            case PartType.DATE_RANGE:
                for suffix, end in (("from", _FROM), ("to", _TO)):
                    yield _asked(f"{name}_{suffix}", Kind.TEXT, end, _DATE_HINT, show, _DATE_RULE)
            case PartType.PLACE:
                yield _asked(f"{name}_country", Kind.TEXT, _COUNTRY, _COUNTRY_HINT, show, _COUNTRY_RULE)
                reach = {"country": 0, "region": 1, "town": 2}[part.as_far_as.value if part.as_far_as else "town"]
                for suffix, words in (("region", _REGION), ("town", _TOWN))[:reach]:
                    yield _asked(f"{name}_{suffix}", Kind.TEXT, words, None, show, "")
            case PartType.CHOICE | PartType.MULTI:
                yield self._chosen(name, part, label, show)
            case PartType.YES_NO:
                self.choices[YES_NO] = _listed(_YES_NO_CHOICES)
                yield _asked(name, Kind.SELECT_ONE, label, part.hint, show, "", choices=YES_NO)
            case _:
                yield _simple(name, part, label, show)

    def _chosen(self, name: str, part: Part, label: LocalText | None, show: str) -> FormQuestion:
        self.choices[name] = _listed([(option.id, option.label) for option in part.options])
        kind = Kind.SELECT_ONE if part.type is PartType.CHOICE else Kind.SELECT_MULTIPLE
        alone = [each for each in part.options if each.exclusive] if kind is Kind.SELECT_MULTIPLE else []
        return _asked(name, kind, label, part.hint, show, _exclusive(alone), choices=name)


def _simple(name: str, part: Part, label: LocalText | None, show: str) -> FormQuestion:
    kinds: dict[PartType, tuple[Kind, LocalText | None, str]] = {
        PartType.DATE: (Kind.TEXT, _DATE_HINT, _DATE_RULE),
        PartType.COUNT: (Kind.INTEGER, None, ". >= 0 and . <= 1000000"),
        PartType.NUMBER: (Kind.DECIMAL, None, ""),
        PartType.COUNTRY: (Kind.TEXT, _COUNTRY_HINT, _COUNTRY_RULE),
        PartType.COUNTRIES: (Kind.TEXT, _COUNTRY_HINT, _COUNTRIES_RULE),
        PartType.FILE: (Kind.FILE, None, ""),
    }
    kind, hint, rule = kinds.get(part.type, (Kind.TEXT, None, ""))
    appearance = "multiline" if part.type is PartType.LONG_TEXT else ""
    return _asked(name, kind, label, part.hint or hint, show, rule, appearance=appearance)


def _asked(
    name: str,
    kind: Kind,
    label: LocalText | None,
    hint: LocalText | None,
    show: str,
    rule: str,
    *,
    choices: str = "",
    appearance: str = "",
) -> FormQuestion:
    return FormQuestion(
        name=name,
        kind=kind,
        label=_texts(label) or {"": name},
        hint=_texts(hint),
        relevant=_expression(show),
        constraint=parse(rule) if rule else None,
        choices=choices,
        appearance=appearance,
    )


def _required(item: FormQuestion, condition: str) -> FormQuestion:
    return replace(item, required=parse(condition))


def _exclusive(alone: Sequence[Option]) -> str:
    return joined("and", [f"not(selected(., '{each.id}') and count-selected(.) > 1)" for each in alone])


def _each(text: LocalText) -> tuple[str, str, str]:
    return text.en, text.fr, text.ru
