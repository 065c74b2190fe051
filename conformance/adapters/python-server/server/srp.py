"""SRP-6a as chapter 5 defines it: 2048-bit group of RFC 5054, SHA-256, and the two profiles."""
import hashlib
import hmac
import secrets

N_BYTES = bytes.fromhex(
    "ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050"
    "a37329cbb4a099ed8193e0757767a13dd52312ab4b03310dcd7f48a9da04fd50"
    "e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8"
    "55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773b"
    "ca97b43a23fb801676bd207a436c6481f1d2b9078717461a5b9d32e688f87748"
    "544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6"
    "af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb6"
    "94b5c803d89f7ae435de236d525f54759b65e372fcd68ef20fa7111f9e4aff73"
)
N = int.from_bytes(N_BYTES, "big")
G_BYTES = b"\x02"
G = 2
GROUP_BYTES = 256


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def pad(number: int) -> bytes:
    return number.to_bytes(GROUP_BYTES, "big")


def integer(data: bytes) -> int:
    return int.from_bytes(data, "big")


def multiplier(profile: str) -> int:
    return integer(sha256(N_BYTES, G_BYTES if profile == "documented" else pad(G)))


def good_ephemeral(a_bytes: bytes) -> bool:
    """SRP-16, SRP-17: not zero modulo N, and below N."""
    return 0 < integer(a_bytes) < N


def good_verifier(verifier: bytes) -> bool:
    """SRP-11."""
    return 2 <= integer(verifier) <= N - 2


def server_ephemeral(profile: str, verifier: bytes, b: bytes) -> bytes:
    return pad((multiplier(profile) * integer(verifier) + pow(G, integer(b), N)) % N)


def scrambler(a_bytes: bytes, b_bytes: bytes) -> bytes:
    return sha256(a_bytes, b_bytes)


def draw(profile: str, verifier: bytes, a_bytes: bytes) -> tuple[bytes, bytes]:
    """A fresh b and its B (SRP-14, SRP-15); a B or u of zero is drawn again (SRP-23)."""
    while True:
        b = secrets.token_bytes(32)
        b_bytes = server_ephemeral(profile, verifier, b)
        if any(b_bytes) and any(scrambler(a_bytes, b_bytes)):
            return b, b_bytes


def server_secret(a_bytes: bytes, b_bytes: bytes, verifier: bytes, b: bytes) -> bytes:
    u = integer(scrambler(a_bytes, b_bytes))
    base = integer(a_bytes) * pow(integer(verifier), u, N)
    return pad(pow(base, integer(b), N))


def session_key(s: bytes) -> bytes:
    return sha256(s)


def client_proof(profile: str, email: str, salt: bytes, a_bytes: bytes, b_bytes: bytes, s: bytes) -> bytes:
    if profile == "deployed":
        return sha256(a_bytes, b_bytes, s)
    xor = bytes(x ^ y for x, y in zip(sha256(N_BYTES), sha256(G_BYTES)))
    return sha256(xor, sha256(email.encode()), salt, a_bytes, b_bytes, session_key(s))


def server_proof(a_bytes: bytes, m1: bytes, key: bytes) -> bytes:
    return sha256(a_bytes, m1, key)


def same(x: bytes | str, y: bytes | str) -> bool:
    """Compared in a time that does not depend on where they differ (SRP-33)."""
    return hmac.compare_digest(x, y)
