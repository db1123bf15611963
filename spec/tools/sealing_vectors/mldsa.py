"""ML-DSA-65 signing without randomness (FIPS 204, deterministic variant), for vectors only: slow, not constant-time.

The library in the product signs with fresh randomness, as it should, so it cannot make the same vector twice.
"""

import hashlib

Q, N, D, K, L = 8380417, 256, 13, 6, 5
ETA, TAU, BETA, OMEGA = 4, 49, 196, 55
GAMMA1, GAMMA2 = 2**19, (Q - 1) // 32
CHALLENGE_BYTES = 48
Polynomial = list[int]


def _bit_reversed(index: int) -> int:
    return int(f"{index:08b}"[::-1], 2)


ZETAS = [pow(1753, _bit_reversed(index), Q) for index in range(256)]


def sign(seed: bytes, message: bytes) -> bytes:
    """The deterministic signature of a message with an empty context string (algorithms 2, 6 and 7)."""
    expanded = hashlib.shake_256(seed + bytes((K, L))).digest(128)
    rho, small_seed, key = expanded[:32], expanded[32:96], expanded[96:]
    matrix = [[_sample_uniform(rho, row, column) for column in range(L)] for row in range(K)]
    s1 = [_sample_small(small_seed, index) for index in range(L)]
    s2 = [_sample_small(small_seed, L + index) for index in range(K)]
    s1_hat, s2_hat = [_ntt(p) for p in s1], [_ntt(p) for p in s2]
    t = [_add(_inverse_ntt(p), e) for p, e in zip(_apply(matrix, s1_hat), s2, strict=True)]
    t1, t0 = _split(t)
    public = rho + b"".join(_pack(p, 10) for p in t1)
    mu = hashlib.shake_256(hashlib.shake_256(public).digest(64) + b"\x00\x00" + message).digest(64)
    mask_seed = hashlib.shake_256(key + bytes(32) + mu).digest(64)
    t0_hat = [_ntt(p) for p in t0]
    for attempt in range(0, 200 * L, L):
        y = [_sample_mask(mask_seed, attempt + index) for index in range(L)]
        w = [_inverse_ntt(p) for p in _apply(matrix, [_ntt(p) for p in y])]
        packed = b"".join(_pack([_high(value) for value in p], 4) for p in w)
        challenge = hashlib.shake_256(mu + packed).digest(CHALLENGE_BYTES)
        c_hat = _ntt(_sample_ball(challenge))
        z = [_add(p, _times(c_hat, s)) for p, s in zip(y, s1_hat, strict=True)]
        rest = [_subtract(p, _times(c_hat, s)) for p, s in zip(w, s2_hat, strict=True)]
        if _norm(z) >= GAMMA1 - BETA or max(abs(_low(v)) for p in rest for v in p) >= GAMMA2 - BETA:
            continue
        ct0 = [_times(c_hat, p) for p in t0_hat]
        hints = [[int(_high(v) != _high((v + c) % Q)) for v, c in zip(p, e, strict=True)] for p, e in zip(rest, ct0, strict=True)]
        if _norm(ct0) < GAMMA2 and sum(map(sum, hints)) <= OMEGA:
            coded = b"".join(_pack([(GAMMA1 - _centred(v)) for v in p], 20) for p in z)
            return challenge + coded + _pack_hints(hints)
    raise RuntimeError("no attempt succeeded")


def _sample_uniform(rho: bytes, row: int, column: int) -> Polynomial:
    stream = hashlib.shake_128(rho + bytes((column, row))).digest(1680)
    values = (int.from_bytes(stream[at : at + 3], "little") & 0x7FFFFF for at in range(0, len(stream), 3))
    return [value for value in values if value < Q][:N]


def _sample_small(seed: bytes, index: int) -> Polynomial:
    stream = hashlib.shake_256(seed + index.to_bytes(2, "little")).digest(680)
    nibbles = (nibble for byte in stream for nibble in (byte & 15, byte >> 4))
    return [(ETA - nibble) % Q for nibble in nibbles if nibble < 9][:N]


