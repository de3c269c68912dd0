"""Amounts of all devices and totals between instants: what statistics are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from ..model import Installation, ObjectKind
from ..quantities import Fluid
from ..timegrid import Span, hour_start, local_day, local_midnight
from .amounts import AmountsSource, WithGasEnergy, counted_as
from .answer import sum_known
from .directory import Directory
from .places import Place, shared_places
from .query import Frame
from .scope import Places, group_members
from .sharing import Shares, Values

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAmounts:
    """What was counted between instants, bucket by bucket.

    In thousandths of Wh or dm³, None without data; a total is below zero where
    sub-meters have counted more than their main meter.
    """

    devices: Mapping[int, Values]
    totals: Mapping[Place, Values]


def hours_of(span: Span) -> tuple[datetime, ...]:
    """The edges of the hours of UTC in a span that begins and ends with one."""
    return tuple(span.start + n * HOUR for n in range(int(span.length / HOUR) + 1))


def hour_floor(instant: datetime) -> datetime:
    """The start of the hour of UTC that holds an instant."""
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def counted_amounts(
    fluid: Fluid,
    edges: Sequence[datetime],
    *,
    installation: Installation,
    directory: Directory,
    source: AmountsSource,
) -> CountedAmounts:
    """Add up devices and totals between rising instants; raises ArchiveError."""
    zone = installation.zone
    known = WithGasEnergy(source, installation.gas_factors, zone)
    extents = {
        total.device_id: Span(total.first_start, total.last_end)
        for total in known.totals()
        if total.fluid is counted_as(fluid)
    }
    frame = Frame(span=Span(edges[0], edges[-1]), edges=tuple(edges))
    shares = Shares(known, fluid, frame, zone, directory.tree, extents)
    return CountedAmounts(
        devices={number: shares.whole(number) for number in shares.devices},
        totals=dict(_totals(directory, shares)),
    )


def counted_between(
    fluid: Fluid,
    span: Span,
    *,
    installation: Installation,
    directory: Directory,
    source: AmountsSource,
) -> CountedAmounts:
    """Add up a whole span, however long, in one bucket; raises ArchiveError.

    Days are read as days, and only what is left at both ends as hours and samples:
    of years ago there may be no samples any more.
    """
    if span.start == span.end:
        return CountedAmounts(devices={}, totals={})
    zone = installation.zone
    points = {span.start, span.end}
    for inner in (
        hour_start(span.start + HOUR - timedelta.resolution, zone),
        local_midnight(local_day(span.start, zone) + timedelta(days=1), zone),
        local_midnight(local_day(span.end, zone), zone),
        hour_start(span.end, zone),
    ):
        if span.start < inner < span.end:
            points.add(inner)
    parts = [
        counted_amounts(
            fluid,
            piece,
            installation=installation,
            directory=directory,
            source=source,
        )
        for piece in pairwise(sorted(points))
    ]
    return CountedAmounts(
        devices=_joined([part.devices for part in parts]),
        totals=_joined([part.totals for part in parts]),
    )


def _joined[K](parts: Iterable[Mapping[K, Values]]) -> Mapping[K, Values]:
    joined: dict[K, Values] = {}
    for part in parts:
        for key, values in part.items():
            joined[key] = [sum_known([*joined.get(key, ()), *values])]
    return joined


def _totals(directory: Directory, shares: Shares) -> Iterable[tuple[Place, Values]]:
    """Every total that has a device with data."""
    among = frozenset(
        member.id for member in directory.members.values() if not member.is_excluded
    )
    places = Places(directory, among)
    members: dict[Place, list[int]] = {}
    groups: dict[int, list[int]] = {}
    own = shares.own(among)
    for number in sorted(among):
        if all(value is None for value in own[number]):
            continue
        member = directory.members[number]
        for place in shared_places(places, member):
            members.setdefault(place, []).append(number)
        for group_id in places.of(member, ObjectKind.GROUP):
            groups.setdefault(group_id, []).append(number)
    for place, numbers in members.items():
        yield place, _sum(own, numbers)
    for group_id, numbers in groups.items():
        inside = shares.own(group_members(directory, group_id))
        yield (ObjectKind.GROUP, group_id), _sum(inside, numbers)


def _sum(own: Mapping[int, Values], numbers: Iterable[int]) -> Values:
    rows = [own[number] for number in numbers]
    return [sum_known(column) for column in zip(*rows, strict=True)]
