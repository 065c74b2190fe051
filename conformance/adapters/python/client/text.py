"""What the user types, normalised (4.1)."""

import unicodedata

from .encoding import utf8

# ECMAScript String.prototype.trim removes exactly these; str.strip() would also remove U+001C to U+001F and U+0085,
# and leave U+FEFF.
WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000\ufeff"
)


def normalize_email(email: str) -> str:
    """normalized.email = LOWER-CASE(TRIM(email)); a lone surrogate is refused at stage `encoding`."""
    utf8(email, "the email address")
    return email.strip(WHITE_SPACE).lower()


def normalize_passphrase(passphrase: str) -> str:
    """normalized.passphrase = NFKD(TRIM(passphrase)); a lone surrogate is refused at stage `encoding`."""
    utf8(passphrase, "the passphrase")
    return unicodedata.normalize("NFKD", passphrase.strip(WHITE_SPACE))
