"""The one place where Python tests wait: for a condition, looked at again and again."""

import time


def wait_for(condition, seconds, what):
    """The first true value of `condition()`; fails with `what` after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain: {what}")
