"""The answer of ``get_consumption`` and its JSON form (interface)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ..model import PredefinedLoad
from ..quantities import Fluid
from ..timegrid import Bucket, Span
from .amounts import Milli, unit_of

REST: Final = "rest"
"""Kind of a series: what a main meter counts beyond its sub-meters (S81)."""
_MILLI: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One object's amounts in thousandths of Wh or dm³; None is "no data".

    Of kind *rest* is what a main meter counts beyond its sub-meters. Where those count
    more than it does, it is zero, and ``excess_milli`` is how much was cut off: the
    series of an answer, less their excess, add up to its total. ``upstream_id`` is the
    main meter in front of a device.
    """

    kind: str
    id: int
    name: str
    color: str | None = None
    key: PredefinedLoad | None = None
    upstream_id: int | None = None
    values_milli: tuple[Milli | None, ...]
    excess_milli: Milli = 0

    @property
    def total_milli(self) -> Milli | None:
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
        if self.upstream_id is not None:
            answer["upstream"] = self.upstream_id
        if self.excess_milli or self.kind == REST:
            answer["excess"] = as_number(self.excess_milli)
        return answer | {
            "values": [as_number(value) for value in self.values_milli],
            "total": as_number(self.total_milli),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Series over one span. ``total_milli`` counts all that was consumed once.

    ``partial`` are the buckets of which only a part was recorded, ``recorded`` is all
    the time in which any of the devices was.
    """

    span: Span
    edges: tuple[datetime, ...]
    series: tuple[Series, ...]
    total_milli: Milli | None
    is_complete: bool
    partial: tuple[int, ...] = ()
    recorded: Span | None = None

    def as_dict(self, zone: ZoneInfo) -> dict[str, object]:
        """Start, end, buckets, series and total as JSON values."""
        return {
            "start": instant_text(self.span.start, zone),
            "end": instant_text(self.span.end, zone),
            "buckets": [instant_text(edge, zone) for edge in self.edges[:-1]],
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
            "unit": unit_of(self.fluid).value,
            "bucket": self.bucket.value,
            "complete": self.asked.is_complete,
            "recorded": span_text(self.asked.recorded, self.zone),
            **self.asked.as_dict(self.zone),
        }
        if self.compared is not None:
            answer["compare"] = {
                **self.compared.as_dict(self.zone),
                "complete": self.compared.is_complete,
            }
        return answer


def sum_known(values: Iterable[Milli | None]) -> Milli | None:
    """Sum of what is known, None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def as_number(milli: Milli | None) -> int | float | None:
    """Whole units as int, parts of them as float."""
    if milli is None:
        return None
    whole, rest = divmod(milli, _MILLI)
    return int(whole) if rest == 0 else float(milli / _MILLI)


def instant_text(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as the interface writes it: local, with offset."""
    return instant.astimezone(zone).isoformat()


def span_text(span: Span | None, zone: ZoneInfo) -> dict[str, str | None]:
    """Start and end of a span as the interface writes them."""
    return {
        "start": None if span is None else instant_text(span.start, zone),
        "end": None if span is None else instant_text(span.end, zone),
    }
