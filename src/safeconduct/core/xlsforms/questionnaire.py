"""A form as the questionnaire that the desk's pages draw: sections of questions, with the form itself for rules.

Groups become sections; a repeat becomes one question whose rows are its answers, and a repeat inside a repeat a question
of its own whose rows say to which row of the outer one they belong. Texts are given in the three languages of the desk,
each from the nearest that the form has; the form keeps all of its own.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from safeconduct.core.packtext import LocalText, Source
from safeconduct.core.questionnaires import Audience, Option, Part, PartType, Question, Questionnaire, Sealed, Section
from safeconduct.core.xlsforms.form import Choice, Form, Group, Kind, Texts
from safeconduct.core.xlsforms.form import Question as FormQuestion
from safeconduct.core.xlsforms.pack import FormPack
from safeconduct.core.xlsforms.rules import ACKNOWLEDGED, ANSWER, OUTER_ROW, FormRules, rank_part, words
from safeconduct.core.xlsforms.structure import Entry, Structure

USUAL_SEAL: Final = Sealed.ACCOUNT
"""Where answers are sealed of which the form does not say it: with the person's account of what happened."""

_PART_TYPES: Final = {
    Kind.INTEGER: PartType.NUMBER,
    Kind.DECIMAL: PartType.NUMBER,
    Kind.RANGE: PartType.NUMBER,
    Kind.DATE: PartType.DATE,
    Kind.SELECT_ONE: PartType.CHOICE,
    Kind.SELECT_MULTIPLE: PartType.MULTI,
    Kind.ACKNOWLEDGE: PartType.MULTI,
    Kind.IMAGE: PartType.FILE,
    Kind.AUDIO: PartType.FILE,
    Kind.VIDEO: PartType.FILE,
    Kind.FILE: PartType.FILE,
}
_OUTER_ROW_LABEL = LocalText(en="Belongs to number", fr="Se rapporte au numéro", ru="Относится к номеру")
_UNDERSTOOD = LocalText(en="I have read this", fr="J'ai lu ceci", ru="Я это прочитал(а)")


def as_questionnaire(pack: FormPack, *, clock: Callable[[], datetime.datetime]) -> Questionnaire:
    """The questionnaire of a form. `clock` gives the aware moment for rules where their caller gives none."""
    built = _Builder(pack.form)
    return Questionnaire(
        stamp=pack.stamp,
        title=words(pack.form.title, pack.form),
        audience=Audience.APPLICANT,
        reviewed_by="",
        practice=(),
        never_asked=(),
        sources=(Source(f"XLSForm “{pack.form.form_id}”", ""),),
        sections=built.sections(),
        rules=FormRules(pack.form, built.structure, built.questions, clock),
    )


