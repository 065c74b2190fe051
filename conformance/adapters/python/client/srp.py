"""The login proof, SRP-6a on the client's side (chapter 5)."""

import hmac
import secrets

from .constants import EPHEMERAL_BYTES, GROUP_BYTES, HASH_BYTES, G, N
from .encoding import from_hex, utf8
from .errors import ProtocolError
from .profile import Profile, sha256


def number(data: bytes) -> int:
    """The bytes as an unsigned integer, most significant byte first."""
    return int.from_bytes(data, "big")


def pad(value: int) -> bytes:
    """PAD: 256 bytes, zero bytes in front."""
    return value.to_bytes(GROUP_BYTES, "big")


def identity(email: str) -> bytes:
    """I = UTF8(normalized.email)"""
    return utf8(email, "the email address")


def inner_hash(identity: bytes, srp_password: bytes) -> bytes:
    """inner = SHA-256(I | ":" | P), 32 bytes."""
    return sha256(identity, b":", srp_password)


def private_key(slt_auth_2: bytes, inner: bytes) -> bytes:
    """x = SHA-256(SLT_Auth_2 | inner), 32 bytes."""
    return sha256(slt_auth_2, inner)


def private_key_of(profile: Profile, email: str, sec_pwd_auth: bytes, slt_auth_2: bytes) -> bytes:
    """x, 32 bytes, from the normalised address, SEC_PWD_Auth and SLT_Auth_2 (32 bytes each)."""
    return private_key(slt_auth_2, inner_hash(identity(email), profile.srp_password(sec_pwd_auth)))


def verifier(x: bytes) -> bytes:
    """SRP_Verifier = PAD(g^x mod N), 256 bytes."""
    return pad(pow(G, number(x), N))


def draw_ephemeral() -> bytes:
    """a: 32 random bytes, afresh for every login (SRP-12)."""
    return secrets.token_bytes(EPHEMERAL_BYTES)


def public_ephemeral(a: bytes) -> bytes:
    """A = PAD(g^a mod N), 256 bytes."""
    return pad(pow(G, number(a), N))


def accept_B(text: str) -> bytes:
    """The 256 bytes of B as received (SRP-19 to SRP-21)."""
    B = from_hex(text, "srpB", GROUP_BYTES)
    if number(B) % N == 0:
        raise ProtocolError("auth", "srpB must not be zero modulo N (SRP-19): do not trust this server")
    if number(B) >= N:
        raise ProtocolError("auth", "srpB must be below N (SRP-20): do not trust this server")
    return B


def scrambling(A: bytes, B: bytes) -> bytes:
    """u = SHA-256(A | B), 32 bytes; zero is refused (SRP-23)."""
    u = sha256(A, B)
    if number(u) == 0:
        raise ProtocolError("auth", "u must not be zero (SRP-23): log in again")
    return u


def premaster(profile: Profile, B: bytes, x: bytes, a: bytes, u: bytes) -> bytes:
    """S = PAD((B - k * g^x)^(a + u * x) mod N), 256 bytes; the base is reduced, the exponent is not."""
    base = (number(B) - number(profile.srp_multiplier) * pow(G, number(x), N)) % N
    return pad(pow(base, number(a) + number(u) * number(x), N))


def session_key(S: bytes) -> bytes:
    """K = SHA-256(S), 32 bytes; as lower-case hex it is the session id (5.6)."""
    return sha256(S)


def server_proof(A: bytes, M1: bytes, K: bytes) -> bytes:
    """M2 = SHA-256(A | M1 | K), 32 bytes."""
    return sha256(A, M1, K)


def accept_M2(text: str, M2: bytes) -> bytes:
    """The server's proof as received, held against our own (SRP-31), in constant time (SRP-33)."""
    received = from_hex(text, "srpM2", HASH_BYTES)
    if not hmac.compare_digest(received, M2):
        raise ProtocolError(
            "auth", "srpM2 is not the proof of who holds the verifier (SRP-31): do not trust this server"
        )
    return received
