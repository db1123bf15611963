"""An invented case, its evaluators and organisations, and the dossier they make. All names and places are made up."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from safeconduct.core import custody
from safeconduct.core.custody import Act, Purpose
from safeconduct.core.dossier import (
    Claim,
    CriterionShown,
    DatedKey,
    DossierContent,
    Draft,
    Enclosed,
    EvaluationShown,
    Event,
    EvidenceFile,
    EvidenceShown,
    Inquiry,
    Language,
    LogKey,
    Outcome,
    Pack,
    Person,
    Recipient,
    Signatory,
    Statement,
    Trust,
    TrustedOrganisation,
    Voucher,
    VoucherRole,
    attest,
    compose,
    enclose,
    release,
    stamp,
    vouch,
    write_dossier,
)
from safeconduct.core.dossier.measuring import Chunks
from safeconduct.core.sealing import LogKey as LogSecret
from safeconduct.core.sealing import SigningPrivateKey

DAY = date(2026, 11, 22)
VALID_UNTIL = date(2027, 5, 22)
CASE, FIRST, SECOND = "aaaabbbbccccdddd", "eeeeffffgggghhhh", "jjjjkkkkmmmmnnnn"
STEPPE = SigningPrivateKey.from_seed(b"\x11" * 32)
HARBOUR = SigningPrivateKey.from_seed(b"\x12" * 32)
EVALUATOR_S = SigningPrivateKey.from_seed(b"\x13" * 32)
EVALUATOR_H = SigningPrivateKey.from_seed(b"\x14" * 32)
STRANGER = SigningPrivateKey.from_seed(b"\x15" * 32)
HARBOUR_CLOCK = SigningPrivateKey.from_seed(b"\x17" * 32)
NOW = datetime(2026, 11, 22, 10, 15, 42, tzinfo=UTC)
STEPPE_LOG = LogSecret.from_secret_bytes(b"\x16" * 32)

FILES: Sequence[tuple[str, str, bytes]] = (
    ("summons", "jpg", b"\xff\xd8\xff\xe0 a photographed summons " * 400),
    ("report", "pdf", b"%PDF-1.4 a request for discharge " * 300),
    ("capture", "html", b"<p>a public post</p>" * 100),
)


def evidence(files: Sequence[tuple[str, str, bytes]] = FILES) -> tuple[Enclosed, ...]:
    return enclose(evidence_files(files))


def evidence_files(files: Sequence[tuple[str, str, bytes]] = FILES) -> list[EvidenceFile]:
    return [EvidenceFile(kind, extension, in_pieces(content)) for kind, extension, content in files]


def in_pieces(content: bytes) -> Chunks:
    return lambda: [content[at : at + 1000] for at in range(0, len(content), 1000)]


@lru_cache(maxsize=1)
def vouchers() -> tuple[Voucher, Voucher]:
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    return (
        vouch(
            STEPPE,
            organisation="steppe-line",
            alias="Évaluatrice Aigul",
            key=EVALUATOR_S.public_key(),
            first_day=first,
            last_day=last,
        ),
        vouch(
            HARBOUR,
            organisation="harbour-house",
            alias="Évaluateur Benedikt",
            key=EVALUATOR_H.public_key(),
            first_day=first,
            last_day=last,
        ),
    )


@lru_cache(maxsize=1)
def clock() -> Voucher:
    """The time stamper: a key of the partner's server."""
    return vouch(
        HARBOUR,
        organisation="harbour-house",
        alias="Horloge du Port",
        key=HARBOUR_CLOCK.public_key(),
        first_day=date(2026, 1, 1),
        last_day=date(2027, 12, 31),
        role=VoucherRole.TIME,
    )


def evaluation(voucher: Voucher, digit: str) -> EvaluationShown:
    words = [
        ("identity", "Identité", "Établi", "Passeport intérieur et livret militaire concordants."),
        ("membership", "Appartenance aux forces", "Établi", ""),
        ("call_up", "Preuve de l’appel", "Probable", "Convocation datée, forme et bureau vérifiés."),
        ("stance", "Refus et position", "Probable", ""),
        ("exclusion", "Exclusion (article 1F)", "Aucun indice après examen", ""),
        ("security", "Liens avec les services", "Expliqué", "Une tentative d’approche, rapportée spontanément."),
    ]
    return EvaluationShown(
        evaluation=digit * 64,
        pack=Pack(id="war-refusers", version=1, digest="c" * 64),
        organisation=voucher.organisation,
        alias=voucher.alias,
        day=date(2026, 11, 18),
        outcome=Outcome.RECOMMENDED,
        criteria=tuple(
            CriterionShown(criterion=criterion, name=name, words=rating, reasons=reasons)
            for criterion, name, rating, reasons in words
        ),
    )


