"""Samples to rows of the tables, and back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from operator import itemgetter
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, func, select

from ..errors import ArchiveError
from ..metering import Sample, Statistic
from .dialects import Plain, replace, rows_of_devices
from .grid import from_epoch, to_epoch
from .subjects import STATISTIC_PARTS, SUBJECT_OF_QUANTITY, SUBJECTS, Subject
from .tables import QUALITY_CODES, SAMPLE_TABLES, TABLE_OF_SUBJECT

_QUALITIES: Final = {code: quality for quality, code in QUALITY_CODES.items()}
_SECOND: Final = timedelta(seconds=1)
_KEY_COLUMNS: Final = ("start", "device_id", "length", "quality")
_PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        quantity: tuple(f"{quantity}_{part}" for part in STATISTIC_PARTS)
        for quantity, subject in SUBJECT_OF_QUANTITY.items()
        if not subject.is_counted
    }
)

_statistic: Final = partial(tuple.__new__, Statistic)

type _Values = dict[str, int]
type _Key = tuple[int, int, int, int]


def write_samples(connection: Connection, samples: Iterable[Sample]) -> None:
    """Store samples; one with the same device, start and length is replaced."""
    batches: defaultdict[tuple[str, ...], list[_Values]] = defaultdict(list)
    for sample in samples:
        for table, values in _rows_of(sample).items():
            # Rows of one statement name the same columns.
            batches[table, *values].append(values)
    for shape, rows in batches.items():
        # In the order of the table: what is added lies together.
        rows.sort(key=itemgetter("start", "device_id"))
        replace(connection, TABLE_OF_SUBJECT[shape[0]], rows)


def _rows_of(sample: Sample) -> dict[str, _Values]:
    key = {
        "start": to_epoch(sample.start),
        "device_id": sample.device_id,
        "length": sample.length // _SECOND,
        "quality": QUALITY_CODES[sample.quality],
    }
    rows: dict[str, _Values] = {}
    for quantity, amount in sample.amounts_milli.items():
        table = _table_of(quantity, is_counted=True)
        row = rows.get(table) or rows.setdefault(table, key.copy())
        row[quantity] = amount
    for quantity, statistic in sample.statistics.items():
        table = _table_of(quantity, is_counted=False)
        row = rows.get(table) or rows.setdefault(table, key.copy())
        average, below, above = _PARTS[quantity]
        row[average] = statistic.average_milli
        row[below] = statistic.average_milli - statistic.minimum_milli
        row[above] = statistic.maximum_milli - statistic.average_milli
    return rows


def _table_of(quantity: str, *, is_counted: bool) -> str:
    subject = SUBJECT_OF_QUANTITY.get(quantity)
    if subject is None or subject.is_counted is not is_counted:
        raise ArchiveError("archive_quantity_unknown", quantity=quantity)
    return subject.table


def read_samples(
    connection: Connection,
    start: int,
    end: int,
    device_ids: Collection[int] | None,
    quantities: Collection[str] | None = None,
) -> list[Sample]:
    """Samples that start in a span, by start and device, as they were written.

    With ``quantities``, only these of them.
    """
    amounts: dict[_Key, _Values] = {}
    statistics: dict[_Key, dict[str, Statistic]] = {}
    ids = None if device_ids is None else list(device_ids)
    for subject in SUBJECTS:
        wanted = _wanted(subject, quantities)
        if not wanted:
            continue
        rows = _rows_in(connection, subject, wanted, start, end, ids)
        if subject.is_counted:
            _take_amounts(rows, wanted, amounts)
        else:
            _take_statistics(rows, wanted, statistics)
    return [
        Sample(
            device_id=key[1],
            start=from_epoch(key[0]),
            length=timedelta(seconds=key[2]),
            amounts_milli=amounts.get(key, {}),
            statistics=statistics.get(key, {}),
            quality=_QUALITIES[key[3]],
        )
        for key in sorted(amounts.keys() | statistics.keys())
    ]


def _wanted(subject: Subject, quantities: Collection[str] | None) -> tuple[str, ...]:
    if quantities is None:
        return subject.quantities
    return tuple(key for key in subject.quantities if key in quantities)


def _rows_in(
    connection: Connection,
    subject: Subject,
    quantities: Sequence[str],
    start: int,
    end: int,
    device_ids: Sequence[int] | None,
) -> Iterable[Plain]:
    table = TABLE_OF_SUBJECT[subject.table]
    names = [*_KEY_COLUMNS]
    for quantity in quantities:
        names += [quantity] if subject.is_counted else _PARTS[quantity]
    columns = [table.c[name] for name in names]
    return rows_of_devices(connection, table, columns, start, end, device_ids)


def _take_amounts(
    rows: Iterable[Plain], quantities: Sequence[str], amounts: dict[_Key, _Values]
) -> None:
    for row in rows:
        known = {
            quantity: amount
            for quantity, amount in zip(quantities, row[4:], strict=True)
            if amount is not None
        }
        if known:
            amounts.setdefault((row[0], row[1], row[2], row[3]), {}).update(known)


def _take_statistics(
    rows: Iterable[Plain],
    quantities: Sequence[str],
    statistics: dict[_Key, dict[str, Statistic]],
) -> None:
    fetched = list(rows)
    if not fetched:
        return
    columns = list(zip(*fetched, strict=True))
    series = [
        _statistics(*columns[4 + 3 * place : 7 + 3 * place])
        for place in range(len(quantities))
    ]
    for key, values in zip(
        zip(*columns[:4], strict=True), zip(*series, strict=True), strict=True
    ):
        known = {
            quantity: statistic
            for quantity, statistic in zip(quantities, values, strict=True)
            if statistic is not None
        }
        if known:
            statistics.setdefault(key, {}).update(known)


def _statistics(
    averages: Sequence[int | None],
    below: Sequence[int | None],
    above: Sequence[int | None],
) -> list[Statistic | None]:
    """A quantity's course."""
    return [
        None if a is None or b is None or c is None else _statistic((a, a - b, a + c))
        for a, b, c in zip(averages, below, above, strict=True)
    ]


def first_start(connection: Connection, start: int | None = None) -> int | None:
    """Start of the first sample, at ``start`` or after."""
    found: list[int] = []
    for table in SAMPLE_TABLES:
        query = select(func.min(table.c.start))
        if start is not None:
            query = query.where(table.c.start >= start)
        if (first := connection.scalar(query)) is not None:
            found.append(first)
    return min(found, default=None)
