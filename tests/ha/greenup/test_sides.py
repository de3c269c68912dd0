"""Two sides of an old station at one address: each is told what is meant for it."""

from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.legrand_ews.ews.charging.settings import StationPlace
from simulator.site import SiteSpec

from .garage import LEFT, RIGHT, Open, building_of
from .sight import Sight

OLD: Final = {"model": "059096", "address": 11}
SIDES: Final = {LEFT: 1, RIGHT: 2}


@pytest.fixture
def building() -> SiteSpec:
    """S74: an old station is one unit on the bus, with a device for each side."""
    return building_of({**OLD, "side": 1}, {**OLD, "side": 2})


async def test_actions_name_a_side_by_the_number_of_either(
    hass: HomeAssistant, open_garage: Open
) -> None:
    garage = await open_garage(
        places={number: StationPlace(rated_a=32) for number in SIDES}
    )
    see = Sight(hass, garage)
    for number in SIDES:
        garage.plug_in(number)
    for number in SIDES:
        await see.until("32", "sensor", "charging_limit", number)
        await see.until("charging", "sensor", "charging_stage", number)

    # The number is that of the left side, the order is for the right one.
    await see.act("wait_charging", device=LEFT, side=2)
    await see.until("held", "sensor", "charging_stage", RIGHT)
    assert see.state("sensor", "charging_stage", LEFT) == "charging"
    assert (garage.limit(LEFT), garage.limit(RIGHT)) == (32, 0)
    await see.act("start_charging", device=LEFT, side=2)
    await see.until("charging", "sensor", "charging_stage", RIGHT)

    await see.act("set_charging_priority", device=RIGHT, side=1, priority="priority")
    await see.until("priority", "select", "session_priority", LEFT)
    assert see.state("select", "session_priority", RIGHT) == "normal"

    leaving = {"departure": "2026-11-23T18:00:00+00:00", "energy": 30_000}
    await see.act("set_charging_departure", device=LEFT, side=2, **leaving)
    assert garage.management.departures.keys() == {RIGHT}
    await see.act("set_charging_departure", device=RIGHT, side=2)
    assert not garage.management.departures

    with pytest.raises(ServiceValidationError) as caught:
        await see.act("wait_charging", device=LEFT, side=3)
    assert caught.value.translation_key == "station_unknown"

    # Each side has a line of its own in the log.
    for number in SIDES:
        garage.unplug(number)
        await see.until("available", "sensor", "charging_stage", number)
    answer = await hass.services.async_call(
        "legrand_ews", "get_charging_sessions", {}, blocking=True, return_response=True
    )
    assert answer is not None
    logged = {x["device"]: x["side"] for x in answer["sessions"]}
    assert logged == SIDES
