"""Takes an import of history away again."""

from dataclasses import dataclass
from datetime import datetime
from itertools import batched, groupby
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    and_,
    delete,
    func,
    select,
    update as sql_update,
)

from ..errors import ArchiveError
from ..quantities import FLUID_COUNTERS
from .grid import from_epoch
from .imports import update_amounts
from .known import Pair
from .meta import kept_from
from .tables import (
    FLUID_CODES,
    FLUID_COLUMNS,
    IMPORT_CHANGES,
    IMPORTS,
    TABLE_OF_QUANTITY,
    TOTALS,
)

_BATCH: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport:
    """An import that can be undone: how many amounts it wrote, when (UTC)."""

    token: str
    at: datetime
    written: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undone import had touched: times in seconds since 1970, and counters."""

    first: int
    last: int
    counters: frozenset[Pair]


def undo_import(connection: Connection, token: str) -> Undone | None:
    """Put back what stood there before; None where the import had written nothing.

    Raises ArchiveError ``import_unknown``, and ``import_past_keeping`` where samples
    of that time were deleted since, so that what was imported cannot be told apart.
    """
    at = connection.scalar(select(IMPORTS.c.at).where(IMPORTS.c.token == token))
    if at is None:
        raise ArchiveError("import_unknown", token=token)
    changes = IMPORT_CHANGES.c
    own = changes.token == token
    first, last = connection.execute(
        select(func.min(changes.start), func.max(changes.start + changes.length)).where(
            own
        )
    ).one()
    rows = connection.execute(
        select(
            changes.quantity,
            changes.device_id,
            changes.start,
            changes.length,
            changes.before_milli,
            changes.amount_milli,
        )
        .where(own)
        .order_by(changes.quantity)
    ).all()
    kept = kept_from(connection)
    for quantity, changed in groupby(rows, key=lambda row: row.quantity):
        column = TABLE_OF_QUANTITY[quantity].c[quantity]
        if first < kept.get(column.table.name, first):
            raise ArchiveError("import_past_keeping")
        replaced = _replaced(connection, token, at, quantity, (first, last))
        for batch in batched(changed, _BATCH, strict=False):
            put_back = []
            for _, device_id, start, length, before, amount in batch:
                key = (device_id, start, length)
                later = replaced.get((*key, amount)) or replaced.get((*key, None))
                if later is None:
                    put_back.append((*key, before))
                else:
                    _inherit(connection, later, quantity, key, before)
            update_amounts(connection, column, put_back)
        _drop_empty(connection, column, first, last)
    connection.execute(delete(IMPORT_CHANGES).where(own))
    connection.execute(delete(IMPORTS).where(IMPORTS.c.token == token))
    if not rows:
        return None
    counters = frozenset((row.device_id, row.quantity) for row in rows)
    return Undone(first=first, last=last, counters=counters)


def _replaced(
    connection: Connection, token: str, at: int, quantity: str, span: tuple[int, int]
) -> dict[tuple[int, int, int, int | None], str]:
    """Name the next import that replaced what this one had written, where one did.

    By device, start and length; for an import of the same second, which may also have
    been the earlier one, by the amount that it replaced, too.
    """
    changes = IMPORT_CHANGES.c
    query = (
        select(
            changes.device_id,
            changes.start,
            changes.length,
            changes.before_milli,
            IMPORTS.c.token,
            IMPORTS.c.at,
        )
        .join(IMPORTS, IMPORTS.c.token == changes.token)
        .where(
            changes.quantity == quantity,
            changes.start >= span[0],
            changes.start < span[1],
            changes.before_milli.is_not(None),
            IMPORTS.c.token != token,
            IMPORTS.c.at >= at,
        )
        .order_by(IMPORTS.c.at.desc())
    )
    return {
        (
            row.device_id,
            row.start,
            row.length,
            row.before_milli if row.at == at else None,
        ): (row.token)
        for row in connection.execute(query)
    }


def _inherit(
    connection: Connection,
    token: str,
    quantity: str,
    key: tuple[int, int, int],
    before_milli: int | None,
) -> None:
    """Let the undoing of a later import put back what stood before both."""
    changes = IMPORT_CHANGES.c
    device_id, start, length = key
    connection.execute(
        sql_update(IMPORT_CHANGES)
        .where(
            changes.token == token,
            changes.quantity == quantity,
            changes.device_id == device_id,
            changes.start == start,
            changes.length == length,
        )
        .values(before_milli=before_milli)
    )


def imported(connection: Connection) -> dict[Pair, int]:
    """By how many thousandths imports have changed what is known of each counter."""
    changes = IMPORT_CHANGES.c
    gained = func.sum(changes.amount_milli - func.coalesce(changes.before_milli, 0))
    query = select(changes.device_id, changes.quantity, gained).group_by(
        changes.device_id, changes.quantity
    )
    return {(d, q): int(milli) for d, q, milli in connection.execute(query)}


def narrow_totals(connection: Connection, undone: Undone) -> None:
    """Let totals begin and end where samples do, and drop those of which none is left."""
    for fluid, counter in FLUID_COUNTERS.items():
        column, code = FLUID_COLUMNS[fluid], FLUID_CODES[fluid]
        rows = column.table.c
        kept = kept_from(connection).get(column.table.name, 0)
        for device_id in sorted(d for d, q in undone.counters if q == counter):
            total = (TOTALS.c.fluid == code, TOTALS.c.device_id == device_id)
            first, last = connection.execute(
                select(func.min(rows.start), func.max(rows.start + rows.length)).where(
                    rows.device_id == device_id, column.is_not(None)
                )
            ).one()
            begun = connection.scalar(select(TOTALS.c.first_start).where(*total))
            if begun is None:
                continue
            if first is None and begun >= kept:
                connection.execute(delete(TOTALS).where(*total))
            elif first is not None:
                first = begun if begun < kept else first
                connection.execute(
                    sql_update(TOTALS)
                    .where(*total)
                    .values(first_start=first, last_end=last)
                )


def past_imports(connection: Connection) -> list[PastImport]:
    """Imports that can be undone, the latest first."""
    query = select(IMPORTS).order_by(IMPORTS.c.at.desc(), IMPORTS.c.token)
    return [
        PastImport(token=row.token, at=from_epoch(row.at), written=row.written)
        for row in connection.execute(query)
    ]


def _drop_empty(
    connection: Connection, column: Column[int], first: int, last: int
) -> None:
    """Delete the rows between two instants in which nothing is left."""
    table = column.table
    values = [c for c in table.c if not c.primary_key and c.name != "quality"]
    connection.execute(
        delete(table).where(
            table.c.start >= first,
            table.c.start < last,
            and_(*(value.is_(None) for value in values)),
        )
    )
