"""``devices/<ID>/<ID>_state_<yyyy-MM>.csv``: the states of a device (S200).

A row is the instant at which something changed, with all states as they are from then
on; the first row of a month tells what held when it began. An empty cell is a state
that was not known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ..archive import StateChange
from ..quantities import QUANTITIES
from ..timegrid import Span
from .dialect import FileDialect, local_time
from .record import Record

ROW_COLUMNS: Final = ("start", "utc_offset")


def states_of(changes: Iterable[StateChange]) -> tuple[str, ...]:
    """The states that are spoken of, in the order of columns."""
    known = {change.quantity for change in changes}
    return tuple(key for key in QUANTITIES if key in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFile:
    """One month of a device: ``span`` is the part of it of which states are known."""

    record: Record
    device_id: int
    quantities: tuple[str, ...]
    span: Span
    dialect: FileDialect

    def read(self) -> Iterator[bytes]:
        """Yield the file (blocking)."""
        yield self.dialect.heading((*ROW_COLUMNS, *self.quantities))
        changes = self.record.source.states(self.span, (self.device_id,))
        yield "".join(self._lines(changes)).encode()

    def _lines(self, changes: Iterable[StateChange]) -> Iterator[str]:
        zone = self.record.site.zone
        shown = dict.fromkeys(self.quantities, "")
        by_instant = groupby(changes, lambda x: max(x.since, self.span.start))
        for instant, together in by_instant:
            for change in together:
                shown[change.quantity] = _name(change)
            yield self.dialect.line((*local_time(instant, zone), *shown.values()))


def _name(change: StateChange) -> str:
    if change.value is None:
        return ""
    options = QUANTITIES[change.quantity].options
    return options[change.value] if 0 <= change.value < len(options) else ""
