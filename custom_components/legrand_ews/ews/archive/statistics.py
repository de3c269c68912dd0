"""What a gauge did in each bucket of a chart."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Connection, Table

from ..metering import Statistic
from .dialects import rows_of_devices
from .gauges import day_over_until, over_until
from .queries import Resolution
from .subjects import STATISTIC_PARTS, SUBJECT_OF_QUANTITY
from .tables import GAUGES_DAILY, GAUGES_HOURLY, TABLE_OF_SUBJECT

type Statistics = dict[int, dict[str, dict[int, Statistic]]]
"""By device, quantity and index of the bucket; what is not there is unknown."""


@dataclass(slots=True)
class _Course:
    """What is known of a gauge in a bucket so far."""

    weighted: int = 0
    seconds: int = 0
    minimum: int = 0
    maximum: int = 0

    def add(self, seconds: int, average: int, below: int, above: int) -> None:
        """Put another stretch of time to it."""
        low, high = average - below, average + above
        if self.seconds:
            low, high = min(low, self.minimum), max(high, self.maximum)
        self.minimum, self.maximum = low, high
        self.weighted += average * seconds
        self.seconds += seconds

    def statistic(self) -> Statistic:
        """Return it all in one."""
        whole = abs(self.weighted) // self.seconds
        return Statistic(
            average_milli=whole if self.weighted >= 0 else -whole,
            minimum_milli=self.minimum,
            maximum_milli=self.maximum,
        )


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
    courses: defaultdict[tuple[int, str, int], _Course] = defaultdict(_Course)
    by_subject: defaultdict[str, list[str]] = defaultdict(list)
    for quantity in quantities:
        subject = SUBJECT_OF_QUANTITY.get(quantity)
        if subject is not None and not subject.is_counted:
            by_subject[subject.table].append(quantity)
    until = over_until(connection)
    for subject_table, keys in by_subject.items():
        for table, weight, start, end in _sources(
            subject_table, zone, edges, resolution, until
        ):
            columns = [table.c.start, table.c.device_id, weight]
            columns += [
                table.c[f"{q}_{part}"] for q in keys for part in STATISTIC_PARTS
            ]
            for row in rows_of_devices(connection, table, columns, start, end, ids):
                bucket = bisect_right(edges, row[0]) - 1
                for place, key in enumerate(keys):
                    average, below, above = row[3 + 3 * place : 6 + 3 * place]
                    if average is not None:
                        courses[row[1], key, bucket].add(row[2], average, below, above)
    found: Statistics = {}
    for (device_id, quantity, bucket), course in courses.items():
        buckets = found.setdefault(device_id, {}).setdefault(quantity, {})
        buckets[bucket] = course.statistic()
    return found


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
