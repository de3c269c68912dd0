"""What one device recorded, row by row as plain numbers: the way files want it.

A month of a meter has half a million numbers; as samples they would be half a million
objects, and take three times as long.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
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
    found: list[dict[Plain, Plain]] = []
    places: dict[str, int] = {}
    nothing: list[Plain] = []
    width = 0
    for subject in SUBJECTS:
        wanted = tuple(key for key in subject.quantities if key in quantities)
        if not wanted:
            continue
        columns = _columns(subject, wanted)
        rows = rows_of_devices(
            connection,
            TABLE_OF_SUBJECT[subject.table],
            columns,
            start,
            end,
            [device_id],
        )
        found.append({row[:3]: row for row in rows})
        nothing.append((None,) * len(columns))
        parts = (part for key in wanted for part in _parts_of(subject, key))
        places |= {part: place for place, part in enumerate(parts, width + 3)}
        width += len(columns)
    asked = [places[part] for key in quantities for part in _named(key, places)]
    if not asked:
        return []
    # One more, since a getter of one place gives no tuple.
    pick = itemgetter(*asked, 0)
    return [
        CourseRow(
            from_epoch(key[0]),
            timedelta(seconds=key[1]),
            _QUALITIES[key[2]],
            pick(_joined(key, found, nothing))[:-1],
        )
        for key in sorted(set().union(*found))
    ]


def _joined(
    key: Plain, found: Sequence[Mapping[Plain, Plain]], nothing: Sequence[Plain]
) -> Plain:
    """The rows of every subject behind one another."""
    joined: Plain = ()
    for rows, absent in zip(found, nothing, strict=True):
        joined += rows.get(key, absent)
    return joined


@lru_cache(maxsize=64)
def _columns(
    subject: Subject, quantities: tuple[str, ...]
) -> tuple[ColumnElement[int], ...]:
    of = TABLE_OF_SUBJECT[subject.table].c
    columns: list[ColumnElement[int]] = [of[name] for name in _KEY_COLUMNS]
    for key in quantities:
        if subject.is_counted:
            columns.append(of[key])
            continue
        average, below, above = (of[f"{key}_{part}"] for part in STATISTIC_PARTS)
        columns += (average, average - below, average + above)
    return tuple(columns)


def _parts_of(subject: Subject, quantity: str) -> tuple[str, ...]:
    if subject.is_counted:
        return (quantity,)
    return tuple(f"{quantity}_{part}" for part in STATISTIC_PARTS)


def _named(quantity: str, order: Collection[str]) -> list[str]:
    parts = [f"{quantity}_{part}" for part in STATISTIC_PARTS]
    return (
        [quantity] if quantity in order else [part for part in parts if part in order]
    )
