"""Sun, prices, departures and the grid operator, from Home Assistant's own entities."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest

from custom_components.legrand_ews.ews.charging import (
    Departure,
    ExternalLimit,
    Solar,
    StationWish,
    Why,
    WishSettings,
)
from custom_components.legrand_ews.ews.model import Charger, ChargerRole

from .garage import LEFT, NAMES, RIGHT, SETTLED_S, Garage, Open

BOX = 6


def show(hass: HomeAssistant, name: str, value: float, unit: str) -> None:
    hass.states.async_set(
        f"sensor.{name}", str(value), {"unit_of_measurement": unit}, force_update=True
    )


def why(garage: Garage, number: int) -> Why | None:
    wished = garage.management.wished
    return None if wished is None else wished.why.get(number)


async def test_a_station_follows_the_sun(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """It takes what would be fed in, and waits for more than its minimum."""
    garage = await open_garage(
        guaranteed_ah=0,
        grid_entity="sensor.grid",
        wishes=WishSettings(
            stations={LEFT: StationWish(solar=Solar.ONLY)},
            start_after_s=10,
            stop_after_s=20,
            follow_after_s=5,
            grid_stale_after_s=30,
        ),
    )
    show(hass, "grid", 0.5, "kW")
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    assert garage.drawn(LEFT) == 0
    assert why(garage, LEFT) is Why.NO_SURPLUS
    for _ in range(9):
        drawn_w = garage.drawn(LEFT) * 3 * 230
        show(hass, "grid", (drawn_w - 11_500) / 1000, "kW")  # 16.7 A
        await garage.pass_time(5)
    assert garage.drawn(LEFT) == 16
    assert why(garage, LEFT) is Why.SURPLUS
    for _ in range(10):
        show(hass, "grid", garage.drawn(LEFT) * 0.69, "kW")
        await garage.pass_time(5)
    assert garage.drawn(LEFT) == 0
    garage.unplug(LEFT)

    # Nothing is wished of its neighbour.
    garage.plug_in(RIGHT)
    await garage.pass_time(60)
    assert garage.drawn(RIGHT) == 32


@pytest.mark.parametrize(
    ("unit", "ampere"),
    [
        pytest.param("A", 1, id="A of each phase"),
        pytest.param("mA", 1000, id="mA"),
        pytest.param("kW", 0.69, id="kW of three phases of 230 V"),
    ],
)
async def test_the_operator_asks_for_less_and_falls_silent(
    hass: HomeAssistant, open_garage: Open, unit: str, ampere: float
) -> None:
    """Its limit bounds the main circuit; without a signal the safe value does."""
    garage = await open_garage(
        external_entity="sensor.operator",
        wishes=WishSettings(external=ExternalLimit(safe_a=20, timeout_s=30)),
    )
    show(hass, "operator", 90 * ampere, unit)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    assert garage.drawn(LEFT) == 32
    show(hass, "operator", 36 * ampere, unit)
    await garage.pass_time(8)
    assert garage.drawn(LEFT) == 24
    wished = garage.management.wished
    assert wished is not None
    assert not wished.is_external_lost
    hass.states.async_set("sensor.operator", "unavailable")
    await garage.pass_time(40)
    wished = garage.management.wished
    assert wished is not None
    assert wished.is_external_lost
    assert wished.external_limit_a == 20
    assert garage.drawn(LEFT) < 24


async def test_a_departure_is_kept_in_mind(
    hass: HomeAssistant, open_garage: Open, clock: TickingDateTimeFactory
) -> None:
    """For the vehicle that is there, over a restart, and for no other."""
    garage = await open_garage(
        guaranteed_ah=0,
        wishes=WishSettings(stations={LEFT: StationWish(price_limit=Decimal("0.15"))}),
    )
    leaving = Departure(at=datetime.now(UTC) + timedelta(hours=2), wanted_wh=200_000)
    with pytest.raises(ServiceValidationError):
        garage.management.async_set_departure(LEFT, leaving)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    assert why(garage, LEFT) is Why.PRICE_UNKNOWN
    assert garage.drawn(LEFT) == 0
    garage.management.async_set_departure(LEFT, leaving)
    await garage.pass_time(30)
    assert why(garage, LEFT) is Why.TIME_SHORT
    assert garage.drawn(LEFT) == 32
    await hass.config_entries.async_reload(garage.entry.entry_id)
    assert garage.management.departures == {LEFT: leaving}
    await garage.pass_time(SETTLED_S)
    garage.unplug(LEFT)
    await garage.pass_time(SETTLED_S)
    assert garage.management.departures == {}
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    garage.management.async_set_departure(LEFT, leaving)
    garage.management.async_set_departure(LEFT, None)
    assert garage.management.departures == {}
    assert garage.simulation.states(NAMES[LEFT])["charge_state"] != "charging"


async def test_little_sun_is_enough_for_one_phase(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """A charger that can is switched, while its vehicle takes nothing."""
    helpers = {
        "input_boolean": {"one": {"initial": False}, "go": {"initial": False}},
        "input_number": {"amps": {"min": 0, "max": 32, "initial": 6}},
    }
    for domain, config in helpers.items():
        assert await async_setup_component(hass, domain, {domain: config})
    box = Charger(
        id=BOX,
        name="Box",
        entities={
            ChargerRole.STATE: "sensor.box",
            ChargerRole.CURRENT_LIMIT: "input_number.amps",
            ChargerRole.PERMISSION: "input_boolean.go",
            ChargerRole.PHASES: "input_boolean.one",
        },
        states={"on": "charging", "off": "connected", "none": "no_vehicle"},
    )

    def follow() -> None:
        is_on = hass.states.is_state("input_boolean.go", "on")
        hass.states.async_set("sensor.box", "on" if is_on else "off")

    hass.states.async_set("sensor.box", "none")
    show(hass, "grid", -2000, "W")
    garage = await open_garage(
        [box],
        guaranteed_ah=0,
        grid_entity="sensor.grid",
        wishes=WishSettings(
            stations={BOX: StationWish(solar=Solar.ONLY, can_switch_phases=True)},
            start_after_s=10,
            phases_after_s=10,
            switch_pause_s=5,
        ),
    )
    for _ in range(20):
        follow()
        is_on = hass.states.is_state("input_boolean.go", "on")
        show(hass, "grid", -2000 + (1840 if is_on else 0), "W")
        await garage.pass_time(5)
    # 2 kW are too little for 6 A in three phases, and 8 A in one.
    assert hass.states.is_state("input_boolean.one", "on")
    assert hass.states.is_state("input_boolean.go", "on")
    state = hass.states.get("input_number.amps")
    assert state is not None
    assert 6 <= float(state.state) <= 8
    assert why(garage, BOX) is Why.SURPLUS
