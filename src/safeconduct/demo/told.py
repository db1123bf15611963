"""Anton's dates taken over from his interview, a witness who puts him elsewhere, and what Sacha makes of it. All invented."""

from datetime import date

from safeconduct.core.timeline import Said, Topic
from safeconduct.demo.coalition import actor_named
from safeconduct.desk.cases.models import Case
from safeconduct.desk.claims import placing, selectors, services
from safeconduct.desk.claims.answers import Answered, Standing
from safeconduct.desk.claims.services import ClaimSaid, Told

WITNESS = Told(
    topic=Topic.STAY,
    when="2022-12/2023-02",
    speaker="un collègue de la compagnie",
    said=Said.WITNESS.value,
    source=Said.WITNESS.value,
    source_words="appel du 3 novembre 2026",
    said_on="2026-11-03",
    words="« Cet hiver-là il était avec nous au dépôt, à Penza. »",
    place=placing.meant("Penza", "RU"),
)
EXPLAINED = (
    "Rappelé le 5 novembre : le collègue parle de février, quand Anton était à l’hôpital de Penza après le front. Pour décembre, "
    "il n’est plus sûr."
)


def record(case: Case, today: date) -> int:
    """Record what was said about Anton's time; how many questions it raises."""
    sacha = actor_named("sacha")
    keys = [offer.key for offer, _ in selectors.offers_of(case, sacha, language="fr", today=today)]
    services.take_over(case, sacha, keys, today=today)
    witness = services.record_statement(case, sacha, WITNESS, today=today)
    found = selectors.timeline_of(case, sacha, language="fr", today=today)
    for line in found.prompts:
        if line.prompt.variant == "both" and witness in line.prompt.statements:
            services.answer_prompt(case, sacha, line.prompt.id, Answered.EXPLAINED, EXPLAINED, language="fr", today=today)
    deployed = [line.id for line in found.lines if line.statement.topic is Topic.STAY and line.id != witness]
    services.record_claim(
        case,
        sacha,
        ClaimSaid(
            text="Anton a conduit un camion dans la région de Louhansk de novembre 2022 à janvier 2023.",
            standing=Standing.PROBABLE,
            reason="Son récit est précis et la lettre le situe dans la compagnie ; le témoin se trompe de mois.",
            supports=deployed[:1],
            contradicts=[witness],
            sought="Une trace de la compagnie à ces dates",
            sought_where="Chaînes publiques de la région, novembre 2022 à février 2023",
        ),
        today=today,
    )
    return len(found.prompts)