def content(enclosed: Sequence[Enclosed] | None = None) -> DossierContent:
    enclosed = evidence() if enclosed is None else enclosed
    authors = vouchers()
    titles = [
        ("Convocation au bureau d’enrôlement", "Remise par la personne", "28 septembre 2022"),
        ("Rapport demandant la libération du service", "Remis par la personne", "3 février 2023"),
        ("Publication en ligne contre la guerre", "Source ouverte, capture horodatée", "2 mars 2022"),
    ]
    shows = [
        "Établit l’appel effectif. N’établit pas l’affectation.",
        "Établit une démarche légale de refus avant le départ.",
        "Établit une prise de position publique antérieure à l’appel.",
    ]
    return DossierContent(
        language=Language.FRENCH,
        reference="STL-7K3M",
        version=2,
        day=DAY,
        valid_until=VALID_UNTIL,
        organisation="steppe-line",
        organisations=(
            Signatory("harbour-house", "Maison du Port", HARBOUR.public_key()),
            Signatory("steppe-line", "Ligne des Steppes", STEPPE.public_key()),
        ),
        contact=("Service des dossiers, 12 rue des Tilleuls, 67000 Strasbourg", "dossiers@steppe-line.example"),
        recipient=Recipient(
            name="Ministère de l’Intérieur, Direction de l’asile",
            address=("Bureau des visas au titre de l’asile", "Paris, France"),
        ),
        request="Demande de visa au titre de l’asile",
        person=Person(
            name="Ilya Sorokine",
            details=(
                ("Date de naissance", "14 mai 1994"),
                ("Nationalité", "russe"),
                ("Document", "passeport intérieur (copie, pièce 1)"),
                ("Pays de séjour", "Kazakhstan, séjour régulier jusqu’au 30 janvier 2027"),
            ),
        ),
        summary=(
            "Ancien technicien des transmissions, M. Sorokine a été appelé le 28 septembre 2022, six jours après le "
            "décret de mobilisation. Il a demandé sa libération du service par un rapport écrit, resté sans réponse, "
            "puis a quitté la Fédération de Russie le 11 mars 2023.",
            "Deux organisations indépendantes ont évalué sa situation séparément et concluent l’une et l’autre que "
            "les faits recueillis appuient la transmission du présent dossier. La décision appartient à l’autorité.",
        ),
        chronology=(
            Event(when="2 mars 2022", where="Oufa", text="Publie un message contre la guerre.", basis=(3,)),
            Event(
                when="28 septembre 2022",
                where="Oufa",
                text="Reçoit une convocation du bureau d’enrôlement, signe le récépissé.",
                basis=(1,),
            ),
            Event(
                when="octobre 2022 à janvier 2023",
                where="région de Rostov",
                text="Affecté à l’arrière comme technicien des transmissions ; déclare n’avoir pas porté d’arme.",
            ),
            Event(
                when="3 février 2023",
                where="région de Rostov",
                text="Dépose un rapport demandant sa libération pour raison de conscience.",
                basis=(2,),
            ),
            Event(when="11 mars 2023", where="Kazakhstan", text="Entre au Kazakhstan avec son passeport intérieur."),
        ),
        statements=(
            Statement(
                title="Entretien du 5 octobre 2026",
                circumstances="Mené en russe, sans interprète ; relu et confirmé par la personne.",
                paragraphs=(
                    "« Je n’ai jamais voulu y aller. Quand la convocation est arrivée, j’ai pensé que je pourrais "
                    "refuser par écrit. J’ai écrit le rapport ; personne ne m’a répondu. »",
                    "Interrogé sur ses affectations, il décrit la réparation de matériel radio dans deux dépôts "
                    "et nomme ses supérieurs directs.",
                ),
            ),
        ),
        claims=(
            Claim(text="M. Sorokine a été effectivement appelé après le 21 septembre 2022.", standing="Établi", evidence=(1,)),
            Claim(text="Il a demandé par écrit à quitter le service.", standing="Établi", evidence=(2,)),
            Claim(text="Son opposition à la guerre est antérieure à l’appel.", standing="Probable", evidence=(3,)),
            Claim(text="Il n’a pas participé aux combats.", standing="Indéterminé"),
        ),
        evaluations=(evaluation(authors[0], "a"), evaluation(authors[1], "b")),
        evaluators=authors,
        exclusion=Inquiry(
            finding="Aucun indice après examen",
            paragraphs=(
                "Les lieux et dates d’affectation ont été rapprochés des incidents publiquement documentés. Aucun "
                "rapprochement n’appelle d’examen complémentaire.",
            ),
            limits=(
                "Les dates d’affectation reposent sur la seule déclaration pour novembre 2022.",
                "Les sources consultées couvrent mal les dépôts de l’arrière.",
            ),
        ),
        security=Inquiry(
            finding="Expliqué",
            paragraphs=("M. Sorokine a signalé de lui-même un appel téléphonique d’un inconnu en mai 2024.",),
            limits=("Aucune vérification auprès d’un service d’État n’est possible pour les organisations.",),
        ),
        evidence=tuple(
            EvidenceShown(title=title, source=source, day=day, shows=show, file=each.item)
            for (title, source, day), show, each in zip(titles, shows, enclosed, strict=False)
        ),
        consents=(
            "Transmission au ministère de l’Intérieur (France) : accordée le 12 novembre 2026.",
            "Communication des motifs des évaluateurs : accordée le 12 novembre 2026.",
        ),
        logs=(LogKey("steppe-line", STEPPE_LOG.public_key()),),
        objects=(CASE, FIRST, SECOND),
    )


