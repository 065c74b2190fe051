"""RSA keys as JWK: their forms and their checks (6.6)."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric import rsa

from . import json_text
from .constants import RSA_EXPONENT, RSA_MODULUS_BITS
from .encoding import from_base64url, to_base64url
from .errors import ProtocolError
from .json_text import Json
from .profile import has_operations
from .srp import number

PRIVATE_MEMBERS = ("d", "p", "q", "dp", "dq", "qi")


@dataclass(frozen=True)
class PublicKey:
    """PUB_Account: the modulus, odd and of 2048 bits, and the JWK that it was read from."""

    n: int
    jwk: dict[str, Json]

    @property
    def text(self) -> str:
        """The compact JSON text of the JWK, as `publicKey` holds it."""
        return json_text.write(self.jwk, "a public key")


@dataclass(frozen=True)
class PrivateKey:
    """PRV_Account: its numbers, and the JWK that it was read from."""

    n: int
    d: int
    p: int
    q: int
    dp: int
    dq: int
    qi: int
    jwk: dict[str, Json]

    @cached_property
    def rsa(self) -> rsa.RSAPrivateKey:
        """The key for the library; its numbers have been checked (JWK-09)."""
        public = rsa.RSAPublicNumbers(RSA_EXPONENT, self.n)
        # d and qi are known up to a multiple (6.6); the library takes the least.
        d, qi = self.d % math.lcm(self.p - 1, self.q - 1), self.qi % self.p
        numbers = rsa.RSAPrivateNumbers(self.p, self.q, d, self.dp, self.dq, qi, public)
        try:
            return numbers.private_key()
        except ValueError:
            refuse_numbers()


def generate() -> tuple[PublicKey, PrivateKey]:
    """A fresh key pair of 2048 bits with the exponent 65537 (KEY-04)."""
    numbers = rsa.generate_private_key(RSA_EXPONENT, RSA_MODULUS_BITS).private_numbers()
    n, p, q, d = numbers.public_numbers.n, numbers.p, numbers.q, numbers.d
    parts = {"d": d, "dp": numbers.dmp1, "dq": numbers.dmq1, "p": p, "q": q, "qi": numbers.iqmp}
    both = {"alg": "RSA-OAEP-256", "e": to_number(RSA_EXPONENT), "ext": True, "kty": "RSA", "n": to_number(n)}
    public = {**both, "key_ops": ["encrypt"]}
    private = {**both, "key_ops": ["decrypt"], **{name: to_number(part) for name, part in parts.items()}}
    return read_public({name: public[name] for name in sorted(public)}), read_private(
        {name: private[name] for name in sorted(private)}
    )


def parse_public(text: str) -> PublicKey:
    """The key of a `publicKey`; stage `encoding` for what is not JSON or base64url, `schema` for the rest."""
    return read_public(json_text.parse(text, "publicKey"))


def read_public(jwk: Json) -> PublicKey:
    """A public key from its JWK (JWK-04 to JWK-08)."""
    members = rsa_members(jwk, "encrypt", "a public key")
    for name in (*PRIVATE_MEMBERS, "oth", "k"):
        if name in members:
            raise ProtocolError("schema", f"a public key must not hold {name} (JWK-08): the key is not secret any more")
    return PublicKey(modulus(members, "a public key"), members)


def read_private(jwk: Json) -> PrivateKey:
    """A private key from its JWK; stage `decrypt` where its numbers do not belong together (JWK-09)."""
    members = rsa_members(jwk, "decrypt", "a private key")
    n = modulus(members, "a private key")
    numbers = {name: read_number(members, name, "a private key") for name in PRIVATE_MEMBERS}
    key = PrivateKey(n=n, jwk=members, **numbers)
    check_numbers(key)
    return key


def check_pair(public: PublicKey, private: PrivateKey) -> None:
    """Refuses a public key that is not that of the private key; both have the exponent 65537 (WRAP-10)."""
    if public.n != private.n:
        raise ProtocolError("decrypt", "publicKey is not that of the account's private key (WRAP-10)")


def rsa_members(jwk: Json, operation: str, what: str) -> dict[str, Json]:
    """The members of an RSA JWK whose kty, alg, key_ops and e are those of the table in 6.6."""
    if not isinstance(jwk, dict):
        raise ProtocolError("schema", f"{what} must be a JSON object (JWK-04)")
    for name, value in (("kty", "RSA"), ("alg", "RSA-OAEP-256")):
        if jwk.get(name) != value:
            raise ProtocolError("schema", f"{name} of {what} must be {value} (JWK-04)")
    if not has_operations(jwk, operation):
        raise ProtocolError("schema", f'key_ops of {what} must be ["{operation}"] (JWK-04)')
    if jwk.get("e") != to_number(RSA_EXPONENT):
        raise ProtocolError("schema", f"e of {what} must be {to_number(RSA_EXPONENT)} (JWK-06)")
    return jwk


def modulus(members: dict[str, Json], what: str) -> int:
    """The modulus n, odd and of exactly 2048 bits (JWK-05)."""
    n = read_number(members, "n", what)
    if n.bit_length() != RSA_MODULUS_BITS or n % 2 == 0:
        raise ProtocolError("schema", f"n of {what} must be odd and have {RSA_MODULUS_BITS} bits (JWK-05)")
    return n


def check_numbers(key: PrivateKey) -> None:
    """n = p q; e d = 1 modulo p - 1 and q - 1; dp and dq are d modulo these; q qi = 1 modulo p (JWK-09)."""
    if min(key.p, key.q) < 3:
        refuse_numbers()
    if not (
        key.n == key.p * key.q
        and RSA_EXPONENT * key.d % (key.p - 1) == 1
        and RSA_EXPONENT * key.d % (key.q - 1) == 1
        and key.dp == key.d % (key.p - 1)
        and key.dq == key.d % (key.q - 1)
        and key.q * key.qi % key.p == 1
    ):
        refuse_numbers()


def refuse_numbers() -> NoReturn:
    raise ProtocolError("decrypt", "the numbers of the private key must belong together (JWK-09)")


def read_number(members: dict[str, Json], name: str, what: str) -> int:
    """A number of a JWK: base64url of big-endian bytes, none of them zero in front (JWK-07)."""
    text = members.get(name)
    if not isinstance(text, str):
        raise ProtocolError("schema", f"{name} of {what} must be a string")
    data = from_base64url(text, f"{name} of {what}")
    if not data or data[0] == 0:
        raise ProtocolError("schema", f"{name} of {what} must not begin with a zero byte (JWK-07)")
    return number(data)


def to_number(value: int) -> str:
    """base64url of the big-endian bytes without leading zero bytes."""
    return to_base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))
