"""Which devices a query looks at, how they form series, and which of them count.

A device that is excluded from totals (S81) appears only where devices themselves are
looked at, and adds to a total only when it was asked for by number. A device in
several groups is in the series of each and once in the total.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ..errors import ConfigurationError
from ..model import ObjectKind
from .directory import Directory, Member
from .query import By, ConsumptionQuery, Level

SITE_ID: Final = 0
"""Number of the one series of a site; objects count from 1."""
_KINDS: Final[Mapping[str, ObjectKind]] = {
    Level.LOAD: ObjectKind.LOAD,
    Level.GROUP: ObjectKind.GROUP,
    Level.BOARD: ObjectKind.BOARD,
    Level.DEVICE: ObjectKind.DEVICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Series to form: ``series`` maps an object's number to its devices.

    ``kind`` is None for the series of the whole site. ``is_listed`` says that the
    series were asked for one by one and are shown even without data.
    """

    kind: ObjectKind | None
    series: Mapping[int, tuple[int, ...]]
    counted: tuple[Member, ...]
    is_listed: bool


def scope_of(query: ConsumptionQuery, directory: Directory) -> Scope:
    """Find the devices of a query.

    Raises ConfigurationError ``unknown_object`` or ``ids_without_level``.
    """
    kind = _KINDS.get(query.level)
    _check(query, kind, directory)
    wanted = None if query.ids is None else frozenset(query.ids)
    is_of_devices = kind is ObjectKind.DEVICE
    members = [
        member
        for member in directory.members.values()
        if (is_of_devices or not member.is_excluded)
        and _is_filtered_in(member, query, directory)
        and (kind is None or _chosen(places_of(member, kind, directory), wanted))
    ]
    by = query.by or (By.LOAD if query.level is Level.SITE else By.LEVEL)
    by_kind = kind if by is By.LEVEL else _KINDS[by]
    is_listed = wanted is not None and by_kind is kind
    series: dict[int, tuple[int, ...]] = {}
    for number in sorted(wanted or ()) if is_listed else ():
        series[number] = ()
    for member in members:
        for place in places_of(member, by_kind, directory):
            if not is_listed or place in series:
                series[place] = (*series.get(place, ()), member.id)
    is_asked_for = is_of_devices and wanted is not None
    return Scope(
        kind=by_kind,
        series=dict(sorted(series.items())),
        counted=tuple(m for m in members if is_asked_for or not m.is_excluded),
        is_listed=is_listed,
    )


def places_of(
    member: Member, kind: ObjectKind | None, directory: Directory
) -> tuple[int, ...]:
    """Numbers of the objects of a kind in which a device counts."""
    match kind:
        case ObjectKind.DEVICE:
            return (member.id,)
        case ObjectKind.LOAD:
            load_id = directory.load_of(member)
            return () if load_id is None else (load_id,)
        case ObjectKind.GROUP:
            return tuple(
                number for number in member.group_ids if directory.knows(kind, number)
            )
        case ObjectKind.BOARD:
            board_id = member.board_id
            is_known = board_id is not None and directory.knows(kind, board_id)
            return (board_id,) if board_id is not None and is_known else ()
        case _:
            return (SITE_ID,)


def _check(
    query: ConsumptionQuery, kind: ObjectKind | None, directory: Directory
) -> None:
    if query.ids is not None and kind is None:
        raise ConfigurationError("ids_without_level", field="ids")
    named = [
        *(("ids", kind, number) for number in query.ids or ()),
        ("load", ObjectKind.LOAD, query.load),
        ("group", ObjectKind.GROUP, query.group),
    ]
    for field, of, number in named:
        if of is None or number is None or directory.knows(of, number):
            continue
        raise ConfigurationError("unknown_object", field=field, kind=of, id=number)


def _is_filtered_in(
    member: Member, query: ConsumptionQuery, directory: Directory
) -> bool:
    if query.load is not None and directory.load_of(member) != query.load:
        return False
    return query.group is None or query.group in member.group_ids


def _chosen(places: Iterable[int], wanted: frozenset[int] | None) -> bool:
    return any(wanted is None or place in wanted for place in places)
