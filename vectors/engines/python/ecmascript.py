"""What the specification takes from ECMAScript: `String.prototype.trim` (4.1) and `JSON.stringify` (6.1)."""

import json
from decimal import Decimal

WHITE_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def trim(text: str) -> str:
    return text.strip(WHITE_SPACE)


def json_text(value) -> str:
    """Compact JSON, members in the order given, numbers as ECMAScript writes them."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(name)}:{json_text(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    if isinstance(value, str):
        # The only characters escaped beyond what JSON requires would be U+007F and up; ensure_ascii leaves them.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return number_text(float(value))


def number_text(number: float) -> str:
    """The shortest digits that give the number, without an exponent from 1e-6 to below 1e21 (Number.prototype.toString)."""
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    digits, exponent = Decimal(repr(abs(number))).as_tuple()[1:]
    text = "".join(map(str, digits)).rstrip("0")
    point = len(digits) + exponent  # where the decimal point stands, from the first digit on
    if 0 < point <= 21:
        whole, rest = text[:point].ljust(point, "0"), text[point:]
        return f"{sign}{whole}{'.' + rest if rest else ''}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{text}"
    mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
    return f"{sign}{mantissa}e{point - 1:+d}"
