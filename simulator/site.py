"""A site as one readable file: gateways, devices, circuits, and their names.

The same file feeds the simulator (what answers on the bus), the demo (what is
entered in the flows) and benchmarks. README.md describes every key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import yaml

from custom_components.legrand_ews.ews.catalogue import WordOrder
from custom_components.legrand_ews.ews.model import GatewayKind, Parity, Supply
from custom_components.legrand_ews.ews.quantities import Fluid

from .building import CircuitSpec
from .demand import ON_DEMAND
from .gateway import Framing
from .profiles import PROFILES
from .reading import Node, SiteError
from .rs485 import Line
from .station import TIMETABLES

ALL_CIRCUITS: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSpec:
    """A panel board."""

    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSpec:
    """A measure group."""

    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSpec:
    """A load of the user's own, beside the predefined ones."""

    name: str
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySpec:
    """A gateway, its line, and how it behaves.

    ``is_strict``: its devices do not hear a request that comes too early.

    ``turnaround_ms`` None takes each map's own; ``timeout_ms`` is both the
    gateway's patience with a unit and the timeout to configure.
    """

    name: str
    description: str
    board: str | None
    framing: Framing
    line: Line
    timeout_ms: int
    turnaround_ms: float | None
    answers_for_silent: bool
    kind: GatewayKind = GatewayKind.MODBUS
    is_strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseSpec:
    """Behind which input of a concentrator a pulse meter sits.

    ``weight`` is Wh or dm³ per count; ``unit`` what the input is programmed
    to deliver: Wh, kWh, dm3, m3 or pulse.
    """

    position: int
    concentrator: str
    weight: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSpec:
    """A device: what the user enters, and what it is in this building."""

    name: str
    gateway: str
    address: int
    model: str
    load: str | None
    groups: tuple[str, ...]
    supply: Supply
    is_excluded_from_totals: bool
    parameters: Mapping[str, str]
    pulse: PulseSpec | None
    circuits: tuple[str, ...]
    ratios: Mapping[str, Decimal]
    registers: Mapping[str, int]
    refuses: frozenset[str]
    max_words: int | None
    word_order: WordOrder
    serial: str
    side: int | None = None
    """Side of a station whose two sides share an address."""
    behind: str | None = None
    """The meter, earlier in the file, through which its energy flows too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSpec:
    """Everything in a site file; ``installed`` is when all counters were zero."""

    name: str
    zone: ZoneInfo
    seed: int
    installed: date
    sample_minutes: int = 10
    boards: tuple[BoardSpec, ...] = ()
    gateways: tuple[GatewaySpec, ...] = ()
    loads: tuple[LoadSpec, ...] = ()
    groups: tuple[GroupSpec, ...] = ()
    circuits: tuple[CircuitSpec, ...] = ()
    devices: tuple[DeviceSpec, ...] = ()

    def devices_behind(self, gateway: str) -> tuple[DeviceSpec, ...]:
        """Devices on one gateway's line, in the file's order."""
        return tuple(d for d in self.devices if d.gateway == gateway)

    def circuits_of(self, device: DeviceSpec) -> tuple[CircuitSpec, ...]:
        """Circuits that a device measures; ``all`` means all that consume."""
        if device.circuits == (ALL_CIRCUITS,):
            return tuple(c for c in self.circuits if c.fluid is Fluid.ELECTRICITY)
        by_name = {circuit.name: circuit for circuit in self.circuits}
        return tuple(by_name[name] for name in device.circuits)


def load_site(path: Path | str) -> SiteSpec:
    """Read a site file. Raises SiteError, naming the place, or OSError."""
    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SiteError(f"not a YAML file: {error}") from error
    return parse_site(data)


def parse_site(data: object) -> SiteSpec:
    """Check and type the content of a site file; SiteError where it is wrong."""
    site = Node(data, "").read(_read_site)
    _check_references(site)
    return site


def _read_site(node: Node) -> SiteSpec:
    return SiteSpec(
        name=node.text("name"),
        zone=ZoneInfo(node.text("time_zone", "Europe/Paris")),
        seed=node.whole("seed", 1),
        installed=date.fromisoformat(str(node.value("installed"))),
        sample_minutes=node.whole("sample_minutes", 10),
        boards=node.nodes("boards", _read_board),
        gateways=node.nodes("gateways", _read_gateway),
        loads=node.nodes("loads", _read_load),
        groups=node.nodes("groups", _read_group),
        circuits=node.nodes("circuits", _read_circuit),
        devices=node.nodes("devices", _read_device),
    )


def _read_board(node: Node) -> BoardSpec:
    return BoardSpec(name=node.text("name"), description=node.text("description", ""))


def _read_group(node: Node) -> GroupSpec:
    return GroupSpec(name=node.text("name"), description=node.text("description", ""))


def _read_load(node: Node) -> LoadSpec:
    return LoadSpec(name=node.text("name"), color=node.text("color"))


def _read_gateway(node: Node) -> GatewaySpec:
    turnaround = node.number("turnaround_ms", -1)
    return GatewaySpec(
        name=node.text("name"),
        description=node.text("description", ""),
        board=node.optional_text("board"),
        framing=Framing(node.text("framing", "tcp")),
        line=Line(
            baud_rate=node.whole("baud_rate", 19_200),
            parity=Parity(node.text("parity", "E")),
            stop_bits=node.whole("stop_bits", 1),
        ),
        timeout_ms=node.whole("timeout_ms", 300),
        turnaround_ms=None if turnaround < 0 else turnaround,
        answers_for_silent=node.flag("answers_for_silent"),
        kind=GatewayKind(node.text("kind", GatewayKind.MODBUS)),
        is_strict=node.flag("strict"),
    )


def _read_circuit(node: Node) -> CircuitSpec:
    fluid = Fluid(node.text("fluid", Fluid.ELECTRICITY))
    is_volume = fluid in {Fluid.GAS, Fluid.WATER}
    phase = node.text("phase", "three")
    return CircuitSpec(
        name=node.text("name"),
        profile=_one_of(
            node.text("profile"), (*PROFILES, *TIMETABLES, ON_DEMAND), "profile"
        ),
        rated=node.number("rated_dm3_h" if is_volume else "rated_w"),
        fluid=fluid,
        phase=None if phase == "three" else int(_one_of(phase, "123", "phase")),
        power_factor=node.number("power_factor", 0.95),
        distortion_percent=node.number("distortion_percent", 10.0),
    )


def _read_pulse(node: Node) -> PulseSpec:
    return PulseSpec(
        position=node.whole("position"),
        concentrator=node.text("concentrator"),
        weight=Decimal(str(node.value("weight", 1))),
        unit=node.text("unit", "pulse"),
    )


def _read_device(node: Node) -> DeviceSpec:
    max_words = node.whole("max_words", 0)
    name = node.text("name")
    return DeviceSpec(
        name=name,
        gateway=node.text("gateway"),
        address=node.whole("address"),
        model=node.text("model"),
        load=node.optional_text("load"),
        groups=node.texts("groups"),
        supply=Supply(node.text("supply", Supply.UPSTREAM)),
        is_excluded_from_totals=node.flag("excluded_from_totals"),
        parameters=MappingProxyType(
            {key: str(value) for key, value in node.mapping("parameters").items()}
        ),
        pulse=node.node("pulse", _read_pulse),
        circuits=node.texts("circuits"),
        ratios=MappingProxyType(
            {key: Decimal(str(value)) for key, value in node.mapping("ratios").items()}
        ),
        registers=MappingProxyType(
            {key: int(str(value)) for key, value in node.mapping("registers").items()}
        ),
        refuses=frozenset(node.texts("refuses")),
        max_words=max_words or None,
        word_order=WordOrder(node.text("word_order", WordOrder.BIG)),
        serial=node.text("serial", f"{_number_of(name):06d}"),
        side=node.whole("side", 0) or None,
        behind=node.optional_text("behind"),
    )


def _number_of(name: str) -> int:
    """A serial number of at most six digits that a name always gives."""
    return int.from_bytes(name.encode()) % 999_983


def _one_of(value: str, allowed: Iterable[str], what: str) -> str:
    choices = tuple(allowed)
    if value not in choices:
        raise ValueError(f"{what} {value!r} is none of {', '.join(choices)}")
    return value


def _check_references(site: SiteSpec) -> None:
    boards, gateways = {b.name for b in site.boards}, {g.name for g in site.gateways}
    circuits = {c.name for c in site.circuits} | {ALL_CIRCUITS}
    groups = {g.name for g in site.groups}
    for gateway in site.gateways:
        if gateway.board is not None:
            _known(gateway.board, boards, f"gateway {gateway.name}: board")
    earlier: set[str] = set()
    for device in site.devices:
        where = f"device {device.name}"
        if device.behind is not None:
            _known(device.behind, earlier, f"{where}: behind")
        earlier.add(device.name)
        _known(device.gateway, gateways, f"{where}: gateway")
        for group in device.groups:
            _known(group, groups, f"{where}: group")
        for circuit in device.circuits:
            _known(circuit, circuits, f"{where}: circuit")
    for kind, names in (
        ("board", [b.name for b in site.boards]),
        ("gateway", [g.name for g in site.gateways]),
        ("circuit", [c.name for c in site.circuits]),
        ("device", [d.name for d in site.devices]),
    ):
        if twice := {name for name in names if names.count(name) > 1}:
            raise SiteError(f"{kind} {min(twice)}: the name stands there twice")


def _known(name: str, names: set[str], where: str) -> None:
    if name not in names:
        raise SiteError(f"{where} {name!r} is not in the file")
