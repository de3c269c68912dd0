"""The forms of what is wished beyond the manual: sun, prices, the grid's limit (S191)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    UnitOfElectricCurrent,
    UnitOfElectricPotential,
    UnitOfPower,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig
from homeassistant.util.unit_conversion import PowerConverter
import probatio

from ..ews.charging import ExternalLimit, Solar, StationWish
from ..ews.charging.settings import ChargingSettings
from ..ews.model.plain_data import decimal_of
from ..greenup.charger_limit import is_limit_unit
from .forms import SWITCH, TEXT, FormErrors, UserInput, choice, number, whole

_GRID: Final = EntitySelector(
    EntitySelectorConfig(
        filter=[
            {"domain": ["sensor"], "device_class": ["power"]},
            {"domain": ["input_number"]},
        ]
    )
)
_LIMIT: Final = EntitySelector(
    EntitySelectorConfig(domain=["sensor", "number", "input_number"])
)
_NUMBERS: Final = {
    "grid_reserve_w": UnitOfPower.WATT,
    "start_after_s": UnitOfTime.SECONDS,
    "stop_after_s": UnitOfTime.SECONDS,
    "follow_after_s": UnitOfTime.SECONDS,
    "voltage_v": UnitOfElectricPotential.VOLT,
}
_EXTERNAL: Final = "external_entity"
WISH_FIELDS: Final = ("grid_entity", *_NUMBERS, _EXTERNAL, "safe_a", "timeout_s")


def wish_schema(settings: ChargingSettings) -> probatio.Schema:
    """Return the form of the sources of all wishes."""
    wishes = settings.wishes
    external = wishes.external or ExternalLimit(safe_a=settings.charging_a // 2)
    fields: dict[probatio.Marker, object] = {
        probatio.Optional(
            "grid_entity", description={"suggested_value": settings.grid_entity}
        ): _GRID
    }
    fields |= {
        probatio.Required(name, default=getattr(wishes, name)): number(unit)
        for name, unit in _NUMBERS.items()
    }
    fields |= {
        probatio.Optional(
            _EXTERNAL, description={"suggested_value": settings.external_entity}
        ): _LIMIT,
        probatio.Required("safe_a", default=external.safe_a): number(
            UnitOfElectricCurrent.AMPERE
        ),
        probatio.Required("timeout_s", default=external.timeout_s): number(
            UnitOfTime.SECONDS
        ),
    }
    return probatio.Schema(fields)


def wished_by(
    hass: HomeAssistant,
    settings: ChargingSettings,
    user_input: UserInput,
    errors: FormErrors,
) -> ChargingSettings:
    """Return the settings with the sources of a form.

    Raises ConfigurationError ``number_invalid`` at the field of a broken number.
    """
    grid = user_input.get("grid_entity")
    state = None if grid is None else hass.states.get(grid)
    if grid is not None and state is not None:
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        if unit not in PowerConverter.VALID_UNITS:
            values = {"entity": grid, "unit": unit or "–"}
            errors.add("grid_entity", "sensor_unit_wrong", values)
    limit = user_input.get(_EXTERNAL)
    shown = None if limit is None else hass.states.get(limit)
    unit = None if shown is None else shown.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    if not is_limit_unit(unit):
        values = {"entity": str(limit), "unit": str(unit)}
        errors.add(_EXTERNAL, "sensor_unit_wrong", values)
    numbers: dict[str, Any] = {x: whole(user_input, x, 0) for x in _NUMBERS}
    external = None
    if user_input.get(_EXTERNAL):
        external = ExternalLimit(
            safe_a=whole(user_input, "safe_a", 0),
            timeout_s=whole(user_input, "timeout_s", 0),
        )
    return replace(
        settings,
        wishes=replace(settings.wishes, external=external, **numbers),
        grid_entity=grid,
        external_entity=user_input.get(_EXTERNAL),
    )


def station_wish_schema(
    settings: ChargingSettings, station_id: int, *, can_switch: bool
) -> probatio.Schema:
    """Return the form of what is wished of one station."""
    wished = settings.wishes.stations.get(station_id, StationWish())
    limit = wished.price_limit
    fields: dict[probatio.Marker, object] = {
        probatio.Required("solar", default=wished.solar.value): choice(
            list(Solar), "charging_solar"
        ),
        probatio.Optional(
            "price_limit",
            description={"suggested_value": None if limit is None else f"{limit:f}"},
        ): TEXT,
    }
    if can_switch:
        present = wished.can_switch_phases
        fields[probatio.Required("can_switch_phases", default=present)] = SWITCH
    return probatio.Schema(fields)


def with_wish(
    settings: ChargingSettings,
    station_id: int,
    user_input: UserInput,
    errors: FormErrors,
) -> ChargingSettings:
    """Return the settings with what a form wishes of a station."""
    text = str(user_input.get("price_limit") or "").strip().replace(",", ".")
    limit: Decimal | None = decimal_of(text) if text else None
    if text and limit is None:
        errors.add("price_limit", "price_invalid", {"value": text})
    wished = StationWish(
        solar=Solar(user_input["solar"]),
        price_limit=limit,
        can_switch_phases=bool(user_input.get("can_switch_phases")),
    )
    stations = {**settings.wishes.stations, station_id: wished}
    if wished == StationWish():
        del stations[station_id]
    return replace(settings, wishes=replace(settings.wishes, stations=stations))