class _Builder:
    def __init__(self, form: Form) -> None:
        self._form = form
        self.structure = Structure(form.items)
        self.questions: dict[int, Question] = {}
        """The questions of the questionnaire by the index of their item in the form."""

    def sections(self) -> tuple[Section, ...]:
        """Runs of questions under the innermost group that has a label."""
        runs: list[tuple[Texts, list[Question]]] = []
        for title, entry in self._asked(None, self._form.title):
            section = f"s{len(runs)}" if runs and runs[-1][0] is title else f"s{len(runs) + 1}"
            if section != f"s{len(runs)}":
                runs.append((title, []))
            self.questions[entry.index] = self._question(entry, section)
            runs[-1][1].append(self.questions[entry.index])
        return tuple(
            Section(id=f"s{number}", title=words(title, self._form), questions=tuple(asked))
            for number, (title, asked) in enumerate(runs, 1)
        )

    def _asked(self, parent: int | None, title: Texts) -> Iterator[tuple[Texts, Entry]]:
        for entry in self.structure.inside(parent):
            if isinstance(entry.item, FormQuestion):
                if entry.item.kind.is_shown:
                    yield title, entry
            elif not entry.item.repeats:
                yield from self._asked(entry.index, entry.item.label or title)
            else:
                yield title, entry
                yield from ((title, each) for each in self._repeats_inside(entry))

    def _repeats_inside(self, outer: Entry) -> Iterator[Entry]:
        for entry in self.structure.entries:
            if outer.index in entry.repeats and isinstance(entry.item, Group) and entry.item.repeats:
                yield entry

    def _question(self, entry: Entry, section: str) -> Question:
        item = entry.item
        return Question(
            id=self.structure.id_of(entry),
            section=section,
            seals=Sealed(item.seals) if isinstance(item, FormQuestion) and item.seals else self._seal_of(item),
            ask=words(item.label, self._form, otherwise=item.name),
            hint=words(item.hint, self._form) if item.hint else None,
            parts=self._parts(entry),
            may_skip=True,
        )

    def _seal_of(self, item: Group | FormQuestion) -> Sealed:
        """A repeat is sealed as a whole; it takes the section that its questions name, where they name one."""
        named = {each.seals for each in _questions_in(item) if each.seals}
        return Sealed(named.pop()) if len(named) == 1 else USUAL_SEAL

    def _parts(self, entry: Entry) -> tuple[Part, ...]:
        if isinstance(entry.item, Group):
            return (Part(ANSWER, PartType.TIMELINE, columns=tuple(self._columns(entry))),)
        if entry.item.kind is Kind.NOTE:
            return ()
        if entry.item.kind is Kind.RANK:
            return tuple(self._ranks(entry.item))
        return (self._part(entry.item, ANSWER, label=None),)

    def _columns(self, repeat: Entry) -> Iterator[Part]:
        if repeat.repeats:
            yield Part(OUTER_ROW, PartType.COUNT, label=_OUTER_ROW_LABEL, required=True)
        for entry in self.structure.entries:
            own = entry.repeats and entry.repeats[-1] == repeat.index
            if own and isinstance(entry.item, FormQuestion) and entry.item.kind.is_asked:
                label = words(entry.item.label, self._form, otherwise=entry.item.name)
                yield self._part(entry.item, self.structure.id_of(entry), label=label)

    def _part(self, question: FormQuestion, id_: str, *, label: LocalText | None) -> Part:
        long_text = "multiline" in question.appearance or "rows" in question.parameters
        usual = PartType.LONG_TEXT if long_text else PartType.TEXT
        type_ = _PART_TYPES.get(question.kind, usual)
        hint = words(question.hint, self._form) if question.hint and label else None
        return Part(id_, type_, label=label, hint=hint, options=self._options(question, type_))

    def _options(self, question: FormQuestion, type_: PartType) -> tuple[Option, ...]:
        if question.kind is Kind.ACKNOWLEDGE:
            return (Option(ACKNOWLEDGED, _UNDERSTOOD),)
        if type_ not in (PartType.CHOICE, PartType.MULTI):
            return ()
        return options(self._form.choices.get(question.choices, ()), self._form)

    def _ranks(self, question: FormQuestion) -> Iterator[Part]:
        listed = options(self._form.choices.get(question.choices, ()), self._form)
        for place in range(len(listed)):
            number = f"{place + 1}."
            yield Part(rank_part(place), PartType.CHOICE, label=LocalText(number, number, number), options=listed)


def options(choices: Sequence[Choice], form: Form) -> tuple[Option, ...]:
    """Each name once: where a filter keeps namesakes apart, the first label stands for all."""
    named = {choice.name: choice for choice in reversed(choices)}
    order = dict.fromkeys(choice.name for choice in choices)
    return tuple(Option(name, words(named[name].label, form, otherwise=name)) for name in order)


def _questions_in(item: Group | FormQuestion) -> Iterator[FormQuestion]:
    if isinstance(item, FormQuestion):
        yield item
    else:
        for each in item.items:
            yield from _questions_in(each)
