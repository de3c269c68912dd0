"""From cells to boards, loads, groups, gateways and chargers."""

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from ..charging import Charge
from ..model import (
    Charger,
    ChargerRole,
    Gateway,
    Load,
    MeasureGroup,
    PanelBoard,
    Parity,
    SerialLink,
    TcpLink,
)
from ..model.charger import MAIN_CIRCUIT
from ..model.codec import RTU_OVER_TCP, SERIAL, TCP
from ..model.gateway import GatewayKind
from ..model.rules import clean_name
from .cells import Cells
from .references import Directory
from .rows import ENTITIES, STATES

NEW_LOAD_COLOR: Final = "#b279a2"

_CHARGER_TEXTS: Final = (
    *("start_option", "stop_option"),
    *("one_phase_option", "all_phases_option"),
)
_CHARGER_NUMBERS: Final = ("rated_a", "minimum_a", "lag_s", "report_s")
_ROLES: Final = frozenset(role.value for role in ChargerRole)
_CHARGES: Final = frozenset(charge.value for charge in Charge)
_TRANSPORTS: Final = (TCP, RTU_OVER_TCP, SERIAL)
_PARITIES: Final = {parity.name.lower(): parity for parity in Parity} | {
    parity.value.lower(): parity for parity in Parity
}
_GATEWAY_KINDS: Final = tuple(kind.value for kind in GatewayKind)
_TCP_FIELDS: Final = ("host", "port")
_SERIAL_FIELDS: Final = ("serial_port", "baud_rate", "parity", "stop_bits")


def read_group[T: (MeasureGroup, PanelBoard)](part: T, cells: Cells) -> T:
    """Return a measure group or panel board as its row wants it."""
    return replace(
        part,
        name=clean_name(cells.text("name", part.name)),
        description=cells.text("description", part.description),
        is_enabled=cells.flag("enabled", stored=part.is_enabled),
    )


def read_load(load: Load, cells: Cells) -> Load:
    """Return a load; a predefined one keeps its name, which is not the user's."""
    return replace(
        load,
        name=load.name if load.key else clean_name(cells.text("name", load.name)),
        color=cells.text("color", load.color).lower() or load.color,
        is_enabled=cells.flag("enabled", stored=load.is_enabled),
    )


def read_gateway(
    gateway: Gateway, cells: Cells, boards: Iterable[Directory]
) -> Gateway:
    """Return a gateway; another transport begins with that transport's defaults."""
    return replace(
        gateway,
        name=clean_name(cells.text("name", gateway.name)),
        description=cells.text("description", gateway.description),
        board_id=cells.reference("board", boards, gateway.board_id),
        kind=GatewayKind(cells.choice("gateway_kind", _GATEWAY_KINDS, gateway.kind)),
        link=_link(gateway.link, cells),
        timeout_ms=cells.number("timeout_ms", gateway.timeout_ms),
        is_enabled=cells.flag("enabled", stored=gateway.is_enabled),
    )


def read_charger(charger: Charger, cells: Cells) -> Charger:
    """Return a charger; its entities, and its words, are stated all together."""
    changes: dict[str, Any] = {
        **{at: cells.text(at, getattr(charger, at)) for at in _CHARGER_TEXTS},
        **{at: cells.number(at, getattr(charger, at)) for at in _CHARGER_NUMBERS},
    }
    entities = cells.pairs(ENTITIES, {x.value: y for x, y in charger.entities.items()})
    if unknown := sorted(entities.keys() - _ROLES):
        cells.note(ENTITIES, "choice_unknown", value=", ".join(unknown))
    states = cells.pairs(STATES, charger.states)
    if unknown := sorted(set(states.values()) - _CHARGES):
        cells.note(STATES, "choice_unknown", value=", ".join(unknown))
    return replace(
        charger,
        **changes,
        name=clean_name(cells.text("name", charger.name)),
        preset=cells.text("preset", charger.preset or "") or None,
        entities=charger.entities
        if ENTITIES in cells.failed
        else MappingProxyType({ChargerRole(x): y for x, y in entities.items()}),
        states=charger.states if STATES in cells.failed else states,
        stops_at_zero=cells.flag("stops_at_zero", stored=charger.stops_at_zero),
        phases=cells.numbers("phases", charger.phases),
        circuit_id=cells.whole("circuit", charger.circuit_id) or MAIN_CIRCUIT,
        is_priority=cells.flag("priority", stored=charger.is_priority),
        is_enabled=cells.flag("enabled", stored=charger.is_enabled),
    )


def _link(stored: TcpLink | SerialLink, cells: Cells) -> TcpLink | SerialLink:
    if isinstance(stored, TcpLink):
        known = RTU_OVER_TCP if stored.is_rtu else TCP
        if cells.says("serial_port") and not stored.host:
            known = SERIAL  # a new gateway of which only the port is given
    else:
        known = SERIAL
    transport = cells.choice("transport", _TRANSPORTS, known)
    if transport == SERIAL:
        cells.refuse(_TCP_FIELDS)
        return _serial_link(
            stored if isinstance(stored, SerialLink) else SerialLink(port=""), cells
        )
    cells.refuse(_SERIAL_FIELDS)
    link = stored if isinstance(stored, TcpLink) else TcpLink(host="")
    return TcpLink(
        host=cells.text("host", link.host),
        port=cells.number("port", link.port),
        is_rtu=transport == RTU_OVER_TCP,
    )


def _serial_link(link: SerialLink, cells: Cells) -> SerialLink:
    parity = cells.choice("parity", _PARITIES, link.parity.name.lower())
    return SerialLink(
        port=cells.text("serial_port", link.port),
        baud_rate=cells.number("baud_rate", link.baud_rate),
        parity=_PARITIES[parity],
        stop_bits=cells.number("stop_bits", link.stop_bits),
    )
