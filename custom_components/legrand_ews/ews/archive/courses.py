"""What one device recorded, row by row as plain numbers: the way files want it.

A month of a meter has half a million numbers; as samples they would be half a million
objects, and take three times as long.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection

from ..metering import Quality
from .dialects import Plain, rows_of_devices
from .grid import from_epoch
from .subjects import STATISTIC_PARTS, SUBJECTS, Subject
from .tables import QUALITY_CODES, TABLE_OF_SUBJECT

_QUALITIES: Final = {code: quality for quality, code in QUALITY_CODES.items()}
_KEY_COLUMNS: Final = ("start", "length", "quality")


class CourseRow(NamedTuple):
    """One interval (UTC): amounts, and average, minimum and maximum of each gauge.

    Thousandths of the units, in the order in which the quantities were asked for;
    None is not measured.
    """

    start: datetime
    length: timedelta
    quality: Quality
    values: tuple[int | None, ...]


def read_course(
    connection: Connection,
    start: int,
    end: int,
    device_id: int,
    quantities: Sequence[str],
) -> list[CourseRow]:
    """Rows of a device that start in a span, in order; intervals without any are not."""
    rows: dict[Plain, Plain] = {}
    order: list[str] = []
    for subject in SUBJECTS:
        wanted = [key for key in subject.quantities if key in quantities]
        if not wanted:
            continue
        before = (None,) * len(order)
        order += [part for key in wanted for part in _parts_of(subject, key)]
        nothing = (None,) * (len(order) - len(before))
        columns = _columns(subject, wanted)
        found = {
            row[:3]: row[3:]
            for row in rows_of_devices(
                connection,
                TABLE_OF_SUBJECT[subject.table],
                columns,
                start,
                end,
                [device_id],
            )
        }
        rows = {
            key: (*rows.get(key, before), *found.get(key, nothing))
            for key in rows.keys() | found.keys()
        }
    if not rows:
        return []
    asked = [part for key in quantities for part in _named(key, order)]
    pick = itemgetter(*(order.index(part) for part in asked))
    is_single = len(asked) == 1
    return [
        CourseRow(
            from_epoch(key[0]),
            timedelta(seconds=key[1]),
            _QUALITIES[key[2]],
            (pick(rows[key]),) if is_single else pick(rows[key]),
        )
        for key in sorted(rows)
    ]


def _columns(subject: Subject, quantities: Sequence[str]) -> list[ColumnElement[int]]:
    of = TABLE_OF_SUBJECT[subject.table].c
    columns: list[ColumnElement[int]] = [of[name] for name in _KEY_COLUMNS]
    for key in quantities:
        if subject.is_counted:
            columns.append(of[key])
            continue
        average, below, above = (of[f"{key}_{part}"] for part in STATISTIC_PARTS)
        columns += (average, average - below, average + above)
    return columns


def _parts_of(subject: Subject, quantity: str) -> tuple[str, ...]:
    if subject.is_counted:
        return (quantity,)
    return tuple(f"{quantity}_{part}" for part in STATISTIC_PARTS)


def _named(quantity: str, order: Sequence[str]) -> list[str]:
    parts = [f"{quantity}_{part}" for part in STATISTIC_PARTS]
    return (
        [quantity] if quantity in order else [part for part in parts if part in order]
    )
