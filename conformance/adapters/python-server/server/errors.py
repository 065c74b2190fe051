"""The errors of chapter 10."""

STATUS = {
    "malformed": 400,
    "not-normalized": 400,
    "group-element": 400,
    "no-session": 401,
    "wrong-proof": 401,
    "wrong-code": 401,
    "not-confirmed": 403,
    "forbidden": 403,
    "not-found": 404,
    "unknown-account": 404,
    "method": 405,
    "email-taken": 409,
    "id-taken": 409,
    "stale": 409,
    "too-large": 413,
    "media-type": 415,
    "too-many": 429,
    "internal": 500,
}


class Refused(Exception):
    """A request that is answered with an error body (10.1)."""

    def __init__(self, code: str, message: str, field: str | None = None, headers: dict | None = None):
        super().__init__(code)
        self.code = code
        self.status = STATUS[code]
        self.headers = headers or {}
        self.body = {"error": code, "message": message}
        if field:
            self.body["field"] = field


def not_found() -> Refused:
    return Refused("not-found", "there is no such thing, or not for this account")


def forbidden(message: str = "this account may not do this") -> Refused:
    return Refused("forbidden", message)


def wrong_proof() -> Refused:
    return Refused("wrong-proof", "the address or the passphrase is wrong, or the login took too long")
