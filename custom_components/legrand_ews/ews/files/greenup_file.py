"""``settings/GreenUpSettings.csv``: what the load management is told (S207).

A row is a circuit, a charging station, or one of the other settings by its name. The
numbers of devices are those of ``General.csv``.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from ..catalogue import Catalogue
from ..charging import MAIN
from ..charging.settings import (
    ChargingSettings,
    MeterSource,
    StationPlace,
    encode_settings,
)
from ..inventory import Dialect, write_table
from ..inventory.describing import describe
from ..inventory.rows import KIND, Value, joined
from ..model import Charger, Installation, ObjectKind
from ..model.codec import Plain
from ..model.device import PHASES

COLUMNS: Final = (
    KIND,
    "id",
    "name",
    "gateway",
    "host",
    "address",
    "position",
    "model",
    "load",
    "groups",
    "circuit",
    "phases",
    "meter",
    "sensors",
    "charging_a",
    "maximum_a",
    "rated_a",
    "lag_s",
    "priority",
    "value",
)
CIRCUIT: Final = "circuit"
SETTING: Final = "setting"
_STATION: Final = "station_state"
"""What only charging stations show."""
_OF_CIRCUITS: Final = frozenset(
    {"meter", "feeders", "places", "charging_a", "maximum_a"}
)
"""Settings that have rows or columns of their own."""

type _Row = Mapping[str, Value]


def greenup_file(
    site: Installation,
    catalogue: Catalogue,
    settings: ChargingSettings,
    dialect: Dialect,
) -> str:
    """Return the table; currents in A, times in s, an empty cell is nothing said."""
    rows = (
        *_circuits(settings),
        *_stations(site, catalogue, settings),
        *map(_charger, site.chargers.values()),
        *_settings(encode_settings(settings)),
    )
    cells = ([_cell(row.get(column)) for column in COLUMNS] for row in rows)
    return write_table(COLUMNS, cells, dialect)


def _cell(value: Value) -> str | int | None:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return joined(value)
        case int() | None:
            return value
        case _:
            return str(value)


def _circuits(settings: ChargingSettings) -> Iterator[_Row]:
    yield {
        KIND: CIRCUIT,
        "id": MAIN,
        "charging_a": settings.charging_a,
        "maximum_a": settings.maximum_a,
        **_metered(settings.meter),
    }
    for feeder in settings.feeders:
        yield {
            KIND: CIRCUIT,
            "id": feeder.id,
            "name": feeder.name,
            CIRCUIT: feeder.parent_id,
            "charging_a": feeder.charging_a,
            "maximum_a": feeder.maximum_a,
            **_metered(feeder.meter),
        }


def _metered(meter: MeterSource | None) -> _Row:
    if meter is None:
        return {}
    return {
        "phases": _numbers(meter.phases),
        "meter": meter.device_id,
        "sensors": meter.entity_ids,
    }


def _stations(
    site: Installation, catalogue: Catalogue, settings: ChargingSettings
) -> Iterator[_Row]:
    """Stations behind gateways, with all that ``General.csv`` says of their place."""
    described = {(kind, row["id"]): row for kind, row in describe(site, catalogue)}
    for device in site.devices.values():
        model = catalogue.models.get(device.model or "")
        if model is None or _STATION not in model.quantities:
            continue
        place = settings.places.get(device.id, StationPlace())
        gateway = described.get((ObjectKind.GATEWAY, device.gateway_id), {})
        phases = (device.phase or PHASES[0],) if model.phases == 1 else PHASES
        yield {
            **described[ObjectKind.DEVICE, device.id],
            KIND: ObjectKind.DEVICE.value,
            "host": gateway.get("host", gateway.get("serial_port")),
            CIRCUIT: place.circuit_id,
            "phases": _numbers(phases),
            "rated_a": place.rated_a,
            "lag_s": place.lag_s,
            "priority": device.is_priority,
        }


def _charger(charger: Charger) -> _Row:
    return {
        KIND: ObjectKind.CHARGER.value,
        "id": charger.id,
        "name": charger.name,
        CIRCUIT: charger.circuit_id,
        "phases": _numbers(charger.phases),
        "rated_a": charger.rated_a,
        "lag_s": charger.lag_s,
        "priority": charger.is_priority,
    }


def _settings(encoded: Mapping[str, Plain]) -> Iterator[_Row]:
    for name, value in encoded.items():
        if name not in _OF_CIRCUITS:
            yield from _setting(name, value)


def _setting(name: str, value: Plain) -> Iterator[_Row]:
    """One setting, or those inside it by their names with a point between."""
    if isinstance(value, Mapping):
        for inside, its in value.items():
            yield from _setting(f"{name}.{inside}", its)
    elif isinstance(value, str | int | None):
        yield {KIND: SETTING, "name": name, "value": value}


def _numbers(numbers: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(map(str, numbers))
