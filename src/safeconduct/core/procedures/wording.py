"""What the counting of a deadline says, in three languages."""

import datetime

from safeconduct.core.packtext import LocalText
from safeconduct.core.procedures.rulebook import Unit

FIRST_DAY = LocalText("first day that counts", "premier jour compté", "первый день срока")
MOVED = LocalText(
    "the end falls on a day off and moves to the next working day",
    "l’échéance tombe un jour non ouvré et passe au jour ouvrable suivant",
    "конец срока приходится на нерабочий день и переносится на следующий рабочий",
)
REMAINING = LocalText("end of the remaining days", "fin des jours restants", "конец оставшихся дней")
CAUTIOUS = LocalText("the same in the cautious reading", "le même en lecture prudente", "то же при осторожном подсчёте")
WITHOUT_SUSPENSION = LocalText(
    "end if nothing had stopped it", "échéance si rien ne l’avait suspendue", "конец срока, если бы он не был приостановлен"
)
NO_SUSPENSION = LocalText(
    "Legal aid was asked for too late to stop the period: it runs on.",
    "L’aide juridictionnelle a été demandée trop tard pour suspendre le délai : il continue de courir.",
    "Бесплатная юридическая помощь запрошена слишком поздно и срок не приостанавливает: он идёт дальше.",
)
DOUBTFUL = LocalText(
    "Whether the request came in time can be disputed: act as if nothing had stopped the period.",
    "On peut contester que la demande soit arrivée à temps : agissez comme si rien n’avait suspendu le délai.",
    "Своевременность запроса можно оспорить: действуйте так, как будто срок не приостанавливался.",
)
UNCERTAIN = LocalText(
    "An event is known only roughly: the earliest day is assumed.",
    "Un événement n’est connu qu’approximativement : le jour le plus tôt est retenu.",
    "Одно из событий известно лишь приблизительно: взят самый ранний день.",
)
CONFIRM = LocalText(
    "The rule rests on one secondary source: have it confirmed.",
    "La règle repose sur une seule source secondaire : faites-la confirmer.",
    "Правило опирается на один вторичный источник: его надо подтвердить.",
)
HAS_LEFT = LocalText("The person has left.", "La personne est repartie.", "Человек выехал.")
USED_UP = LocalText(
    "The days are used up in one of the readings: ask a lawyer now.",
    "Les jours sont épuisés dans l’une des lectures : consultez un avocat maintenant.",
    "По одному из способов подсчёта дни исчерпаны: обратитесь к адвокату сейчас.",
)
ENTRY = LocalText("entry; the day counts", "entrée ; ce jour compte", "въезд; день считается")
EXIT = LocalText("exit; the day counts", "sortie ; ce jour compte", "выезд; день считается")
FROM_ENTRY = LocalText(
    "last day, counted from the entry", "dernier jour, compté depuis l’entrée", "последний день, считая от въезда"
)
CALENDAR_YEAR = LocalText("last day by calendar years", "dernier jour par année civile", "последний день по календарным годам")
ANY_YEAR = LocalText(
    "last day in any 365 days", "dernier jour sur 365 jours glissants", "последний день по любым 365 дням подряд"
)

_UNITS = {
    Unit.DAYS: ("day", "days", "jour", "jours", "день", "дня", "дней"),
    Unit.WORKING_DAYS: (
        *("working day", "working days", "jour ouvré", "jours ouvrés"),
        *("рабочий день", "рабочих дня", "рабочих дней"),
    ),
    Unit.WEEKS: ("week", "weeks", "semaine", "semaines", "неделя", "недели", "недель"),
    Unit.MONTHS: ("month", "months", "mois", "mois", "месяц", "месяца", "месяцев"),
    Unit.YEARS: ("year", "years", "an", "ans", "год", "года", "лет"),
    Unit.HOURS: ("hour", "hours", "heure", "heures", "час", "часа", "часов"),
}


def period(value: int, unit: Unit) -> LocalText:
    """“1 month”, “21 days”."""
    one, many, un, plusieurs, *russian = _UNITS[unit]
    return LocalText(
        f"{value} {one if value == 1 else many}",
        f"{value} {un if value == 1 else plusieurs}",
        f"{value} {russian[_russian_plural(value)]}",
    )


def happened(event: LocalText) -> LocalText:
    """A day on which an event was."""
    return event


def counts_as(event: LocalText, rule: str) -> LocalText:
    """A day that follows from others."""
    return LocalText(f"counts as: {event.en} ({rule})", f"vaut : {event.fr} ({rule})", f"считается как: {event.ru} ({rule})")


