"""Which device counts where: the installation, and what was deleted from it (Q7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..archive import RememberedObject
from ..model import Installation, ObjectKind, PredefinedLoad
from .tree import MeterTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A device and the places in which it counts."""

    id: int
    name: str
    load_id: int | None
    group_ids: frozenset[int]
    board_id: int | None
    upstream_id: int | None = None
    is_excluded: bool = False
    is_archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How an object is shown; ``key`` names a predefined load for translation."""

    name: str
    color: str | None = None
    key: PredefinedLoad | None = None


class Directory:
    """Devices with their loads, groups and boards, and everybody's name."""

    def __init__(
        self, installation: Installation, remembered: Iterable[RememberedObject] = ()
    ) -> None:
        """Join the installation with the objects that the archive remembers."""
        self.site_name = installation.name
        self._labels = _labels(installation)
        self._others = next(
            (
                x.id
                for x in installation.loads.values()
                if x.key is PredefinedLoad.OTHERS
            ),
            None,
        )
        members = [
            Member(
                id=item.id,
                name=item.name,
                load_id=item.load_id,
                group_ids=frozenset(item.group_ids),
                board_id=item.board_id,
                upstream_id=item.upstream_id,
                is_excluded=item.is_excluded,
                is_archived=True,
            )
            for item in remembered
            if item.kind is ObjectKind.DEVICE and item.id not in installation.devices
        ]
        for device in installation.devices.values():
            board = installation.board_of(device)
            members.append(
                Member(
                    id=device.id,
                    name=device.name,
                    load_id=device.load_id,
                    group_ids=frozenset(device.group_ids),
                    board_id=None if board is None else board.id,
                    upstream_id=device.upstream_device_id,
                    is_excluded=device.is_excluded_from_totals,
                )
            )
        members.sort(key=lambda member: member.id)
        self.members: Mapping[int, Member] = {member.id: member for member in members}
        self.tree = MeterTree(
            {
                member.id: member.upstream_id
                for member in members
                if member.upstream_id is not None
            }
        )

    def has_load(self, member: Member) -> bool:
        """Whether a device was given a load."""
        return (ObjectKind.LOAD, member.load_id) in self._labels

    def load_of(self, member: Member) -> int | None:
        """The load that a device counts in: its own, else *others* (S95)."""
        return member.load_id if self.has_load(member) else self._others

    def knows(self, kind: ObjectKind, number: int) -> bool:
        """Whether there is, or was, such an object."""
        if kind is ObjectKind.DEVICE:
            return number in self.members
        return (kind, number) in self._labels

    def label_of(self, kind: ObjectKind, number: int) -> Label:
        """Name and colour of a known object."""
        if kind is ObjectKind.DEVICE:
            return Label(name=self.members[number].name)
        return self._labels[kind, number]


def _labels(installation: Installation) -> dict[tuple[ObjectKind, int | None], Label]:
    labels: dict[tuple[ObjectKind, int | None], Label] = {}
    for load in installation.loads.values():
        labels[ObjectKind.LOAD, load.id] = Label(
            name=load.name, color=load.color, key=load.key
        )
    for group in installation.groups.values():
        labels[ObjectKind.GROUP, group.id] = Label(name=group.name)
    for board in installation.boards.values():
        labels[ObjectKind.BOARD, board.id] = Label(name=board.name)
    return labels
