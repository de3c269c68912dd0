"""Which objects made up a list, and since when: the columns of files (S205).

A roster is a list of permanent numbers under a name, such as ``energy/devices``. It is
noted whenever it differs from the one noted last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from .grid import from_epoch, to_epoch
from .tables import ROSTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The ``members`` of a list from ``since`` (UTC) until the next roster of it."""

    since: datetime
    members: tuple[int, ...]


def remember_rosters(
    connection: Connection, lists: Mapping[str, Iterable[int]], now: datetime
) -> None:
    """Note the lists that have changed since they were noted last."""
    latest = {name: known[-1].members for name, known in rosters(connection).items()}
    changed = [
        {
            "roster": name,
            "since": to_epoch(now),
            "members": " ".join(str(number) for number in sorted(members)),
        }
        for name, members in lists.items()
        if latest.get(name) != tuple(sorted(members))
    ]
    if not changed:
        return
    at_once = [row["roster"] for row in changed]
    connection.execute(
        delete(ROSTERS).where(
            ROSTERS.c.roster.in_(at_once), ROSTERS.c.since >= to_epoch(now)
        )
    )
    connection.execute(insert(ROSTERS), changed)


def rosters(connection: Connection) -> dict[str, list[Roster]]:
    """Every list with what it held, oldest first."""
    query = select(ROSTERS).order_by(ROSTERS.c.roster, ROSTERS.c.since)
    known: dict[str, list[Roster]] = {}
    for row in connection.execute(query):
        members = tuple(int(number) for number in row.members.split())
        roster = Roster(since=from_epoch(row.since), members=members)
        known.setdefault(row.roster, []).append(roster)
    return known
