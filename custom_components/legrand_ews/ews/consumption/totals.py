"""The totals engine: adds up devices into series, buckets and totals (S161, S136)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from ..archive import BucketAmount, FluidTotal
from ..errors import ConfigurationError
from ..model import Installation
from ..quantities import FLUID_COUNTERS, Fluid
from ..timegrid import sample_start
from .answer import Answer, Consumption, Series, sum_known
from .directory import Directory, Member
from .query import (
    ConsumptionQuery,
    Frame,
    Level,
    bucket_of,
    compared_frame_of,
    frame_of,
)
from .scope import Scope, scope_of

type Amounts = Mapping[int, Mapping[int, BucketAmount]]


class AmountsSource(Protocol):
    """Where amounts come from: the archive."""

    def amounts(
        self, fluid: Fluid, edges: Sequence[datetime]
    ) -> dict[int, dict[int, BucketAmount]]:
        """Amounts by device and index of the bucket."""

    def totals(self) -> list[FluidTotal]:
        """First and last sample of every device and fluid."""


def answer_query(
    query: ConsumptionQuery,
    *,
    installation: Installation,
    directory: Directory,
    source: AmountsSource,
    now: datetime,
) -> Consumption:
    """Answer ``get_consumption`` at the instant ``now``.

    Raises ConfigurationError at the field that is wrong, ArchiveError when the
    archive cannot be read.
    """
    if query.fluid not in FLUID_COUNTERS:
        raise ConfigurationError("fluid_not_recorded", field="fluid", fluid=query.fluid)
    zone, length = installation.zone, installation.sample_length
    scope = scope_of(query, directory)
    asked = frame_of(query, zone, length, now)
    beside = compared_frame_of(query, zone, length, now)
    frames = [asked] if beside is None else [asked, beside]
    amounts = [source.amounts(query.fluid, frame.edges) for frame in frames]
    extents = {t.device_id: t for t in source.totals() if t.fluid is query.fluid}
    with_data = {device_id for known in amounts for device_id in known}
    due = _due(now, length, zone)
    answers = [
        Answer(
            span=frame.span,
            edges=frame.edges,
            series=_series(scope, directory, with_data, frame, known),
            total_milli=sum_known(_values([m.id for m in scope.counted], frame, known)),
            is_complete=_is_complete(scope.counted, frame, known, extents, due),
            partial=_partial(scope.counted, frame, known, due),
        )
        for frame, known in zip(frames, amounts, strict=True)
    ]
    return Consumption(
        fluid=query.fluid,
        bucket=bucket_of(query),
        zone=zone,
        asked=answers[0],
        compared=answers[1] if len(answers) > 1 else None,
    )


def _series(
    scope: Scope,
    directory: Directory,
    with_data: set[int],
    frame: Frame,
    amounts: Amounts,
) -> tuple[Series, ...]:
    """The series that were asked for, else those that have data in either period."""
    series: list[Series] = []
    for number, devices in scope.series.items():
        if not scope.is_listed and with_data.isdisjoint(devices):
            continue
        values = _values(devices, frame, amounts)
        if scope.kind is None:
            site = Level.SITE.value
            name = directory.site_name
            series.append(Series(kind=site, id=number, name=name, values_milli=values))
            continue
        label = directory.label_of(scope.kind, number)
        series.append(
            Series(
                kind=scope.kind.value,
                id=number,
                name=label.name,
                color=label.color,
                key=label.key,
                values_milli=values,
            )
        )
    return tuple(series)


def _values(
    devices: Iterable[int], frame: Frame, amounts: Amounts
) -> tuple[int | None, ...]:
    values: list[int | None] = [None] * (len(frame.edges) - 1)
    for device_id in devices:
        for bucket, amount in amounts.get(device_id, {}).items():
            values[bucket] = (values[bucket] or 0) + amount.amount_milli
    return tuple(values)


def _due(now: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
    """Up to here samples must be there; the latest may still be on its way."""
    return sample_start(now, length, zone) - length


def _partial(
    members: Iterable[Member], frame: Frame, amounts: Amounts, due: datetime
) -> tuple[int, ...]:
    """Buckets that no device was recorded throughout: comparing them misleads.

    A single device that was added later does not make a bucket partial.
    """
    known = [amounts.get(member.id, {}) for member in members]
    partial: list[int] = []
    for index, (start, end) in enumerate(pairwise(frame.edges)):
        covered_s = max(
            (bucket[index].covered_s for bucket in known if index in bucket), default=0
        )
        if 0 < covered_s < (min(end, due) - start).total_seconds():
            partial.append(index)
    return tuple(partial)


def _is_complete(
    members: Iterable[Member],
    frame: Frame,
    amounts: Amounts,
    extents: Mapping[int, FluidTotal],
    due: datetime,
) -> bool:
    """Whether samples cover all the time in which the devices were recorded.

    A device is expected from its first sample on, a deleted one up to its last.
    """
    has_data = False
    for member in members:
        extent = extents.get(member.id)
        if extent is None:
            continue
        covered_s = sum(a.covered_s for a in amounts.get(member.id, {}).values())
        has_data = has_data or covered_s > 0
        start = max(frame.span.start, extent.first_start)
        expected = extent.last_end
        if not member.is_archived:
            expected = max(expected, due)
        end = min(frame.span.end, expected)
        if covered_s < (end - start).total_seconds():
            return False
    return has_data