def _sample_mask(seed: bytes, index: int) -> Polynomial:
    stream = hashlib.shake_256(seed + index.to_bytes(2, "little")).digest(32 * 20)
    number = int.from_bytes(stream, "little")
    return [(GAMMA1 - (number >> (20 * at) & 0xFFFFF)) % Q for at in range(N)]


def _sample_ball(seed: bytes) -> Polynomial:
    stream = hashlib.shake_256(seed).digest(1024)
    signs, position = int.from_bytes(stream[:8], "little"), 8
    c = [0] * N
    for index in range(N - TAU, N):
        while stream[position] > index:
            position += 1
        c[index] = c[stream[position]]
        c[stream[position]] = 1 if signs & 1 == 0 else Q - 1
        signs, position = signs >> 1, position + 1
    return c


def _ntt(polynomial: Polynomial) -> Polynomial:
    f, index, length = list(polynomial), 0, 128
    while length:
        for start in range(0, N, 2 * length):
            index += 1
            for j in range(start, start + length):
                t = ZETAS[index] * f[j + length] % Q
                f[j + length], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
        length //= 2
    return f


def _inverse_ntt(polynomial: Polynomial) -> Polynomial:
    f, index, length = list(polynomial), 256, 1
    while length < N:
        for start in range(0, N, 2 * length):
            index -= 1
            for j in range(start, start + length):
                t = f[j]
                f[j], f[j + length] = (t + f[j + length]) % Q, -ZETAS[index] * (t - f[j + length]) % Q
        length *= 2
    return [value * 8347681 % Q for value in f]


def _apply(matrix: list[list[Polynomial]], vector: list[Polynomial]) -> list[Polynomial]:
    products = []
    for row in matrix:
        total = [0] * N
        for entry, polynomial in zip(row, vector, strict=True):
            total = [(t + a * b) % Q for t, a, b in zip(total, entry, polynomial, strict=True)]
        products.append(total)
    return products


def _times(f_hat: Polynomial, g_hat: Polynomial) -> Polynomial:
    return _inverse_ntt([a * b % Q for a, b in zip(f_hat, g_hat, strict=True)])


def _add(f: Polynomial, g: Polynomial) -> Polynomial:
    return [(a + b) % Q for a, b in zip(f, g, strict=True)]


def _subtract(f: Polynomial, g: Polynomial) -> Polynomial:
    return [(a - b) % Q for a, b in zip(f, g, strict=True)]


def _centred(value: int) -> int:
    return value - Q if value > Q // 2 else value


def _norm(vector: list[Polynomial]) -> int:
    return max(abs(_centred(value)) for polynomial in vector for value in polynomial)


def _split(t: list[Polynomial]) -> tuple[list[Polynomial], list[Polynomial]]:
    """High and low parts of the public vector (algorithm 35)."""
    half = 1 << (D - 1)
    low = [[(value + half - 1) % (1 << D) - half + 1 for value in p] for p in t]
    high = [[(v - r) >> D for v, r in zip(p, rest, strict=True)] for p, rest in zip(t, low, strict=True)]
    return high, [[value % Q for value in p] for p in low]


def _decompose(value: int) -> tuple[int, int]:
    low = value % (2 * GAMMA2)
    low = low - 2 * GAMMA2 if low > GAMMA2 else low
    return (0, low - 1) if value - low == Q - 1 else ((value - low) // (2 * GAMMA2), low)


def _high(value: int) -> int:
    return _decompose(value)[0]


def _low(value: int) -> int:
    return _decompose(value)[1]


def _pack(polynomial: Polynomial, bits: int) -> bytes:
    number = sum(value << (bits * index) for index, value in enumerate(polynomial))
    return number.to_bytes(N * bits // 8, "little")


def _pack_hints(hints: list[Polynomial]) -> bytes:
    positions: list[int] = []
    ends = []
    for hint in hints:
        positions += [index for index, bit in enumerate(hint) if bit]
        ends.append(len(positions))
    return bytes(positions) + bytes(OMEGA - len(positions)) + bytes(ends)
