"""What is due on a bus, the most urgent first."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ..catalogue import Cadence
from .line import Rank
from .profile import EVERYTHING, Scope
from .terminal import LONG_AGO, Terminal

LONGEST_CYCLE: Final = timedelta(seconds=2)
"""After that a cycle reports what it has; the rest follows in the next one."""
_COUNTERS: Final = Scope(counters=True)


class Job(NamedTuple):
    """One unit to be read; sorted by urgency, then by how long it has waited."""

    rank: Rank
    since: datetime
    order: int
    terminal: Terminal
    scope: Scope


def jobs_due(terminals: Iterable[Terminal], now: datetime) -> list[Job]:
    """Return what is due of the units that answer, in the order of reading it.

    Units are read one after the other, so each falls due a moment after the one
    before. As soon as one is due, those that follow within a cycle's length come
    with it: a round stays one cycle and one report.
    """
    live = [(n, x) for n, x in enumerate(terminals) if x.retry_at is None]
    if all(terminal.due_at(now) > now for _, terminal in live):
        return []
    jobs: list[Job] = []
    for order, terminal in live:
        due = terminal.due_cadences(now + LONGEST_CYCLE)
        since = terminal.due_at(now)
        counters = False if terminal.counters_due else None
        if not terminal.latest:
            # Settings tell how to scale values: both at once to begin with, and
            # before others come round again on a bus that cannot keep up.
            if due:
                jobs.append(Job(Rank.NORMAL, LONG_AGO, order, terminal, EVERYTHING))
            continue
        if terminal.counters_due:
            jobs.append(Job(Rank.COUNTERS, now, order, terminal, _COUNTERS))
        for rank, cadences in (
            (Rank.FAST, due & {Cadence.FAST}),
            (Rank.NORMAL, due & {Cadence.NORMAL}),
            (Rank.SLOW, due & {Cadence.SLOW}),
        ):
            if cadences:
                scope = Scope(cadences=cadences, counters=counters)
                jobs.append(Job(rank, since, order, terminal, scope))
    # Units are no measure of urgency: the order number parts all equals.
    return sorted(jobs, key=lambda job: job[:3])
