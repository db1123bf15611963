"""The packs at hand: read from the repository or from the installed package, checked once, kept.

A pack is named by its file: `screening-v1`. Packs of older versions stay in the folder, so that records made
under them can be read; `of_stamp` functions refuse a pack whose content has changed under the same name.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from safeconduct.core.consents import Consents, load_consents
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.evaluation import Criteria, load_criteria
from safeconduct.core.packtext import PackRefused, PackStamp
from safeconduct.core.procedures import Procedure, load_procedure
from safeconduct.core.questionnaires import Questionnaire, load_questionnaire

SCREENING = "screening-v1"
REQUEST = "request-v2"
WAR_REFUSERS = "war-refusers-v1"
CONSENTS = "consents-v1"
FRANCE_ENTRY = "fr-entry-v1"

_T = TypeVar("_T", Questionnaire, Criteria, Consents, Procedure)


class PackMissing(UnreadableInput):
    """There is no pack of that kind and name here."""


class PacksMissing(UnreadableInput):
    """The folder of packs is neither beside the source nor inside the installed package."""


@cache
def packs_folder() -> Path:
    """The folder of packs: inside the installed package, or at the root of the repository."""
    package = Path(__file__).resolve().parent
    for candidate in (package / "packs", package.parent.parent / "packs"):
        if (candidate / "_schema").is_dir():
            return candidate
    raise PacksMissing("the folder of packs is not there; install the package again")


@cache
def questionnaire(name: str) -> Questionnaire:
    """The questionnaire of that name; PackMissing or PackRefused."""
    return _loaded("questionnaires", "questionnaire", name, load_questionnaire)


@cache
def criteria(name: str) -> Criteria:
    """The criteria of that name; PackMissing or PackRefused."""
    return _loaded("criteria", "criteria", name, load_criteria)


@cache
def consents(name: str) -> Consents:
    """The consents of that name; PackMissing or PackRefused."""
    return _loaded("consents", "consent", name, load_consents)


@cache
def procedure(name: str) -> Procedure:
    """The procedure of that name; PackMissing or PackRefused."""
    return _loaded("procedures", "procedure", name, load_procedure)


def questionnaire_of(stamp: PackStamp) -> Questionnaire:
    """The questionnaire under which something was recorded; PackChanged when its content is another now."""
    found = questionnaire(_name(stamp))
    found.stamp.require_same(stamp)
    return found


def criteria_of(stamp: PackStamp) -> Criteria:
    """The criteria under which something was recorded; PackChanged when their content is another now."""
    found = criteria(_name(stamp))
    found.stamp.require_same(stamp)
    return found


def consents_of(stamp: PackStamp) -> Consents:
    """The consents whose words were shown; PackChanged when their content is another now."""
    found = consents(_name(stamp))
    found.stamp.require_same(stamp)
    return found


def names(kind: str) -> tuple[str, ...]:
    """The names of all packs in a folder ("questionnaires", "criteria", "consents", "procedures"), sorted."""
    return tuple(sorted(path.stem for path in (packs_folder() / kind).glob("*.yaml")))


def _name(stamp: PackStamp) -> str:
    return f"{stamp.id}-v{stamp.version}"


def _loaded(kind: str, schema: str, name: str, load: Callable[..., _T]) -> _T:
    # Compared with the listing and never joined blindly: a name may come out of a stored record.
    if name not in names(kind):
        raise PackMissing(f"no pack of this name among the {kind}")
    text = (packs_folder() / kind / f"{name}.yaml").read_bytes()
    pack = load(text, schema=(packs_folder() / "_schema" / f"{schema}.schema.json").read_bytes())
    if _name(pack.stamp) != name:
        raise PackRefused(f"{kind}/{name}.yaml: its name is not its id and version")
    return pack
