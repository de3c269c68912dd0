"""Which devices a query looks at, how they form series, and which of them count.

A device that is excluded from totals (S81) appears only where devices themselves are
looked at, and adds to a total only when it was asked for by number. A device in
several groups is in the series of each and once in the total.

What flows through a sub-meter counts where the sub-meter counts, and no longer where
its main meter does: loads, boards and the devices of a whole share all that was
consumed among them. A group looks at its own meters only, so that a main meter alone
in a group stands for everything behind it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
class Part:
    """One series: what ``devices`` count by themselves where ``among`` are looked at.

    ``kind`` is None for the whole site. Without ``among`` the devices' readings are
    taken as they are. ``is_rest`` is what a main meter counts beyond its sub-meters.
    """

    kind: ObjectKind | None
    id: int
    devices: tuple[int, ...]
    among: frozenset[int] | None
    is_rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Series to form, and who counts in the total.

    ``counted`` are part of ``among``, within which sub-meters are told from main
    meters. ``is_listed`` says that the series were asked for one by one and are shown
    even without data.
    """

    parts: Sequence[Part]
    counted: tuple[Member, ...]
    among: frozenset[int]
    is_listed: bool


def scope_of(query: ConsumptionQuery, directory: Directory) -> Scope:
    """Find the devices of a query.

    Raises ConfigurationError ``unknown_object`` or ``ids_without_level``.
    """
    kind = _KINDS.get(query.level)
    _check(query, kind, directory)
    wanted = None if query.ids is None else frozenset(query.ids)
    is_of_devices = kind is ObjectKind.DEVICE
    is_asked_for = is_of_devices and wanted is not None
    by = query.by or (By.LOAD if query.level is Level.SITE else By.LEVEL)
    by_kind = kind if by is By.LEVEL else _KINDS[by]
    everybody = [
        member
        for member in directory.members.values()
        if query.group is None or query.group in member.group_ids
    ]
    if is_asked_for:
        among = frozenset(wanted or ())
    else:
        named = Places(directory, frozenset())
        among = frozenset(
            member.id
            for member in everybody
            if not member.is_excluded
            and (kind is not ObjectKind.GROUP or named.holds(member, kind, wanted))
        )
    places = Places(directory, among)
    members = [
        member
        for member in everybody
        if (is_of_devices or not member.is_excluded)
        and (query.load is None or directory.load_of(member) == query.load)
        and places.holds(member, kind, wanted)
    ]
    counted = tuple(
        member
        for member in members
        if member.id in among
        and (query.load is None or query.load in places.of(member, ObjectKind.LOAD))
    )
    is_listed = wanted is not None and by_kind is kind
    listed = sorted(wanted or ()) if is_listed else []
    if is_of_devices and by_kind is ObjectKind.DEVICE:
        parts = _details(members, directory, listed)
    else:
        parts = _split(counted, by_kind, places, listed)
    return Scope(parts=tuple(parts), counted=counted, among=among, is_listed=is_listed)


def devices_to_read(scope: Scope, directory: Directory) -> frozenset[int] | None:
    """Devices whose amounts an answer needs; None for all of them.

    What lies behind a device tells what it has counted by itself.
    """
    shown = {number for part in scope.parts for number in part.devices}
    shown.update(member.id for member in scope.counted)
    needed = directory.tree.behind(shown).union(shown)
    return None if needed >= directory.members.keys() else needed


class Places:
    """The objects in which devices count, where ``among`` are looked at."""

    def __init__(self, directory: Directory, among: frozenset[int]) -> None:
        """Find the main meters of ``among``."""
        self.directory = directory
        self.among = among
        self.mains = directory.tree.main_meters(among)

    def of(self, member: Member, kind: ObjectKind | None) -> tuple[int, ...]:
        """Numbers of the objects of a kind in which a device counts.

        The rest of a main meter that was given no load is in none: it is what nobody
        has measured, not the load *others*.
        """
        match kind:
            case ObjectKind.DEVICE:
                return (member.id,)
            case ObjectKind.LOAD:
                load_id = self.directory.load_of(member)
                is_rest = self.is_unmeasured(member)
                return () if load_id is None or is_rest else (load_id,)
            case ObjectKind.GROUP:
                return tuple(
                    number
                    for number in member.group_ids
                    if self.directory.knows(kind, number)
                )
            case ObjectKind.BOARD:
                board_id = member.board_id
                is_known = board_id is not None and self.directory.knows(kind, board_id)
                return (board_id,) if board_id is not None and is_known else ()
            case _:
                return (SITE_ID,)

    def holds(
        self, member: Member, kind: ObjectKind | None, wanted: frozenset[int] | None
    ) -> bool:
        """Whether a device counts in one of the objects that are wanted, or in any."""
        if wanted is None and kind is ObjectKind.LOAD:
            return True
        return any(wanted is None or x in wanted for x in self.of(member, kind))

    def is_unmeasured(self, member: Member) -> bool:
        """Whether what a device counts by itself is nobody's load."""
        return member.id in self.mains and not self.directory.has_load(member)


def group_members(directory: Directory, group_id: int) -> frozenset[int]:
    """Devices that count in a group: what lies behind one of them is inside it."""
    return frozenset(
        member.id
        for member in directory.members.values()
        if group_id in member.group_ids and not member.is_excluded
    )


def _details(
    members: Iterable[Member], directory: Directory, listed: Sequence[int]
) -> Iterator[Part]:
    """Devices as they read, then what main meters count beyond their sub-meters."""
    shown = listed or [member.id for member in members]
    for number in shown:
        yield Part(kind=ObjectKind.DEVICE, id=number, devices=(number,), among=None)
    everybody = frozenset(directory.members)
    mains = directory.tree.main_meters(everybody)
    for number in shown:
        if number in mains:
            yield Part(
                kind=ObjectKind.DEVICE,
                id=number,
                devices=(number,),
                among=everybody,
                is_rest=True,
            )


def _split(
    members: Iterable[Member],
    by_kind: ObjectKind | None,
    places: Places,
    listed: Sequence[int],
) -> Iterator[Part]:
    """Cut what devices count by themselves into the objects of a kind."""
    series: dict[int, tuple[int, ...]] = dict.fromkeys(listed, ())
    rests: list[int] = []
    for member in members:
        is_main = by_kind is ObjectKind.DEVICE and member.id in places.mains
        if is_main or (by_kind is ObjectKind.LOAD and places.is_unmeasured(member)):
            rests.append(member.id)
            continue
        for place in places.of(member, by_kind):
            if not listed or place in series:
                series[place] = (*series.get(place, ()), member.id)
    for number, devices in sorted(series.items()):
        among = places.among
        if by_kind is ObjectKind.GROUP:
            among = group_members(places.directory, number) | set(devices)
        yield Part(kind=by_kind, id=number, devices=devices, among=among)
    for number in rests:
        yield Part(
            kind=ObjectKind.DEVICE,
            id=number,
            devices=(number,),
            among=places.among,
            is_rest=True,
        )


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
