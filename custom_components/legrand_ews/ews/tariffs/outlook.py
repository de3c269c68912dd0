"""What applies now, what comes next, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Final, Protocol

from ..timegrid import Span
from .timeline import Segment

HORIZON: Final = timedelta(days=400)
"""A rule that goes on for longer than that is taken to go on for ever."""

_DAY: Final = timedelta(days=1)


class Timeline(Protocol):
    """A plan, or the plans of a book, over the civil time of a site."""

    def segments(self, span: Span) -> Iterator[Segment]:
        """Cut a span where rule, tariff or price changes."""

    def at(self, instant: datetime) -> Segment:
        """Return what applies at an instant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is ``active`` and ``following``; None: nothing changes for a year at least.

    The end of ``active`` is the next change, or the end of the time that was looked at.
    """

    active: Segment
    following: Segment | None


def joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Join segments that differ in nothing but their time, as at New Year."""
    last: Segment | None = None
    for segment in segments:
        if last is not None and _is_same(last, segment):
            last = replace(last, end=segment.end)
            continue
        if last is not None:
            yield last
        last = segment
    if last is not None:
        yield last


def outlook(timeline: Timeline, now: datetime) -> Outlook:
    """Look from an instant to the next change of rule, tariff or price."""
    present = timeline.at(now)
    ahead = timeline.segments(Span(present.end, now + HORIZON))
    segments = joined(chain([present], ahead))
    return Outlook(active=next(segments), following=next(segments, None))


def is_cheapest(timeline: Timeline, now: datetime) -> bool:
    """Say whether no tariff of the day ahead is cheaper than the one that applies."""
    if timeline.at(now).tariff_id is None:
        return False
    return timeline.at(now).price <= min(
        segment.price
        for segment in timeline.segments(Span(now, now + _DAY))
        if segment.tariff_id is not None
    )


def _is_same(one: Segment, other: Segment) -> bool:
    return (one.rule, one.tariff_id, one.price) == (
        other.rule,
        other.tariff_id,
        other.price,
    )
