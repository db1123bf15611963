"""What is wrong with an answer."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from safeconduct.core.packtext import LocalText


class ProblemCode(enum.Enum):
    """What is wrong with an answer; the page that shows it has the words."""

    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_PART = "unknown_part"
    WRONG_SHAPE = "wrong_shape"
    """Not of the form that the type has; people cannot cause it through a page."""
    REQUIRED = "required"
    NOTHING_GIVEN = "nothing_given"
    """Called answered, but no part is filled."""
    TOO_LONG = "too_long"
    """Parameters: limit."""
    TOO_MANY = "too_many"
    """Parameters: limit."""
    UNPRINTABLE = "unprintable"
    """Control characters in a text."""
    NOT_AN_OPTION = "not_an_option"
    EXCLUSIVE_WITH_OTHERS = "exclusive_with_others"
    """“None of these” together with one of these."""
    REPEATED = "repeated"
    NO_SUCH_DATE = "no_such_date"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NOT_A_COUNTRY = "not_a_country"
    TOO_CLOSE = "too_close"
    """A place told more closely than is asked. Parameters: as_far_as."""
    NOT_A_NUMBER = "not_a_number"
    EMPTY_ROW = "empty_row"
    NO_CONTENT_ALLOWED = "no_content_allowed"
    """Content beside “prefer not to say” or “don't know”."""
    NOT_ACCEPTED = "not_accepted"
    """A rule of the questionnaire speaks against it; `say` has the questionnaire's own words where it has any."""
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_WHOLE_DATE = "not_a_whole_date"
    """A year or a month, where a day is asked."""
    NOT_A_TIME = "not_a_time"
    NOT_A_POINT = "not_a_point"
    """Not a latitude and a longitude."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend in one answer. Holds no content of the answer."""

    question: str
    code: ProblemCode
    part: str = ""
    row: int | None = None
    """Counted from 0; only in a timeline."""
    column: str = ""
    parameters: Mapping[str, int | str] = field(default_factory=dict)
    say: LocalText | None = None
    """The questionnaire's own words for it, where it has any."""
