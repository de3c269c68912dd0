"""Deletes what is left of devices that the user removed (S91, Q7)."""

from sqlalchemy import Connection, and_, delete, select

from ..errors import ArchiveError
from ..model import ObjectKind
from .meta import past_changed
from .tables import METADATA, OBJECTS


def purge(connection: Connection, device_id: int) -> None:
    """Delete everything that was ever stored of an archived device.

    Raises ArchiveError ``archive_device_in_use`` for a device that the site has.
    """
    its = and_(OBJECTS.c.kind == ObjectKind.DEVICE.value, OBJECTS.c.id == device_id)
    if connection.scalar(select(OBJECTS.c.is_archived).where(its)) is False:
        raise ArchiveError("archive_device_in_use", device=device_id)
    for table in METADATA.sorted_tables:
        if "device_id" in table.c:
            connection.execute(delete(table).where(table.c.device_id == device_id))
    connection.execute(delete(OBJECTS).where(its))
    past_changed(connection)
