"""What a file says of each object of an installation."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from ..catalogue import Catalogue, Model, ParameterKind, ParameterSpec
from ..model import (
    Charger,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    Supply,
    TcpLink,
)
from ..model.charger import MAIN_CIRCUIT
from ..model.codec import RTU_OVER_TCP, SERIAL, TCP
from ..model.gateway import GatewayKind
from .references import Directory, directories
from .rows import CHANNEL_NAMES, ENTITIES, KINDS, STATES, Part, Value
from .sites import parts_of

type Described = dict[str, Value]
type Names = Mapping[ObjectKind, Directory]


def describe(
    site: Installation, catalogue: Catalogue
) -> Iterator[tuple[ObjectKind, Described]]:
    """Yield what a file says of every object, in the order of kinds and numbers."""
    names = directories(site)
    for kind in KINDS:
        for part in parts_of(site, kind).values():
            yield kind, values_of(part, names, catalogue)


def values_of(part: Part, names: Names, catalogue: Catalogue) -> Described:
    """Return what a file says of one object.

    What a new object would get by itself is left out; where nothing stands although a
    new object would get something, the value is None.
    """
    values: Described = {"id": part.id, "name": part.name}
    match part:
        case Load():
            # A predefined load has another name in every language, and one key.
            values |= {"name": part.key or part.name, "color": part.color}
        case MeasureGroup() | PanelBoard():
            values |= _text("description", part.description)
        case Gateway():
            values |= _gateway(part, names)
        case Device():
            values |= _device(part, names, catalogue)
        case Charger():
            values |= _charger(part)
    return {**values, "enabled": part.is_enabled}


def _gateway(gateway: Gateway, names: Names) -> Described:
    values = _text("description", gateway.description)
    if gateway.board_id is not None:
        values["board"] = names[ObjectKind.BOARD].label(gateway.board_id)
    if gateway.kind is not GatewayKind.MODBUS:
        values["gateway_kind"] = gateway.kind.value
    if gateway.eq_device_id is not None:
        values["eq_device"] = names[ObjectKind.DEVICE].label(gateway.eq_device_id)
    link = gateway.link
    if isinstance(link, TcpLink):
        transport = RTU_OVER_TCP if link.is_rtu else TCP
        values |= {"transport": transport, "host": link.host, "port": link.port}
    else:
        values |= {
            "transport": SERIAL,
            "serial_port": link.port,
            "baud_rate": link.baud_rate,
            "parity": link.parity.name.lower(),
            "stop_bits": link.stop_bits,
        }
    return {**values, "timeout_ms": gateway.timeout_ms}


def _device(device: Device, names: Names, catalogue: Catalogue) -> Described:
    model = catalogue.models.get(device.model or "")
    values: Described = {
        "gateway": names[ObjectKind.GATEWAY].label(device.gateway_id),
        "address": device.address.unit,
    }
    if device.address.position is not None:
        place = "interface" if device.address.is_remote else "position"
        values[place] = device.address.position
    if model is not None:
        values["family"] = model.family
    if device.model is not None:
        values["model"] = device.model if model is None else _printed(model)
    if device.load_id is not None:
        values["load"] = names[ObjectKind.LOAD].label(device.load_id)
    if device.group_ids:
        groups = names[ObjectKind.GROUP]
        values["groups"] = tuple(groups.label(x) for x in device.group_ids)
    if device.supply is not Supply.UPSTREAM or (model and model.asks_supply):
        values["supply"] = device.supply.value
    if device.phase is not None:
        values["phase"] = device.phase
    values["exclude_from_totals"] = device.is_excluded_from_totals
    if device.upstream_device_id is not None:
        meters = names[ObjectKind.DEVICE]
        values["behind_meter"] = meters.label(device.upstream_device_id)
    if device.exclude_alerts:
        values["exclude_alerts"] = True
    if device.is_priority:
        values["priority"] = True
    if device.is_map_confirmed:
        values["map_confirmed"] = True
    values |= _pairs(CHANNEL_NAMES, device.channel_names)
    if device.pulse_input is not None:
        concentrator = catalogue.models.get(device.pulse_input.concentrator)
        values |= {
            "concentrator": device.pulse_input.concentrator
            if concentrator is None
            else _printed(concentrator),
            "weight": device.pulse_input.weight,
            "start": device.pulse_input.start,
        }
    return {**values, **_parameters(device, model)}


def _charger(charger: Charger) -> Described:
    values: Described = {}
    for at in ("start_option", "stop_option", "one_phase_option", "all_phases_option"):
        values |= _text(at, getattr(charger, at))
    values |= {
        **_text("preset", charger.preset or ""),
        **_pairs(ENTITIES, {x.value: y for x, y in charger.entities.items()}),
        **_pairs(STATES, charger.states),
        "phases": tuple(str(phase) for phase in charger.phases),
        "rated_a": charger.rated_a,
        "minimum_a": charger.minimum_a,
        "lag_s": charger.lag_s,
        "report_s": charger.report_s,
    }
    if charger.circuit_id != MAIN_CIRCUIT:
        values["circuit"] = charger.circuit_id
    if charger.stops_at_zero:
        values["stops_at_zero"] = True
    if charger.is_priority:
        values["priority"] = True
    return values


def _pairs(at: str, pairs: Mapping[str, str]) -> Described:
    return {at: tuple(f"{x}={y}" for x, y in pairs.items())} if pairs else {}


def _parameters(device: Device, model: Model | None) -> Described:
    if model is None:
        return {}
    values: Described = {}
    for spec in model.parameters:
        if spec.name in device.parameters:
            values[spec.name] = _parameter(spec, device.parameters[spec.name])
        elif spec.default is not None and not spec.is_required:
            values[spec.name] = None
    return values


def _parameter(spec: ParameterSpec, text: str) -> Value:
    if spec.kind is ParameterKind.HEX:
        return f"0x{text}"  # a spreadsheet would take 1E10 for a number
    if spec.kind is ParameterKind.DECIMAL:
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    return text


def _printed(model: Model) -> str:
    return model.printed or model.key


def _text(at: str, text: str) -> Described:
    return {at: text} if text else {}
