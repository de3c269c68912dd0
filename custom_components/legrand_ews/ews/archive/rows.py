"""Samples as rows of the sample tables, and back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, RowMapping, Table, bindparam, delete, insert, select

from ..errors import ArchiveError
from ..metering import Sample, Statistic
from .grid import from_epoch, to_epoch
from .tables import (
    QUALITY_CODES,
    SAMPLE_TABLES,
    STATISTIC_PARTS,
    TABLE_OF_QUANTITY,
)

_QUALITIES: Final = {code: quality for quality, code in QUALITY_CODES.items()}
_SECOND: Final = timedelta(seconds=1)

type _Values = dict[str, int]
type _Key = tuple[int, int, int, int]


def write_samples(connection: Connection, samples: Iterable[Sample]) -> None:
    """Store samples; one with the same device, start and length is replaced."""
    batches: defaultdict[tuple[str, ...], list[_Values]] = defaultdict(list)
    tables: dict[tuple[str, ...], Table] = {}
    for sample in samples:
        for table, values in _rows_of(sample).items():
            # Rows of one statement name the same columns.
            shape = (table.name, *values)
            tables[shape] = table
            batches[shape].append(values)
    for shape, rows in batches.items():
        _replace(connection, tables[shape], rows)


def _rows_of(sample: Sample) -> dict[Table, _Values]:
    key = {
        "start": to_epoch(sample.start),
        "device_id": sample.device_id,
        "length": sample.length // _SECOND,
        "quality": QUALITY_CODES[sample.quality],
    }
    rows: dict[Table, _Values] = {}
    for quantity, amount in sample.amounts_milli.items():
        row = rows.setdefault(_table_of(quantity), {**key})
        row[quantity] = amount
    for quantity, statistic in sample.statistics.items():
        row = rows.setdefault(_table_of(quantity), {**key})
        row[f"{quantity}_avg"] = statistic.average_milli
        row[f"{quantity}_min"] = statistic.minimum_milli
        row[f"{quantity}_max"] = statistic.maximum_milli
    return rows


def _table_of(quantity: str) -> Table:
    table = TABLE_OF_QUANTITY.get(quantity)
    if table is None:
        raise ArchiveError("archive_quantity_unknown", quantity=quantity)
    return table


def _replace(connection: Connection, table: Table, rows: list[_Values]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table).prefix_with("OR REPLACE"), rows)
    else:
        delete_and_insert(connection, table, rows)


def delete_and_insert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, int]]
) -> None:
    """Replace rows in any SQL; only slower than a dialect's own way."""
    columns = table.primary_key.columns
    same = [column == bindparam(f"old_{column.name}") for column in columns]
    keys = [{f"old_{c.name}": row[c.name] for c in columns} for row in rows]
    connection.execute(delete(table).where(*same), keys)
    connection.execute(insert(table), rows)


def read_samples(
    connection: Connection, start: int, end: int, device_ids: Iterable[int] | None
) -> list[Sample]:
    """Samples that start in a span, exactly as they were written."""
    amounts: defaultdict[_Key, _Values] = defaultdict(dict)
    statistics: defaultdict[_Key, dict[str, Statistic]] = defaultdict(dict)
    wanted = None if device_ids is None else list(device_ids)
    for table in SAMPLE_TABLES:
        query = select(table).where(table.c.start >= start, table.c.start < end)
        if wanted is not None:
            query = query.where(table.c.device_id.in_(wanted))
        quantities = [k for k, t in TABLE_OF_QUANTITY.items() if t is table]
        is_counted = quantities[0] in table.c
        for row in connection.execute(query).mappings():
            key = (row["start"], row["device_id"], row["length"], row["quality"])
            if is_counted:
                amounts[key] |= {q: row[q] for q in quantities if row[q] is not None}
            else:
                statistics[key] |= _statistics(row, quantities)
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


def _statistics(row: RowMapping, quantities: Iterable[str]) -> Mapping[str, Statistic]:
    found: dict[str, Statistic] = {}
    for quantity in quantities:
        parts = [row[f"{quantity}_{part}"] for part in STATISTIC_PARTS]
        if parts[0] is not None:
            found[quantity] = Statistic(
                average_milli=parts[0], minimum_milli=parts[1], maximum_milli=parts[2]
            )
    return found
