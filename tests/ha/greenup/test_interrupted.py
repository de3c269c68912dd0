"""Orders that were on their way when a site ended: who has not heard is told again."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant, ServiceCall
import pytest

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.charging import (
    Charge,
    Level,
    State,
    StationReading,
)
from custom_components.legrand_ews.ews.charging.state import (
    WAITING,
    Progress,
    Session,
    Setting,
    StationState,
    running_at,
)
from custom_components.legrand_ews.ews.model import Charger, ChargerRole
from custom_components.legrand_ews.greenup.interrupted import unheard

from .garage import SETTLED_S, Open

BOX = 6
NOW = datetime(2026, 11, 23, 10, 3, tzinfo=UTC)
FULL, LESS = running_at(Level.RATED, 16), running_at(Level.SECOND, 8)
HELD = Setting(progress=Progress.HELD)


@pytest.mark.parametrize(
    ("former", "setting", "charge", "limit_a", "is_permitted", "is_unheard"),
    [
        pytest.param(WAITING, FULL, "connected", None, False, True, id="no start"),
        pytest.param(WAITING, FULL, "connected", 16, True, False, id="a start"),
        pytest.param(WAITING, FULL, "charging", None, None, False, id="it charges"),
        pytest.param(WAITING, FULL, "connected", None, None, True, id="it is still"),
        pytest.param(WAITING, FULL, "charging", None, True, False, id="says no limit"),
        pytest.param(FULL, LESS, "charging", 16, True, True, id="no decrease"),
        pytest.param(FULL, LESS, "charging", 8, True, False, id="a decrease"),
        pytest.param(FULL, LESS, "charging", None, True, True, id="maybe a decrease"),
        pytest.param(FULL, WAITING, "charging", 16, True, False, id="its car shows it"),
        pytest.param(FULL, HELD, "charging", 16, True, False, id="a user's order"),
    ],
)
def test_whether_a_station_has_heard(
    former: Setting,
    setting: Setting,
    charge: str,
    limit_a: int | None,
    is_permitted: bool | None,
    is_unheard: bool,
) -> None:
    session = Session(
        connected_ms=0, waiting_ms=0, setting=setting, former=former, is_priority=False
    )
    state = State(stations={BOX: StationState(session=session), 7: StationState()})
    reading = StationReading(
        read_at=NOW,
        charge=Charge(charge),
        drawn_ma=(0,),
        limit_a=limit_a,
        is_permitted=is_permitted,
    )
    known = unheard({BOX, 7, 8}, state, {BOX: reading, 7: reading})
    assert known == ({BOX} if is_unheard else set())
    assert unheard({BOX}, state, {}) == set()


class SlowBox:
    """A charger of another integration whose switch takes its time, or never answers."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.answers = asyncio.Event()
        self.asked = 0
        self._hass = hass
        hass.services.async_register("input_boolean", "turn_on", self._turn_on)
        hass.services.async_register("input_boolean", "turn_off", self._turn_off)
        hass.services.async_register("input_number", "set_value", self._set_value)
        self._show("off", is_on=False)
        self._limit(6)

    def plug_in(self) -> None:
        self._show("connected", is_on=False)

    async def _turn_on(self, call: ServiceCall) -> None:
        self.asked += 1
        await self.answers.wait()
        self._show("charging", is_on=True)

    async def _turn_off(self, call: ServiceCall) -> None:
        self._show("connected", is_on=False)

    async def _set_value(self, call: ServiceCall) -> None:
        self._limit(call.data["value"])

    def _limit(self, amperes: float) -> None:
        self._hass.states.async_set(
            "input_number.box", str(amperes), {"unit_of_measurement": "A"}
        )

    def _show(self, state: str, *, is_on: bool) -> None:
        self._hass.states.async_set("sensor.box", state)
        self._hass.states.async_set("input_boolean.box", "on" if is_on else "off")


def box_of() -> Charger:
    return Charger(
        id=BOX,
        name="Box",
        phases=(1,),
        entities={
            ChargerRole.STATE: "sensor.box",
            ChargerRole.CURRENT_LIMIT: "input_number.box",
            ChargerRole.PERMISSION: "input_boolean.box",
        },
        states={"connected": "connected", "charging": "charging", "off": "no_vehicle"},
    )


async def test_a_start_on_its_way_when_the_site_is_loaded_anew(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """The limit has arrived, the permission has not: the vehicle would wait for ever."""
    box = SlowBox(hass)
    garage = await open_garage([box_of()], raise_after_s=5)
    box.plug_in()
    await garage.until(lambda: box.asked == 1)
    assert garage.entry is not None
    assert await hass.config_entries.async_reload(garage.entry.entry_id)
    assert hass.states.is_state("input_boolean.box", "off")
    box.answers.set()
    await garage.pass_time(SETTLED_S + 10)
    assert box.asked == 2
    assert hass.states.is_state("input_boolean.box", "on")
    assert hass.states.is_state("sensor.box", "charging")


async def test_a_start_on_its_way_when_home_assistant_stops(
    hass: HomeAssistant, open_garage: Open, hass_storage: dict[str, Any]
) -> None:
    """It is kept with the state, for the next start."""
    box = SlowBox(hass)
    garage = await open_garage([box_of()])
    box.plug_in()
    await garage.until(lambda: box.asked == 1)
    assert garage.entry is not None
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    file = hass_storage[f"{DOMAIN}.{garage.entry.entry_id}.charging"]
    assert file["data"]["interrupted"] == [BOX]


async def test_a_charger_of_a_site_that_is_deleted(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """It is told to give its rated current, as stations over Modbus are."""
    box = SlowBox(hass)
    box.answers.set()
    garage = await open_garage([box_of()])
    assert hass.states.is_state("input_boolean.box", "off")
    assert garage.entry is not None
    await hass.config_entries.async_remove(garage.entry.entry_id)
    assert hass.states.is_state("input_boolean.box", "on")
    assert hass.states.is_state("input_number.box", "16")
