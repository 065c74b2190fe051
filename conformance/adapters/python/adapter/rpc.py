"""JSON-RPC 2.0 over lines: a request in, an answer out, one after the other."""

import inspect
import json
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from client import json_text
from client.errors import ProtocolError

Verb = Callable[..., dict[str, Any]]
"""Takes the parameters by their names, and gives the members of the result."""

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
UNKNOWN_VERB = -32601
INVALID_PARAMS = -32602
INTERNAL = -32603
REFUSED = -32000


class RpcError(Exception):
    """An error of the exchange itself, not of the protocol."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


def serve(verbs: dict[str, Verb], source: BinaryIO, sink: BinaryIO) -> None:
    """Answers every line of the source on the sink, until the source ends."""
    for line in source:
        sink.write(answer(verbs, line) + b"\n")
        sink.flush()


def answer(verbs: dict[str, Verb], line: bytes) -> bytes:
    """The line that answers a line. No error tells more of the parameters than where it arose."""
    identity: int | None = None
    try:
        request = read(line)
        identity = request["id"]
        body = {"result": call(verbs, request)}
        return write(identity, body)
    except ProtocolError as error:
        return write(identity, {"error": failure(REFUSED, str(error), error.stage)})
    except RpcError as error:
        return write(identity, {"error": failure(error.code, str(error))})
    except Exception as error:  # a fault of this program must not end it, nor print what it held
        return write(identity, {"error": failure(INTERNAL, f"a fault of the client: {type(error).__name__}")})


def read(line: bytes) -> dict[str, Any]:
    """A request. Its text may hold lone surrogates: the client is what refuses them."""
    try:
        request = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RpcError(PARSE_ERROR, "a request must be one line of JSON") from None
    if not isinstance(request, dict) or type(request.get("id")) is not int:
        raise RpcError(INVALID_REQUEST, "a request must be an object with an integer id")
    return request


def call(verbs: dict[str, Verb], request: dict[str, Any]) -> dict[str, Any]:
    method, params = request.get("method"), request.get("params")
    if not isinstance(method, str) or method not in verbs:
        raise RpcError(UNKNOWN_VERB, "there is no such verb")
    if not isinstance(params, dict):
        raise RpcError(INVALID_PARAMS, "params must be an object")
    try:
        inspect.signature(verbs[method]).bind(**params)
    except TypeError:
        raise RpcError(INVALID_PARAMS, f"{method} must have the parameters of its schema") from None
    return verbs[method](**params)


def failure(code: int, message: str, stage: str | None = None) -> dict[str, Any]:
    return {"code": code, "message": message, **({"data": {"stage": stage}} if stage else {})}


def write(identity: int | None, body: dict[str, Any]) -> bytes:
    return json_text.write({"jsonrpc": "2.0", "id": identity, **body}, "an answer").encode("utf-8")


def take_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the exchange; whatever is printed from then on goes to standard error."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    return source, sink
