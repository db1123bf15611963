"""How fast sealing is beside the primitives it is made of, in one process.

Records beside AES-256-GCM of the same library with a key that is ready; files beside Cobblestone-256 fed with the same
pieces. The target is half of the primitive for records of 1 MiB and for files.
"""

import os
from collections.abc import Callable

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from safeconduct.bench import Effort, Row, Say, Task, interleaved_medians
from safeconduct.core import sealing

KIB, MIB = 1024, 1024 * 1024
PIECE = 256 * KIB
SMALL_RECORDS = 10_000
CONTEXT = sealing.Context("north", "case-17", "identity", "person/name", 3)


def measure(effort: Effort, say: Say, *, at_least_s: float = 0.02) -> list[Row]:
    """All figures of sealing; takes about half a minute."""
    say("sealing")
    rounds = effort.rounds

    def timed(tasks: dict[str, Task]) -> dict[str, float]:
        return interleaved_medians(tasks, rounds=rounds, at_least_s=at_least_s)

    rows: list[Row] = []
    for size, shown in ((KIB, "1 KiB"), (64 * KIB, "64 KiB"), (MIB, "1 MiB")):
        rows += _records(size, shown, timed)
    for mebibytes in (1, 16, 64):
        rows += _files(mebibytes, timed)
    return rows + _small_records(timed) + _others(timed)


Timed = Callable[[dict[str, Task]], dict[str, float]]


def _records(size: int, shown: str, timed: Timed) -> list[Row]:
    key, plaintext = sealing.SectionKey.generate(), os.urandom(size)
    cipher, nonce = AESGCM(os.urandom(32)), bytes(12)
    sealed, encrypted = sealing.seal_record(key, CONTEXT, plaintext), cipher.encrypt(nonce, plaintext, None)
    times = timed(
        {
            "seal": lambda: sealing.seal_record(key, CONTEXT, plaintext),
            "encrypt": lambda: cipher.encrypt(nonce, plaintext, None),
            "open": lambda: sealing.open_record(key, CONTEXT, sealed),
            "decrypt": lambda: cipher.decrypt(nonce, encrypted, None),
        }
    )
    note = "beside raw AES-256-GCM" + ("; bound by deriving a key for each" if size <= 64 * KIB else "")
    return [
        _rate("seal record", shown, "records/s", 1, times["seal"], times["encrypt"], note),
        _rate("open record", shown, "records/s", 1, times["open"], times["decrypt"], note),
    ]


def _files(mebibytes: int, timed: Timed) -> list[Row]:
    key, raw_key, content = sealing.SectionKey.generate(), os.urandom(32), os.urandom(mebibytes * MIB)
    raw = Cobblestone256Encryptor(raw_key, b"")
    encrypted = raw.update(content) + raw.finalize()
    sealer = sealing.FileSealer(key, CONTEXT)
    sealed = sealer.header() + sealer.update(content) + sealer.finalize()

    def seal() -> None:
        stream = sealing.FileSealer(key, CONTEXT)
        stream.header()
        _feed(stream.update, stream.finalize, content)

    def opened() -> None:
        stream = sealing.FileOpener(key, CONTEXT)
        _feed(stream.update, stream.finalize, sealed)

    def encrypt() -> None:
        stream = Cobblestone256Encryptor(raw_key, b"")
        _feed(stream.update, stream.finalize, content)

    def decrypt() -> None:
        stream = Cobblestone256Decryptor(raw_key, b"")
        _feed(stream.update, stream.finalize, encrypted)

    times = timed({"seal": seal, "encrypt": encrypt, "open": opened, "decrypt": decrypt})
    shown, note = f"{mebibytes} MiB", "beside raw Cobblestone-256, both in pieces of 256 KiB"
    megabytes = mebibytes * MIB / 1e6
    return [
        _rate("seal file", shown, "MB/s", megabytes, times["seal"], times["encrypt"], note),
        _rate("open file", shown, "MB/s", megabytes, times["open"], times["decrypt"], note),
    ]


def _small_records(timed: Timed) -> list[Row]:
    key = sealing.SectionKey.generate()
    contexts = [sealing.Context("north", f"case-{number}", "identity", "person/name", 1) for number in range(SMALL_RECORDS)]
    sealed = [sealing.seal_record(key, context, b"x" * 120) for context in contexts]

    def open_all() -> None:
        for context, each in zip(contexts, sealed, strict=True):
            sealing.open_record(key, context, each)

    taken = timed({"open": open_all})["open"] * 1000
    return [_time_row("open small records", f"{SMALL_RECORDS:,} of 120 bytes", taken, 200.0, "beside the target")]


def _others(timed: Timed) -> list[Row]:
    reader, signer = sealing.SealingPrivateKey.generate(), sealing.SigningPrivateKey.generate()
    public, checker = reader.public_key(), signer.public_key()
    grant, signature = sealing.seal_to(public, CONTEXT, bytes(32)), sealing.sign(signer, "bench", b"message")
    passphrase, receipt, salt = sealing.Passphrase("bench"), sealing.Receipt.generate(), sealing.ReceiptSalt.generate()
    times = timed(
        {
            "seal grant": lambda: sealing.seal_to(public, CONTEXT, bytes(32)),
            "open grant": lambda: sealing.open_from(reader, CONTEXT, grant),
            "sign": lambda: sealing.sign(signer, "bench", b"message"),
            "verify": lambda: sealing.verify(checker, "bench", b"message", signature),
            "wrap with passphrase": lambda: sealing.wrap_with_passphrase(passphrase, CONTEXT, bytes(98)),
            "derive receipt pair": lambda: sealing.receipt_pair(receipt, salt),
        }
    )
    slow = {"wrap with passphrase": "Argon2id, 64 MiB", "derive receipt pair": "Argon2id, 8 MiB"}
    return [
        _time_row(name, "one", taken * 1000, None, slow[name])
        if name in slow
        else Row(name=name, size="one", value=1 / taken, unit="per s")
        for name, taken in times.items()
    ]


def _feed(update: Callable[[memoryview], object], finalize: Task, content: bytes) -> None:
    with memoryview(content) as view:
        for start in range(0, len(content), PIECE):
            update(view[start : start + PIECE])
    finalize()


def _rate(name: str, size: str, unit: str, amount: float, taken_s: float, reference_s: float, note: str) -> Row:
    return Row(
        name=name,
        size=size,
        value=amount / taken_s,
        unit=unit,
        reference=amount / reference_s,
        ratio=reference_s / taken_s,
        note=note,
    )


def _time_row(name: str, size: str, taken_ms: float, reference_ms: float | None, note: str) -> Row:
    ratio = taken_ms / reference_ms if reference_ms else None
    return Row(name=name, size=size, value=taken_ms, unit="ms", reference=reference_ms, ratio=ratio, note=note)
