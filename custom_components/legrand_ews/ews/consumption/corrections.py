"""The correction journal: what counters did beside counting, as it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from zoneinfo import ZoneInfo

from ..metering import Correction
from ..quantities import QUANTITIES
from ..timegrid import Span
from .answer import as_number
from .query import open_span
from .request import numbers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionQuery:
    """The question of ``get_corrections``; ``device_ids`` None: all devices."""

    span: Span
    device_ids: tuple[int, ...] | None = None

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of an action or WebSocket message.

        Either end may be left out; a day as the end is included. Raises
        ConfigurationError at the field that is wrong.
        """
        return cls(
            span=open_span(request, zone), device_ids=numbers_of(request, "devices")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """Entries of the journal, the latest first."""

    entries: tuple[Correction, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return what the interface says: counters in the unit of their quantity."""
        return {"corrections": [_described(entry) for entry in self.entries]}


def answer_corrections(
    query: CorrectionQuery, journal: Callable[[Span], Sequence[Correction]]
) -> Corrections:
    """Return what the journal tells of the devices; raises what ``journal`` raises."""
    wanted = query.device_ids
    found = reversed(journal(query.span))
    return Corrections(
        entries=tuple(x for x in found if wanted is None or x.device_id in wanted)
    )


def _described(entry: Correction) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "device": entry.device_id,
        "quantity": entry.quantity,
        "kind": entry.kind.value,
        "before": as_number(entry.before_milli),
        "after": as_number(entry.after_milli),
        "booked": as_number(entry.booked_milli),
        "unit": QUANTITIES[entry.quantity].unit.value,
    }
