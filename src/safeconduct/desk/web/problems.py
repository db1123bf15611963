"""What is wrong with an answer, in words for the person who gave it."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safeconduct.core.questionnaires import Problem, ProblemCode, Questionnaire

WORDS = {
    ProblemCode.REQUIRED: _("Please fill this in, or choose “prefer not to say”."),
    ProblemCode.NOTHING_GIVEN: _("Please fill this in, or choose “prefer not to say”."),
    ProblemCode.TOO_LONG: _("This is longer than %(limit)s characters. Nothing was lost; please shorten it."),
    ProblemCode.TOO_MANY: _("Only %(limit)s are possible here."),
    ProblemCode.UNPRINTABLE: _("This holds characters that cannot be read. Please type it again."),
    ProblemCode.NOT_AN_OPTION: _("Please choose one of the answers."),
    ProblemCode.EXCLUSIVE_WITH_OTHERS: _("This answer cannot stand together with others."),
    ProblemCode.REPEATED: _("The same answer stands here twice."),
    ProblemCode.NO_SUCH_DATE: _("Please write a date as 2022, 2022-09 or 2022-09-21."),
    ProblemCode.ENDS_BEFORE_IT_BEGINS: _("The end lies before the beginning."),
    ProblemCode.NOT_A_COUNTRY: _("Please choose a country."),
    ProblemCode.TOO_CLOSE: _("This says more than is needed. Please leave out the town or the address."),
    ProblemCode.NOT_A_NUMBER: _("Please write a number."),
    ProblemCode.NOT_ACCEPTED: _("This does not go together with the rules of this question. Please check it."),
    ProblemCode.NOT_A_WHOLE_NUMBER: _("Please write a whole number."),
    ProblemCode.NOT_A_WHOLE_DATE: _("Please write the whole date, as 2022-09-21."),
    ProblemCode.NOT_A_TIME: _("Please write the time as 14:30."),
    ProblemCode.NOT_A_POINT: _("Please write latitude and longitude, as 56.95 24.1."),
    ProblemCode.NO_CONTENT_ALLOWED: _("Please either answer, or say that you do not want to."),
}
OTHERWISE = _("This could not be read. Please check it.")


def problem_lines(problems: Sequence[Problem], pack: Questionnaire, language: str) -> list[dict[str, str]]:
    """For the summary above a form: each question with what is wrong, and a link to it. Questions of the pack only."""
    asks = {question.id: question.ask.in_language(language) for question in pack.questions()}
    said = dict.fromkeys((problem.question, words_for(problem)) for problem in problems if problem.question in asks)
    return [{"href": f"#q-{question}", "text": f"{asks[question]} – {words}"} for question, words in said]


def words_for(problem: Problem) -> str:
    """One clear line for one problem, in the questionnaire's own words where it has any."""
    if problem.say is not None:
        return problem.say.in_language(get_language() or "en")
    words = str(WORDS.get(problem.code, OTHERWISE))
    return words % problem.parameters if problem.parameters and "%(" in words else words
