"""A charger of another integration has all that a Green'Up station has; repairs tell."""

from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr, issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model import Charger, ChargerRole
from custom_components.legrand_ews.greenup.issues import (
    MAP_UNCONFIRMED,
    METER_LOST,
    STATION_REFUSES,
)
from simulator.faults import Fault, FaultKind

from .garage import LEFT, NAMES, Open
from .sight import Sight

BOX = 9
WALLBOX = Charger(
    id=BOX,
    name="Wallbox",
    rated_a=16,
    lag_s=5,
    entities={
        ChargerRole.STATE: "sensor.box",
        ChargerRole.CURRENT_1: "sensor.box_current",
        ChargerRole.CURRENT_LIMIT: "number.box",
        ChargerRole.PERMISSION: "switch.box",
        ChargerRole.ENERGY: "sensor.box_energy",
    },
    states={
        "idle": "no_vehicle",
        "ready": "connected",
        "charging": "charging",
        "error": "fault",
    },
)
AMPERE = {"unit_of_measurement": "A"}


class Box:
    """The charger as its integration shows it."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self.show("idle", 0, 100.0)
        hass.states.async_set("number.box", "16", AMPERE)
        hass.states.async_set("switch.box", "off")

    def serve(self) -> None:
        """Take orders; what Home Assistant's own platforms would do goes with it."""
        hass = self._hass
        hass.services.async_register("number", "set_value", self._limit)
        for service in ("turn_on", "turn_off"):
            hass.services.async_register("switch", service, self._permit)

    def show(self, state: str, current_a: float, energy_kwh: float) -> None:
        self._hass.states.async_set("sensor.box", state)
        self._hass.states.async_set("sensor.box_current", str(current_a), AMPERE)
        self._hass.states.async_set(
            "sensor.box_energy", str(energy_kwh), {"unit_of_measurement": "kWh"}
        )

    async def _limit(self, call: ServiceCall) -> None:
        self._hass.states.async_set("number.box", str(call.data["value"]), AMPERE)

    async def _permit(self, call: ServiceCall) -> None:
        self._hass.states.async_set("switch.box", call.service.removeprefix("turn_"))


class SightOfBox(Sight):
    """Entities of the charger have another place."""

    def id(self, platform: str, key: str, number: int | None = None) -> str:
        return super().id(platform, key, number, kind="charger")


async def test_a_charger_is_a_station_like_any_other(
    hass: HomeAssistant, open_garage: Open, hass_client: ClientSessionGenerator
) -> None:
    box = Box(hass)
    garage = await open_garage([WALLBOX])
    box.serve()
    assert garage.entry is not None
    see = SightOfBox(hass, garage)
    identifier = (DOMAIN, f"{garage.entry.entry_id}_charger_{BOX}")
    device = dr.async_get(hass).async_get_device_by_identifier(
        identifier, garage.entry.entry_id
    )
    assert device is not None
    assert device.name == "Wallbox"
    await see.until("available", "sensor", "charging_stage", BOX)
    assert see.state("sensor", "charge_state", BOX) == "no_vehicle"
    box.show("ready", 0, 100.0)
    await see.until("16", "sensor", "charging_limit", BOX)
    await garage.pass_time(2)
    assert hass.states.is_state("switch.box", "on")
    for _ in range(12):
        box.show("charging", 16, 100.0)
        await garage.pass_time(5)
    # 11 kW for a minute, in whole tenths; the counter has not moved yet.
    charged = see.state("sensor", "charged_energy", BOX)
    assert float(charged) == pytest.approx(0.1)
    box.show("charging", 16, 100.5)
    await see.until("0.5", "sensor", "charged_energy", BOX)

    await see.call(
        "select",
        "select_option",
        see.id("select", "charging_priority", BOX),
        option="priority",
    )
    await see.until("priority", "select", "charging_priority", BOX)
    # What charges now keeps what it has (S188).
    assert see.state("select", "session_priority", BOX) == "normal"

    box.show("error", 0, 100.5)
    await see.until("on", "binary_sensor", "charge_problem", BOX)
    fault = see.attributes("binary_sensor", "charge_problem", BOX)
    assert (fault["error"], fault["text"]) == ("fault", "Fault")
    box.show("idle", 0, 100.5)
    await see.until("available", "sensor", "charging_stage", BOX)
    await garage.pass_time(2)
    answer = await hass.services.async_call(
        DOMAIN,
        "get_charging_sessions",
        {},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    (logged,) = answer["sessions"]  # type: ignore[misc,union-attr]
    assert logged["energy"] == 500  # type: ignore[index,call-overload]
    assert logged["reason"] == "fault"  # type: ignore[index,call-overload]
    told = await get_diagnostics_for_config_entry(hass, hass_client, garage.entry)
    charging: Any = told["charging"]
    assert charging["settings"]["maximum_a"] == 100
    assert [x["id"] for x in charging["stations"]] == [3, 4, 5, BOX]
    assert {x["kind"] for x in charging["reasons"]} >= {"started", "session_ended"}
    assert "Wallbox" not in str(told)


async def test_repairs_tell_what_is_wrong(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """The meter silent for long, a station that refuses; gone when all is well."""
    box = Box(hass)
    garage = await open_garage([WALLBOX], last_resort_after_s=70)
    box.serve()

    def raised() -> set[str]:
        issues = ir.async_get(hass).issues.values()
        return {x.translation_key for x in issues if x.translation_key}

    hass.states.async_set("number.box", "unavailable")

    async def until_raised(kind: str) -> None:
        for _ in range(240):
            if kind in raised():
                return
            await garage.pass_time(1)
        assert kind in raised()

    box.show("ready", 0, 100.0)
    await until_raised(STATION_REFUSES)
    hass.states.async_set("number.box", "16", AMPERE)
    meters = garage.simulation.gateways["Meters"]
    meters.set_fault(Fault(kind=FaultKind.SILENT), 1)
    await until_raised(METER_LOST)
    meters.clear_faults()
    for _ in range(120):
        await garage.pass_time(1)
        if raised().isdisjoint({METER_LOST, STATION_REFUSES}):
            break
    assert raised().isdisjoint({METER_LOST, STATION_REFUSES, MAP_UNCONFIRMED})


async def test_stations_of_assumed_maps_are_shown_and_told(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """D9: no order before somebody has confirmed the map."""
    garage = await open_garage(is_confirmed=False)
    see = Sight(hass, garage)
    garage.plug_in(LEFT)
    await garage.pass_time(10)
    (issue,) = (
        x
        for x in ir.async_get(hass).issues.values()
        if x.translation_key == MAP_UNCONFIRMED
    )
    assert issue.translation_placeholders is not None
    assert NAMES[LEFT] in issue.translation_placeholders["stations"]
    assert see.state("sensor", "charging_stage", LEFT) == "charging"
    assert see.state("sensor", "charging_limit", LEFT) == "unknown"
    assert see.state("switch", "charging_allowed", LEFT) == "unavailable"
