"""Numbers of quantities, and which quantities were ever stored of a device."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, insert, select

from ..metering import Sample
from ..quantities import QUANTITIES
from .dialects import replace
from .tables import QUANTITY_NUMBERS, RECORDED

type Numbers = dict[str, int]
type Pair = tuple[int, str]
"""A device and a quantity."""


def number_quantities(connection: Connection) -> None:
    """Give every quantity that has none yet the next free number."""
    known = numbers(connection)
    following = max(known.values(), default=0) + 1
    new = [key for key, q in QUANTITIES.items() if q.is_archived and key not in known]
    if new:
        connection.execute(
            insert(QUANTITY_NUMBERS),
            [
                {"number": number, "quantity": key, "unit": QUANTITIES[key].unit.value}
                for number, key in enumerate(new, following)
            ],
        )


def numbers(connection: Connection) -> Numbers:
    """The number of each quantity."""
    columns = QUANTITY_NUMBERS.c
    query = select(columns.quantity, columns.number)
    return {row.quantity: row.number for row in connection.execute(query)}


def recorded(connection: Connection) -> set[Pair]:
    """Every device and quantity that was ever stored."""
    query = select(RECORDED.c.device_id, QUANTITY_NUMBERS.c.quantity).join(
        QUANTITY_NUMBERS, QUANTITY_NUMBERS.c.number == RECORDED.c.quantity
    )
    return {(device_id, quantity) for device_id, quantity in connection.execute(query)}


def pairs_of(samples: Iterable[Sample]) -> set[Pair]:
    """Every device and quantity of some samples."""
    return {
        (sample.device_id, quantity)
        for sample in samples
        for quantities in (sample.amounts_milli, sample.statistics)
        for quantity in quantities
    }


def record(connection: Connection, pairs: Collection[Pair]) -> None:
    """Note devices and quantities as stored."""
    if not pairs:
        return
    number = numbers(connection)
    replace(
        connection,
        RECORDED,
        [{"device_id": d, "quantity": number[q]} for d, q in sorted(pairs)],
    )


def by_device(
    pairs: Iterable[Pair], device_ids: Collection[int] | None
) -> dict[int, frozenset[str]]:
    """Quantities of each device, of all or some."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for device_id, quantity in pairs:
        if device_ids is None or device_id in device_ids:
            found[device_id].add(quantity)
    return {device_id: frozenset(known) for device_id, known in found.items()}
