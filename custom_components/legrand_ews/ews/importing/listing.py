"""Samples of history as a list, the way an action brings them."""

from collections.abc import Container, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ..archive import ImportRow
from ..model.plain_data import Data, decimal_of
from ..model.problems import Problem
from .instants import instant, written_time
from .mapping import checked_length, is_importable
from .noting import Noted

_MOST_MILLI: Final = 10**18
"""More than any meter counts, and than the archive can store and sum up."""


def listed_rows(
    samples: Sequence[Data], devices: Container[int], zone: ZoneInfo, noted: Noted
) -> Iterator[ImportRow]:
    """Read ``{"device", "start", "length", "quantity", "value"}``, numbered from 1.

    ``value`` is the amount in the interval, in the quantity's unit; ``length`` counts
    seconds; a ``start`` without an offset is of the site's wall clock. What cannot be
    read is noted and left out.
    """
    for number, sample in enumerate(samples, start=1):
        row = _row(number, sample, devices, zone, noted)
        if row is not None:
            yield row


def _row(
    number: int,
    sample: Data,
    devices: Container[int],
    zone: ZoneInfo,
    noted: Noted,
) -> ImportRow | None:
    wrong: list[Problem] = []
    device, quantity = sample.get("device"), str(sample.get("quantity"))
    if device not in devices or not isinstance(device, int):
        noted.add(number, "device", "import_device_unknown", device=device)
        return None
    if not is_importable(quantity):
        noted.add(number, "quantity", "import_quantity_unknown", quantity=quantity)
        return None
    start = _instant(sample.get("start"), zone)
    if start is None:
        value = sample.get("start")
        noted.add(number, "start", "import_time_invalid", value=value)
        return None
    length = checked_length(sample.get("length"), "length", wrong)
    if length is None:
        noted.add(number, "length", wrong[0].key, **wrong[0].placeholders)
        return None
    value = decimal_of(sample.get("value"))
    if value is None:
        said = sample.get("value")
        noted.add(number, "value", "import_number_invalid", value=said)
        return None
    return ImportRow(
        number=number,
        device_id=device,
        quantity=quantity,
        start=start,
        length=length,
        amount_milli=int((value * 1000).to_integral_value()),
    )


def _instant(value: object, zone: ZoneInfo) -> datetime | None:
    time = value if isinstance(value, datetime) else written_time(str(value), None)
    if time is not None and time.tzinfo is None:
        time = time.replace(tzinfo=zone)
    return None if time is None else instant(time)


def checked(
    rows: Iterator[ImportRow], now: datetime, noted: Noted
) -> Iterator[ImportRow]:
    """Hold back rows that no meter can have counted, or that are not over yet."""
    for row in rows:
        if row.amount_milli < 0:
            noted.add(row.number, "value", "import_negative")
        elif row.amount_milli >= _MOST_MILLI:
            amount = row.amount_milli // 1000
            noted.add(row.number, "value", "import_too_large", value=amount)
        elif row.start + row.length > now:
            noted.add(row.number, "start", "import_in_future")
        elif row.start.microsecond or row.length % timedelta(seconds=1):
            noted.add(row.number, "start", "import_not_whole_seconds")
        else:
            yield row
