"""A thief with the whole database, the server's memory and a coordinator's keys, who really tries every key on every seal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import pytest
from django.apps import apps
from django.db import models

from safeconduct.core import sealing
from safeconduct.core.sealing import SealingRefused
from safeconduct.desk.accounts.actors import Actor
from safeconduct.desk.cases.models import Case
from safeconduct.desk.evaluations import replacing, selectors, services
from safeconduct.desk.evaluations.models import Assignment
from safeconduct.desk.vault import keys, locks, opening
from safeconduct.desk.vault.models import Draft, SealedRecord
from safeconduct.desk.vault.sections import CASE_SECTIONS
from tests.cast import TODAY, Cast, a_case
from tests.desk.evaluations.test_evaluation import REASON, ratings
from tests.evaluators import accepted, assigned

USES = ("lock", "evaluation", "cross-lock", "own-copy", "teaser", "names", "draft")


@dataclass
class Thief:
    """Keys as they are found, and every plaintext that any of them gave."""

    case: Case
    private: dict[bytes, sealing.SealingPrivateKey] = field(default_factory=dict)
    held: list[keys.SectionKeys] = field(default_factory=list)
    read: list[bytes] = field(default_factory=list)

    def take(self, *found: sealing.SealingPrivateKey) -> None:
        """Keep private keys, each once."""
        self.private.update({each.secret_bytes(): each for each in found})

    def rob(self, actor: Actor) -> None:
        """Everything in the memory of this member's session: their pair, and whatever their grants open."""
        self.take(actor.sealing)
        held = keys.section_keys(self.case.subject, actor)
        if held is None:
            return
        self.held.append(held)
        for version in held.roots:
            self.take(*(held.get(section, version).reading_pair() for section in CASE_SECTIONS))

    def rob_the_database(self) -> None:
        """Every bytes column of every table: keys that lie open are kept, records are read."""
        for row in Assignment.objects.exclude(lock_published=None):
            self.take(sealing.SealingPrivateKey.from_secret_bytes(bytes(row.lock_published or b"")))
        for record, held in product(SealedRecord.objects.filter(subject=self.case.id), self.held):
            if held.has(record.section, record.key_version):
                context = opening.record_context(held.subject, record.section, record.record, record.version)
                self.read.append(sealing.open_record(held.get(record.section, record.key_version), context, bytes(record.sealed)))

    def try_everything(self) -> None:
        """Each blob of the evaluations and each draft, with each key, in each context there is; what opens is tried again."""
        contexts = [
            sealing.Context(organisation=self.case.organisation_id, subject=self.case.id, section=use, record=row.id, version=1)
            for row in self.case.assignments.all()
            for use in USES
        ]
        contexts += [
            sealing.Context(organisation="harbour", subject=draft.holder, section="draft", record=draft.place[:32], version=1)
            for draft in Draft.objects.all()
        ]
        waiting = list(blobs())
        while waiting:
            blob = waiting.pop()
            for private in self.private.values():
                for context in contexts:
                    try:
                        opened = sealing.open_from(private, context, blob)
                    except SealingRefused:
                        continue
                    self.read.append(opened)
                    waiting.append(opened)


def blobs() -> Iterator[bytes]:
    """Every sealed value of the room's tables, and every draft."""
    rooms: list[type[models.Model]] = [*apps.get_app_config("evaluations").get_models(), Draft]
    for model in rooms:
        names = [each.name for each in model._meta.local_concrete_fields if isinstance(each, models.BinaryField)]
        for row in model._default_manager.all():
            yield from (bytes(value) for name in names if (value := getattr(row, name)))


def knows(cast: Cast, case: Case, *robbed: str) -> bool:
    """Whether the thief, with the keys of these members, reads a word of any evaluation."""
    thief = Thief(case)
    for name in robbed:
        thief.rob(cast.actor(name))
    thief.rob_the_database()
    thief.try_everything()
    told = [text for text in thief.read if REASON.strip()[:40].encode() in text]
    assert all(json.loads(text) for text in told)
    return bool(told)


def test_the_thief_reads_nothing_until_the_second_is_in(cast: Cast) -> None:
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    assert not knows(cast, case, "amal", "farah", "chidi", "dana", "gita")
    services.hand_in(second, cast.actor("emil"), ratings(), today=TODAY)
    assert knows(cast, case, "amal")


@pytest.mark.parametrize("is_sealed_anew", [False, True])
def test_nor_while_an_evaluator_is_being_replaced(cast: Cast, is_sealed_anew: bool) -> None:
    case, chidi = a_case(cast), cast.actor("chidi").member
    chidi.roles = [*chidi.roles, "evaluator"]
    chidi.save()
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    replacing.step_back(second, cast.actor("emil"), has_conflict=False, today=TODAY)
    row = services.assign(case, cast.actor("amal"), chidi, today=TODAY)
    row = accepted(cast, row, "chidi")
    if is_sealed_anew:
        replacing.seal_anew(first, cast.actor("bea"), today=TODAY)
    # Emil, who left, is robbed too: his keys and all that he ever had of the case.
    assert not knows(cast, case, "amal", "farah", "emil", "dana", "gita")
    if is_sealed_anew:
        services.hand_in(row, cast.actor("chidi"), ratings(), today=TODAY)
        assert knows(cast, case, "amal")


def test_the_thief_is_no_straw_man(cast: Cast) -> None:
    """With the author's own keys, or with those of the other evaluator and a coordinator, there is something to read."""
    case = a_case(cast)
    first, second = assigned(cast, case, "bea", "emil")
    services.hand_in(first, cast.actor("bea"), ratings(), today=TODAY)
    assert knows(cast, case, "bea")
    assert not knows(cast, case, "emil")
    assert second.lock_sealed is not None
    lock = locks.lock_key(case.subject, second.id, cast.actor("emil"), bytes(second.lock_sealed))
    thief = Thief(case)
    thief.rob(cast.actor("amal"))
    thief.take(sealing.SealingPrivateKey.from_secret_bytes(lock))
    thief.try_everything()
    assert any(REASON.strip()[:40].encode() in text for text in thief.read)
    assert selectors.own_evaluation(first, cast.actor("bea"))
