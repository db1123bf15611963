"""What the demonstration's evaluators write."""

from collections.abc import Sequence

from safeconduct.core.evaluation import CriterionRating
from safeconduct.packs import WAR_REFUSERS, criteria

_REASONS = {
    "identity": (
        "L'original du passeport intérieur a été vu en visioconférence ; la photographie, l'âge et le lieu d'enregistrement "
        "concordent avec le récit. Deux proches interrogés séparément ont confirmé le nom et la date de naissance. "
        "Aucun document ne se contredit."
    ),
    "membership": (
        "Le récit de la mobilisation, du dépôt et de la compagnie de transport est détaillé et constant ; il correspond à "
        "l'histoire connue de ce type d'unité à l'automne 2022. Le demandeur emploie le vocabulaire d'un chauffeur militaire "
        "et reconnaît ce qu'il ignore."
    ),
    "call_up": (
        "La convocation porte une date d'émission postérieure au 21 septembre 2022 et une date de présentation plausible. "
        "La forme du document est celle en usage à cette date ; le bureau nommé est compétent pour son lieu d'enregistrement. "
        "La preuve de remise manque."
    ),
    "stance": (
        "L'opposition est ancienne et antérieure à la mobilisation : message public de mars 2022, menaces au travail, puis "
        "rapport de refus du 10 janvier 2023 dont une copie existe. Après son départ il a témoigné de façon anonyme. "
        "Rien n'indique un motif seulement opportuniste."
    ),
    "exclusion": (
        "Le service s'est limité au transport à l'arrière entre novembre 2022 et janvier 2023. Les dates et les lieux ont été "
        "comparés aux atteintes aux civils documentées : aucune coïncidence n'a été trouvée dans les sources qui couvrent la "
        "période. Aucun indice de participation personnelle."
    ),
    "security": (
        "Aucun lien avec les services n'est apparu : ni études, ni emploi, ni famille. Les questions ont été posées deux fois, "
        "dans un ordre différent, avec des réponses constantes. Les contacts depuis le départ sont expliqués. Limite : aucune "
        "source russe n'a été consultée."
    ),
    "risk_on_return": (
        "Une affaire au titre de l'article 337 est ouverte et le nom figure dans l'avis de recherche produit. Les hommes de la "
        "même compagnie ont été condamnés ou renvoyés au front. Le risque de peine lourde ou de renvoi forcé est élevé et "
        "direct, de la part de l'État."
    ),
    "risk_in_transit": (
        "Le pays de séjour a remis des demandeurs d'asile malgré l'interdiction légale ; l'attestation expire dans quelques "
        "semaines. Le demandeur est recherché et sa présence est connue de plusieurs personnes. Un renvoi rapide, par une "
        "procédure annexe, est possible."
    ),
    "vulnerability": (
        "Suites d'une blessure à l'épaule et troubles du sommeil, suivis par un médecin ; un soutien psychologique est utile "
        "avant tout nouvel entretien. Le demandeur est seul, sans personne à charge, et garde un contact prudent avec sa mère. "
        "Pas d'urgence immédiate."
    ),
}
_FAVOURABLE = {"material": "4", "findings": "A", "risk": "4", "vulnerability": "support"}


def ratings(cited: Sequence[str] = (), **changed: str) -> list[CriterionRating]:
    """A complete evaluation in favour; single ratings can be changed by criterion."""
    found = []
    for criterion in criteria(WAR_REFUSERS).criteria:
        cites = tuple(cited) if criterion.id in ("call_up", "stance", "membership") else ()
        found.append(
            CriterionRating(
                criterion=criterion.id,
                rating=changed.get(criterion.id, _FAVOURABLE[criterion.scale.id]),
                reason=_REASONS[criterion.id],
                cited=cites,
                no_evidence_because="" if cites else "Le récit et l'entretien sont les seules sources disponibles.",
                would_change_my_mind="Un document ou un témoignage fiable qui placerait le demandeur ailleurs à ces dates.",
            )
        )
    return found
