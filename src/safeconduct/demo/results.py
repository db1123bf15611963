"""What the walk leaves behind: the package as released, the trust file, the roots for the PDF's signature, and a summary."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

from safeconduct.core.dossier import Trust, verify_dossier
from safeconduct.demo.coalition import actor_named
from safeconduct.demo.walk import Walk
from safeconduct.desk.config import environment
from safeconduct.desk.dossiers.models import Dossier
from safeconduct.desk.dossiers.papers import roots
from safeconduct.desk.dossiers.services import package_of
from safeconduct.desk.dossiers.vouching import trust_file
from safeconduct.desk.vault import files

_REMEMBERED = "demo-walk.json"


def remember(walk: Walk, dossier: Dossier) -> None:
    """Keep the stages of the walk (names, durations, identifiers) in the home, for a later `--once`."""
    stages = [{"stage": each.name, "seconds": round(each.seconds, 4), "made": each.made} for each in walk.stages]
    content = {"dossier": dossier.id, "stages": stages}
    (environment.home() / _REMEMBERED).write_text(json.dumps(content, indent=1))


def verify_and_write(folder: Path, today: date) -> dict[str, Any]:
    """Hand the released package out, verify it as a stranger would, and write everything; gives the summary."""
    remembered = json.loads((environment.home() / _REMEMBERED).read_text())
    dossier = Dossier.objects.select_related("case").get(pk=remembered["dossier"])
    package = b"".join(files.stream(package_of(dossier, actor_named("noemie"), today=today)))
    trust = trust_file(today)
    verdict = verify_dossier(io.BytesIO(package), trust=Trust.decode(trust), today=today)
    summary = {
        "case": dossier.case.reference,
        "dossier": dossier.id,
        "stages": remembered["stages"],
        "verification": verdict.conclusion.value,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.zip").write_bytes(package)
    (folder / "trust.json").write_bytes(trust)
    (folder / "organisation-roots.pem").write_bytes(roots())
    (folder / "summary.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False))
    return summary
