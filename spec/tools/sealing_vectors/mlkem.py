"""ML-KEM-768 encapsulation with chosen randomness (FIPS 203), for vectors only: slow and not constant-time.

The library in the product encapsulates with its own randomness, as it should, so it cannot make the same
vector twice.
"""

import hashlib
from collections.abc import Iterator

Q, N, K = 3329, 256, 3
Polynomial = list[int]


def _bit_reversed(index: int) -> int:
    return int(f"{index:07b}"[::-1], 2)


ZETAS = [pow(17, _bit_reversed(index), Q) for index in range(128)]
GAMMAS = [pow(17, 2 * _bit_reversed(index) + 1, Q) for index in range(128)]


def encapsulate(public: bytes, randomness: bytes) -> tuple[bytes, bytes]:
    """(shared secret, ciphertext) of FIPS 203 algorithm 17 for these 32 bytes of randomness."""
    digest = hashlib.sha3_256(public).digest()
    both = hashlib.sha3_512(randomness + digest).digest()
    return both[:32], _encrypt(public, randomness, both[32:])


def _encrypt(public: bytes, message: bytes, seed: bytes) -> bytes:
    """FIPS 203 algorithm 14."""
    t = [_decode(public[384 * row : 384 * (row + 1)], 12) for row in range(K)]
    rho = public[384 * K :]
    noise = [_sample_small(seed, counter) for counter in range(2 * K + 1)]
    y = [_ntt(polynomial) for polynomial in noise[:K]]
    u = []
    for row in range(K):
        total = [0] * N
        for column in range(K):
            total = _add(total, _multiply(_sample_uniform(rho, row, column), y[column]))
        u.append(_add(_inverse_ntt(total), noise[K + row]))
    total = [0] * N
    for row in range(K):
        total = _add(total, _multiply(t[row], y[row]))
    bits = [bit * ((Q + 1) // 2) for bit in _decode(message, 1)]
    v = _add(_add(_inverse_ntt(total), noise[2 * K]), bits)
    return b"".join(_encode(_compress(polynomial, 10), 10) for polynomial in u) + _encode(_compress(v, 4), 4)


def _sample_uniform(rho: bytes, row: int, column: int) -> Polynomial:
    """Entry (row, column) of the transposed matrix, in the transformed domain (algorithm 7)."""
    stream = hashlib.shake_128(rho + bytes((row, column))).digest(1344)
    found: Polynomial = []
    for start in range(0, len(stream), 3):
        a, b, c = stream[start : start + 3]
        found += [value for value in (a + 256 * (b % 16), b // 16 + 16 * c) if value < Q]
    if len(found) < N:
        raise RuntimeError("the stream was too short; take another label")
    return found[:N]


def _sample_small(seed: bytes, counter: int) -> Polynomial:
    """Algorithm 8 with eta 2."""
    stream = hashlib.shake_256(seed + bytes((counter,))).digest(128)
    return [
        ((nibble & 1) + (nibble >> 1 & 1) - (nibble >> 2 & 1) - (nibble >> 3)) % Q
        for byte in stream
        for nibble in (byte & 15, byte >> 4)
    ]


def _butterflies(lengths: list[int]) -> Iterator[tuple[int, int]]:
    for length in lengths:
        for start in range(0, N, 2 * length):
            yield length, start


def _ntt(polynomial: Polynomial) -> Polynomial:
    f = list(polynomial)
    for zeta, (length, start) in zip(ZETAS[1:], _butterflies([128, 64, 32, 16, 8, 4, 2]), strict=True):
        for j in range(start, start + length):
            t = zeta * f[j + length] % Q
            f[j + length], f[j] = (f[j] - t) % Q, (f[j] + t) % Q
    return f


def _inverse_ntt(polynomial: Polynomial) -> Polynomial:
    f = list(polynomial)
    index = 127
    for length, start in _butterflies([2, 4, 8, 16, 32, 64, 128]):
        for j in range(start, start + length):
            t = f[j]
            f[j], f[j + length] = (t + f[j + length]) % Q, ZETAS[index] * (f[j + length] - t) % Q
        index -= 1
    return [value * 3303 % Q for value in f]


def _multiply(f: Polynomial, g: Polynomial) -> Polynomial:
    product = []
    for index in range(128):
        a0, a1, b0, b1 = f[2 * index], f[2 * index + 1], g[2 * index], g[2 * index + 1]
        product += [(a0 * b0 + a1 * b1 * GAMMAS[index]) % Q, (a0 * b1 + a1 * b0) % Q]
    return product


def _add(f: Polynomial, g: Polynomial) -> Polynomial:
    return [(a + b) % Q for a, b in zip(f, g, strict=True)]


def _compress(polynomial: Polynomial, bits: int) -> Polynomial:
    return [((value << bits) + Q // 2) // Q % (1 << bits) for value in polynomial]


def _encode(polynomial: Polynomial, bits: int) -> bytes:
    number = sum(value << (bits * index) for index, value in enumerate(polynomial))
    return number.to_bytes(N * bits // 8, "little")


def _decode(encoded: bytes, bits: int) -> Polynomial:
    number = int.from_bytes(encoded, "little")
    return [number >> (bits * index) & ((1 << bits) - 1) for index in range(N)]
