"""The verb derive: every value that follows from the given ones (chapters 4 to 6)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from client import json_text, jwk, links, messages, passwords, srp
from client.constants import HASH_BYTES, IV_BYTES, KEY_BYTES, SALT_BYTES, N
from client.encoding import from_hex, utf8
from client.errors import ProtocolError
from client.profile import H_N_XOR_H_G, Profile, Proof, profile_named, sha256
from client.text import normalize_email, normalize_passphrase

TEXTS = {
    "email",
    "passphrase",
    "normalized.email",
    "normalized.passphrase",
    "encSymmetricKey",
    "encPrivateKey",
    "encContent",
}
JSONS = {"PUB_Account", "PRV_Account", "M_Resource"}
LENGTHS = {
    **dict.fromkeys(("SLT_Auth_1", "SLT_Auth_2", "SLT_Enc"), SALT_BYTES),
    **dict.fromkeys(("SYM_Account", "SYM_ResourceGroup"), KEY_BYTES),
    **dict.fromkeys(("encSymmetricKey.iv", "encPrivateKey.iv", "encContent.iv"), IV_BYTES),
    "SYM_Link.seed": HASH_BYTES,
}


class Rule(NamedTuple):
    """How a value is computed: from which others, in their order, after the profile."""

    needs: tuple[str, ...]
    compute: Callable[..., Any]
    profiles: tuple[str, ...] = ("documented", "deployed")


def server_ephemeral(profile: Profile, verifier: bytes, b: bytes) -> bytes:
    """B = PAD((k * SRP_Verifier + g^b) mod N), which a server computes."""
    g_b = srp.number(srp.public_ephemeral(b))
    return srp.pad((srp.number(profile.srp_multiplier) * srp.number(verifier) + g_b) % N)


def server_premaster(_: Profile, A: bytes, verifier: bytes, u: bytes, b: bytes) -> bytes:
    """S_server = PAD((A * SRP_Verifier^u)^b mod N), which a server computes."""
    base = srp.number(A) * pow(srp.number(verifier), srp.number(u), N) % N
    return srp.pad(pow(base, srp.number(b), N))


def document_plaintext(profile: Profile, value: Any) -> bytes:
    return profile.json_plaintext(json_text.write(value, "the document"))


def sealed(_: Profile, key: bytes, iv: bytes, plaintext: bytes) -> bytes:
    return messages.seal(key, iv, plaintext)


def message(_: Profile, iv: bytes, ciphertext: bytes) -> str:
    return messages.message_text(iv, ciphertext)


RULES: dict[str, Rule] = {
    "normalized.email": Rule(("email",), lambda _, email: normalize_email(email)),
    "normalized.passphrase": Rule(("passphrase",), lambda _, passphrase: normalize_passphrase(passphrase)),
    "SLT_TMP_1": Rule(("SLT_Auth_1", "normalized.email"), passwords.email_bound_salt),
    "SLT_TMP_2": Rule(("SLT_Enc", "normalized.email"), passwords.email_bound_salt),
    "SEC_PWD_Auth": Rule(("normalized.passphrase", "SLT_TMP_1"), lambda _, *of: passwords.password_key(*of)),
    "SEC_PWD_Enc": Rule(("normalized.passphrase", "SLT_TMP_2"), lambda _, *of: passwords.password_key(*of)),
    "srp.I": Rule(("normalized.email",), lambda _, email: srp.identity(email)),
    "srp.P": Rule(("SEC_PWD_Auth",), lambda profile, key: profile.srp_password(key)),
    "srp.inner": Rule(("srp.I", "srp.P"), lambda _, *of: srp.inner_hash(*of)),
    "srp.x": Rule(("SLT_Auth_2", "srp.inner"), lambda _, *of: srp.private_key(*of)),
    "SRP_Verifier": Rule(("srp.x",), lambda _, x: srp.verifier(x)),
    "srp.k": Rule((), lambda profile: profile.srp_multiplier),
    "srp.A": Rule(("a",), lambda _, a: srp.public_ephemeral(a)),
    "srp.B": Rule(("SRP_Verifier", "b"), server_ephemeral),
    "srp.u": Rule(("srp.A", "srp.B"), lambda _, *of: srp.scrambling(*of)),
    "srp.S": Rule(("srp.B", "srp.x", "a", "srp.u"), srp.premaster),
    "srp.S_server": Rule(("srp.A", "SRP_Verifier", "srp.u", "b"), server_premaster),
    "srp.K": Rule(("srp.S",), lambda _, S: srp.session_key(S)),
    "srp.H_N_xor_H_g": Rule((), lambda _: H_N_XOR_H_G, ("documented",)),
    "srp.H_I": Rule(("srp.I",), lambda _, identity: sha256(identity), ("documented",)),
    "srp.M1": Rule(
        ("srp.I", "SLT_Auth_2", "srp.A", "srp.B", "srp.S", "srp.K"),
        lambda profile, *of: profile.client_proof(Proof(*of)),
    ),
    "srp.M2": Rule(("srp.A", "srp.M1", "srp.K"), lambda _, *of: srp.server_proof(*of)),
    "session.id": Rule(("srp.K",), lambda _, K: K),
    "encSymmetricKey.plaintext": Rule(("SYM_Account",), lambda profile, key: profile.key_plaintext(key)),
    "encSymmetricKey.sealed": Rule(("SEC_PWD_Enc", "encSymmetricKey.iv", "encSymmetricKey.plaintext"), sealed),
    "encSymmetricKey": Rule(("encSymmetricKey.iv", "encSymmetricKey.sealed"), message),
    "encPrivateKey.plaintext": Rule(("PRV_Account",), document_plaintext),
    "encPrivateKey.sealed": Rule(("SYM_Account", "encPrivateKey.iv", "encPrivateKey.plaintext"), sealed),
    "encPrivateKey": Rule(("encPrivateKey.iv", "encPrivateKey.sealed"), message),
    "encContent.plaintext": Rule(("M_Resource",), document_plaintext),
    "encContent.sealed": Rule(("SYM_ResourceGroup", "encContent.iv", "encContent.plaintext"), sealed),
    "encContent": Rule(("encContent.iv", "encContent.sealed"), message),
    "SYM_Link.plaintext": Rule(("SYM_ResourceGroup",), lambda profile, key: profile.key_plaintext(key)),
    "SYM_Link": Rule(
        ("PUB_Account", "SYM_Link.plaintext", "SYM_Link.seed"),
        lambda _, public, plaintext, seed: links.seal_link(jwk.read_public(public), plaintext, seed),
    ),
}


def derive(profile: str, given: dict[str, Any]) -> dict[str, Any]:
    """The verb: `profile` and `given` in, `profile` and `values` out; a given value is not computed again."""
    spoken = profile_named(profile)
    values = {name: read_value(name, value) for name, value in given.items()}
    derived: dict[str, Any] = {}
    for name, rule in RULES.items():
        # The rules stand in the order of the graph: what one needs is known or computed before it.
        known = {**values, **derived}
        if name not in known and spoken.name in rule.profiles and all(need in known for need in rule.needs):
            derived[name] = rule.compute(spoken, *(known[need] for need in rule.needs))
    return {"profile": spoken.name, "values": {name: value_hex(value) for name, value in derived.items()}}


def read_value(name: str, value: Any) -> Any:
    """A given value: text, JSON or bytes."""
    if name in JSONS:
        return value
    if not isinstance(value, str):
        raise ProtocolError("schema", f"{name} must be a string")
    return value if name in TEXTS else from_hex(value, name, LENGTHS.get(name))


def value_hex(value: str | bytes) -> str:
    """A derived value as lower-case hex; text as the hex of its UTF-8 bytes."""
    return (value if isinstance(value, bytes) else utf8(value, "a value")).hex()
