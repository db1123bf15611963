"""Makes the cast in a fresh home and prints their second factors: run as a module before the real server starts."""

import json

from safeconduct.desk.config.preparation import prepare


def main() -> None:
    """Prepare, enrol, vouch."""
    prepare()
    from safeconduct.desk.dossiers.vouching import vouch_for
    from safeconduct.desk.pathways.models import Authority
    from safeconduct.desk.web import clock
    from tests.cast import enrol_everybody

    cast = enrol_everybody()
    for name, coordinator in (("bea", "bea"), ("emil", "chidi")):
        vouch_for(cast.actor(name).member, cast.actor(coordinator), today=clock.today())
    Authority.objects.create(organisation_id="lantern", name="Ministry of Examples", country="FR")
    print(json.dumps({name: enrolled.second_factor.secret.secret_bytes().hex() for name, enrolled in cast.enrolled.items()}))


if __name__ == "__main__":
    main()
