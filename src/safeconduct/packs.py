"""The packs at hand: read from the repository, the installed package or the desk's home, checked once, kept.

Questionnaires may also stand in the home of the desk (`packs/questionnaires` in SAFECONDUCT_HOME): forms that were
imported there. Their names begin with `form-`, so that none can take the place of a shipped pack. So may criteria
(`packs/criteria`); where a name is shipped too, the shipped pack is taken.

A pack is named by its file: `screening-v1`. Packs of older versions stay in the folder, so that records made
under them can be read; `of_stamp` functions refuse a pack whose content has changed under the same name.
"""

import datetime
import gzip
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from safeconduct.core.consents import Consents, load_consents
from safeconduct.core.documents import Documents, load_documents
from safeconduct.core.errors import UnreadableInput
from safeconduct.core.evaluation import Criteria, load_criteria
from safeconduct.core.packtext import PackRefused, PackStamp
from safeconduct.core.places import Gazetteer
from safeconduct.core.procedures import Procedure, load_procedure
from safeconduct.core.questionnaires import Questionnaire, load_questionnaire
from safeconduct.core.retention import Retention, load_retention
from safeconduct.core.timeline.rules import Rules, load_rules
from safeconduct.core.xlsforms import KIND, PREFIX, FormPack, as_questionnaire, load_form

SCREENING = "screening-v1"
REQUEST = "request-v2"
WAR_REFUSERS = "war-refusers-v1"
PEOPLE_AT_RISK = "people-at-risk-v1"
CONSENTS = "consents-v1"
FRANCE_ENTRY = "fr-entry-v1"
RETENTION = "retention-v1"
TIMELINE = "rules-v1"
DOCUMENTS = "documents-v1"

_T = TypeVar("_T", Questionnaire, Criteria, Consents, Procedure, Retention, Rules, Documents)


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


def questionnaire(name: str) -> Questionnaire:
    """The questionnaire of that name, shipped or imported; PackMissing or PackRefused."""
    if name.startswith(PREFIX):
        return _imported(name, imported_folder())
    return _shipped_questionnaire(name)


def form(name: str) -> FormPack:
    """The imported form of that name, as it was written; PackMissing or PackRefused."""
    return _form(name, imported_folder())


def imported_folder() -> Path:
    """Where imported forms are kept; the folder need not be there."""
    return Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute() / "packs" / "questionnaires"


def imported_names() -> tuple[str, ...]:
    """The names of all imported forms, sorted."""
    return tuple(sorted(path.stem for path in imported_folder().glob(f"{PREFIX}*.yaml")))


@cache
def _shipped_questionnaire(name: str) -> Questionnaire:
    return _loaded("questionnaires", "questionnaire", name, load_questionnaire)


@cache
def _imported(name: str, folder: Path) -> Questionnaire:
    return as_questionnaire(_form(name, folder), clock=lambda: datetime.datetime.now(datetime.UTC))


@cache
def _form(name: str, folder: Path) -> FormPack:
    # Compared with the listing and never joined blindly, as below.
    if name not in {path.stem for path in folder.glob(f"{PREFIX}*.yaml")}:
        raise PackMissing("no imported form of this name")
    found = load_form(
        (folder / f"{name}.yaml").read_bytes(), schema=(packs_folder() / "_schema" / f"{KIND}.schema.json").read_bytes()
    )
    if _name(found.stamp) != name:
        raise PackRefused(f"questionnaires/{name}.yaml: its name is not its id and version")
    return found


def criteria(name: str) -> Criteria:
    """The criteria of that name, shipped or of this desk's own; PackMissing or PackRefused."""
    if name in names("criteria"):
        return _shipped_criteria(name)
    folder = own_criteria_folder()
    # Compared with the listing and never joined blindly, as below.
    if name not in {path.stem for path in folder.glob("*.yaml")}:
        raise PackMissing("no criteria of this name")
    # Read each time: a used pack that somebody edits is noticed at once.
    found = _criteria_of_text((folder / f"{name}.yaml").read_bytes())
    if _name(found.stamp) != name:
        raise PackRefused(f"criteria/{name}.yaml: its name is not its id and version")
    return found


def criteria_at_hand() -> tuple[list[Criteria], list[str]]:
    """Every pack of criteria that can be used, shipped ones first, and a line for each that is refused."""
    own = sorted(path.stem for path in own_criteria_folder().glob("*.yaml"))
    usable, refused = [_shipped_criteria(name) for name in names("criteria")], []
    for name in own:
        try:
            usable.append(criteria(name))
        except UnreadableInput as problem:
            refused.append(f"{name}: {problem}")
    return usable, refused


def own_criteria_folder() -> Path:
    """Where a desk keeps criteria of its own coalition; the folder need not be there."""
    return Path(os.environ.get("SAFECONDUCT_HOME", "var")).absolute() / "packs" / "criteria"


@cache
def _shipped_criteria(name: str) -> Criteria:
    return _loaded("criteria", "criteria", name, load_criteria)


@cache
def _criteria_of_text(text: bytes) -> Criteria:
    return load_criteria(text, schema=(packs_folder() / "_schema" / "criteria.schema.json").read_bytes())


@cache
def consents(name: str) -> Consents:
    """The consents of that name; PackMissing or PackRefused."""
    return _loaded("consents", "consent", name, load_consents)


@cache
def procedure(name: str) -> Procedure:
    """The procedure of that name; PackMissing or PackRefused."""
    return _loaded("procedures", "procedure", name, load_procedure)


@cache
def retention(name: str) -> Retention:
    """The clocks of that name; PackMissing or PackRefused."""
    return _loaded("retention", "retention", name, load_retention)


@cache
def timeline(name: str) -> Rules:
    """The rules of the timeline of that name; PackMissing or PackRefused."""
    return _loaded("timeline", "timeline", name, load_rules)


@cache
def documents(name: str) -> Documents:
    """The kinds of documents of that name; PackMissing or PackRefused."""
    return _loaded("documents", "documents", name, load_documents)


def places() -> bytes:
    """The gazetteer, packed (core.places)."""
    return (packs_folder() / "places" / "places-v1.tsv.gz").read_bytes()


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once for the process: half a second, thirty megabytes."""
    return Gazetteer(places())


def outlines() -> str:
    """Coasts and borders for maps (core.incidents.drawing)."""
    return gzip.decompress((packs_folder() / "places" / "outlines-v1.txt.gz").read_bytes()).decode()


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
    """The names of all packs in a folder ("questionnaires", "criteria", "consents", "procedures", ...), sorted."""
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
