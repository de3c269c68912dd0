"""What a file would change in an installation, and everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from ..catalogue import Catalogue
from ..charging.settings import ChargingSettings
from ..model import (
    Charger,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    TcpLink,
)
from ..model.problems import problem
from ..model.rules import check_removal, default_device_name, default_gateway_name
from .cells import Cells
from .charging_plan import plan_charging
from .describing import values_of
from .devices import DeviceReader, parameter_names
from .numbering import Numbering
from .parts import (
    NEW_LOAD_COLOR,
    read_charger,
    read_gateway,
    read_group,
    read_load,
)
from .references import Directory, directories
from .removing import without
from .rows import COLUMNS, KIND, KINDS, Inventory, Part, Row, RowProblem, at_row
from .sites import check_part, parts_of, with_part

_FIELDS: Final = MappingProxyType(
    {
        "gateway_id": "gateway",
        "board_id": "board",
        "load_id": "load",
        "group_ids": "groups",
        "side": "position",
        "eq_device_id": "eq_device",
        "upstream_device_id": "behind_meter",
    }
)
"""Columns for the fields that the rules speak of, where their names differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An object as it is to be stored, or one that is to go."""

    kind: ObjectKind
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a file would do. It may be done only if nothing is wrong with it.

    ``next_ids`` are the counters of permanent numbers afterwards.
    """

    added: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    unchanged: tuple[Change, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    installation: Installation
    """The installation afterwards."""
    charging: ChargingSettings | None = None
    """The settings of the load management, where they change."""
    next_ids: Mapping[str, int]

    @property
    def is_possible(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def plan(
    inventory: Inventory,
    installation: Installation,
    catalogue: Catalogue,
    next_ids: Mapping[str, int] = MappingProxyType({}),
    *,
    charging: ChargingSettings | None = None,
    remove_missing: bool = False,
) -> Plan:
    """Compare a file with an installation.

    A row means the object with its number, else the one with its name, else a new one;
    a number that the site does not have becomes the number of a new object. With
    ``remove_missing``, objects that the file leaves out go, of the kinds that it
    speaks of. ``charging`` is the load management as it is stored.
    """
    return _Planner(
        inventory, installation, catalogue, next_ids, charging or ChargingSettings()
    ).plan(remove_missing=remove_missing)


@dataclass(slots=True, kw_only=True)
class _Target:
    """A row and the object that it means; ``stored`` is None for a new one."""

    row: Row
    cells: Cells
    number: int
    stored: Part | None


class _Planner:
    def __init__(
        self,
        inventory: Inventory,
        before: Installation,
        catalogue: Catalogue,
        next_ids: Mapping[str, int],
        charging: ChargingSettings,
    ) -> None:
        self._charging_before = charging
        self._inventory = inventory
        self._before = before
        self._catalogue = catalogue
        self._names = directories(before)
        self._numbering = Numbering(inventory, before, self._names, next_ids)
        self._after = before
        self._problems = list(inventory.problems)
        self._unread = {(x.row, x.field) for x in inventory.problems}
        self._targets: dict[ObjectKind, list[_Target]] = {}

    def plan(self, *, remove_missing: bool) -> Plan:
        self._check_columns()
        for kind in KINDS:
            self._targets[kind] = [
                self._target(row, number)
                for row, number in self._numbering.identify(kind)
            ]
        self._problems += self._numbering.problems
        removed = self._missing() if remove_missing else ()
        gone = {(change.kind, change.part.id) for change in removed}
        self._after = without(self._after, gone)
        for kind in KINDS:
            self._put_in(kind)
        self._put_quality_devices()
        self._put_main_meters()
        for kind in KINDS:
            self._check(kind)
        for change in removed:
            self._check_removal(change)
        charging, problems = plan_charging(
            self._inventory.charging,
            self._charging_before,
            (self._before, self._after),
            self._catalogue,
            {x.number: x.row.number for x in self._targets[ObjectKind.CHARGER]},
            remove_missing=remove_missing,
        )
        self._problems += problems
        return self._result(removed, charging)

    def _check_columns(self) -> None:
        known = {KIND, *parameter_names(self._catalogue)}.union(*COLUMNS.values())
        for column, row in self._inventory.columns.items():
            if column not in known:
                self._note(row, column, "import_column_unknown", column=column)
        says_nothing = not self._inventory.kinds and self._inventory.charging is None
        if says_nothing and not self._problems:
            self._note(None, "base", "import_empty")

    def _note(self, row: int | None, at: str, key: str, **placeholders: object) -> None:
        self._problems.append(at_row(row, problem(at, key, **placeholders)))

    def _target(self, row: Row, number: int) -> _Target:
        stored = parts_of(self._before, row.kind).get(number)
        described = (
            {} if stored is None else values_of(stored, self._names, self._catalogue)
        )
        cells = Cells(row, described)
        own = COLUMNS[row.kind]
        others = {
            name for names in COLUMNS.values() for name in names if name not in own
        }
        if row.kind is not ObjectKind.DEVICE:
            others |= parameter_names(self._catalogue)
        cells.refuse(sorted(others & row.cells.keys()))
        if isinstance(stored, Load) and stored.key is not None and cells.says("name"):
            self._check_predefined(stored, cells)
        return _Target(row=row, cells=cells, number=number, stored=stored)

    def _check_predefined(self, load: Load, cells: Cells) -> None:
        """A predefined load is called as everywhere, by its key or its name here."""
        if self._names[ObjectKind.LOAD].named(cells.text("name", "")) != load.id:
            cells.note("name", "import_name_fixed", name=load.name)

    def _missing(self) -> tuple[Change, ...]:
        return tuple(
            Change(kind=kind, part=part)
            for kind in KINDS
            if kind in self._inventory.kinds
            for number, part in parts_of(self._before, kind).items()
            if number not in {target.number for target in self._targets[kind]}
            and not (isinstance(part, Load) and part.key is not None)
        )

    def _put_in(self, kind: ObjectKind) -> None:
        for target in self._targets[kind]:
            self._put(self._read(kind, target))

    def _read(self, kind: ObjectKind, target: _Target) -> Part:
        number, cells = target.number, target.cells
        match kind:
            case ObjectKind.BOARD:
                board = self._after.boards.get(number)
                return read_group(board or PanelBoard(id=number, name=""), cells)
            case ObjectKind.GROUP:
                group = self._after.groups.get(number)
                return read_group(group or MeasureGroup(id=number, name=""), cells)
            case ObjectKind.LOAD:
                load = self._after.loads.get(number)
                new = Load(id=number, name="", color=NEW_LOAD_COLOR)
                return read_load(load or new, cells)
            case ObjectKind.GATEWAY:
                return self._read_gateway(number, cells)
            case ObjectKind.DEVICE:
                return self._read_device(number, cells)
            case ObjectKind.CHARGER:
                charger = self._after.chargers.get(number)
                return read_charger(charger or Charger(id=number, name=""), cells)

    def _read_gateway(self, number: int, cells: Cells) -> Gateway:
        stored = self._after.gateways.get(number)
        new = Gateway(id=number, name="", link=TcpLink(host=""))
        gateway = read_gateway(stored or new, cells, self._places(ObjectKind.BOARD))
        if not gateway.name:
            gateway = replace(
                gateway, name=default_gateway_name(gateway.link, self._after)
            )
        return gateway

    def _read_device(self, number: int, cells: Cells) -> Device:
        reader = DeviceReader(
            catalogue=self._catalogue,
            places={
                kind: self._places(kind)
                for kind in (ObjectKind.GATEWAY, ObjectKind.LOAD, ObjectKind.GROUP)
            },
        )
        stored = self._after.devices.get(number)
        device = reader.read(stored or reader.new(number), cells)
        if not device.name:
            device = replace(device, name=default_device_name(device, self._after))
            if "address" in cells.failed:
                cells.failed.add("name")  # there is nothing to name it after
        return device

    def _put_quality_devices(self) -> None:
        """Let gateways speak of their devices, which come after them (S87)."""
        places = self._places(ObjectKind.DEVICE)
        for target in self._targets[ObjectKind.GATEWAY]:
            gateway = self._after.gateways[target.number]
            number = target.cells.reference("eq_device", places, gateway.eq_device_id)
            self._put(replace(gateway, eq_device_id=number))

    def _put_main_meters(self) -> None:
        """Let sub-meters speak of their main meters, wherever those stand (S81)."""
        places = self._places(ObjectKind.DEVICE)
        for target in self._targets[ObjectKind.DEVICE]:
            device = self._after.devices[target.number]
            number = target.cells.reference(
                "behind_meter", places, device.upstream_device_id
            )
            self._put(replace(device, upstream_device_id=number))

    def _places(self, kind: ObjectKind) -> tuple[Directory, ...]:
        """Return where a name is looked up: as it will be, then as it was."""
        after = parts_of(self._after, kind)
        before = {x: y for x, y in parts_of(self._before, kind).items() if x in after}
        return Directory(after), Directory(before)

    def _put(self, part: Part) -> None:
        self._after = with_part(self._after, part)

    def _check(self, kind: ObjectKind) -> None:
        """Hold every object that is new or other than before against the rules."""
        for target in self._targets[kind]:
            cells = target.cells
            part = parts_of(self._after, kind)[target.number]
            self._problems += cells.problems
            if part == target.stored:
                continue
            old = (
                []
                if target.stored is None
                else check_part(target.stored, self._before, self._catalogue)
            )
            for found in check_part(part, self._checked_site, self._catalogue):
                field = _FIELDS.get(found.field, found.field)
                if (
                    field not in cells.failed
                    and found not in old
                    and (target.row.number, field) not in self._unread
                ):
                    self._problems.append(at_row(target.row.number, found, field))

    @property
    def _checked_site(self) -> Installation:
        """The site without devices that have no place yet: they are nobody's rival."""
        unplaced = {
            target.number
            for target in self._targets[ObjectKind.DEVICE]
            if not target.cells.failed.isdisjoint(_PLACE)
        }
        if not unplaced:
            return self._after
        devices = {x: y for x, y in self._after.devices.items() if x not in unplaced}
        return replace(self._after, devices=devices)

    def _check_removal(self, change: Change) -> None:
        site = with_part(self._after, change.part)
        for found in check_removal(change.kind, change.part.id, site):
            self._problems.append(at_row(None, found))

    def _result(
        self, removed: tuple[Change, ...], charging: ChargingSettings | None
    ) -> Plan:
        added, changed, unchanged = [], [], []
        for kind in KINDS:
            before = parts_of(self._before, kind)
            for number, part in parts_of(self._after, kind).items():
                change = Change(kind=kind, part=part)
                if number not in before:
                    added.append(change)
                elif before[number] != part:
                    changed.append(change)
                else:
                    unchanged.append(change)
        return Plan(
            added=tuple(added),
            changed=tuple(changed),
            removed=removed,
            unchanged=tuple(unchanged),
            problems=tuple(sorted(self._problems, key=_by_row)),
            installation=self._after,
            charging=charging,
            next_ids=MappingProxyType(self._numbering.next_ids),
        )


_PLACE: Final = frozenset({"gateway", "address", "position", "interface"})


def _by_row(found: RowProblem) -> tuple[int, str]:
    return (found.row or 0, found.field)
