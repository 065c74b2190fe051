"""JSON as this protocol reads and writes it (6.1): compact, well-formed Unicode, numbers as ECMAScript has them."""

import json
import math
import re
from json.encoder import encode_basestring
from typing import Any, NoReturn

from .encoding import utf8
from .errors import ProtocolError

Json = Any
"""None, bool, int, float, str, list or dict."""

# What is nested deeper is refused: reading and writing go down once for each level.
MAX_DEPTH = 500
SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def parse(text: str, what: str) -> Json:
    """The value that the text holds.

    Refused at stage `encoding`: what is not JSON, a lone surrogate written as an escape, a member name that occurs
    twice in an object, a number beyond the doubles, nesting deeper than MAX_DEPTH.
    """
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
    except (ValueError, RecursionError) as error:
        # The position says enough; the text of what was read may be secret.
        position = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise ProtocolError("encoding", f"{what} must be JSON, and cannot be read{position}") from None
    if SURROGATE_ESCAPE.search(text):
        check_unicode(value, what)
    if text.count("[") + text.count("{") > MAX_DEPTH:
        check_depth(value, what)
    return value


def write(value: Json, what: str) -> str:
    """The text that ECMAScript JSON.stringify writes: compact, members in their order.

    Refused at stage `encoding`: a lone surrogate, a number beyond the doubles.
    """
    check_depth(value, what)
    out: list[str] = []
    try:
        _put(value, out)
    except (OverflowError, ValueError):
        raise ProtocolError("encoding", f"{what} must hold numbers that a double can hold") from None
    text = "".join(out)
    utf8(text, what)
    return text


def check_unicode(value: Json, what: str) -> None:
    """Refuses a value in which a text or a member name holds a lone surrogate."""
    for item, _ in _walk(value):
        texts = item if isinstance(item, dict) else [item]
        for text in texts:
            if isinstance(text, str) and re.search("[\ud800-\udfff]", text):
                raise ProtocolError("encoding", f"{what} must be well-formed Unicode, and holds a lone surrogate")


def check_depth(value: Json, what: str) -> None:
    """Refuses a value that is nested deeper than MAX_DEPTH."""
    if any(depth > MAX_DEPTH for _, depth in _walk(value)):
        raise ProtocolError("encoding", f"{what} must not be nested deeper than {MAX_DEPTH} levels")


def _walk(value: Json):
    """Every value within a value, with its depth, without recursion."""
    waiting = [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        yield item, depth
        if isinstance(item, dict):
            waiting.extend((child, depth + 1) for child in item.values())
        elif isinstance(item, list):
            waiting.extend((child, depth + 1) for child in item)


def _put(value: Json, out: list[str]) -> None:
    if isinstance(value, dict):
        separator = "{"
        for name, child in value.items():
            out.append(f"{separator}{encode_basestring(name)}:")
            _put(child, out)
            separator = ","
        out.append("}" if value else "{}")
    elif isinstance(value, list):
        separator = "["
        for child in value:
            out.append(separator)
            _put(child, out)
            separator = ","
        out.append("]" if value else "[]")
    elif isinstance(value, str):
        out.append(encode_basestring(value))
    elif value is None or isinstance(value, bool):
        out.append({None: "null", True: "true", False: "false"}[value])
    else:
        out.append(number_text(value))


def number_text(number: int | float) -> str:
    """ECMAScript Number.prototype.toString: the shortest digits, an exponent from 1e21 and below 1e-6.

    Raises OverflowError or ValueError for a number that no finite double stands for.
    """
    double = float(number)
    if not math.isfinite(double):
        raise ValueError("not finite")
    if double == 0:
        return "0"
    sign = "-" if double < 0 else ""
    mantissa, exponent = f"{repr(abs(double))}e0".split("e")[:2]
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    point = len(whole) + int(exponent)
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    # The value is 0.digits times ten to the power of point.
    if 0 < point <= 21:
        tail = digits[point:]
        return sign + digits[:point].ljust(point, "0") + (f".{tail}" if tail else "")
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member name occurs twice")
    return members


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _integer(digits: str) -> int | float:
    # More digits than any double has: read as one, which refuses it, before Python limits the conversion.
    return _float(digits) if len(digits) > 320 else int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is beyond the doubles")
    return number
