"""The answer of ``get_consumption`` and its JSON form (interface)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ..model import PredefinedLoad
from ..quantities import FLUID_COUNTERS, QUANTITIES, Fluid
from ..timegrid import Bucket, Span

_MILLI: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One object's amounts in thousandths of Wh or dm³; None is "no data"."""

    kind: str
    id: int
    name: str
    color: str | None = None
    key: PredefinedLoad | None = None
    values_milli: tuple[int | None, ...]

    @property
    def total_milli(self) -> int | None:
        """Sum of what is known, None when nothing is."""
        return sum_known(self.values_milli)

    def as_dict(self) -> dict[str, object]:
        """The series as JSON values in Wh or dm³."""
        answer: dict[str, object] = {
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "color": self.color,
        }
        if self.key is not None:
            answer["key"] = self.key.value
        return answer | {
            "values": [as_number(value) for value in self.values_milli],
            "total": as_number(self.total_milli),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Series over one span. ``total_milli`` counts every device once.

    ``partial`` are the buckets of which only a part was recorded.
    """

    span: Span
    edges: tuple[datetime, ...]
    series: tuple[Series, ...]
    total_milli: int | None
    is_complete: bool
    partial: tuple[int, ...] = ()

    def as_dict(self, zone: ZoneInfo) -> dict[str, object]:
        """Start, end, buckets, series and total as JSON values."""
        return {
            "start": _text(self.span.start, zone),
            "end": _text(self.span.end, zone),
            "buckets": [_text(edge, zone) for edge in self.edges[:-1]],
            "series": [series.as_dict() for series in self.series],
            "total": as_number(self.total_milli),
            "partial": list(self.partial),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """Answer for the period that was asked for, and for the one beside it."""

    fluid: Fluid
    bucket: Bucket
    zone: ZoneInfo
    asked: Answer
    compared: Answer | None = None

    def as_dict(self) -> dict[str, object]:
        """JSON of ``get_consumption``; ``compare`` only when it was asked for."""
        answer: dict[str, object] = {
            "fluid": self.fluid.value,
            "unit": QUANTITIES[FLUID_COUNTERS[self.fluid]].unit.value,
            "bucket": self.bucket.value,
            "complete": self.asked.is_complete,
            **self.asked.as_dict(self.zone),
        }
        if self.compared is not None:
            answer["compare"] = {
                **self.compared.as_dict(self.zone),
                "complete": self.compared.is_complete,
            }
        return answer


def sum_known(values: tuple[int | None, ...]) -> int | None:
    """Sum of what is known, None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def as_number(milli: int | None) -> int | float | None:
    """Whole units as int, parts of them as float."""
    if milli is None:
        return None
    whole, rest = divmod(milli, _MILLI)
    return whole if rest == 0 else milli / _MILLI


def _text(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat()