def safe_end(value: int, unit: Unit) -> LocalText:
    """The end of a period in the cautious reading."""
    said = period(value, unit)
    return LocalText(f"{said.en}, cautious reading", f"{said.fr}, lecture prudente", f"{said.ru}, осторожный подсчёт")


def legal_end(value: int, unit: Unit) -> LocalText:
    """The end of a period as the rule is read."""
    said = period(value, unit)
    return LocalText(f"{said.en} from the first day", f"{said.fr} à partir du premier jour", f"{said.ru} от первого дня")


def stopped(used: int, left: int) -> LocalText:
    """A period stops."""
    gone, rest = period(used, Unit.DAYS), period(left, Unit.DAYS)
    return LocalText(
        f"it stops: {gone.en} used, {rest.en} left",
        f"il est suspendu : {gone.fr} écoulés, {rest.fr} restants",
        f"срок приостановлен: прошло {gone.ru}, осталось {rest.ru}",
    )


def resumed(left: int) -> LocalText:
    """A period runs again."""
    rest = period(left, Unit.DAYS)
    return LocalText(
        f"it runs again: {rest.en} left", f"il reprend : {rest.fr} restants", f"срок возобновлён: осталось {rest.ru}"
    )


def resumes(left: int) -> LocalText:
    """What happens when the decision is notified."""
    rest = period(left, Unit.DAYS)
    return LocalText(
        f"Stopped: {rest.en} remain from the day after the legal-aid decision is notified. Watch for it.",
        f"Suspendu : il restera {rest.fr} à partir du lendemain de la notification de la décision d’aide. Guettez-la.",
        f"Приостановлено: останется {rest.ru} со дня, следующего за вручением решения о помощи. Следите за ним.",
    )


def takes_its_place(event: LocalText) -> LocalText:
    """Why a step does not come."""
    return LocalText(f"Not needed: {event.en}", f"Sans objet : {event.fr}", f"Не требуется: {event.ru}")


def unknown(rule: str, since: datetime.date | None) -> LocalText:
    """No rule is known to hold."""
    if since is None:
        return LocalText(
            f"Rule {rule} is not known for that day: ask a lawyer now.",
            f"La règle {rule} n’est pas connue pour ce jour : consultez un avocat maintenant.",
            f"Правило {rule} на этот день неизвестно: обратитесь к адвокату сейчас.",
        )
    return LocalText(
        f"Rule {rule} unknown since {since}: ask a lawyer now.",
        f"Règle {rule} inconnue depuis le {since} : consultez un avocat maintenant.",
        f"Правило {rule} неизвестно с {since}: обратитесь к адвокату сейчас.",
    )


def known_before(states: LocalText) -> LocalText:
    """What the rule said while it was known."""
    return LocalText(f"Last known: {states.en}", f"Dernière règle connue : {states.fr}", f"Последнее известное: {states.ru}")


def rule_ends(rule: str, last: datetime.date) -> LocalText:
    """The rule's validity ends before the period does."""
    return LocalText(
        f"Rule {rule} is known to hold until {last} only: act by then, or ask a lawyer what came after.",
        f"La règle {rule} n’est connue que jusqu’au {last} : agissez d’ici là, ou demandez à un avocat ce qui l’a remplacée.",
        f"Известно лишь, что правило {rule} действует до {last}: успейте до этого дня или спросите адвоката, что его сменило.",
    )


def day_off(before: datetime.date) -> LocalText:
    """The safe day is one on which offices are closed."""
    return LocalText(
        f"That day is a day off: be there by {before}.",
        f"Ce jour n’est pas ouvré : soyez-y au plus tard le {before}.",
        f"Это нерабочий день: успейте до {before} включительно.",
    )


def rolling_window(most: int, window: int) -> LocalText:
    """The reading in which every day looks back."""
    return LocalText(
        f"last day, {most} days in any {window} (rolling window)",
        f"dernier jour, {most} jours sur {window} glissants",
        f"последний день, {most} дней в любые {window} (скользящий период)",
    )


def fixed_window(most: int, window: int) -> LocalText:
    """The reading in which windows begin with an entry."""
    return LocalText(
        f"last day, {most} days in {window} from the first entry",
        f"dernier jour, {most} jours sur {window} depuis la première entrée",
        f"последний день, {most} дней за {window} с первого въезда",
    )


def _russian_plural(value: int) -> int:
    if value % 10 == 1 and value % 100 != 11:
        return 0
    return 1 if value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) else 2
