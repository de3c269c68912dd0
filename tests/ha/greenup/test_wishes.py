"""Sun, prices, departures and the grid operator, from Home Assistant's own entities."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.legrand_ews.ews.charging import (
    Departure,
    ExternalLimit,
    Solar,
    StationWish,
    Why,
    WishSettings,
)

from .garage import LEFT, NAMES, RIGHT, SETTLED_S, Garage, Open


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
    await garage.pass_time(SETTLED_S)
    assert garage.drawn(RIGHT) == 32


async def test_the_operator_asks_for_less_and_falls_silent(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """Its limit bounds the main circuit; without a signal the safe value does."""
    garage = await open_garage(
        external_entity="sensor.operator",
        wishes=WishSettings(external=ExternalLimit(safe_a=20, timeout_s=30)),
    )
    show(hass, "operator", 90, "A")
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    assert garage.drawn(LEFT) == 32
    show(hass, "operator", 36, "A")
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
