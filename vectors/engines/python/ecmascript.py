"""What the specification takes from ECMAScript: `String.prototype.trim` (4.1) and `JSON.stringify` (6.1)."""

import json
import re

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
    if number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    return re.sub(r"e([+-])0+(?=\d)", r"e\1", decimal_text(number))


def decimal_text(number: float) -> str:
    """Python goes over to exponents below 1e-4, ECMAScript below 1e-6."""
    if 1e-6 <= abs(number) < 1e-4:
        sign, digits = ("-", repr(-number)) if number < 0 else ("", repr(number))
        mantissa, exponent = digits.split("e-")
        return f"{sign}0.{'0' * (int(exponent) - 1)}{mantissa.replace('.', '')}"
    return repr(number)
