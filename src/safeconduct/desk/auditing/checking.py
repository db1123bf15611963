"""Reading whole logs against their checkpoints and heads, and proving single entries, with nobody signed in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from safeconduct.core import custody as log
from safeconduct.core.custody import Findings, NoteKey, Problem, ProofBundle, Trouble
from safeconduct.desk.custody import selectors, services
from safeconduct.desk.custody.models import Checkpoint, Entry, LogHead
from safeconduct.desk.vault import identities, signing


def logs() -> list[str]:
    """Every organisation that has a log, or rows without one."""
    heads = set(LogHead.objects.values_list("organisation", flat=True))
    return sorted(heads | set(Entry.objects.order_by().values_list("organisation", flat=True).distinct()))


def check_log(organisation: str, *, keys: Sequence[bytes] | None = None) -> Findings:
    """Everything that is wrong with one organisation's log, every row recomputed; writes nothing.

    `keys`: the log's public keys as they were published (trust.json). Without them the key that stands in the same
    database is believed, which an intruder could have replaced together with every checkpoint.
    """
    head = LogHead.objects.filter(pk=organisation).first()
    believed = list(keys) if keys is not None else [bytes(head.public_key)] if head else []
    notes = Checkpoint.objects.filter(organisation=organisation).order_by("size").values_list("note", flat=True)
    passing = _Passing(organisation)
    findings = log.audit(
        passing.rows(), [note.encode() for note in notes], organisation=organisation, keys=_note_keys(organisation, believed)
    )
    return replace(findings, problems=(*findings.problems, *_against_head(head, passing.frontier, findings)))


def prove_all(thing: str) -> Iterator[ProofBundle]:
    """A proof for every entry about a thing, in whichever logs it stands, under a checkpoint signed now."""
    for organisation in logs():
        entries = selectors.entries_of(organisation, thing=thing)
        if entries:
            yield from prove(organisation, entries[::-1])


def prove(organisation: str, entries: Sequence[log.Entry]) -> list[ProofBundle]:
    """Proofs of entries of one log."""
    _, sealed_key = selectors.log_key_of(organisation)
    return selectors.proofs_of(organisation, entries, sign=identities.log_signer(organisation, sealed_key))


def sign_checkpoint(organisation: str) -> Checkpoint:
    """The log as it stands now, signed."""
    _, sealed_key = selectors.log_key_of(organisation)
    return services.write_checkpoint(organisation, sign=identities.log_signer(organisation, sealed_key))


class _Passing:
    """The rows of a log on their way to the audit; keeps the frontier that they give."""

    def __init__(self, organisation: str) -> None:
        self.frontier = log.Frontier()
        self._organisation = organisation

    def rows(self) -> Iterator[log.Row]:
        stored = Entry.objects.filter(organisation=self._organisation).order_by("position")
        for position, body in stored.values_list("position", "body").iterator(chunk_size=2000):
            content = bytes(body)
            self.frontier = self.frontier.append(log.leaf_hash(content))
            yield log.Row(position, content)


def _against_head(head: LogHead | None, frontier: log.Frontier, findings: Findings) -> list[Problem]:
    """What the head of the log, which every writer continues, tells about the rows that no checkpoint covers yet."""
    if head is None:
        return [Problem(Trouble.DROPPED, 0, max(frontier.size - 1, 0), "the log has rows and no head")]
    if frontier.size < head.size:
        known = any(problem.trouble is Trouble.DROPPED for problem in findings.problems)
        reason = f"the head counts {head.size} rows, {frontier.size} are stored"
        return [] if known else [Problem(Trouble.DROPPED, frontier.size, head.size - 1, reason)]
    if frontier.size > head.size:
        return [Problem(Trouble.REPLACED, head.size, frontier.size - 1, "stored beyond the head of the log: not written by it")]
    if frontier.encode() != bytes(head.frontier) and not findings.problems:
        reason = f"these rows do not give the head that was kept; before them {findings.covered} fit"
        return [Problem(Trouble.REPLACED, findings.covered, max(head.size - 1, 0), reason)]
    return []


def _note_keys(organisation: str, encoded: Sequence[bytes]) -> list[NoteKey]:
    keys = [signing.log_public_key(each) for each in encoded]
    return [NoteKey(log.origin_of(organisation), key.encode(), key.verify) for key in keys]
