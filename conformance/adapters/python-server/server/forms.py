"""The forms of members (2.6, 6.1, 6.2, 6.6): each form is a function of a value and its JSON pointer that gives the
value to go on with, or refuses it."""
import base64
import json
import re
from typing import Any, Callable

from . import srp
from .errors import Refused

Form = Callable[[Any, str], Any]

# Exactly what String.prototype.trim removes (4.1).
WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000\ufeff"
OPAQUE = re.compile(r"[A-Za-z0-9_-]{1,200}\Z")
ACCOUNT_ID = re.compile(r"act_[0-9a-f]{64}\Z")
PRIVATE_MEMBERS = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


def malformed(path: str, message: str) -> Refused:
    name = path.rsplit("/", 1)[-1] if path else "the body"
    return Refused("malformed", f"{name} {message}", path or None)


def child(path: str, name: str | int) -> str:
    return f"{path}/{str(name).replace('~', '~0').replace('/', '~1')}"


# JSON ---------------------------------------------------------------------------------------------------------------

def _no_constant(name: str) -> Any:
    raise ValueError(name)


def parse_json(text: str) -> Any:
    """RFC 8259 strictly: no NaN, no Infinity, no byte order mark. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


# Single values ------------------------------------------------------------------------------------------------------

def well_formed(value: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in value)


def string(low: int = 0, high: int | None = None) -> Form:
    def form(value: Any, path: str) -> str:
        if not isinstance(value, str) or not well_formed(value):
            raise malformed(path, "must be well-formed text")
        if len(value) < low or (high is not None and len(value) > high):
            raise malformed(path, f"must have {low} to {high} characters" if high else f"must have at least {low} characters")
        return value
    return form


def pattern(expression: re.Pattern, what: str) -> Form:
    def form(value: Any, path: str) -> str:
        if not isinstance(value, str) or not expression.match(value):
            raise malformed(path, f"must be {what}")
        return value
    return form


def hex_of(size: int) -> Form:
    return pattern(re.compile(r"[0-9a-f]{%d}\Z" % (2 * size)), f"{2 * size} lower-case hex digits")


def boolean(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise malformed(path, "must be true or false")
    return value


def moment(value: Any, path: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 1e3 and 1000.0 are the same JSON number as 1000
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 2**53 - 1:
        raise malformed(path, "must be an integer from 0 to 2^53 - 1")
    return value


person_name = string(0, 200)
resource_id = string(1, 200)
version = string(1, 200)
opaque_id = pattern(OPAQUE, "1 to 200 letters, digits, _ or -")
account_id = pattern(ACCOUNT_ID, "act_ and 64 lower-case hex digits")
salt = hex_of(32)
proof = hex_of(32)
link = hex_of(256)


def group_element(value: Any, path: str) -> str:
    """srpA (SRP-16 to SRP-18)."""
    if not srp.good_ephemeral(bytes.fromhex(hex_of(256)(value, path))):
        raise Refused("group-element", "A must be from 1 to N - 1", path)
    return value


def verifier(value: Any, path: str) -> str:
    """SRP-11."""
    if not srp.good_verifier(bytes.fromhex(hex_of(256)(value, path))):
        raise Refused("group-element", "a verifier must be from 2 to N - 2", path)
    return value


def normalize(text: str) -> str:
    """normalized.email (4.1); str.lower is the full mapping with final sigma, without a locale."""
    return text.strip(WHITE_SPACE).lower()


def address(profile: str) -> Form:
    """An address; documented refuses one that is not normalised (NORM-06), deployed normalises it (NORM-07)."""
    def form(value: Any, path: str) -> str:
        text = normalize(string()(value, path))
        if not 3 <= len(text) <= 254 or not re.match(r"[^@]+@[^@]+\Z", text) or any(c in WHITE_SPACE for c in text):
            raise malformed(path, "must be an address of 3 to 254 characters with one @ and no white space")
        if text != value and profile == "documented":
            raise Refused("not-normalized", "the address must be trimmed and lower-cased by the client", path)
        return text
    return form


# Composed values ----------------------------------------------------------------------------------------------------

def members(required: dict[str, Form], optional: dict[str, Form] | None = None) -> Form:
    forms = {**required, **(optional or {})}

    def form(value: Any, path: str) -> dict:
        if not isinstance(value, dict):
            raise malformed(path, "must be an object")
        for name in value:
            if name not in forms:
                raise Refused("malformed", "there is a member that this call does not know",
                              child(path, name) if well_formed(name) else None)
        for name in required:
            if name not in value:
                raise malformed(child(path, name), "is missing")
        return {name: forms[name](item, child(path, name)) for name, item in value.items()}
    return form


def array(item: Form, low: int = 0, different: bool = False) -> Form:
    def form(value: Any, path: str) -> list:
        if not isinstance(value, list):
            raise malformed(path, "must be an array")
        if len(value) < low:
            raise malformed(path, f"must have at least {low} elements")
        result, seen = [], set()
        for index, element in enumerate(value):
            checked = item(element, child(path, index))
            if different:
                if checked in seen:
                    raise malformed(child(path, index), "occurs twice")
                seen.add(checked)
            result.append(checked)
        return result
    return form


def mapping(key: Form, item: Form) -> Form:
    def form(value: Any, path: str) -> dict:
        if not isinstance(value, dict):
            raise malformed(path, "must be an object")
        for name in value:
            if not well_formed(name):
                raise malformed(path, "has an ill-formed member name")
        return {key(name, child(path, name)): item(element, child(path, name)) for name, element in value.items()}
    return form


def json_text(check: Callable[[Any], bool], what: str) -> Form:
    """A string that holds JSON; it is kept byte for byte (KEY-05)."""
    def form(value: Any, path: str) -> str:
        string()(value, path)
        try:
            good = check(parse_json(value))
        except ValueError:
            good = False
        if not good:
            raise malformed(path, f"must hold {what}")
        return value
    return form


def _is_message(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"iv", "t", "d", "ad"}:
        return False
    if not all(isinstance(text, str) and re.match(r"([0-9a-f]{2})*\Z", text) for text in value.values()):
        return False
    return len(value["iv"]) == 24 and len(value["t"]) == 32


def _is_public_key(value: Any) -> bool:
    """6.6, JWK-03 to JWK-08. Unknown members and an ext other than true are refused, which 6.6 leaves open."""
    if not isinstance(value, dict) or PRIVATE_MEMBERS & set(value):
        return False
    n = value.pop("n", None)
    if value.pop("ext", True) is not True:
        return False
    if value != {"alg": "RSA-OAEP-256", "e": "AQAB", "key_ops": ["encrypt"], "kty": "RSA"}:
        return False
    if not isinstance(n, str) or not re.match(r"[A-Za-z0-9_-]{341}[AQgw]\Z", n):
        return False
    modulus = base64.urlsafe_b64decode(n + "==")
    return len(modulus) == 256 and modulus[0] >= 0x80 and modulus[-1] % 2 == 1


aes_message = json_text(_is_message, "an AES message")
public_key = json_text(_is_public_key, "a public RSA-OAEP-256 key of 2048 bits")
nothing = members({})
