"""What the people of the journeys write, in three languages. Everybody and everything is invented."""

from collections.abc import Mapping
from dataclasses import dataclass

AUTHORITY = "Ministère de l'Exemple, direction de l'asile"
"""The demonstration's invented authority."""


@dataclass(frozen=True)
class Words:
    """The words of one journey."""

    working_name: str
    story: str
    answer: str
    reply: str
    title: str
    source: str
    shows: str
    reason: str
    nothing: str
    doubt: str
    decision: str
    request: str
    summary: str
    limits: str
    how: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        working_name="Kestrel",
        story="I was called up in the autumn of 2022. I refused to go to the front and I left. I fear being sent back.",
        answer="We have read what you wrote. You are safe to write here. May we open a case for you?",
        reply="Yes, I agree. Thank you for answering so soon.",
        title="Summons of September 2022 (invented)",
        source="The applicant, a photograph of the original",
        shows="A summons in the applicant's name; service is not proved.",
        reason="The account is detailed and steady, and it fits what is known of this time and kind of unit. The document "
        "agrees with it in office, date and form. Nothing was found that contradicts it; what he does not know he leaves open.",
        nothing="The account and the interview are the only sources at hand.",
        doubt="A reliable document that places the applicant elsewhere on these dates.",
        decision="Both evaluations agree on every criterion; no question of exclusion or security is open.",
        request="Permission to enter in order to claim asylum",
        summary="The applicant refused to fight in January 2023 and left the forces in March 2023.\n\nTwo evaluators agree.",
        limits="No Russian source was asked.\nPublic sources cover the winter of 2022 unevenly.",
        how="Handed over in person on a sealed medium",
    ),
    "fr": Words(
        working_name="Crécerelle",
        story="J'ai été mobilisé à l'automne 2022. J'ai refusé d'aller au front et je suis parti. Je crains d'être renvoyé.",
        answer="Nous avons lu ce que vous avez écrit. Vous pouvez écrire ici sans danger. Pouvons-nous ouvrir un dossier ?",
        reply="Oui, je suis d'accord. Merci d'avoir répondu si vite.",
        title="Convocation de septembre 2022 (exemplaire fictif)",
        source="Le demandeur, photographie de l'original",
        shows="Une convocation au nom du demandeur ; la remise n'est pas prouvée.",
        reason="Le récit est détaillé et constant ; il correspond à ce que l'on sait de cette période et de ce type d'unité. "
        "Le document concorde par le bureau, la date et la forme. Rien ne le contredit ; le demandeur reconnaît ce qu'il ignore.",
        nothing="Le récit et l'entretien sont les seules sources disponibles.",
        doubt="Un document fiable qui placerait le demandeur ailleurs à ces dates.",
        decision="Les deux évaluations concordent sur chaque critère ; aucune question d'exclusion ni de sécurité n'est ouverte.",
        request="Demande d'autorisation d'entrée aux fins d'asile",
        summary="Le demandeur a refusé de combattre en janvier 2023 et a quitté l'armée en mars 2023.\n\nDeux avis concordent.",
        limits="Aucune source russe n'a été interrogée.\nLes sources publiques couvrent inégalement l'hiver 2022.",
        how="Remis en main propre sur support scellé",
    ),
    "ru": Words(
        working_name="Пустельга",
        story="Меня мобилизовали осенью 2022 года. Я отказался ехать на фронт и ушёл. Боюсь, что меня вернут.",
        answer="Мы прочитали ваше обращение. Писать сюда безопасно. Можно ли открыть для вас дело?",
        reply="Да, я согласен. Спасибо, что ответили так быстро.",
        title="Повестка, сентябрь 2022 года (вымышленная)",
        source="Заявитель, фотография подлинника",
        shows="Повестка на имя заявителя; вручение не доказано.",
        reason="Рассказ подробный и не меняется, он соответствует тому, что известно об этом времени и о таких частях. "
        "Документ согласуется с ним по военкомату, дате и форме. Противоречий не найдено; чего не знает, он не выдумывает.",
        nothing="Других источников, кроме рассказа и беседы, сейчас нет.",
        doubt="Надёжный документ, по которому заявитель в эти дни находился в другом месте.",
        decision="Обе оценки совпадают по каждому критерию; вопросов об исключении и безопасности не осталось.",
        request="Разрешение на въезд для подачи прошения об убежище",
        summary="Заявитель отказался воевать в январе 2023 года и ушёл из армии в марте 2023 года.\n\nДва эксперта согласны.",
        limits="Российские источники не опрашивались.\nОткрытые источники неровно освещают зиму 2022 года.",
        how="Передано лично на запечатанном носителе",
    ),
}
