"""The HTTP binding (chapter 9): routes, bodies, sessions, errors, in the order of judgement of 9.5."""
import json
import re
import traceback
import zlib
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable
from urllib.parse import unquote, urlsplit

from . import accounts, forms, groups, sync
from .errors import Refused, not_found
from .service import Request, Service

MIB = 1024 * 1024
DRAINED = 64 * MIB  # so much of a body that is too large is read before the connection is closed


@dataclass
class Call:
    method: str
    path: re.Pattern
    handle: Callable[[Service, Request], Any]
    session: bool = True
    form: forms.Form | None = None  # None: no body, or the empty object
    body_optional: bool = False
    sync_body: bool = False  # up to 16 MiB, and gzip


def calls(profile: str) -> list[Call]:
    def call(method: str, path: str, handle, form=None, **options) -> Call:
        expression = re.compile(path.replace(":id", "(?P<id>[^/]+)") + r"\Z")
        return Call(method, expression, handle, form=form and form(profile), **options)

    group = "/api/resource_groups/:id"
    table = [
        call("POST", "/auth/signup", accounts.signup, accounts.signup_form, session=False),
        call("GET", "/auth/confirm", accounts.confirm, session=False),
        call("HEAD", "/auth/confirm", accounts.confirm, session=False),
        call("POST", "/auth/verify", accounts.verify),
        call("POST", "/auth/login-s", accounts.login_s, accounts.login_s_form, session=False),
        call("POST", "/auth/login-a", accounts.login_a, accounts.login_a_form, session=False),
        call("POST", "/auth/login-m1", accounts.login_m1, accounts.login_m1_form, session=False),
        call("GET", "/auth/whoami", accounts.whoami),
        call("POST", "/auth/logout", accounts.logout),
        call("POST", "/auth/change-password", accounts.change_password, accounts.change_form),
        call("POST", "/auth/reset", accounts.reset),
        call("DELETE", "/auth/delete-account", accounts.delete_account),
        call("GET", "/api/teams", groups.list_teams),
        call("POST", "/api/teams", groups.create_team, groups.team_form),
        call("POST", "/api/resource_groups", groups.create_group, groups.group_form),
        call("GET", group, groups.get_group),
        call("POST", group + "/share-a", groups.share_a, groups.share_a_form),
        call("POST", group + "/share-b", groups.share_b, groups.share_b_form),
        call("PUT", group + "/unshare", groups.unshare, groups.unshare_form, body_optional=True),
        call("POST", "/sync/push", sync.push, sync.push_form, sync_body=True),
        call("POST", "/sync/pull", sync.pull, sync.pull_form, sync_body=True),
        call("POST", "/sync/fix-dupes", sync.fix_dupes, sync.fix_dupes_form),
    ]
    if profile == "deployed":
        table.append(call("POST", "/auth/send-password-code", accounts.send_password_code))
    return table


def too_large(limit: int) -> Refused:
    return Refused("too-large", f"the body has more than {limit} bytes")


def media_type(message: str) -> Refused:
    return Refused("media-type", message)


