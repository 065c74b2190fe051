"""Limits on attempts (HTTP-19), in memory."""
import threading
import time
from collections import defaultdict, deque

from .errors import Refused


class Limit:
    """At most `count` attempts for each key within `seconds`."""

    def __init__(self, count: int, seconds: int):
        self.count, self.seconds = count, seconds
        self.attempts: dict[str, deque] = defaultdict(deque)
        self.lock = threading.Lock()

    def check(self, *keys: str) -> None:
        now = time.monotonic()
        with self.lock:
            for key in keys:
                times = self.attempts.get(key)
                while times and times[0] <= now - self.seconds:
                    times.popleft()
                if times is not None and not times:
                    del self.attempts[key]
                elif times and len(times) >= self.count:
                    wait = str(int(times[0] + self.seconds - now) + 1)
                    raise Refused("too-many", "too many attempts: come back later", headers={"Retry-After": wait})

    def note(self, *keys: str) -> None:
        with self.lock:
            for key in keys:
                self.attempts[key].append(time.monotonic())
