"""A verdict on a statement in sentences, for people: English, French and Russian. Machines read the enums."""

from collections.abc import Mapping

from safeconduct.core.statements.cards import SiteCard
from safeconduct.core.statements.filings import Filing
from safeconduct.core.statements.verdict import Check, Conclusion, Outcome, Reason, Verdict
from safeconduct.core.statements.withdrawals import DossierWithdrawal, KeyWithdrawal

_LANGUAGES = ("en", "fr", "ru")
Texts = Mapping[str, str]


def _texts(*texts: str) -> Texts:
    return dict(zip(_LANGUAGES, texts, strict=True))


_CHECKS: Mapping[Check, Texts] = {
    Check.READABLE: _texts(
        "The file is a signed statement", "Le fichier est une déclaration signée", "Файл содержит подписанное заявление"
    ),
    Check.SIGNATURE: _texts(
        "The key it names signed exactly this",
        "La clé indiquée a signé exactement ce texte",
        "Указанный ключ подписал именно этот текст",
    ),
    Check.VALIDITY: _texts("It is valid on this day", "Elle est valable à cette date", "Оно действует в этот день"),
    Check.TRUST: _texts(
        "The organisation’s key is in your trust file",
        "La clé de l’organisation est dans votre fichier de confiance",
        "Ключ организации есть в вашем файле доверия",
    ),
}
_OUTCOMES: Mapping[Outcome, Texts] = {
    Outcome.HOLDS: _texts("holds", "vérifié", "верно"),
    Outcome.BROKEN: _texts("BROKEN", "ROMPU", "НАРУШЕНО"),
    Outcome.UNKNOWN: _texts("unknown", "inconnu", "неизвестно"),
}
_REASONS: Mapping[Reason, Texts] = {
    Reason.FORM: _texts("not of the form of a statement", "pas de la forme d’une déclaration", "это не заявление"),
    Reason.NOT_SIGNED: _texts(
        "the signature is not this key’s over this text",
        "la signature n’est pas celle de cette clé sur ce texte",
        "подпись не принадлежит этому ключу и тексту",
    ),
    Reason.NOT_YET: _texts("it lies in the future", "elle est datée dans le futur", "оно датировано будущим"),
    Reason.EXPIRED: _texts("it has expired", "elle a expiré", "срок действия истёк"),
    Reason.NO_TRUST_FILE: _texts("no trust file was given", "aucun fichier de confiance indiqué", "файл доверия не указан"),
    Reason.KEY_UNKNOWN: _texts(
        "this key is not in it for this organisation",
        "cette clé n’y figure pas pour cette organisation",
        "этого ключа для этой организации в нём нет",
    ),
    Reason.KEY_OUT_OF_TIME: _texts(
        "the key is not for this day", "la clé n’est pas valable à cette date", "ключ не для этого дня"
    ),
    Reason.KEY_WITHDRAWN: _texts("the key was withdrawn", "la clé a été retirée", "ключ отозван"),
    Reason.NOT_CHECKED: _texts("not checked", "non vérifié", "не проверено"),
}
_CONCLUSIONS: Mapping[Conclusion, Texts] = {
    Conclusion.HOLDS: _texts(
        "The statement is whole, and signed with a key that your trust file names.",
        "La déclaration est intacte, et signée par une clé que votre fichier de confiance désigne.",
        "Заявление цело и подписано ключом, который назван в вашем файле доверия.",
    ),
    Conclusion.BROKEN: _texts(
        "The statement does not hold. Do not rely on it.",
        "La déclaration n’est pas valable. Ne vous y fiez pas.",
        "Заявление недействительно. Не полагайтесь на него.",
    ),
    Conclusion.UNREADABLE: _texts(
        "The file cannot be read as a statement.",
        "Le fichier n’est pas une déclaration lisible.",
        "Файл не читается как заявление.",
    ),
    Conclusion.UNTRUSTED: _texts(
        "The statement is whole, but nothing here shows whose key signed it: compare the key’s fingerprint by another way.",
        "La déclaration est intacte, mais rien n’indique ici à qui est la clé : comparez son empreinte par une autre voie.",
        "Заявление цело, но здесь ничто не показывает, чей это ключ: сверьте его отпечаток другим путём.",
    ),
}
_KINDS: Mapping[str, Texts] = {
    Filing.kind: _texts(
        "Proof of having filed a request; it names nobody",
        "Preuve de dépôt d’une demande ; elle ne nomme personne",
        "Подтверждение подачи обращения; в нём никто не назван",
    ),
    SiteCard.kind: _texts(
        "Site card: the true addresses and keys of an organisation",
        "Carte du site : les vraies adresses et clés d’une organisation",
        "Карточка сайта: подлинные адреса и ключи организации",
    ),
    DossierWithdrawal.kind: _texts(
        "Notice: a dossier is withdrawn and no longer to be relied on",
        "Avis : un dossier est retiré, il ne faut plus s’y fier",
        "Уведомление: досье отозвано, полагаться на него больше нельзя",
    ),
    KeyWithdrawal.kind: _texts(
        "Notice: a key is withdrawn and no longer to be believed",
        "Avis : une clé est révoquée, il ne faut plus s’y fier",
        "Уведомление: ключ отозван, доверять ему больше нельзя",
    ),
}


def lines_of(verdict: Verdict, language: str) -> list[str]:
    """The whole verdict for a terminal: what it is, each finding, the bottom line."""
    code = language if language in _LANGUAGES else "en"
    lines = []
    if verdict.statement is not None:
        statement = verdict.statement
        signer = statement.signer
        lines += [_KINDS[statement.body.kind][code], f"{signer.name} ({signer.id}), {statement.day.isoformat()}"]
        for name, value in sorted(statement.body.value().items()):
            lines += [f"{name}: {each}" for each in (value if isinstance(value, list) else [value])]
        lines += [f"SHA-256 {statement.key.fingerprint()}", ""]
    for finding in verdict.findings if verdict.statement is not None else verdict.findings[:1]:
        lines.append(f"{_OUTCOMES[finding.outcome][code]:<10} {_CHECKS[finding.check][code]}")
        if finding.reason is not None:
            lines.append(f"{'':<10} - {_REASONS[finding.reason][code]}")
    return [*lines, "", _CONCLUSIONS[verdict.conclusion][code]]
