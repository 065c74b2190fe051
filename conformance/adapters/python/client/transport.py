"""Calls over HTTP: TLS, media types, status, sizes and time (chapter 9)."""

import http.client
import ipaddress
import re
import ssl
import urllib.parse

from . import json_text
from .encoding import from_utf8, utf8
from .errors import ProtocolError, StatusError
from .json_text import Json

TIMEOUT = 60
"""Seconds without a byte after which a call is given up (HTTP-20)."""
MEBIBYTE = 2**20
USUAL_LIMIT = 16 * MEBIBYTE
SYNC_LIMIT = 64 * MEBIBYTE
"""The most bytes of an answer that are read (HTTP-21)."""


class Server:
    """A server by its base URL (9.1). Each call has a connection of its own, so a failed one leaves nothing behind."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        """`timeout` is in seconds: how long a call waits for another byte.

        Refused at stage `network`: what is no base URL, and plain HTTP to another machine (HTTP-01).
        """
        self.timeout = timeout
        try:
            parts = urllib.parse.urlsplit(url)
            self.host, self.port = parts.hostname or "", parts.port
        except ValueError:
            raise refused_url("is not a URL") from None
        if parts.scheme not in ("http", "https") or not self.host or not re.fullmatch("[!-~]+", url):
            raise refused_url("must begin with https:// and a host, in ASCII without spaces")
        if parts.query or parts.fragment or "@" in parts.netloc or "?" in url or "#" in url:
            raise refused_url("must have no user, no query and no fragment")
        if parts.scheme == "http" and not is_loopback(self.host):
            raise refused_url("must begin with https://, because the host is not this machine (HTTP-01)")
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.path = parts.path.removesuffix("/")

    def call(
        self,
        method: str,
        path: str,
        *,
        session_id: str | None = None,
        body: Json = None,
        limit: int = USUAL_LIMIT,
    ) -> Json:
        """The JSON of the answer. `path` begins with a slash; `body` is None for none; `limit` is in bytes.

        Stages: `network`, `auth` and `state` for what 10.3 says of status codes, `encoding` for a body that is not JSON
        in UTF-8. A redirect is not followed (HTTP-16).
        """
        headers = {} if session_id is None else {"X-Session-Id": session_id}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = utf8(json_text.write(body, "the request"), "the request")
        what = f"{method} {path}"
        connection = self._connect()
        try:
            connection.request(method, self.path + path, body=data, headers=headers)
            response = connection.getresponse()
            content = read_body(response, limit, what)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "took too long" if isinstance(error, TimeoutError) else f"had no answer ({type(error).__name__})"
            raise ProtocolError("network", f"{what} {reason}: try again") from None
        finally:
            connection.close()
        if not 200 <= response.status < 300:
            raise status_error(response.status, content, what)
        return answer_json(response, content, what)

    def _connect(self) -> http.client.HTTPConnection:
        if self.tls is None:
            return http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        return http.client.HTTPSConnection(self.host, self.port, timeout=self.timeout, context=self.tls)


def is_loopback(host: str) -> bool:
    """Whether a host is `localhost`, an address in 127.0.0.0/8 or `::1`, in their usual writing (9.1)."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and host != "" and "%" not in host and getattr(address, "ipv4_mapped", None) is None


def read_body(response: http.client.HTTPResponse, limit: int, what: str) -> bytes:
    """All bytes of the body; stage `network` for more than the limit, and for a body that breaks off."""
    content = response.read(limit + 1)
    if len(content) > limit:
        raise ProtocolError("network", f"the answer to {what} must have {limit} bytes at most (HTTP-21)")
    if response.length:
        raise ProtocolError("network", f"the answer to {what} breaks off")
    return content


def answer_json(response: http.client.HTTPResponse, content: bytes, what: str) -> Json:
    """The JSON of a 2xx answer (9.2)."""
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise ProtocolError("network", f"the answer to {what} must be application/json")
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise ProtocolError("network", f"the answer to {what} must not be compressed: nobody asked for that")
    return json_text.parse(from_utf8(content, f"the answer to {what}"), f"the answer to {what}")


def status_error(status: int, content: bytes, what: str) -> StatusError:
    """What an answer with another status says (10.1); what is no error body is taken by the status alone."""
    if 300 <= status < 400:
        return StatusError(status, None, f"{what} must not be answered with a redirect ({status})")
    try:
        body = json_text.parse(from_utf8(content, "an error"), "an error")
    except ProtocolError:
        body = None
    members = body if isinstance(body, dict) else {}
    code, message = members.get("error"), members.get("message")
    said = f": {printable(message)}" if isinstance(message, str) else ""
    return StatusError(status, code if isinstance(code, str) else None, f"{what} was answered with {status}{said}")


def printable(message: str) -> str:
    """A message of a server as it can be shown: one line of 200 characters at most."""
    return "".join(character if character.isprintable() else " " for character in message[:200])


def refused_url(reason: str) -> ProtocolError:
    return ProtocolError("network", f"the address of the server {reason}")