def gunzip(data: bytes, limit: int) -> bytes:
    result = b""
    try:
        while data:  # one gzip member after the other (RFC 1952)
            member = zlib.decompressobj(wbits=31)
            result += member.decompress(data, limit + 1 - len(result))
            if len(result) > limit:
                raise too_large(limit)
            if not member.eof:
                raise zlib.error("incomplete")
            data = member.unused_data
    except zlib.error:
        raise Refused("malformed", "the body is not gzip") from None
    return result


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "e2ee-sync", ""
    timeout = 60
    disable_nagle_algorithm = True  # head and body of an answer are written one after the other
    service: Service
    table: list[Call]

    def __getattr__(self, name: str):
        if name.startswith("do_"):  # every method, so that unknown ones are answered with 405 as well
            return self.answer
        raise AttributeError(name)

    def log_message(self, *_) -> None:
        pass  # LEAK-09: nothing of a request goes to a log

    def send_error(self, code, message=None, explain=None) -> None:
        """What http.server itself refuses: a request that is no HTTP."""
        self.close_connection = True
        self.send(400, {"error": "malformed", "message": "the request is not well-formed HTTP"})

    def answer(self) -> None:
        headers: dict[str, str] = {}
        try:
            status, result = 200, self.judge()
        except Refused as refused:
            status, result, headers = refused.status, refused.body, refused.headers
        except ConnectionError:
            self.close_connection = True
            return
        except Exception as error:  # the place, not the values (LEAK-09)
            frame = traceback.extract_tb(error.__traceback__)[-1]
            print(f"internal error: {type(error).__name__} at {frame.name}:{frame.lineno}", flush=True)
            self.close_connection = True
            status, result = 500, {"error": "internal", "message": "the server failed"}
        self.send(status, result, headers)

    def send(self, status: int, result: Any, headers: dict[str, str] | None = None) -> None:
        text = isinstance(result, str)
        data = result.encode() if text else json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8" if text else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")  # HTTP-15, and elsewhere too
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    # The order of 9.5 ---------------------------------------------------------------------------------------------

    def judge(self) -> Any:
        limit = MIB
        try:
            url = urlsplit(self.path)
        except ValueError:
            url = urlsplit("/")
        matches = [(call, match) for call in self.table if (match := call.path.match(url.path))]
        found = [(call, match) for call, match in matches if call.method == self.command]
        if found and found[0][0].sync_body:
            limit *= 16
        raw = self.read_body(limit)  # read in any case, so that the connection can go on
        if not matches:
            raise not_found()
        if not found:
            allow = ", ".join(call.method for call, _ in matches)
            raise Refused("method", "the path has no such method", headers={"Allow": allow})
        if raw is None:
            raise too_large(limit)
        call, match = found[0]
        body = self.parse(call, raw, limit)
        request = Request(
            body=body, group=unquote(match.groupdict().get("id", "")), query=url.query,
            peer=self.client_address[0], method=self.command,
        )
        with self.service.store.lock:
            if call.session:
                request.session = self.service.session(", ".join(self.headers.get_all("X-Session-Id", [])))
            return call.handle(self.service, request)

    def parse(self, call: Call, raw: bytes, limit: int) -> Any:
        """Media type, then form. None for no body where that is right; that of a GET is ignored (9.2)."""
        if call.method == "GET":
            return None
        encoding = self.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in (("identity", "gzip") if call.sync_body else ("identity",)):
            raise media_type("this content encoding is not supported")
        if not raw:
            if call.form is None or call.body_optional:
                return None
            raise Refused("malformed", "this call has a body")
        kind = self.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            raise media_type("the body must be application/json")
        if encoding == "gzip":
            raw = gunzip(raw, limit)
        try:
            value = forms.parse_json(raw.decode("utf-8"))
        except ValueError:
            raise Refused("malformed", "the body is not JSON in UTF-8") from None
        return (call.form or forms.nothing)(value, "")

    def read_body(self, limit: int) -> bytes | None:
        """The body as sent; None where it is larger than the limit."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            if "Content-Length" in self.headers:  # two lengths: what follows is no request (RFC 9112, 6.3)
                self.close_connection = True
            return self.read_chunks(limit)
        lengths = set(self.headers.get_all("Content-Length", ["0"]))
        length = lengths.pop()
        if lengths or not re.match(r"[0-9]{1,18}\Z", length):
            self.close_connection = True
            raise Refused("malformed", "Content-Length is not a number")
        left, parts = int(length), []
        too_long = left > limit
        if too_long:
            self.close_connection = True
            left = min(left, DRAINED)
        while left:
            part = self.rfile.read(min(left, MIB))
            if not part:
                raise ConnectionResetError
            left -= len(part)
            if not too_long:
                parts.append(part)
        return None if too_long else b"".join(parts)

    def read_chunks(self, limit: int) -> bytes | None:
        parts, total = [], 0
        while True:
            size_line = self.rfile.readline(1024).split(b";")[0].strip()
            if not re.match(rb"[0-9a-fA-F]{1,8}\Z", size_line):
                self.close_connection = True
                raise Refused("malformed", "a chunk is not well-formed")
            size = int(size_line, 16)
            if size == 0:
                while self.rfile.readline(8192).strip():
                    pass  # trailers
                return b"".join(parts) if total <= limit else None
            total += size
            if total > DRAINED:
                self.close_connection = True
                return None
            part = self.rfile.read(size)
            self.rfile.readline(8)
            if total <= limit:
                parts.append(part)


class HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], service: Service):
        handler = type("BoundHandler", (Handler,), {"service": service, "table": calls(service.profile)})
        super().__init__(address, handler)

    def handle_error(self, *_) -> None:
        pass  # a client that went away; nothing of its request goes to standard error
