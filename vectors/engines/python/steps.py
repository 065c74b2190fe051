"""What a receiver takes and what it refuses: chapters 5 and 6, steps of vectors/README.md other than `derive`."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import unquote_to_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256

from ecmascript import json_text

PRIVATE = ("d", "p", "q", "dp", "dq", "qi")


class Refused(Exception):
    """What was received is not taken."""


def require(holds: bool, why: str) -> None:
    if not holds:
        raise Refused(why)


def hex_bytes(text, length: int | None = None) -> bytes:
    """6.1: lower case, two digits a byte, and no other length."""
    require(isinstance(text, str) and re.fullmatch(r"([0-9a-f]{2})*", text) is not None, "not lower-case hex")
    data = bytes.fromhex(text)
    require(length is None or len(data) == length, f"{len(data)} bytes")
    return data


def base64url(text) -> bytes:
    """6.1: no padding, no other alphabet, no bits that stand for nothing."""
    require(isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]*", text) is not None, "not base64url")
    require(len(text) % 4 != 1, "not base64url")
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    require(urlsafe_b64encode(data).rstrip(b"=").decode() == text, "trailing bits")
    return data


def parse(text, why: str = "not JSON"):
    require(isinstance(text, str), why)
    try:
        return json.loads(text, parse_constant=lambda name: require(False, name))
    except ValueError as error:
        raise Refused(why) from error


def number(jwk: dict, name: str) -> int:
    data = base64url(jwk.get(name))
    require(data != b"" and data[0] != 0, f"{name} has a leading zero byte")
    return int.from_bytes(data, "big")


def public_key(jwk) -> dict:
    """6.6"""
    require(isinstance(jwk, dict), "no object")
    check_rsa(jwk, ["encrypt"])
    require(not any(name in jwk for name in (*PRIVATE, "oth", "k")), "a private member")
    return jwk


def check_rsa(jwk: dict, key_ops: list) -> None:
    require(jwk.get("kty") == "RSA" and jwk.get("alg") == "RSA-OAEP-256", "kty or alg")
    require(jwk.get("key_ops") == key_ops, "key_ops")
    n = number(jwk, "n")
    require(n.bit_length() == 2048 and n % 2 == 1, "modulus")
    require(jwk.get("e") == "AQAB", "e")


def private_key(jwk) -> dict:
    """6.6: the numbers belong together."""
    require(isinstance(jwk, dict), "no object")
    check_rsa(jwk, ["decrypt"])
    n, e, d, p, q, dp, dq, qi = (number(jwk, name) for name in ("n", "e", "d", "p", "q", "dp", "dq", "qi"))
    require(p > 1 and q > 1 and p * q == n, "n is not p q")
    require(e * d % (p - 1) == 1 and e * d % (q - 1) == 1, "d")
    require(d % (p - 1) == dp and d % (q - 1) == dq and q * qi % p == 1, "dp, dq or qi")
    return jwk


def key_pair(public_jwk, private_jwk) -> dict:
    """6.4: the public key is that of the private key."""
    public, private = public_key(public_jwk), private_key(private_jwk)
    require((public["n"], public["e"]) == (private["n"], private["e"]), "the keys are not one pair")
    return {"PUB_Account": compact(public), "PRV_Account": compact(private)}


def percent_decoded(data: bytes) -> str:
    """The inverse of encodeURIComponent; sequences that are incomplete or no UTF-8 are refused."""
    try:
        text = data.decode()
        require(re.search(r"%(?![0-9A-Fa-f]{2})", text) is None, "an incomplete % sequence")
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError as error:
        raise Refused("not UTF-8") from error


def plain_text(profile: str, data: bytes) -> str:
    if profile == "deployed":
        return percent_decoded(data)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused("not UTF-8") from error


def plain_json(profile: str, data: bytes):
    text = plain_text(profile, data)
    require(not text.startswith("\ufeff"), "a byte order mark")
    return parse(text)


def plain_key(profile: str, data: bytes) -> bytes:
    """6.3"""
    if profile == "documented":
        require(len(data) == 32, "no key")
        return data
    jwk = plain_json(profile, data)
    require(isinstance(jwk, dict) and jwk.get("kty") == "oct" and jwk.get("alg") == "A256GCM", "no symmetric JWK")
    operations = jwk.get("key_ops")
    require(isinstance(operations, list) and sorted(map(str, operations)) == ["decrypt", "encrypt"], "key_ops")
    key = base64url(jwk.get("k"))
    require(len(key) == 32, "k")
    return key


def unsealed(profile: str, key: bytes, text: str) -> bytes:
    """6.2"""
    message = parse(text)
    require(isinstance(message, dict) and sorted(message) == ["ad", "d", "iv", "t"], "not the four members")
    iv, tag = hex_bytes(message["iv"], 12), hex_bytes(message["t"], 16)
    ciphertext, ad = hex_bytes(message["d"]), hex_bytes(message["ad"])
    require(profile == "deployed" or ad == b"", "additional data")
    try:
        return AESGCM(key).decrypt(iv, ciphertext + tag, ad)
    except InvalidTag as error:
        raise Refused("the tag does not fit") from error


def opened_link(profile: str, jwk: dict, text: str) -> bytes:
    """6.5"""
    names = ("n", "e", "d", "p", "q", "dp", "dq", "qi")
    n, e, d, p, q, dp, dq, qi = (number(jwk, name) for name in names)
    key = rsa.RSAPrivateNumbers(p, q, d, dp, dq, qi, rsa.RSAPublicNumbers(e, n)).private_key()
    ciphertext = hex_bytes(text, 256)
    try:
        plaintext = key.decrypt(ciphertext, padding.OAEP(padding.MGF1(SHA256()), SHA256(), None))
    except ValueError as error:
        raise Refused("the link does not open") from error
    return plain_key(profile, plaintext)


def compact(value) -> str:
    return json_text(value).encode().hex()
