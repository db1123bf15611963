"""Invented applicants: no name, unit number, place of service or date is that of a real person's case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Answers = Mapping[str, Any]  # Any: the questionnaire decides


def given(**parts: Any) -> dict[str, Any]:  # Any: as above
    """An answer with these parts."""
    return {"state": "answered", "parts": parts}


def on(date: str, *, about: bool = False) -> dict[str, Any]:
    """A date as the questionnaire keeps it."""
    return {"on": date, "about": about}


def between(start: str, end: str) -> dict[str, Any]:
    """A stretch between two dates."""
    return {"from": on(start), "to": on(end)}


def place(country: str, region: str = "", town: str = "") -> dict[str, str]:
    """A place as the questionnaire keeps it."""
    return {"country": country, "region": region, "town": town}


NO_WISH = {"state": "prefer_not_to_say"}


@dataclass(frozen=True)
class Person:
    """One invented applicant."""

    working_name: str
    country: str
    category: str
    urgency: str
    risk: str
    language: str
    story: str
    interview: Answers = field(default_factory=dict)


def request_answers(person: Person) -> dict[str, Any]:
    """What the person filed."""
    tongue = {"ru": "russian", "fr": "french", "en": "english"}[person.language]
    return {
        "safe_now": given(how_safe="unsure" if person.risk == "high" else "safe"),
        "where": given(place=place(person.country)),
        "need": given(needs=["advice", "protection"]),
        "situation": given(kind="left_service" if person.category != "never" else "fear_call_up"),
        "account": given(story=person.story),
        "who_reads": given(readers="this_desk"),
        "contact": given(way="here"),
        "language": given(tongue=tongue),
        "consent": given(purposes=["case_handling", "lawyer"]),
    }


ANTON = Person(
    working_name="Anton",
    country="KZ",
    category="mobilised",
    urgency="soon",
    risk="raised",
    language="ru",
    story=(
        "Меня мобилизовали осенью 2022 года. На фронте я отказался идти на штурм, меня держали в подвале. "
        "После госпиталя я не вернулся в часть. Сейчас я в Казахстане, паспорт только внутренний. "
        "Боюсь, что меня вернут."
    ),
    interview={
        "q1": given(safe=True),
        "q2": given(channels=["this_site"], hours="le soir"),
        "q3": given(word="la bouilloire est froide"),
        "q4": given(where=place("KZ", "Almaty")),
        "q5": given(frequency="weekly", if_missed=["other_channel", "tell_partner"]),
        "q6": given(language="russian"),
        "q7": given(
            purposes=["case_handling", "partner", "open_source_research", "state_authority", "lawyer", "statistics"],
            recipients="Geleit Nord, Dala Qamqor",
        ),
        "q8": given(kinds=["country_of_stay", "journalists"]),
        "q9": given(needs=["not_from_my_circle"]),
        "q10": given(known_as="Anton", legal_name="Zvonarev Anton Iljitch (personne fictive)"),
        "q11": given(born=on("1993-04"), birth_place=place("RU", "Région de Penza")),
        "q12": given(current=["RU"], russian_since="birth"),
        "q13": given(documents=["internal_passport", "military_id"], originals=["with_me"]),
        "q16": given(happened=True, what="La police est venue deux fois chez ma mère, en mars et en mai 2023."),
        "q17": given(category="mobilised"),
        "q18": given(fitness="A", specialty="Chauffeur"),
        "q19": given(issued=on("2022-09-27"), appear=on("2022-09-29"), served="work_or_school"),
        "q20": given(did="reported", account="Je me suis présenté : on m'avait dit que le refus valait la prison."),
        "q23": given(
            units=[
                {
                    "unit": "Bataillon de réserve (dépôt)",
                    "place": place("RU", "Région de Penza"),
                    "dates": between("2022-09", "2022-11"),
                    "job": "instruction",
                },
                {
                    "unit": "Compagnie de transport d'un régiment de fusiliers motorisés",
                    "place": place("UA", "Région de Louhansk"),
                    "dates": between("2022-11", "2023-01"),
                    "job": "chauffeur",
                },
            ]
        ),
        "q24": given(ranks=[{"rank": "soldat", "since": on("2022-09")}], commanded=False),
        "q25": given(weapons=["small_arms"], account="Fusil d'instruction ; je n'ai pas tiré sur des personnes."),
        "q27": given(did=False),
        "q29": given(there=True),
        "q30": given(stays=[{"place": place("UA", "Région de Louhansk"), "dates": between("2022-11-20", "2023-01-14")}]),
        "q31": given(account="Je conduisais un camion : eau, rations, blessés au retour."),
        "q32": given(kinds=["rear"]),
        "q33": given(account="J'ai vu des maisons détruites ; je n'ai pas vu tuer de civils."),
        "q34": given(account="Non. En janvier on m'a ordonné de monter à l'assaut ; j'ai refusé devant toute la compagnie."),
        "q35": given(account="On racontait des pillages dans une autre compagnie. Je l'ai dit au juriste après ma fuite."),
        "q36": given(would="after_lawyer"),
        "q37": given(steps=[{"kind": "report", "when": on("2023-01-10"), "reply": "aucune réponse"}]),
        "q39": given(account="Neuf jours dans une cave, avec sept autres, sans soins."),
        "q40": given(day=on("2023-03-02")),
        "q41": given(where="hospital", weapon=False),
        "q42": given(left=on("2023-03-11"), entered="KZ", document="internal_passport"),
        "q43": given(
            account="Dès février 2022 : ma tante vit à Kharkiv. Je l'ai dit à mon travail, on m'a menacé de licenciement."
        ),
        "q44": given(
            acts=[{"kind": "post", "when": on("2022-03"), "what": "Message contre la guerre, effacé après une convocation"}]
        ),
        "q45": given(acts=[{"what": "Témoignage anonyme pour une association", "when": on("2024-05"), "reach": "public"}]),
        "q47": given(account="Non. Je ne veux servir dans aucune tâche de cette guerre."),
        "q48": given(stays=[{"country": "KZ", "dates": {"from": on("2023-03-11"), "to": None}}]),
        "q49": given(statuses=[{"country": "KZ", "status": "asylum_certificate", "until": on("2027-01")}]),
        "q52": given(ever=False),
        "q53": given(contacted=False),
        "q54": given(relatives_there=False),
        "q55": given(had=False),
        "q56": given(state="case_open", wanted=True, article="337", when=on("2023-05")),
        "q57": given(account="La prison ou le retour au front ; deux hommes de ma compagnie ont été renvoyés de force."),
        "q59": given(grounds=["politics", "ukraine_family"]),
        "q60": given(concerns=["sleep"], account="Éclat à l'épaule, sommeil difficile."),
        "q61": given(needs=["lawyer", "psychologist"]),
        "q63": given(read_back=True),
    },
)

OTHERS = (
    Person("Vera", "AM", "never", "routine", "low", "ru", "Моего брата забрали, мне пришла повестка как медсестре."),
    Person(
        "Denis", "KZ", "contract", "urgent", "high", "ru", "Меня ищут. Двое приходили к хозяину квартиры и показывали фотографию."
    ),
    Person(
        "Rinat",
        "KG",
        "mobilised",
        "soon",
        "raised",
        "ru",
        "Ушёл из госпиталя в Ростове, теперь в Бишкеке, срок пребывания скоро кончится.",
    ),
    Person(
        "Lev",
        "GE",
        "officer",
        "routine",
        "raised",
        "en",
        "I was an officer in logistics and asked for discharge four times before the war grew.",
    ),
    Person("Sergei", "AM", "conscript", "soon", "raised", "ru", "Срочная служба кончилась, контракт подписали за меня."),
    Person("Ilya", "KZ", "contract", "routine", "raised", "ru", "Подписал контракт до войны, в марте 2022 года написал рапорт."),
    Person("Pavel", "RS", "reservist", "routine", "low", "ru", "Я запасник, повестки не было, но за отказ грозят."),
)
REQUESTS = (
    Person(
        "Grigori", "TR", "reservist", "routine", "low", "ru", "Здравствуйте. Можно ли узнать, есть ли у меня право на убежище?"
    ),
    Person(
        "Anna",
        "AM",
        "never",
        "soon",
        "raised",
        "fr",
        "Mon mari a quitté son unité. Nous sommes à Erevan avec notre fille et un seul passeport.",
    ),
    Person(
        "Marat", "KZ", "mobilised", "urgent", "high", "ru", "Мне звонили с незнакомого номера и назвали мой адрес. Что делать?"
    ),
)