@lru_cache(maxsize=1)
def proofs() -> tuple[bytes, ...]:
    """Proofs that the case was opened and both evaluations signed, from a log of twelve entries."""
    acts = {2: (Act.CASE_OPENED, CASE), 7: (Act.EVALUATION_SIGNED, FIRST), 9: (Act.EVALUATION_SIGNED, SECOND)}
    entries = [
        custody.Entry(
            organisation="steppe-line",
            index=index,
            day=date(2026, 11, 1),
            act=acts.get(index, (Act.RECORD_READ, CASE))[0],
            actor="abcdefgh23456789",
            object=acts.get(index, (Act.RECORD_READ, CASE))[1],
            purpose=Purpose.EVALUATION,
        )
        for index in range(12)
    ]
    leaves = [entry.leaf() for entry in entries]
    checkpoint = custody.Checkpoint(custody.origin_of("steppe-line"), 12, custody.root_of(leaves))
    note = checkpoint.sign(public_key=STEPPE_LOG.public_key().encode(), sign=STEPPE_LOG.sign)
    return tuple(custody.prove(entries[index], leaves, checkpoint=note).encode() for index in acts)


def draft_of(given: DossierContent | None = None) -> Draft:
    enclosed = evidence()
    return compose(given or content(enclosed), enclosed, proofs(), time_stamper=clock())


def unstamped() -> Draft:
    """The same dossier, with nobody who attests the time."""
    enclosed = evidence()
    return compose(content(enclosed), enclosed, proofs())


def attested(draft: Draft) -> tuple[list[bytes], bytes]:
    first, second = draft.statements()
    envelopes = [attest(first, EVALUATOR_S), attest(second, EVALUATOR_H)]
    released = release(draft, envelopes, signing_key=STEPPE, day=DAY, released_by=("Coordinatrice Daria", "Coordinateur Éloi"))
    return envelopes, released


def stamped(draft: Draft, released: bytes) -> bytes | None:
    """The time stamper's envelope, where the dossier is to have one."""
    return stamp(draft, released, time_key=HARBOUR_CLOCK, now=NOW) if draft.manifest.time_stamper else None


def packed(draft: Draft) -> bytes:
    stream = io.BytesIO()
    envelopes, released = attested(draft)
    write_dossier(draft, envelopes, released, stream, stamped=stamped(draft, released))
    return stream.getvalue()


@lru_cache(maxsize=1)
def dossier_bytes() -> bytes:
    """The whole, true dossier."""
    return packed(draft_of())


def trust() -> Trust:
    first = date(2025, 1, 1)
    by_organisation = {voucher.organisation: voucher for voucher in vouchers()}

    def organisation(id_: str, name: str, key: SigningPrivateKey, logs: tuple[DatedKey, ...]) -> TrustedOrganisation:
        return TrustedOrganisation(
            id=id_,
            name=name,
            keys=(DatedKey(key=key.public_key().encode(), first_day=first),),
            logs=logs,
            vouchers=(by_organisation[id_], clock()) if id_ == "harbour-house" else (by_organisation[id_],),
        )

    log = DatedKey(key=STEPPE_LOG.public_key().encode(), first_day=first)
    return Trust(
        (
            organisation("steppe-line", "Ligne des Steppes", STEPPE, (log,)),
            organisation("harbour-house", "Maison du Port", HARBOUR, ()),
        ),
        day=DAY,
    )


def trust_with(id_: str, **changes: object) -> Trust:
    """The trust file with fields of one organisation changed."""
    return Trust(
        tuple(
            replace(each, **changes) if each.id == id_ else each  # type: ignore[arg-type]  # any field may change
            for each in trust().organisations
        ),
        day=DAY,
    )
