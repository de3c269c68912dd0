"""What an installation must satisfy, as pure checks that name the field at fault.

Every check looks at one object and the site around it and returns all its problems;
an empty list means that the object may be stored. An object that is being changed is
recognised by its permanent number and is never its own rival.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from ipaddress import ip_address
import re
from typing import Final
import unicodedata

from ..quantities import Fluid
from .addressing import check_address, check_unit
from .defaults import LOCAL_GATEWAY_NAME
from .device import PHASES, SIDES, Device
from .gateway import (
    BAUD_RATES,
    MAX_TIMEOUT_MS,
    MIN_TIMEOUT_MS,
    Gateway,
    GatewayKind,
    SerialLink,
    TcpLink,
)
from .grouping import Load, MeasureGroup, PanelBoard
from .problems import Problem, check_range, problem
from .site import Installation, ObjectKind
from .upstream import check_upstream

FIRST_PORT: Final = 1
LAST_PORT: Final = 65535
STOP_BITS: Final = (1, 2)
LONGEST_TEXT: Final = 12
"""Characters of a unit."""

_HOST_NAME: Final = re.compile(
    r"(?=.{1,253}\.?$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
    r"(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?",
    re.IGNORECASE,
)
_COLOR: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def clean_name(text: str) -> str:
    """Return a name as it is stored: composed (NFC), without outer blanks (Q6)."""
    return unicodedata.normalize("NFC", text).strip()


def name_key(text: str) -> str:
    """Return what two names are compared by: case does not tell them apart (Q6)."""
    return unicodedata.normalize("NFC", clean_name(text).casefold())


def default_gateway_name(link: TcpLink | SerialLink, site: Installation) -> str:
    """Name a gateway that was left without one: its host (S51), or ``Local`` (S50).

    A second serial port takes the name of its port.
    """
    if isinstance(link, TcpLink):
        return link.host
    taken = {name_key(gateway.name) for gateway in site.gateways.values()}
    return link.port if name_key(LOCAL_GATEWAY_NAME) in taken else LOCAL_GATEWAY_NAME


def default_device_name(device: Device, site: Installation) -> str:
    """Name a device that was left without one: its address as written (S78).

    Where another bus has the same address, the gateway's name goes before it, because
    names are unique over the whole site (S77).
    """
    name = device.place
    rivals = (other for other in site.devices.values() if other.id != device.id)
    gateway = site.gateways.get(device.gateway_id)
    if gateway is None or name_key(name) not in {name_key(x.name) for x in rivals}:
        return name
    return f"{gateway.name} {name}"


def check_gateway(
    gateway: Gateway,
    site: Installation,
    *,
    has_quality: Callable[[Device], bool] = lambda device: True,
) -> list[Problem]:
    """Check name, line settings (S28), board and that no other gateway is there (S25).

    ``has_quality`` says whether a device measures voltage, frequency or distortion:
    only such a one can be the power-quality device (S87, S89).
    """
    problems = _check_name(gateway, site.gateways.values())
    if isinstance(gateway.link, TcpLink):
        problems += _check_tcp(gateway.link)
    else:
        problems += _check_serial(gateway.link)
    problems += check_range(
        "timeout_ms", gateway.timeout_ms, MIN_TIMEOUT_MS, MAX_TIMEOUT_MS
    )
    place = _place(gateway.link)
    for other in site.gateways.values():
        if other.id != gateway.id and _place(other.link) == place:
            at = "host" if isinstance(gateway.link, TcpLink) else "serial_port"
            problems.append(problem(at, "gateway_duplicate", name=other.name))
    if gateway.board_id is not None and gateway.board_id not in site.boards:
        problems.append(problem("board_id", "board_unknown"))
    problems += _check_kind(gateway, site)
    if gateway.eq_device_id is not None:
        eq_device = site.devices.get(gateway.eq_device_id)
        if eq_device is None or eq_device.gateway_id != gateway.id:
            problems.append(problem("eq_device_id", "eq_device_unknown"))
        elif not has_quality(eq_device):
            name = eq_device.name
            problems.append(problem("eq_device_id", "eq_device_unfit", name=name))
    return problems


def check_device(
    device: Device,
    site: Installation,
    *,
    may_share: Callable[[Device, Device], bool] = lambda one, other: False,
    fluid_of: Callable[[Device], Fluid | None] = lambda device: None,
) -> list[Problem]:
    """Check name, address on its bus (S69, S76), load, groups and what else it holds.

    ``may_share`` says whether two devices can be parts of one unit, as modules of
    EMS CX³ that are set to the same address; ``fluid_of`` what a device counts.
    """
    problems = _check_name(device, site.devices.values())
    gateway = site.gateways.get(device.gateway_id)
    if gateway is None:
        problems.append(problem("gateway_id", "gateway_unknown"))
    else:
        problems += check_unit(device, gateway)
    problems += check_address(device, site, may_share)
    if device.side is not None and device.side not in SIDES:
        problems += check_range("side", device.side, SIDES[0], SIDES[-1])
    if device.phase is not None and device.phase not in PHASES:
        problems += check_range("phase", device.phase, PHASES[0], PHASES[-1])
    if device.load_id is not None and device.load_id not in site.loads:
        problems.append(problem("load_id", "load_unknown"))
    if not site.groups.keys() >= set(device.group_ids):
        problems.append(problem("group_ids", "group_unknown"))
    problems += check_upstream(device, site, fluid_of)
    if device.pulse_input is not None:
        if not device.pulse_input.weight > 0:
            problems.append(problem("weight", "not_positive"))
        if not device.pulse_input.start >= 0:
            problems.append(problem("start", "negative"))
    return problems


def check_load(load: Load, site: Installation) -> list[Problem]:
    """Check a load's name and colour."""
    problems = _check_name(load, site.loads.values())
    if not _COLOR.fullmatch(load.color):
        problems.append(problem("color", "color_invalid"))
    return problems


