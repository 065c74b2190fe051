"""Links: SYM_ResourceGroup encrypted to an account by RSA-OAEP (6.5)."""

import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from .constants import HASH_BYTES, RSA_EXPONENT, RSA_MODULUS_BYTES
from .encoding import from_hex
from .errors import ProtocolError
from .jwk import PrivateKey, PublicKey
from .messages import key_in
from .profile import Profile, sha256
from .srp import number

OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
EMPTY_LABEL = sha256(b"")


def draw_seed() -> bytes:
    """A fresh OAEP seed of 32 random bytes (LINK-02)."""
    return secrets.token_bytes(HASH_BYTES)


def seal_link(public: PublicKey, plaintext: bytes, seed: bytes) -> bytes:
    """RSAES-OAEP with SHA-256 for both hashes (RFC 8017, section 7.1.1): 256 bytes, of at most 190."""
    room = RSA_MODULUS_BYTES - 2 * HASH_BYTES - 2 - len(plaintext)
    if room < 0:
        raise ProtocolError("schema", "a link holds 190 bytes at most")
    # DB = lHash | PS | 01 | M;  EM = 00 | seed masked by DB | DB masked by the seed
    block = EMPTY_LABEL + bytes(room) + b"\x01" + plaintext
    masked_block = xor(block, mgf1(seed, len(block)))
    masked_seed = xor(seed, mgf1(masked_block, HASH_BYTES))
    encoded = number(b"\0" + masked_seed + masked_block)
    return pow(encoded, RSA_EXPONENT, public.n).to_bytes(RSA_MODULUS_BYTES, "big")


def make_link(profile: Profile, public: PublicKey, group_key: bytes) -> str:
    """SYM_Link, 512 hex digits, of SYM_ResourceGroup (32 bytes) for the holder of this key."""
    return seal_link(public, profile.key_plaintext(group_key), draw_seed()).hex()


def open_link(profile: Profile, private: PrivateKey, text: str) -> bytes:
    """SYM_ResourceGroup, 32 bytes, out of a SYM_Link of 512 hex digits.

    Every failure of RSAES-OAEP is reported in the same way (LINK-04): stage `decrypt`.
    """
    link = from_hex(text, "the link", RSA_MODULUS_BYTES)
    try:
        plaintext = private.rsa.decrypt(link, OAEP)
    except ValueError:
        raise ProtocolError("decrypt", "the link does not open with the account's private key (LINK-03)") from None
    return key_in(profile, plaintext, "the link")


def mgf1(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-256 (RFC 8017, appendix B.2.1)."""
    blocks = (sha256(seed, counter.to_bytes(4, "big")) for counter in range(-(-length // HASH_BYTES)))
    return b"".join(blocks)[:length]


def xor(left: bytes, right: bytes) -> bytes:
    """Bitwise exclusive or of byte strings of equal length."""
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
