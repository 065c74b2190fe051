"""What time it is: that of the machine, or later, so that what expires can be tried."""
import time

ahead = 0  # seconds; set once at the start


def now() -> float:
    """Seconds since 1970."""
    return time.time() + ahead
