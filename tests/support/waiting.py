"""The one place where Python tests wait: for a condition, looked at again and again."""

import time


def wait_for(condition, seconds, what, every=0.02):
    """The first true value of `condition()`, asked every so many seconds; fails with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(every)
    raise AssertionError(f"waited {seconds} s in vain: {what}")
