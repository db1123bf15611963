"""A verdict in sentences, for people: English, French and Russian. Machines read the enums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safeconduct.core.dossier.fields import DIGEST
from safeconduct.core.dossier.manifest import Language
from safeconduct.core.dossier.refusals import Hazard
from safeconduct.core.dossier.verdict import Check, Conclusion, Finding, Outcome, Problem, Reason

EN, FR, RU = Language.ENGLISH, Language.FRENCH, Language.RUSSIAN
Texts = Mapping[Language, str]


def _texts(en: str, fr: str, ru: str) -> Texts:
    return {EN: en, FR: fr, RU: ru}


_CHECKS: Mapping[Check, Texts] = {
    Check.READABLE: _texts(
        "The file opens safely and is a dossier package",
        "Le fichier s’ouvre sans danger et contient un dossier",
        "Файл безопасно открывается и содержит досье",
    ),
    Check.CONTAINER: _texts(
        "The container is byte for byte as it was written",
        "Le conteneur est, octet pour octet, tel qu’il a été écrit",
        "Контейнер байт в байт такой, каким был записан",
    ),
    Check.BAG: _texts(
        "Every listed file is there and unchanged",
        "Chaque fichier répertorié est présent et inchangé",
        "Все перечисленные файлы на месте и не изменены",
    ),
    Check.NOTHING_ADDED: _texts("Nothing was added", "Rien n’a été ajouté", "Ничего не добавлено"),
    Check.MANIFEST: _texts(
        "The manifest agrees with the files",
        "Le manifeste correspond aux fichiers",
        "Манифест соответствует файлам",
    ),
    Check.EVALUATIONS: _texts(
        "There are at least two evaluations by the evaluators named",
        "Il y a au moins deux évaluations, des évaluateurs désignés",
        "Есть не менее двух оценок названных экспертов-оценщиков",
    ),
    Check.INDEPENDENCE: _texts(
        "The evaluators are of different organisations",
        "Les évaluateurs relèvent d’organisations différentes",
        "Эксперты-оценщики из разных организаций",
    ),
    Check.ATTESTATIONS: _texts(
        "Each evaluator signed this dossier",
        "Chaque évaluateur a signé ce dossier",
        "Каждый эксперт-оценщик подписал это досье",
    ),
    Check.RELEASE: _texts(
        "The organisation signed this dossier and its attestations",
        "L’organisation a signé ce dossier et ses attestations",
        "Организация подписала это досье и аттестации",
    ),
    Check.VOUCHERS: _texts(
        "Each evaluator’s key is vouched for by their organisation",
        "La clé de chaque évaluateur est garantie par son organisation",
        "Ключ каждого эксперта-оценщика подтверждён его организацией",
    ),
    Check.TIME_STAMP: _texts(
        "Another organisation attests when it was released",
        "Une autre organisation atteste la date de sa transmission",
        "Другая организация удостоверяет время передачи",
    ),
    Check.VALIDITY: _texts(
        "The dossier is within its validity",
        "Le dossier est en cours de validité",
        "Срок действия досье не истёк",
    ),
    Check.CUSTODY: _texts(
        "Custody proofs are enclosed and hold",
        "Les preuves de traçabilité sont jointes et valables",
        "Доказательства сохранности приложены и верны",
    ),
    Check.TRUST: _texts(
        "The organisations’ keys are in your trust file",
        "Les clés des organisations figurent dans votre fichier de confiance",
        "Ключи организаций есть в вашем файле доверия",
    ),
    Check.NOT_WITHDRAWN: _texts(
        "Nothing is known to have been withdrawn",
        "Aucun retrait n’est connu",
        "Об отзыве ничего не известно",
    ),
}

_OUTCOMES: Mapping[Outcome, Texts] = {
    Outcome.HOLDS: _texts("holds", "conforme", "верно"),
    Outcome.BROKEN: _texts("BROKEN", "DÉFAUT", "НАРУШЕНО"),
    Outcome.UNKNOWN: _texts("open", "réserve", "открыто"),
}

_REASONS: Mapping[Reason, Texts] = {
    Reason.UNSAFE: _texts("it was not opened", "il n’a pas été ouvert", "файл не открыт"),
    Reason.NOT_A_BAG: _texts(
        "this ZIP file holds no dossier", "ce fichier ZIP ne contient pas de dossier", "в этом ZIP-файле нет досье"
    ),
    Reason.REPACKED: _texts(
        "the ZIP container was altered or packed anew",
        "le conteneur ZIP a été modifié ou recompressé",
        "ZIP-контейнер изменён или упакован заново",
    ),
    Reason.CHECKSUM: _texts(
        "the container’s checksum does not fit the file",
        "la somme de contrôle du conteneur ne correspond pas au fichier",
        "контрольная сумма контейнера не подходит к файлу",
    ),
    Reason.UNPACKS_WRONGLY: _texts("the file does not unpack", "le fichier ne se décompresse pas", "файл не распаковывается"),
    Reason.MISSING: _texts("the file is missing", "le fichier manque", "файла нет"),
    Reason.CHANGED: _texts("the file was changed", "le fichier a été modifié", "файл изменён"),
    Reason.LIST_UNREADABLE: _texts(
        "the list of files is missing or unreadable",
        "la liste des fichiers manque ou est illisible",
        "списка файлов нет или он не читается",
    ),
    Reason.ADDED: _texts("the file was added", "le fichier a été ajouté", "файл добавлен"),
    Reason.FORM: _texts("it is not of its form", "la forme n’est pas respectée", "форма не соблюдена"),
    Reason.DISAGREES: _texts(
        "the file is not what the manifest gives",
        "le fichier ne correspond pas au manifeste",
        "файл не соответствует манифесту",
    ),
    Reason.TOO_FEW: _texts("there are fewer than two", "il y en a moins de deux", "их меньше двух"),
    Reason.OTHER_AUTHORS: _texts(
        "the evaluations are not by the evaluators named",
        "les évaluations ne sont pas celles des évaluateurs désignés",
        "оценки сделаны не названными экспертами-оценщиками",
    ),
    Reason.SAME_ORGANISATION: _texts(
        "they are of one organisation", "ils relèvent d’une même organisation", "они из одной организации"
    ),
    Reason.SAME_KEY: _texts("two sign with one key", "deux signent avec une même clé", "двое подписывают одним ключом"),
    Reason.NOT_SIGNED: _texts("the signature does not hold", "la signature n’est pas valable", "подпись недействительна"),
    Reason.OTHER_STATEMENT: _texts(
        "the signature is over something else",
        "la signature porte sur autre chose",
        "подпись поставлена под чем-то другим",
    ),
    Reason.OTHER_ATTESTATIONS: _texts(
        "the evaluators’ attestations are not those that were released",
        "les attestations des évaluateurs ne sont pas celles qui ont été transmises",
        "аттестации экспертов-оценщиков не те, что были переданы",
    ),
    Reason.UNNAMED_ORGANISATION: _texts(
        "the organisation’s key is not enclosed",
        "la clé de l’organisation n’est pas jointe",
        "ключ организации не приложен",
    ),
    Reason.NOT_VOUCHED: _texts(
        "the organisation’s signature over the key does not hold",
        "la signature de l’organisation sur la clé n’est pas valable",
        "подпись организации под ключом недействительна",
    ),
    Reason.VOUCHER_DAY: _texts(
        "the key was not vouched for on that day",
        "la clé n’était pas garantie ce jour-là",
        "в тот день ключ не был подтверждён",
    ),
    Reason.EXPIRED: _texts("it expired on", "il a expiré le", "срок истёк"),
    Reason.NOT_YET: _texts("it is dated later than today", "il porte une date à venir", "дата ещё не наступила"),
    Reason.NO_PROOF: _texts("there is none", "il n’y en a pas", "их нет"),
    Reason.PROOF_REFUSED: _texts("the proof does not hold", "la preuve n’est pas valable", "доказательство неверно"),
    Reason.OTHER_OBJECT: _texts(
        "the proof is about something else", "la preuve porte sur autre chose", "доказательство о чём-то другом"
    ),
    Reason.NO_TRUST_FILE: _texts(
        "no trust file was given; compare the fingerprint by telephone or give the file",
        "aucun fichier de confiance ; comparez l’empreinte par téléphone ou fournissez le fichier",
        "файл доверия не указан; сравните отпечаток по телефону или укажите файл",
    ),
    Reason.ORGANISATION_UNKNOWN: _texts(
        "the organisation is not in the trust file",
        "l’organisation ne figure pas dans le fichier de confiance",
        "организации нет в файле доверия",
    ),
    Reason.KEY_UNKNOWN: _texts(
        "the organisation is in the trust file, but with another key: ask it before you rely on this dossier",
        "l’organisation figure dans le fichier de confiance avec une autre clé : interrogez-la avant d’utiliser ce dossier",
        "организация есть в файле доверия, но с другим ключом: спросите её, прежде чем полагаться на досье",
    ),
    Reason.LOG_KEY_UNKNOWN: _texts(
        "the key of its custody log is not in the trust file",
        "la clé de son journal de traçabilité ne figure pas dans le fichier de confiance",
        "ключа её журнала сохранности нет в файле доверия",
    ),
    Reason.KEY_OUT_OF_TIME: _texts(
        "the key was not valid on the dossier’s day",
        "la clé n’était pas valable à la date du dossier",
        "ключ не действовал в день составления досье",
    ),
    Reason.KEY_WITHDRAWN: _texts("the key was withdrawn", "la clé a été révoquée", "ключ отозван"),
    Reason.NO_TIME_STAMP: _texts(
        "nobody but the organisation itself says when it was released",
        "seule l’organisation elle-même indique la date de transmission",
        "о времени передачи говорит только сама организация",
    ),
    Reason.BEFORE_RELEASE: _texts(
        "it is from before the release", "elle est antérieure à la transmission", "она поставлена до передачи"
    ),
    Reason.WITHDRAWN: _texts("the dossier was withdrawn", "le dossier a été retiré", "досье отозвано"),
    Reason.NOTICE_UNPROVEN: _texts(
        "a notice says that it was withdrawn, but not with a key known for this organisation: ask it",
        "un avis annonce un retrait, mais sa clé n’est pas connue pour cette organisation : interrogez-la",
        "есть уведомление об отзыве, но его ключ для этой организации неизвестен: спросите её",
    ),
    Reason.TRUST_OLDER: _texts(
        "your trust file is older than the dossier; it is of",
        "votre fichier de confiance est antérieur au dossier ; il date du",
        "ваш файл доверия старше досье; он от",
    ),
    Reason.NOT_CHECKED: _texts("could not be checked", "n’a pas pu être contrôlé", "проверить не удалось"),
}

_HAZARDS: Mapping[Hazard, Texts] = {
    Hazard.NOT_ZIP: _texts("not a ZIP file", "ce n’est pas un fichier ZIP", "это не ZIP-файл"),
    Hazard.BYTES_AFTER: _texts("other bytes follow it", "d’autres octets le suivent", "за ним следуют другие байты"),
    Hazard.HIDDEN_BYTES: _texts(
        "bytes are hidden between its parts",
        "des octets sont cachés entre ses parties",
        "между его частями спрятаны байты",
    ),
    Hazard.SPLIT: _texts("one part of several", "partie d’un ensemble", "это одна из нескольких частей"),
    Hazard.SIXTY_FOUR_BIT: _texts("64-bit extensions", "extensions à 64 bits", "64-битные расширения"),
    Hazard.DAMAGED: _texts("its directory is damaged", "son répertoire est endommagé", "его оглавление повреждено"),
    Hazard.TOO_MANY: _texts("too many files", "trop de fichiers", "слишком много файлов"),
    Hazard.TOO_LARGE: _texts("more than 4 GiB unpacked", "plus de 4 Gio décompressés", "больше 4 ГиБ после распаковки"),
    Hazard.BOMB: _texts(
        "a file claims to unpack to implausibly much",
        "un fichier prétend à une taille invraisemblable",
        "файл заявляет неправдоподобный размер",
    ),
    Hazard.UNSAFE_NAME: _texts("an unsafe file name", "un nom de fichier dangereux", "опасное имя файла"),
    Hazard.TWO_NAMES: _texts(
        "a file is described differently in two places",
        "un fichier est décrit différemment à deux endroits",
        "файл в двух местах описан по-разному",
    ),
    Hazard.DUPLICATE_NAME: _texts("two files of the same name", "deux fichiers de même nom", "два файла с одним именем"),
    Hazard.ENCRYPTED: _texts("an encrypted file", "un fichier chiffré", "зашифрованный файл"),
    Hazard.UNKNOWN_METHOD: _texts(
        "an unknown way of packing", "une méthode de compression inconnue", "неизвестный способ упаковки"
    ),
    Hazard.SPECIAL_FILE: _texts("a link or device", "un lien ou un périphérique", "ссылка или устройство"),
}

_CONCLUSIONS: Mapping[Conclusion, Texts] = {
    Conclusion.HOLDS: _texts(
        "The dossier is whole, and signed with keys that your trust file names.",
        "Le dossier est intègre et signé avec des clés que votre fichier de confiance désigne.",
        "Досье цело и подписано ключами, названными в вашем файле доверия.",
    ),
    Conclusion.BROKEN: _texts(
        "Do not rely on this dossier: at least one check is broken.",
        "Ne vous fiez pas à ce dossier : au moins un contrôle est en défaut.",
        "Не полагайтесь на это досье: хотя бы одна проверка нарушена.",
    ),
    Conclusion.UNREADABLE: _texts(
        "This file cannot be read as a dossier.",
        "Ce fichier ne peut pas être lu comme un dossier.",
        "Этот файл нельзя прочитать как досье.",
    ),
    Conclusion.UNTRUSTED: _texts(
        "The dossier is whole, but who signed it is for you to establish: its keys are not in a trust file.",
        "Le dossier est intègre, mais l’identité des signataires reste à établir : ses clés ne figurent pas dans un "
        "fichier de confiance.",
        "Досье цело, но кто его подписал, предстоит установить вам: его ключей нет в файле доверия.",
    ),
}


_LEFT_OPEN = _texts("Not shown by this file:", "Ce fichier ne montre pas ceci :", "Этот файл не показывает следующего:")


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences in one language."""

    language: Language

    def check(self, check: Check) -> str:
        """What the check asserts."""
        return _CHECKS[check][self.language]

    def outcome(self, outcome: Outcome) -> str:
        """One word."""
        return _OUTCOMES[outcome][self.language]

    def problem(self, problem: Problem) -> str:
        """Why it does not hold, and for what."""
        text = _REASONS[problem.reason][self.language]
        if problem.reason is Reason.UNSAFE:
            return f"{text}: {_HAZARDS[Hazard(problem.subject)][self.language]}"
        return f"{text}: {problem.subject}" if problem.subject else text

    def conclusion(self, conclusion: Conclusion) -> str:
        """The bottom line."""
        return _CONCLUSIONS[conclusion][self.language]

    def reservation(self, checks: Sequence[Check]) -> str:
        """What the conclusion leaves open; empty when nothing is."""
        if not checks:
            return ""
        left = _LEFT_OPEN[self.language]
        return f"{left} {'; '.join(self.check(check) for check in checks)}."

    def lines(self, finding: Finding) -> list[str]:
        """A finding for a terminal: one line, then one for each fact or problem."""
        check, details = self.parts(finding)
        head = f"{self.outcome(finding.outcome):<10} {check}"
        return [head, *(f"{'':<10} - {detail}" for detail in details)]

    def parts(self, finding: Finding) -> tuple[str, list[str]]:
        """What a finding asserts, and its facts or problems."""
        outcome = finding.outcome
        details = [self.problem(problem) for problem in finding.problems]
        if outcome is Outcome.HOLDS:
            details = [] if finding.check in (Check.READABLE, Check.BAG) else list(finding.facts)
        details = [f"SHA-256 {detail}" if DIGEST.fullmatch(detail) else detail for detail in details]
        return self.check(finding.check), details
