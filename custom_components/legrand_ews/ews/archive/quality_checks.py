"""What weekly checks of the power quality have found, kept for good (S88)."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from .grid import from_epoch, to_epoch
from .tables import EQ_FINDINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """One channel of a criterion of a device, in the week that begins at ``start``.

    ``worst_milli`` is in thousandths; what the words mean is not the archive's to know.
    """

    start: datetime
    device_id: int
    criterion: str
    channel: str
    edition: str
    verdict: str
    is_met: bool | None
    expected: int
    valid: int
    outside: int
    beyond: int
    worst_milli: int | None


def write_findings(connection: Connection, findings: Iterable[StoredFinding]) -> None:
    """Store the findings of weeks; they take the place of earlier ones."""
    rows = [
        asdict(finding) | {"start": to_epoch(finding.start)} for finding in findings
    ]
    table = EQ_FINDINGS
    for start, device_id in {(row["start"], row["device_id"]) for row in rows}:
        connection.execute(
            delete(table).where(table.c.start == start, table.c.device_id == device_id)
        )
    if rows:
        connection.execute(insert(table), rows)


def read_findings(
    connection: Connection, device_ids: Collection[int] | None = None
) -> list[StoredFinding]:
    """Findings of all devices or some, by week and device."""
    table = EQ_FINDINGS
    query = select(table).order_by(
        table.c.start, table.c.device_id, table.c.criterion, table.c.channel
    )
    if device_ids is not None:
        query = query.where(table.c.device_id.in_(device_ids))
    return [
        StoredFinding(**{**row, "start": from_epoch(row["start"])})
        for row in connection.execute(query).mappings()
    ]
