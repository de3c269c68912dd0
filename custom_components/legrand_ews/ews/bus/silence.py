"""When to ask again what did not answer, and what that may cost the others.

A request that nobody answers keeps the line for as long as the gateway waits. It
must cost the devices that do answer next to nothing, and yet a device that is back
must be seen within 15 s (design section 5). Both hold because a bus is idle most
of its time:

* **in idle time** every silent device is asked for one register, who waited longest
  first, every `RETRY_DELAY`, or so much less often that the questions take half of
  the idle time at most (16 silent devices at 0.3 s each: every 9.6 s);
* a question is not begun when something falls due before it can have ended;
* **where nothing is idle**, because the bus carries more than it can, one question
  is asked each time the line has spent 40 times its cost on others: 2.5 %.

A device that answers and is of no use (a wrong model, an exception, garbage) is read
whole each time, so it waits twice as long each time, up to `LONGEST_DELAY`.
"""

from datetime import datetime, timedelta
from typing import Final

RETRY_DELAY: Final = timedelta(seconds=5)
"""Until a device, a mute bus or an unreachable gateway is tried again."""
LONGEST_DELAY: Final = timedelta(seconds=60)
_IDLE_PART: Final = 2
_BUSY_PART: Final = 40
SUSPICIOUS: Final = 2
"""Devices in a row that fall silent unexpectedly: is it the bus itself?"""


def retry_delay(silent: int, probe: timedelta) -> timedelta:
    """Return when each of so many silent devices is asked again in idle time.

    ``probe`` is what a question costs that nobody answers.
    """
    return max(RETRY_DELAY, _IDLE_PART * silent * probe)


def refusal_delay(refusals: int) -> timedelta:
    """Return when a device is asked again that has refused so often in a row."""
    doublings = max(0, min(refusals - 1, 8))
    return min(RETRY_DELAY * (1 << doublings), LONGEST_DELAY)


def busy_pause(probe: timedelta) -> timedelta:
    """Return the time between two questions on a line that is never idle."""
    return _BUSY_PART * probe


def may_probe(
    now: datetime,
    *,
    probe: timedelta,
    due_at: datetime,
    probed_at: datetime | None,
) -> bool:
    """Say whether a question fits in before ``due_at``, or is affordable.

    ``due_at`` is when a device that answers is due next, ``probed_at`` when the last
    question to a silent one ended.
    """
    if now + probe <= due_at:
        return True
    return probed_at is None or now >= probed_at + busy_pause(probe)
