"""The two profiles: what they fill in, and how they behave (chapter 11)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from . import json_text
from .constants import G_BYTES, GROUP_BYTES, KEY_BYTES, N_BYTES
from .encoding import from_base64url, from_utf8, percent_decode, percent_encode, to_base64url, utf8
from .errors import ProtocolError


@dataclass(frozen=True)
class Proof:
    """What M1 is computed from: I, SLT_Auth_2 (32 bytes), A, B, S (256 bytes each) and K (32 bytes)."""

    I: bytes
    slt_auth_2: bytes
    A: bytes
    B: bytes
    S: bytes
    K: bytes


@dataclass(frozen=True)
class Profile:
    """One profile. The first six are the variation points of the derivations, the others rules of behaviour."""

    name: str
    hkdf_salt: Callable[[bytes], bytes]
    srp_password: Callable[[bytes], bytes]
    srp_multiplier: bytes
    client_proof: Callable[[Proof], bytes]
    key_plaintext: Callable[[bytes], bytes]
    json_plaintext: Callable[[str], bytes]
    open_key: Callable[[bytes], bytes]
    open_json: Callable[[bytes], str]
    authenticates_ad: bool
    fresh_salts_on_change: bool
    mailed_code: bool


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts one after the other, 32 bytes."""
    return hashlib.sha256(b"".join(parts)).digest()


def hex_text(data: bytes) -> bytes:
    """UTF8(HEX(data))."""
    return data.hex().encode("ascii")


# M1 = SHA-256(H_N_xor_H_g | H_I | SLT_Auth_2 | A | B | K)
H_N_XOR_H_G = bytes(n ^ g for n, g in zip(sha256(N_BYTES), sha256(G_BYTES), strict=True))


def documented_proof(proof: Proof) -> bytes:
    return sha256(H_N_XOR_H_G, sha256(proof.I), proof.slt_auth_2, proof.A, proof.B, proof.K)


# M1 = SHA-256(A | B | S)
def deployed_proof(proof: Proof) -> bytes:
    return sha256(proof.A, proof.B, proof.S)


def raw_key(plaintext: bytes) -> bytes:
    if len(plaintext) != KEY_BYTES:
        raise ProtocolError("decrypt", f"a symmetric key must have {KEY_BYTES} bytes, and has {len(plaintext)}")
    return plaintext


def jwk_of_key(key: bytes) -> bytes:
    jwk = {"alg": "A256GCM", "ext": True, "k": to_base64url(key), "key_ops": ["encrypt", "decrypt"], "kty": "oct"}
    return percent_encode(json_text.write(jwk, "a symmetric key"), "a symmetric key").encode("ascii")


def key_of_jwk(plaintext: bytes) -> bytes:
    jwk = json_text.parse(percent_decode(from_utf8(plaintext, "a symmetric key"), "a symmetric key"), "a symmetric key")
    if (
        not isinstance(jwk, dict)
        or jwk.get("kty") != "oct"
        or jwk.get("alg") != "A256GCM"
        or not has_operations(jwk, "decrypt", "encrypt")
        or not isinstance(jwk.get("k"), str)
    ):
        raise ProtocolError("decrypt", "a symmetric key must be a JWK as section 6.6 has it")
    return raw_key(from_base64url(jwk["k"], "k of a symmetric key"))


def has_operations(jwk: dict, *operations: str) -> bool:
    """Whether `key_ops` holds exactly these, given in alphabetical order; its own order is free (6.6)."""
    found = jwk.get("key_ops")
    return isinstance(found, list) and all(isinstance(name, str) for name in found) and sorted(found) == [*operations]


DOCUMENTED = Profile(
    name="documented",
    hkdf_salt=lambda salt: salt,
    srp_password=hex_text,
    srp_multiplier=sha256(N_BYTES, G_BYTES),
    client_proof=documented_proof,
    key_plaintext=lambda key: key,
    json_plaintext=lambda text: utf8(text, "a plaintext"),
    open_key=raw_key,
    open_json=lambda plaintext: from_utf8(plaintext, "a plaintext"),
    authenticates_ad=False,
    fresh_salts_on_change=True,
    mailed_code=False,
)

DEPLOYED = Profile(
    name="deployed",
    hkdf_salt=hex_text,
    srp_password=lambda sec_pwd_auth: sec_pwd_auth,
    srp_multiplier=sha256(N_BYTES, G_BYTES.rjust(GROUP_BYTES, b"\0")),
    client_proof=deployed_proof,
    key_plaintext=jwk_of_key,
    json_plaintext=lambda text: percent_encode(text, "a plaintext").encode("ascii"),
    open_key=key_of_jwk,
    open_json=lambda plaintext: percent_decode(from_utf8(plaintext, "a plaintext"), "a plaintext"),
    authenticates_ad=True,
    fresh_salts_on_change=False,
    mailed_code=True,
)


def profile_named(name: str) -> Profile:
    """The profile of this name; the user chooses it, never the server (PROFILE-01)."""
    for profile in (DOCUMENTED, DEPLOYED):
        if profile.name == name:
            return profile
    raise ProtocolError("schema", "a profile is documented or deployed")
