"""Bytes and text: UTF-8, hex, base64url and percent-encoding (6.1)."""

import base64
import binascii
import re
import urllib.parse

from .errors import ProtocolError

# What encodeURIComponent leaves as it is; letters, digits, "_", ".", "-" and "~" are left by quote() anyway.
UNRESERVED = "!~*'()"


def utf8(text: str, what: str) -> bytes:
    """The UTF-8 bytes of text; a lone surrogate is refused at stage `encoding` (NORM-04)."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise ProtocolError("encoding", f"{what} must be well-formed Unicode, and holds a lone surrogate") from None


def from_utf8(data: bytes, what: str) -> str:
    """The text of UTF-8 bytes; other bytes are refused at stage `encoding`."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError("encoding", f"{what} must be UTF-8, and is not") from None


def from_hex(text: str, what: str, length: int | None = None) -> bytes:
    """The bytes of lower-case hex, two digits each; `length` in bytes, any when None (ENC-02)."""
    digits = "any even number of" if length is None else 2 * length
    if not re.fullmatch(r"(?:[0-9a-f]{2})*", text) or (length is not None and len(text) != 2 * length):
        message = f"{what} must be {digits} lower-case hex digits; {len(text)} characters came"
        raise ProtocolError("encoding", message)
    return bytes.fromhex(text)


def to_base64url(data: bytes) -> str:
    """Base64 with the URL-safe alphabet and no padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str, what: str) -> bytes:
    """The bytes of base64url; padding, other characters and non-zero trailing bits are refused (ENC-03)."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        raise ProtocolError("encoding", f"{what} must be base64url without padding")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise ProtocolError("encoding", f"{what} must be base64url without padding") from None
    if to_base64url(data) != text:
        raise ProtocolError("encoding", f"{what} must be base64url whose last bits are zero")
    return data


def percent_encode(text: str, what: str) -> str:
    """ECMAScript encodeURIComponent; a lone surrogate is refused."""
    return urllib.parse.quote(utf8(text, what), safe=UNRESERVED)


def percent_decode(text: str, what: str) -> str:
    """ECMAScript decodeURIComponent; an incomplete sequence and bytes that are not UTF-8 are refused."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise ProtocolError("encoding", f"{what} must be percent-encoded, and has a % without two hex digits")
    return from_utf8(urllib.parse.unquote_to_bytes(text), what)
