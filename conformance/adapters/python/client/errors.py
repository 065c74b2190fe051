"""What the client refuses, and at which stage (10.3)."""

from typing import Literal

Stage = Literal["encoding", "schema", "auth", "decrypt", "state", "network"]


class ProtocolError(Exception):
    """A failure that the client reports: its stage, and one sentence for a person that holds no secret."""

    def __init__(self, stage: Stage, message: str) -> None:
        super().__init__(message)
        self.stage = stage


class StatusError(ProtocolError):
    """An answer whose status is not 2xx (9.5); `code` is the server's (10.2), if it gave one."""

    def __init__(self, status: int, code: str | None, message: str) -> None:
        super().__init__(stage_of(status), message)
        self.status = status
        self.code = code


def stage_of(status: int) -> Stage:
    """The stage of an answer with this status (10.3)."""
    if status == 401:
        return "auth"
    return "state" if status in (403, 404, 409) else "network"
