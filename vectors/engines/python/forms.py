"""The forms of the members of answers (2.6, 7.4)."""

import re

from ecmascript import WHITE_SPACE
from steps import hex_bytes, require


def text(answer: dict, name: str, most: int | None = None) -> str:
    """Well-formed Unicode of so many code points."""
    value = answer.get(name)
    require(isinstance(value, str), f"{name} is no text")
    require(re.search("[\ud800-\udfff]", value) is None, f"{name} has half of a surrogate pair")
    require(most is None or len(value) <= most, f"{name} is too long")
    return value


def hex_member(answer: dict, name: str, length: int) -> bytes:
    return hex_bytes(text(answer, name), length)


def opaque_id(answer: dict, name: str) -> str:
    value = text(answer, name)
    require(re.fullmatch(r"[A-Za-z0-9_-]{1,200}", value) is not None, f"{name} is no id")
    return value


def address(answer: dict, name: str) -> str:
    value = text(answer, name, 254)
    require(re.fullmatch(f"[^@{WHITE_SPACE}]+@[^@{WHITE_SPACE}]+", value) is not None, f"{name} is no address")
    return value


def account(answer: dict) -> None:
    """Those members of `whoami` that only have a form (7.4)."""
    value = text(answer, "accountId")
    require(re.fullmatch(r"act_[0-9a-f]{64}", value) is not None, "accountId is no account id")
    text(answer, "firstName", 200)
    text(answer, "lastName", 200)
    require(isinstance(answer.get("isVerified"), bool), "isVerified is no boolean")
    for name in ("sessionAge", "sessionExpiry"):
        age = answer.get(name, 0)
        whole = isinstance(age, int) or (isinstance(age, float) and age.is_integer())
        require(whole and not isinstance(age, bool), f"{name} is no integer")
