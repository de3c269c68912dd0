"""The totals engine: adds up devices into series, buckets and totals (S161, S136)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from ..model import Installation
from ..quantities import Fluid
from ..timegrid import Span, sample_start
from .amounts import (
    AmountsSource,
    Archived,
    Milli,
    OfDevices,
    WithGasEnergy,
    counted_as,
    known_seconds,
)
from .answer import REST, Answer, Consumption, Series, sum_known
from .directory import Directory, Member
from .query import (
    ConsumptionQuery,
    Frame,
    Level,
    bucket_of,
    compared_frame_of,
    frame_of,
)
from .scope import Part, Scope, devices_to_read, scope_of
from .sharing import Shares, Values


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A query with everything that was read for it.

    ``frames`` are the period that was asked for and, where one was, the period beside
    it; ``shares`` are what was counted in each. ``extents`` is when each device was
    recorded, and up to ``due`` samples must be there.
    """

    query: ConsumptionQuery
    directory: Directory
    zone: ZoneInfo
    scope: Scope
    frames: tuple[Frame, ...]
    shares: tuple[Shares, ...]
    extents: Mapping[int, Span]
    due: datetime

    def shares_of(self, source: AmountsSource, fluid: Fluid, frame: Frame) -> Shares:
        """What another source says of the same devices."""
        tree = self.directory.tree
        return Shares(source, fluid, frame, self.zone, tree, self.extents)

    @property
    def with_data(self) -> set[int]:
        """Devices that have data in one of the periods."""
        return {device_id for share in self.shares for device_id in share.devices}


def answer_query(
    query: ConsumptionQuery,
    *,
    installation: Installation,
    directory: Directory,
    source: Archived,
    now: datetime,
) -> Consumption:
    """Answer ``get_consumption`` at the instant ``now``.

    Raises ConfigurationError at the field that is wrong, ArchiveError when the
    archive cannot be read.
    """
    asked = inquire(
        query, installation=installation, directory=directory, source=source, now=now
    )
    answers = [
        answer_of(
            asked, frame, share, (series for _, series in series_of(asked, share))
        )
        for frame, share in zip(asked.frames, asked.shares, strict=True)
    ]
    return Consumption(
        fluid=query.fluid,
        bucket=bucket_of(query),
        zone=asked.zone,
        asked=answers[0],
        compared=answers[1] if len(answers) > 1 else None,
    )


def inquire(
    query: ConsumptionQuery,
    *,
    installation: Installation,
    directory: Directory,
    source: Archived,
    now: datetime,
) -> Inquiry:
    """Read what a query asks for; raises what `answer_query` does."""
    zone, length = installation.zone, installation.sample_length
    scope = scope_of(query, directory)
    asked = frame_of(query, zone, length, now)
    beside = compared_frame_of(query, zone, length, now)
    of_devices = OfDevices(source, devices_to_read(scope, directory))
    known = WithGasEnergy(of_devices, installation.gas_factors, zone)
    extents = {
        total.device_id: Span(total.first_start, total.last_end)
        for total in known.totals()
        if total.fluid is counted_as(query.fluid)
    }
    frames = tuple(frame for frame in (asked, beside) if frame is not None)
    return Inquiry(
        query=query,
        directory=directory,
        zone=zone,
        scope=scope,
        frames=frames,
        shares=tuple(
            Shares(known, query.fluid, frame, zone, directory.tree, extents)
            for frame in frames
        ),
        extents=extents,
        due=_due(now, length, zone),
    )


def answer_of(
    asked: Inquiry, frame: Frame, shares: Shares, series: Iterable[Series]
) -> Answer:
    """Put series together with the total of one period."""
    counted = asked.scope.counted
    length = len(frame.edges) - 1
    known = [known_seconds(shares.amounts.get(m.id, {}), length) for m in counted]
    return Answer(
        span=frame.span,
        edges=frame.edges,
        series=tuple(series),
        total_milli=shares.total(asked.scope.among, [m.id for m in counted]),
        is_complete=_is_complete(counted, frame, known, asked.extents, asked.due),
        partial=_partial(frame, known, asked.due),
        recorded=_recorded(counted, asked.extents),
    )