def check_group(group: MeasureGroup, site: Installation) -> list[Problem]:
    """Check a measure group's name (S97)."""
    return _check_name(group, site.groups.values())


def check_board(board: PanelBoard, site: Installation) -> list[Problem]:
    """Check a panel board's name (S93)."""
    return _check_name(board, site.boards.values())


def check_removal(kind: ObjectKind, number: int, site: Installation) -> list[Problem]:
    """Check that an object may go (S50, S56, S99); problems stand at ``base``.

    A gateway stays while devices are behind it, and the own port's gateway and the
    predefined loads can only be switched off.
    """
    if kind is ObjectKind.LOAD and site.loads[number].key is not None:
        return [problem("base", "load_predefined", name=site.loads[number].name)]
    if kind is not ObjectKind.GATEWAY:
        return []
    gateway = site.gateways[number]
    if isinstance(gateway.link, SerialLink) and gateway.name == LOCAL_GATEWAY_NAME:
        return [problem("base", "gateway_local", name=gateway.name)]
    if count := len(list(site.devices_behind(number))):
        return [problem("base", "gateway_in_use", name=gateway.name, count=count)]
    return []


def check_parameter(
    at: str,
    kind: str,
    text: str,
    *,
    choices: Iterable[str] = (),
    minimum: Decimal | None = None,
    maximum: Decimal | None = None,
) -> list[Problem]:
    """Check one value that a register map asks for, as the user wrote it (S63-S66).

    ``kind`` is ``choice``, ``number`` (whole), ``decimal`` (point or comma), ``hex``
    (with or without 0x) or ``text`` (a few characters).
    """
    if kind == "choice":
        return [] if text in choices else [problem(at, "choice_unknown", value=text)]
    if kind == "text":
        name = clean_name(text)
        is_right = 0 < len(name) <= LONGEST_TEXT and name.isprintable()
        return [] if is_right else [problem(at, "text_invalid", longest=LONGEST_TEXT)]
    value = _parameter_value(kind, text)
    if value is None:
        return [problem(at, f"{kind}_invalid", value=text)]
    if (minimum is not None and value < minimum) or (
        maximum is not None and value > maximum
    ):
        low, high = (_spelled(kind, limit) for limit in (minimum, maximum))
        return [problem(at, "out_of_range", minimum=low, maximum=high)]
    return []


def normal_parameter(kind: str, text: str) -> str:
    """Return a checked value in its stored spelling: ``0x1a2b`` becomes ``1A2B``."""
    if kind == "text":
        return clean_name(text)
    value = _parameter_value(kind, text)
    return text if value is None else _spelled(kind, value)


def _parameter_value(kind: str, text: str) -> Decimal | None:
    text = text.strip()
    if kind == "hex":
        digits = text.lower().removeprefix("0x")
        if not re.fullmatch(r"[0-9a-f]{1,8}", digits):
            return None
        return Decimal(int(digits, 16))
    pattern = r"-?\d{1,18}"
    if kind == "decimal":
        text = text.replace(",", ".")
        pattern += r"(\.\d{1,18})?"
    return Decimal(text) if re.fullmatch(pattern, text, re.ASCII) else None


def _spelled(kind: str, value: Decimal | None) -> str:
    if value is None:
        return "…"
    return f"{int(value):04X}" if kind == "hex" else f"{value:f}"


def _check_name[T: (Gateway, Device, Load, MeasureGroup, PanelBoard)](
    subject: T, rivals: Iterable[T]
) -> list[Problem]:
    if not clean_name(subject.name):
        return [problem("name", "name_required")]
    key = name_key(subject.name)
    if any(x.id != subject.id and name_key(x.name) == key for x in rivals):
        return [problem("name", "name_duplicate", name=clean_name(subject.name))]
    return []


def _check_tcp(link: TcpLink) -> list[Problem]:
    problems = check_range("port", link.port, FIRST_PORT, LAST_PORT)
    if not link.host:
        problems.append(problem("host", "host_required"))
    elif not _is_host(link.host):
        problems.append(problem("host", "host_invalid", host=link.host))
    return problems


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        # Figures and dots that are no address are a mistyped address, not a name.
        is_figures = not text.strip("0123456789.")
        return not is_figures and _HOST_NAME.fullmatch(text) is not None
    return True


def _check_serial(link: SerialLink) -> list[Problem]:
    problems = []
    if not link.port:
        problems.append(problem("serial_port", "serial_port_required"))
    choices = (
        ("baud_rate", link.baud_rate, BAUD_RATES),
        ("stop_bits", link.stop_bits, STOP_BITS),
    )
    problems += [
        problem(at, "choice_unknown", value=value)
        for at, value, allowed in choices
        if value not in allowed
    ]
    return problems


def _place(link: TcpLink | SerialLink) -> tuple[str, int]:
    # One socket speaks either Modbus TCP or RTU, so the framing makes no second place.
    if isinstance(link, TcpLink):
        return link.host.lower(), link.port
    return link.port, 0


def _check_kind(gateway: Gateway, site: Installation) -> list[Problem]:
    """A slave is reached by Modbus TCP; a kind stays while devices rely on it (S129)."""
    is_slave = gateway.kind is GatewayKind.EWS_SLAVE
    if is_slave and not (isinstance(gateway.link, TcpLink) and not gateway.link.is_rtu):
        return [problem("kind", "slave_needs_tcp")]
    others = [
        device
        for device in site.devices_behind(gateway.id)
        if (device.remote_id is not None) is not is_slave
    ]
    if not others:
        return []
    return [problem("kind", "gateway_kind_in_use", count=len(others))]
