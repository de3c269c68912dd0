"""Remote IDs: what a master asks a slave Energy Web Server for (S131-S134)."""

from enum import StrEnum
from types import MappingProxyType
from typing import Final

REMOTE_ID: Final = "remote_id"
"""Name of the parameter that holds a device's remote ID."""
SLAVE_UNIT: Final = 247
"""Unit at which every slave server answers; no other device may have it (S130)."""
ALL_LOADS_ID: Final = 29_999
"""Active energy of all electrical loads together (S134)."""


class RemoteKind(StrEnum):
    """Kinds of objects of a slave server whose active energy can be asked for."""

    DEVICE = "device"
    LOAD = "load"
    GROUP = "group"
    ALL = "all"


_FIRST: Final = MappingProxyType(
    {
        RemoteKind.DEVICE: 10_000,
        RemoteKind.LOAD: 20_000,
        RemoteKind.GROUP: 30_000,
        RemoteKind.ALL: ALL_LOADS_ID,
    }
)
_LAST: Final = MappingProxyType(
    {
        RemoteKind.DEVICE: 19_999,
        RemoteKind.LOAD: ALL_LOADS_ID - 1,
        RemoteKind.GROUP: 39_999,
        RemoteKind.ALL: ALL_LOADS_ID,
    }
)
FIRST_REMOTE_ID: Final = min(_FIRST.values())
LAST_REMOTE_ID: Final = max(_LAST.values())


def largest_number(kind: RemoteKind) -> int:
    """Return the largest number of an object that a remote ID can name."""
    return _LAST[kind] - _FIRST[kind]


def remote_id(kind: RemoteKind, number: int = 0) -> int:
    """Return the ID of a slave's object; ``number`` is its number there.

    Nothing is asked for all loads, so ``number`` is not used there. The number must be
    between 0 and ``largest_number``.
    """
    return ALL_LOADS_ID if kind is RemoteKind.ALL else _FIRST[kind] + number


def remote_object(number: int) -> tuple[RemoteKind, int] | None:
    """Return the kind and the number that a remote ID names; None where it names none."""
    for kind in (RemoteKind.ALL, RemoteKind.DEVICE, RemoteKind.LOAD, RemoteKind.GROUP):
        if _FIRST[kind] <= number <= _LAST[kind]:
            return kind, number - _FIRST[kind]
    return None
