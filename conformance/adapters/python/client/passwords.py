"""From address and passphrase to SEC_PWD_Auth and SEC_PWD_Enc (4.2, 4.3)."""

import hashlib
import hmac

from .constants import KEY_BYTES, PBKDF2_ITERATIONS
from .encoding import utf8
from .profile import Profile


def email_bound_salt(profile: Profile, salt: bytes, email: str) -> bytes:
    """SLT_TMP_1 or SLT_TMP_2, 32 bytes, from a salt of 32 bytes and the normalised address."""
    # HKDF-SHA-256(salt, ikm = UTF8(normalized.email), info = empty, length = 32): one block of output.
    pseudorandom_key = hmac.digest(profile.hkdf_salt(salt), utf8(email, "the email address"), "sha256")
    return hmac.digest(pseudorandom_key, b"\x01", "sha256")


def password_key(passphrase: str, salt: bytes) -> bytes:
    """SEC_PWD_Auth or SEC_PWD_Enc, 32 bytes, from the normalised passphrase and SLT_TMP_1 or SLT_TMP_2."""
    password = utf8(passphrase, "the passphrase")
    return hashlib.pbkdf2_hmac("sha256", password, salt, PBKDF2_ITERATIONS, KEY_BYTES)


def stretch(profile: Profile, email: str, passphrase: str, salt: bytes) -> bytes:
    """SEC_PWD_Auth from SLT_Auth_1, SEC_PWD_Enc from SLT_Enc; address and passphrase normalised."""
    return password_key(passphrase, email_bound_salt(profile, salt, email))
