"""Trust files and notices."""

from collections.abc import Iterator

from dossier_vectors.parts import (
    CLOCK,
    HARBOUR,
    LANTERN,
    STRANGER,
    TODAY,
    TWO,
    Made,
    Value,
    Vector,
    clock,
    dated,
    digest,
    notice,
    octets,
    public,
    trust,
    voucher,
)
from safeconduct.core import canonical

MANIFEST = digest(Made().files()["manifest.json"])
WITHDRAWS = {"manifest": MANIFEST, "withdrawn_on": TODAY, "reason": "mistaken"}
LANTERN_NOTICE = notice("dossier-withdrawal", WITHDRAWS, LANTERN)


def of_key(fingerprint: str, since: str) -> Value:
    """What a notice on a stolen key says."""
    return {"key": fingerprint, "withdrawn_from": since, "reason": "stolen"}


def vector(kind: str, name: str, expect: str, why: str, value: Value | bytes) -> Vector:
    """A trust file or a notice by itself."""
    body = value if isinstance(value, bytes) else canonical.encode(value)
    return Vector(f"{kind}-{name}", expect, why, body, kind)


def trusts() -> Iterator[Vector]:
    """Trust files that are read; dossiers are verified with them."""
    keys = [dated(public(LANTERN), last_day="2026-11-20"), dated(public(STRANGER), first_day="2026-11-21")]
    for name, why, value in (
        ("plain", "A trust file.", trust()),
        ("older", "Drawn up before the dossier.", trust(day="2026-11-19")),
        ("rotated", "Two keys, one after the other.", trust(lantern={"keys": keys})),
        ("missing", "Without one of the organisations.", {**trust(), "organisations": trust()["organisations"][:1]}),
        ("other-key", "Another key.", trust(harbour={"keys": [dated(public(STRANGER))], "vouchers": []})),
        ("no-log", "Without the log's key.", trust(lantern={"logs": []})),
        ("ended", "A key that ended.", trust(lantern={"keys": [dated(public(LANTERN), last_day="2026-06-01")]})),
        ("withdrawn-key", "A key marked withdrawn.", trust(lantern={"keys": [dated(public(LANTERN), withdrawn_on=TODAY)]})),
        ("withdrawn-evaluator", "An evaluator's key marked withdrawn.", withdrawn(TWO.public_key().fingerprint())),
        ("withdrawn-clock", "A clock's key marked withdrawn.", withdrawn(CLOCK.public_key().fingerprint())),
        ("notice", "With a notice.", trust(notices=[LANTERN_NOTICE])),
        ("empty", "Nobody.", {**trust(), "organisations": []}),
    ):
        yield vector("trust", name, "success", why, value)


def withdrawn(fingerprint: str) -> Value:
    """A trust file in which a vouched key is marked withdrawn."""
    return trust(harbour={"withdrawn_keys": [fingerprint]})


def refused_trusts() -> Iterator[Vector]:
    """Trust files that a reader must not take."""
    other = {**clock(), "alias": "Another clock"}
    for name, why, value in (
        ("empty-file", "Nothing.", b""),
        ("spaces", "A line end follows.", canonical.encode(trust()) + b"\n"),
        ("later", "Version 2.", trust(v=2)),
        ("kind", "Another kind.", trust(kind="site-card")),
        ("no-day", "No day.", {key: value for key, value in trust().items() if key != "day"}),
        ("more", "A field more.", trust(comment="")),
        ("twice", "An organisation twice.", {**trust(), "organisations": trust()["organisations"][:1] * 2}),
        ("no-key", "An organisation without a key.", trust(lantern={"keys": []})),
        ("key-form", "A key of another size.", trust(lantern={"keys": [dated(octets(b"\x01" * 32))]})),
        ("log-form", "A log's key of small order.", trust(lantern={"logs": [dated(octets(b"\x00" * 32))]})),
        ("day-form", "No day of the calendar.", trust(lantern={"keys": [dated(public(LANTERN), first_day="2026-02-30")]})),
        ("voucher-changed", "A voucher that was changed.", trust(harbour={"vouchers": [other]})),
        ("voucher-other", "A voucher of another organisation.", trust(lantern={"vouchers": [clock()]})),
        ("voucher-role", "An unknown role.", trust(harbour={"vouchers": [clock(role="king")]})),
        (
            "voucher-stranger",
            "A voucher by a key that is not its.",
            trust(harbour={"vouchers": [voucher("harbour", "E", TWO, STRANGER)]}),
        ),
        ("notice-stranger", "A notice by a key that is not in it.", trust(notices=[stranger()])),
        ("notice-form", "Something else among the notices.", trust(notices=[{"v": 1}])),
    ):
        yield vector("trust", f"refused-{name}", "form", why, value)


def stranger() -> Value:
    """A notice in the organisation's name, by another key."""
    return notice("dossier-withdrawal", WITHDRAWS, STRANGER)


def notices() -> Iterator[Vector]:
    """Notices that are read, whatever they are worth."""
    own = LANTERN.public_key().fingerprint()
    by_clock = of_key(CLOCK.public_key().fingerprint(), TODAY)
    for name, why, value in (
        ("dossier", "The dossier is withdrawn.", LANTERN_NOTICE),
        ("other", "Another dossier is withdrawn.", notice("dossier-withdrawal", {**WITHDRAWS, "manifest": "0" * 64}, LANTERN)),
        ("stranger", "By a stranger's key.", stranger()),
        ("key", "The key is withdrawn from the dossier's day.", notice("key-withdrawal", of_key(own, "2026-11-20"), LANTERN)),
        ("key-later", "The key is withdrawn from the day after.", notice("key-withdrawal", of_key(own, "2026-11-21"), LANTERN)),
        ("key-clock", "The clock's key is withdrawn.", notice("key-withdrawal", by_clock, HARBOUR, "harbour")),
    ):
        yield vector("notice", name, "success", why, value)
    filing = notice("filing", {"filed_on": TODAY, "number": "0" * 32}, LANTERN)
    yield vector("notice", "refused-filing", "form", "A statement that withdraws nothing.", filing)
    yield vector("notice", "refused-changed", "form", "Changed after it was signed.", {**LANTERN_NOTICE, "day": "2026-11-23"})
    reason = notice("dossier-withdrawal", {**WITHDRAWS, "reason": "politics"}, LANTERN)
    yield vector("notice", "refused-reason", "form", "A reason that is not in the list.", reason)
    ahead = notice("key-withdrawal", of_key(own, "2026-11-23"), LANTERN)
    yield vector("notice", "refused-ahead", "form", "From a day after it was signed.", ahead)
