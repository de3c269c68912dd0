"""The forms of the load management: their fields, and what they hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    PERCENTAGE,
    UnitOfElectricCurrent,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    ObjectSelector,
    ObjectSelectorConfig,
)
from homeassistant.util.unit_conversion import ElectricCurrentConverter, PowerConverter
import probatio

from ..ews.catalogue import Catalogue
from ..ews.charging import MAIN, Fallback, Sharing
from ..ews.charging.settings import (
    ChargingSettings,
    Feeder,
    MeterSource,
    Scope,
)
from ..ews.charging.specs import is_station
from ..ews.errors import ConfigurationError
from ..ews.model import Installation
from ..ews.model.device import PHASES
from ..ews.model.problems import Problem
from ..runtime import model_of, quantities_of
from .forms import (
    SWITCH,
    TEXT,
    FormErrors,
    UserInput,
    choice,
    number,
    pick,
    search,
    whole,
)
from .texts import async_option_text

METER: Final = "meter"
FEEDERS: Final = "feeders"
SENSORS: Final = tuple(f"current_l{phase}" for phase in PHASES)
LIMITS: Final = {
    "maximum_a": UnitOfElectricCurrent.AMPERE,
    "charging_a": UnitOfElectricCurrent.AMPERE,
    "hysteresis_percent": PERCENTAGE,
    "first_step_percent": PERCENTAGE,
    "second_step_percent": PERCENTAGE,
    "guaranteed_ah": "Ah",
}
"""The manual's parameters with their units (S119-S123)."""
BEHAVIOUR: Final[Mapping[str, object]] = {
    "sharing": choice(list(Sharing), "charging_sharing"),
    "has_hard_limit": SWITCH,
    "hard_limit_after_s": number(UnitOfTime.SECONDS),
    "raise_after_s": number(UnitOfTime.SECONDS),
    "start_patience_s": number(UnitOfTime.SECONDS),
    "stale_after_s": number(UnitOfTime.SECONDS),
    "fallback_after_s": number(UnitOfTime.SECONDS),
    "fallback": choice(list(Fallback), "charging_fallback"),
    "last_resort_after_s": number(UnitOfTime.SECONDS),
    "last_resort": choice(list(Fallback), "charging_fallback"),
}
"""What the manual does not say, with its selectors."""
SENSOR: Final = EntitySelector(
    EntitySelectorConfig(
        filter=[
            {"domain": ["sensor"], "device_class": ["current", "power"]},
            {"domain": ["input_number"]},
        ]
    )
)
_USUAL_MAXIMUM_A: Final = 63
_ENUMS: Final = {"sharing": Sharing, "fallback": Fallback, "last_resort": Fallback}
_AMPERES: Final = number(UnitOfElectricCurrent.AMPERE)


def meter_choices(site: Installation, catalogue: Catalogue) -> dict[str, str]:
    """Return the devices that measure currents, by what is stored of the choice.

    A device that measures one phase only is offered once for each that it may be on.
    """
    found: dict[str, str] = {}
    for device in site.devices.values():
        model = model_of(catalogue, device)
        if model is None or is_station(model):
            continue
        measured = set(SENSORS) & set(quantities_of(catalogue, device))
        if len(measured) == len(PHASES):
            found[str(device.id)] = device.name
        elif measured == {SENSORS[0]}:
            for phase in PHASES:
                found[f"{device.id}-{phase}"] = f"{device.name} (L{phase})"
    return found


def meter_of(chosen: str) -> MeterSource:
    """Return the meter that a choice of `meter_choices` stands for."""
    device, dash, phase = chosen.partition("-")
    phases = (int(phase),) if dash else PHASES
    return MeterSource(device_id=int(device), phases=phases)


def chosen_meter(meter: MeterSource | None) -> str | None:
    """Return the choice that a stored meter is."""
    if meter is None or meter.device_id is None:
        return None
    is_whole = len(meter.phases) == len(PHASES)
    return str(meter.device_id) if is_whole else f"{meter.device_id}-{meter.phases[0]}"


def sensors_of(
    hass: HomeAssistant, user_input: UserInput, errors: FormErrors
) -> MeterSource | None:
    """Return the meter made of sensors: of one phase, or of all three."""
    given = {
        phase: user_input[name]
        for phase, name in zip(PHASES, SENSORS, strict=True)
        if user_input.get(name)
    }
    if len(given) not in {1, len(PHASES)}:
        errors.add("base", "sensors_one_or_three", {})
    if len(set(given.values())) != len(given):
        errors.add("base", "sensor_twice", {})
    for phase, entity_id in given.items():
        check_unit(hass, entity_id, f"current_l{phase}", errors)
    if errors:
        return None
    return MeterSource(phases=tuple(given), entity_ids=tuple(given.values()))


def check_unit(
    hass: HomeAssistant, entity_id: str, at: str, errors: FormErrors
) -> None:
    """Put an error at a field whose sensor shows neither a current nor a power."""
    state = hass.states.get(entity_id)
    if state is None:  # it may come later
        return
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    known = ElectricCurrentConverter.VALID_UNITS | PowerConverter.VALID_UNITS
    if unit not in known:
        errors.add(at, "sensor_unit_wrong", {"entity": entity_id, "unit": unit or "–"})


