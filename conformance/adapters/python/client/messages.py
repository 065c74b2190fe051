"""AES-GCM messages, and what is inside them (6.2 to 6.4)."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import json_text
from .constants import IV_BYTES, TAG_BYTES
from .encoding import from_hex
from .errors import ProtocolError
from .json_text import Json
from .jwk import PrivateKey, read_private
from .profile import Profile

MEMBERS = {"iv", "t", "d", "ad"}


def draw_iv() -> bytes:
    """A fresh IV of 12 random bytes (AES-02)."""
    return secrets.token_bytes(IV_BYTES)


def seal(key: bytes, iv: bytes, plaintext: bytes) -> bytes:
    """Ciphertext and tag: the plaintext's length and 16 bytes; key of 32 bytes, IV of 12, no additional data."""
    return AESGCM(key).encrypt(iv, plaintext, b"")


def message_text(iv: bytes, sealed: bytes) -> str:
    """The compact JSON text of a message (AES-03)."""
    message = {"iv": iv.hex(), "t": sealed[-TAG_BYTES:].hex(), "d": sealed[:-TAG_BYTES].hex(), "ad": ""}
    return json_text.write(message, "a message")


def encrypt(key: bytes, plaintext: bytes) -> str:
    """The message of a plaintext under a fresh IV."""
    iv = draw_iv()
    return message_text(iv, seal(key, iv, plaintext))


def check_form(text: str, what: str) -> dict[str, bytes]:
    """The four members of a message, decoded.

    Stage `encoding` for what is not JSON or not hex, `schema` for other members and lengths (AES-07, AES-08, AES-10).
    """
    message = json_text.parse(text, what)
    if (
        not isinstance(message, dict)
        or set(message) != MEMBERS
        or not all(isinstance(v, str) for v in message.values())
    ):
        raise ProtocolError("schema", f"{what} must be an object of exactly the strings iv, t, d and ad (AES-10)")
    parts = {name: from_hex(value, f"{name} of {what}") for name, value in message.items()}
    for name, length, requirement in (("t", TAG_BYTES, "AES-07"), ("iv", IV_BYTES, "AES-08")):
        if len(parts[name]) != length:
            found = len(parts[name])
            raise ProtocolError("schema", f"{name} of {what} must have {length} bytes, and has {found} ({requirement})")
    return parts


def decrypt(profile: Profile, key: bytes, text: str, what: str) -> bytes:
    """The plaintext of a message; stage `decrypt` where the tag does not verify, or `ad` is refused."""
    parts = check_form(text, what)
    if parts["ad"] and not profile.authenticates_ad:
        raise ProtocolError("decrypt", f"ad of {what} must be empty in {profile.name} (AES-05)")
    try:
        return AESGCM(key).decrypt(parts["iv"], parts["d"] + parts["t"], parts["ad"])
    except InvalidTag:
        raise ProtocolError("decrypt", f"{what} does not open with this key (AES-09)") from None


def encrypt_key(profile: Profile, key: bytes, inner: bytes) -> str:
    """The message of a symmetric key of 32 bytes."""
    return encrypt(key, profile.key_plaintext(inner))


def decrypt_key(profile: Profile, key: bytes, text: str, what: str) -> bytes:
    """The symmetric key in a message, 32 bytes (WRAP-05)."""
    return key_in(profile, decrypt(profile, key, text, what), what)


def encrypt_json(profile: Profile, key: bytes, value: Json, what: str) -> str:
    """The message of a JSON value."""
    return encrypt(key, profile.json_plaintext(json_text.write(value, what)))


def decrypt_json(profile: Profile, key: bytes, text: str, what: str) -> Json:
    """The JSON value in a message (WRAP-06)."""
    plaintext = decrypt(profile, key, text, what)
    try:
        return json_text.parse(profile.open_json(plaintext), f"what {what} holds")
    except ProtocolError as error:
        raise ProtocolError("decrypt", f"{error} (WRAP-06)") from None


def decrypt_private_key(profile: Profile, key: bytes, text: str) -> PrivateKey:
    """PRV_Account out of `encPrivateKey`; a plaintext that is no private key is `decrypt` (10.3)."""
    jwk = decrypt_json(profile, key, text, "encPrivateKey")
    try:
        return read_private(jwk)
    except ProtocolError as error:
        raise ProtocolError("decrypt", f"what encPrivateKey holds is no private key: {error}") from None


def key_in(profile: Profile, plaintext: bytes, what: str) -> bytes:
    """The symmetric key that a plaintext stands for, 32 bytes; whatever is wrong with it is `decrypt` (10.3)."""
    try:
        return profile.open_key(plaintext)
    except ProtocolError as error:
        raise ProtocolError("decrypt", f"what {what} holds is no key: {error} (WRAP-05)") from None