def series_of(asked: Inquiry, shares: Shares) -> Iterator[tuple[Part, Series]]:
    """The series that were asked for, else those that have data in either period."""
    scope, directory, with_data = asked.scope, asked.directory, asked.with_data
    for part in scope.parts:
        is_known = not with_data.isdisjoint(part.devices)
        if part.is_rest and not is_known:
            continue
        if not part.is_rest and not is_known and not scope.is_listed:
            continue
        values, excess = part_values(part, shares)
        if part.kind is None:
            site = Level.SITE.value
            yield (
                part,
                Series(
                    kind=site,
                    id=part.id,
                    name=directory.site_name,
                    values_milli=values,
                    excess_milli=excess,
                ),
            )
            continue
        label = directory.label_of(part.kind, part.id)
        is_reading = part.among is None
        yield (
            part,
            Series(
                kind=REST if part.is_rest else part.kind.value,
                id=part.id,
                name=label.name,
                color=label.color,
                key=label.key,
                upstream_id=directory.members[part.id].upstream_id
                if is_reading
                else None,
                values_milli=values,
                excess_milli=excess,
            ),
        )


def part_values(part: Part, shares: Shares) -> tuple[tuple[Milli | None, ...], Milli]:
    """Values of a series, none below zero, and what had to be cut off for that.

    Where no device of the series has data there is none, whatever its sub-meters say.
    """
    wholes = [shares.whole(number) for number in part.devices]
    sums = _summed(wholes, shares.length)
    if part.among is None:
        return tuple(sums), 0
    own = shares.own(part.among)
    counted = _summed([own[number] for number in part.devices], shares.length)
    values: list[Milli | None] = []
    excess: Milli = 0
    for whole, value in zip(sums, counted, strict=True):
        values.append(None if whole is None else max(0, value or 0))
        excess += max(0, -(value or 0))
    return tuple(values), excess


def _summed(rows: Sequence[Values], length: int) -> Values:
    if not rows:
        return [None] * length
    return [sum_known(column) for column in zip(*rows, strict=True)]


def _recorded(members: Iterable[Member], extents: Mapping[int, Span]) -> Span | None:
    """The time in which any of the devices was recorded (S175)."""
    known = [extents[member.id] for member in members if member.id in extents]
    if not known:
        return None
    return Span(min(x.start for x in known), max(x.end for x in known))


def _due(now: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    """Up to here samples must be there; the latest may still be on its way."""
    return sample_start(now, length, zone) - length


def _partial(
    frame: Frame, known: Sequence[Sequence[int]], due: datetime
) -> tuple[int, ...]:
    """Buckets that no device was recorded throughout: comparing them misleads.

    A single device that was added later does not make a bucket partial.
    """
    partial: list[int] = []
    best = map(max, zip(*known, strict=True))
    for index, ((start, end), covered_s) in enumerate(
        zip(pairwise(frame.edges), best, strict=bool(known))
    ):
        if 0 < covered_s < (min(end, due) - start).total_seconds():
            partial.append(index)
    return tuple(partial)


def _is_complete(
    members: Iterable[Member],
    frame: Frame,
    known: Sequence[Sequence[int]],
    extents: Mapping[int, Span],
    due: datetime,
) -> bool:
    """Whether samples cover all the time in which the devices were recorded.

    A device is expected from its first sample on, a deleted one up to its last.
    """
    has_data = False
    for member, seconds in zip(members, known, strict=True):
        extent = extents.get(member.id)
        if extent is None:
            continue
        covered_s = sum(seconds)
        has_data = has_data or covered_s > 0
        start = max(frame.span.start, extent.start)
        expected = extent.end
        if not member.is_archived:
            expected = max(expected, due)
        end = min(frame.span.end, expected)
        if covered_s < (end - start).total_seconds():
            return False
    return has_data
