"""Names that one authority is not to read, taken out of everything that a dossier says."""

from dataclasses import replace

from safeconduct.core.dossier import DossierContent, Inquiry
from safeconduct.core.redaction import Wording


def reworded(content: DossierContent, wording: Wording) -> DossierContent:
    """The same dossier with what is to be removed blacked out in every text; the person's own name stays."""
    if not wording:
        return content
    applied = wording.applied

    def each_of(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(applied(paragraph) for paragraph in paragraphs)

    person = replace(content.person, details=tuple((label, applied(value)) for label, value in content.person.details))
    return replace(
        content,
        request=applied(content.request),
        person=person,
        summary=each_of(content.summary),
        chronology=tuple(replace(each, where=applied(each.where), text=applied(each.text)) for each in content.chronology),
        statements=tuple(
            replace(each, title=applied(each.title), paragraphs=each_of(each.paragraphs)) for each in content.statements
        ),
        claims=tuple(replace(each, text=applied(each.text)) for each in content.claims),
        evaluations=tuple(
            replace(each, criteria=tuple(replace(shown, reasons=applied(shown.reasons)) for shown in each.criteria))
            for each in content.evaluations
        ),
        exclusion=_inquiry(content.exclusion, wording),
        security=_inquiry(content.security, wording),
        evidence=tuple(
            replace(each, title=applied(each.title), source=applied(each.source), shows=applied(each.shows))
            for each in content.evidence
        ),
    )


def _inquiry(inquiry: Inquiry, wording: Wording) -> Inquiry:
    applied = wording.applied
    return replace(inquiry, paragraphs=tuple(map(applied, inquiry.paragraphs)), limits=tuple(map(applied, inquiry.limits)))
