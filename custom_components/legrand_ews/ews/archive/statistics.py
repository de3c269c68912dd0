"""What a gauge did in each bucket of a chart."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Connection, Table

from ..metering import Statistic
from .dialects import Plain, rows_of_devices
from .gauges import day_over_until, over_until
from .grid import hour_starts
from .queries import Resolution
from .subjects import STATISTIC_PARTS, SUBJECT_OF_QUANTITY
from .tables import GAUGES_DAILY, GAUGES_HOURLY, TABLE_OF_SUBJECT

type Statistics = dict[int, dict[str, dict[int, Statistic]]]
"""By device, quantity and index of the bucket; what is not there is unknown."""


type _Part = tuple[int, int, int, int]
"""Seconds, average, and how far below and above it went."""


def statistics(
    connection: Connection,
    zone: ZoneInfo,
    device_ids: Collection[int],
    quantities: Collection[str],
    edges: Sequence[int],
    resolution: Resolution,
) -> Statistics:
    """Averages, minima and maxima of gauges between the edges."""
    ids = list(device_ids)
    by_subject: defaultdict[str, list[str]] = defaultdict(list)
    for quantity in quantities:
        subject = SUBJECT_OF_QUANTITY.get(quantity)
        if subject is not None and not subject.is_counted:
            by_subject[subject.table].append(quantity)
    until = over_until(connection)
    found: Statistics = {}
    for subject_table, keys in by_subject.items():
        rows: defaultdict[int, list[Plain]] = defaultdict(list)
        for table, weight, start, end in _sources(
            subject_table, zone, edges, resolution, until
        ):
            columns = [table.c.start, table.c.device_id, weight]
            columns += [
                table.c[f"{q}_{part}"] for q in keys for part in STATISTIC_PARTS
            ]
            is_hourly = table is GAUGES_HOURLY[subject_table]
            starts = hour_starts(start, end, zone) if is_hourly else None
            for row in rows_of_devices(
                connection, table, columns, start, end, ids, starts
            ):
                rows[row[1]].append(row)
        for device_id, of_device in rows.items():
            for quantity, buckets in _in_buckets(of_device, keys, edges):
                found.setdefault(device_id, {})[quantity] = buckets
    return found


def _in_buckets(
    rows: Sequence[Plain], quantities: Sequence[str], edges: Sequence[int]
) -> Iterator[tuple[str, dict[int, Statistic]]]:
    """What gauges of a device did in each bucket, of those that did anything."""
    starts, _, seconds, *columns = zip(*rows, strict=True)
    buckets = [bisect_right(edges, start) - 1 for start in starts]
    # Most charts show rows as they are, and many of them.
    is_apart = len(set(buckets)) == len(buckets)
    for quantity, *parts in zip(
        quantities, columns[::3], columns[1::3], columns[2::3], strict=True
    ):
        if is_apart:
            statistics = {
                bucket: Statistic(average, average - below, average + above)
                for bucket, average, below, above in zip(buckets, *parts, strict=True)
                if average is not None
            }
        else:
            stretches: defaultdict[int, list[_Part]] = defaultdict(list)
            for bucket, *part in zip(buckets, seconds, *parts, strict=True):
                if part[1] is not None:
                    stretches[bucket].append(tuple(part))
            statistics = {x: _together(stretch) for x, stretch in stretches.items()}
        if statistics:
            yield quantity, statistics


def _together(parts: Sequence[_Part]) -> Statistic:
    """What a gauge did in all of some stretches of time."""
    seconds = sum(part[0] for part in parts)
    weighted = sum(part[0] * part[1] for part in parts)
    average = abs(weighted) // seconds
    return Statistic(
        average_milli=average if weighted >= 0 else -average,
        minimum_milli=min(average - below for _, average, below, _ in parts),
        maximum_milli=max(average + above for _, average, _, above in parts),
    )


def _sources(
    subject: str,
    zone: ZoneInfo,
    edges: Sequence[int],
    resolution: Resolution,
    until: int | None,
) -> Iterator[tuple[Table, Column[int], int, int]]:
    """Tables to read, with what weighs their rows, and from where to where."""
    samples = TABLE_OF_SUBJECT[subject]
    hours, days = GAUGES_HOURLY[subject], GAUGES_DAILY[subject]
    start, end = edges[0], edges[-1]
    hours_until = start if until is None else min(max(until, start), end)
    days_until = start
    if resolution is Resolution.SAMPLE:
        hours_until = start
    elif resolution is not Resolution.HOUR and until is not None:
        days_until = min(max(day_over_until(until, zone), start), end)
    pieces = (
        (days, days.c.covered_s, start, days_until),
        (hours, hours.c.covered_s, days_until, hours_until),
        (samples, samples.c.length, hours_until, end),
    )
    return (piece for piece in pieces if piece[2] < piece[3])