def limit_schema(settings: ChargingSettings) -> probatio.Schema:
    """Return the form of the manual's parameters; new ones get the factory's values."""
    maximum = settings.maximum_a or _USUAL_MAXIMUM_A
    charging = settings.charging_a or (
        maximum if settings.scope is Scope.FEEDER else maximum * 9 // 10
    )
    new = {"maximum_a": maximum, "charging_a": charging}
    return probatio.Schema(
        {
            probatio.Required(
                name, default=new.get(name, getattr(settings, name))
            ): number(unit)
            for name, unit in LIMITS.items()
        }
    )


def behaviour_schema(settings: ChargingSettings) -> probatio.Schema:
    """Return the form of what the manual does not say."""
    return probatio.Schema(
        {
            probatio.Required(name, default=getattr(settings, name)): selector
            for name, selector in BEHAVIOUR.items()
        }
    )


def changed(
    settings: ChargingSettings, names: Iterable[str], user_input: UserInput
) -> ChargingSettings:
    """Return the settings as a form wants them.

    Raises ConfigurationError ``number_invalid`` at the field of a broken number.
    """
    values: dict[str, Any] = {}
    for name in names:
        value = user_input[name]
        if name in _ENUMS:
            values[name] = _ENUMS[name](value)
        else:
            is_flag = isinstance(value, bool)
            values[name] = value if is_flag else whole(user_input, name, 0)
    return replace(settings, **values)


def feeder_rows(settings: ChargingSettings) -> list[dict[str, Any]]:
    """Return the circuits inside the building as rows of a form."""
    names = {x.id: x.name for x in settings.feeders}
    rows = []
    for feeder in settings.feeders:
        row: dict[str, Any] = {
            "name": feeder.name,
            "maximum_a": feeder.maximum_a,
            "charging_a": feeder.charging_a,
        }
        if feeder.parent_id in names:
            row["parent"] = names[feeder.parent_id]
        if (chosen := chosen_meter(feeder.meter)) is not None:
            row[METER] = chosen
        elif feeder.meter is not None:
            row["sensors"] = list(feeder.meter.entity_ids)
        rows.append(row)
    return rows


def feeder_list(meters: Mapping[str, str], names: Sequence[str]) -> ObjectSelector:
    """Return the list of circuits inside the building."""
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                "name": {"selector": TEXT, "required": True},
                "maximum_a": {"selector": _AMPERES, "required": True},
                "charging_a": {"selector": _AMPERES, "required": True},
                METER: {"selector": pick(meters)},
                "sensors": {
                    "selector": EntitySelector({**SENSOR.config, "multiple": True})
                },
                "parent": {"selector": search({name: name for name in names})},
            },
            multiple=True,
            label_field="name",
            description_field="charging_a",
            translation_key="charging_feeder",
        )
    )


def feeders_of(
    rows: Sequence[Mapping[str, Any]], settings: ChargingSettings
) -> tuple[Feeder, ...]:
    """Return the circuits of a form; one keeps its number as long as its name.

    Raises ConfigurationError at ``feeders``.
    """
    known = {feeder.name: feeder.id for feeder in settings.feeders}
    next_id = max(known.values(), default=MAIN) + 1
    ids: dict[str, int] = {}
    for row in rows:
        name = str(row["name"]).strip()
        if not name or name in ids:
            raise ConfigurationError("feeder_name_wrong", field=FEEDERS, name=name)
        ids[name] = known.get(name, next_id)
        next_id += name not in known
    feeders = []
    for place, row in enumerate(rows, 1):
        parent = str(row.get("parent") or "").strip()
        if parent and parent not in ids:
            raise ConfigurationError("feeder_unknown", field=FEEDERS, name=parent)
        sensors = tuple(row.get("sensors") or ())
        if len(sensors) not in {0, 1, len(PHASES)} or (sensors and row.get(METER)):
            raise ConfigurationError("feeder_sensors", field=FEEDERS, row=place)
        name = str(row["name"]).strip()
        feeders.append(
            Feeder(
                id=ids[name],
                name=name,
                maximum_a=whole(row, "maximum_a", 0),
                charging_a=whole(row, "charging_a", 0),
                meter=_feeder_meter(row, sensors),
                parent_id=ids.get(parent, MAIN),
            )
        )
    return tuple(feeders)


def _feeder_meter(
    row: Mapping[str, Any], sensors: tuple[str, ...]
) -> MeterSource | None:
    if row.get(METER):
        return meter_of(row[METER])
    if not sensors:
        return None
    return MeterSource(entity_ids=sensors, phases=PHASES[: len(sensors)])


async def async_circuits(
    hass: HomeAssistant, settings: ChargingSettings
) -> dict[str, str]:
    """Return the circuits that a station can be fed from, by number."""
    main = await async_option_text(hass, "charging_circuit", "main")
    return {str(MAIN): main} | {str(x.id): x.name for x in settings.feeders}


def put_in_form(
    problems: Iterable[Problem], names: Iterable[str], errors: FormErrors, rest: str
) -> None:
    """Put problems at the fields of a form, and those that it has not at ``rest``."""
    shown = set(names)
    for found in problems:
        at = found.field if found.field in shown else rest
        errors.add(at, found.key, found.placeholders)
