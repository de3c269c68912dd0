"""Names and places of every object, also of those that were deleted (Q7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from ..model import Installation, ObjectKind
from .grid import from_epoch, to_epoch
from .tables import OBJECTS


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedObject:
    """An object as it was when it was last part of the installation (UTC)."""

    kind: ObjectKind
    id: int
    name: str
    load_id: int | None = None
    group_ids: tuple[int, ...] = ()
    board_id: int | None = None
    color: str | None = None
    upstream_id: int | None = None
    is_excluded: bool = False
    is_archived: bool = False
    first_seen: datetime
    last_seen: datetime


def remember(connection: Connection, installation: Installation, now: datetime) -> None:
    """Note every object; those that are gone are marked archived."""
    first_seen = {
        (row.kind, row.id): row.first_seen
        for row in connection.execute(
            select(OBJECTS.c.kind, OBJECTS.c.id, OBJECTS.c.first_seen)
        )
    }
    seen = to_epoch(now)
    # Until now they were there: nobody looks between two starts of a site.
    connection.execute(
        update(OBJECTS)
        .where(OBJECTS.c.is_archived.is_(False))
        .values(is_archived=True, last_seen=seen)
    )
    rows = []
    for row in _rows(installation):
        key = (str(row["kind"]), int(str(row["id"])))
        connection.execute(
            delete(OBJECTS).where(OBJECTS.c.kind == key[0], OBJECTS.c.id == key[1])
        )
        row |= {"first_seen": first_seen.get(key, seen), "last_seen": seen}
        rows.append(row)
    if rows:
        connection.execute(insert(OBJECTS), rows)


def remembered(connection: Connection) -> list[RememberedObject]:
    """Every object that the site ever had, in order of kind and number."""
    query = select(OBJECTS).order_by(OBJECTS.c.kind, OBJECTS.c.id)
    return [
        RememberedObject(
            kind=ObjectKind(row.kind),
            id=row.id,
            name=row.name,
            load_id=row.load_id,
            group_ids=tuple(int(number) for number in row.group_ids.split()),
            board_id=row.board_id,
            color=row.color,
            upstream_id=row.upstream_id,
            is_excluded=row.is_excluded,
            is_archived=row.is_archived,
            first_seen=from_epoch(row.first_seen),
            last_seen=from_epoch(row.last_seen),
        )
        for row in connection.execute(query)
    ]


def _rows(installation: Installation) -> Iterator[dict[str, object]]:
    for gateway in installation.gateways.values():
        yield _row(ObjectKind.GATEWAY, gateway.id, gateway.name)
    for load in installation.loads.values():
        yield _row(ObjectKind.LOAD, load.id, load.name) | {"color": load.color}
    for group in installation.groups.values():
        yield _row(ObjectKind.GROUP, group.id, group.name)
    for board in installation.boards.values():
        yield _row(ObjectKind.BOARD, board.id, board.name)
    for device in installation.devices.values():
        board_of_it = installation.board_of(device)
        yield _row(ObjectKind.DEVICE, device.id, device.name) | {
            "load_id": device.load_id,
            "group_ids": " ".join(str(number) for number in device.group_ids),
            "board_id": None if board_of_it is None else board_of_it.id,
            "upstream_id": device.upstream_device_id,
            "is_excluded": device.is_excluded_from_totals,
        }


_DEFAULTS: Mapping[str, object] = {
    "load_id": None,
    "group_ids": "",
    "board_id": None,
    "color": None,
    "upstream_id": None,
    "is_excluded": False,
    "is_archived": False,
}


def _row(kind: ObjectKind, number: int, name: str) -> dict[str, object]:
    return {"kind": kind.value, "id": number, "name": name, **_DEFAULTS}
