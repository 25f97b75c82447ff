"""The one place where Python tests wait: for a condition, looked at again and again."""

import time


def wait_for(condition, seconds, what, every=0.02):
    """The first true value of `condition()`, asked every so many seconds; fails with `what` after `seconds`. However long it
    takes to ask, it is asked once more when they are over."""
    end = time.monotonic() + seconds
    while True:
        is_over = time.monotonic() >= end
        if value := condition():
            return value
        if is_over:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(every)
