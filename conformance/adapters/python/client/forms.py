"""The forms of members in answers (2.6, 6.1); what is not of its form is refused at stage `schema` (HTTP-09)."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from .encoding import from_hex
from .errors import ProtocolError
from .json_text import Json
from .text import WHITE_SPACE, normalize_email

T = TypeVar("T")
Form = Callable[[Json, str], T]
"""Takes a value and what it is called; gives what it stands for."""

ENTITY_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
ACCOUNT_ID = re.compile(r"act_[0-9a-f]{64}")
LARGEST_MOMENT = 2**53 - 1


def refused(what: str, expected: str) -> ProtocolError:
    return ProtocolError("schema", f"{what} must be {expected} (HTTP-09)")


def text(value: Json, what: str) -> str:
    if not isinstance(value, str):
        raise refused(what, "a string")
    return value


def boolean(value: Json, what: str) -> bool:
    if not isinstance(value, bool):
        raise refused(what, "true or false")
    return value


def characters(least: int, most: int | None = None) -> Form[str]:
    """Text of at least `least` and at most `most` code points."""

    def form(value: Json, what: str) -> str:
        length = len(text(value, what))
        if length < least or (most is not None and length > most):
            raise refused(what, f"a string of {least} to {most or 'any number of'} characters")
        return value

    return form


resource_id = characters(1, 200)
version = characters(1, 200)
person_name = characters(0, 200)
resource_type = characters(1)


def matching(pattern: re.Pattern[str], expected: str) -> Form[str]:
    def form(value: Json, what: str) -> str:
        if not pattern.fullmatch(text(value, what)):
            raise refused(what, expected)
        return value

    return form


entity_id = matching(ENTITY_ID, "1 to 200 letters, digits, _ and -")
account_id = matching(ACCOUNT_ID, "act_ and 64 lower-case hex digits")


def address(value: Json, what: str) -> str:
    """An email address in its normalised form (2.6)."""
    before, _, after = text(value, what).partition("@")
    form = 3 <= len(value) <= 254 and before and after and "@" not in after
    if not form or any(character in WHITE_SPACE for character in value) or normalize_email(value) != value:
        raise refused(what, "a normalised email address")
    return value


def moment(value: Json, what: str) -> int:
    """Milliseconds since 1970, a number of integral value however written."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or value != int(value) or not 0 <= value <= LARGEST_MOMENT:
        raise refused(what, "a whole number from 0 to 2^53 - 1")
    return int(value)


def hex_of(length: int) -> Form[bytes]:
    """Lower-case hex of this many bytes; stage `encoding` for other text (ENC-02)."""
    return lambda value, what: from_hex(text(value, what), what, length)


def list_of(item: Form[T]) -> Form[list[T]]:
    def form(value: Json, what: str) -> list[T]:
        if not isinstance(value, list):
            raise refused(what, "a list")
        return [item(each, f"an item of {what}") for each in value]

    return form


def distinct(item: Form[T]) -> Form[list[T]]:
    """A list that holds nothing twice (10.3)."""

    def form(value: Json, what: str) -> list[T]:
        items = list_of(item)(value, what)
        if len(set(items)) != len(items):
            raise refused(what, "a list that holds nothing twice")
        return items

    return form


def map_of(name: Form[str], item: Form[T]) -> Form[dict[str, T]]:
    def form(value: Json, what: str) -> dict[str, T]:
        members = json_object(value, what)
        return {name(key, f"a name in {what}"): item(each, f"an item of {what}") for key, each in members.items()}

    return form


def json_object(value: Json, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refused(what, "an object")
    return value


def read(value: Json, what: str, required: dict[str, Form], optional: dict[str, Form] | None = None) -> dict[str, Any]:
    """The members of an object, each of its form; others are ignored (HTTP-10). Optional ones may lack."""
    members = json_object(value, what)
    for name in required:
        if name not in members:
            raise refused(what, f"an object with the member {name}")
    forms = {**required, **(optional or {})}
    return {name: form(members[name], f"{name} of {what}") for name, form in forms.items() if name in members}
