"""Run as a program in a fresh home: found the demonstration's coalition, and say how its members sign in.

`python -m tests.journeys.founding [--walked]`; SAFECONDUCT_HOME names the home. With `--walked` the demonstration's
eight cases and three requests stand in it too. Prints one JSON object: member's sign-in name to passphrase, secret of
the authenticator, recovery codes.
"""

import json
import sys
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from safeconduct.desk.config.preparation import prepare


def main(*options: str) -> None:
    """Prepare the home, found, and print."""
    prepare()
    from safeconduct.demo import coalition, walk

    today = datetime.now(UTC).date()
    coalition.found_coalition(today)
    if "--walked" in options:
        walk.walk_main_job(walk.Walk(today, lambda stage: None))
        walk.fill_desks(today)
    json.dump({colleague.name: _sign_in_of(colleague.name) for colleague in coalition.COLLEAGUES}, sys.stdout)


def _sign_in_of(name: str) -> dict[str, object]:
    from safeconduct.demo import coalition
    from safeconduct.desk.accounts import enrolment
    from safeconduct.desk.accounts.actors import owner_of
    from safeconduct.desk.vault import identities

    actor = coalition.actor_named(name)
    factor = identities.open_second_factor(owner_of(actor.member), actor.keys, bytes(actor.member.sealed_totp))
    return {
        "passphrase": next(each.passphrase for each in coalition.COLLEAGUES if each.name == name),
        "authenticator": parse_qs(urlsplit(factor.address(name)).query)["secret"][0],
        "recovery_codes": enrolment.new_recovery_codes(actor.member),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
