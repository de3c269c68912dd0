"""Each fault with its outcome and the reason that is told."""

from datetime import timedelta

from freezegun.api import TickingDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.legrand_ews.ews.charging import (
    Level,
    ReasonKind as R,
    Request,
    Zone,
)
from custom_components.legrand_ews.greenup import control as control_module
from simulator.faults import Fault, FaultKind
from simulator.station import StationFlow

from .garage import LEFT, LIFT, METER, NAMES, RIGHT, SETTLED_S, VISITORS, Garage, Open

SILENT = Fault(kind=FaultKind.SILENT)


def charge_ah(garage: Garage, number: int) -> float:
    session = garage.management.state.stations[number].session
    assert session is not None
    return session.charge_ah


async def test_the_main_meter_is_silent(open_garage: Open) -> None:
    """Q33: no start at once, the fallback, the last resort; back by itself."""
    garage = await open_garage(
        stale_after_s=20, fallback_after_s=30, last_resort_after_s=60, raise_after_s=10
    )
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    assert garage.limit(LEFT) == 32
    garage.told.clear()
    garage.simulation.set_device_fault(SILENT, NAMES[METER])
    await garage.pass_time(24)
    garage.plug_in(RIGHT)
    await garage.pass_time(16)
    assert set(garage.reasons()) - {R.CLOCK_STEPPED} == {
        R.SESSION_BEGAN,
        R.METER_LOST,
        R.FALLBACK,
    }
    assert garage.limit(LEFT) == 16
    assert garage.drawn(RIGHT) == 0
    await garage.pass_time(30)
    assert R.LAST_RESORT in garage.reasons(LEFT)
    assert garage.limit(LEFT) == 7
    garage.simulation.clear_device_fault(NAMES[METER])
    await garage.pass_time(60)
    assert R.METER_BACK in garage.reasons()
    assert (garage.drawn(LEFT), garage.drawn(RIGHT)) == (32, 32)


async def test_a_station_is_silent(open_garage: Open) -> None:
    """It is counted with what it may draw; its neighbour goes on."""
    garage = await open_garage(fallback_after_s=30)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    before = charge_ah(garage, LEFT)
    garage.told.clear()
    garage.simulation.set_device_fault(SILENT, NAMES[LEFT])
    await garage.pass_time(45)
    assert garage.reasons(LEFT)[0] is R.STATION_LOST
    assert garage.management.stations[LEFT].reading is None
    garage.plug_in(RIGHT)
    await garage.pass_time(SETTLED_S)
    assert R.SESSION_BEGAN in garage.reasons(RIGHT)
    garage.simulation.clear_device_fault(NAMES[LEFT])
    await garage.pass_time(45)
    assert R.STATION_BACK in garage.reasons(LEFT)
    assert charge_ah(garage, LEFT) > before


async def test_home_assistant_restarts_in_red(
    hass: HomeAssistant, open_garage: Open, clock: TickingDateTimeFactory
) -> None:
    """What a vehicle has received and how far it is reduced outlive a restart."""
    garage = await open_garage(maximum_a=75, charging_a=74)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    garage.simulation.close(NAMES[LIFT])
    await garage.pass_time(SETTLED_S)
    received = charge_ah(garage, LEFT)
    assert garage.limit(LEFT) == 16
    garage.management.async_change(maximum_a=60, charging_a=50, has_hard_limit=False)
    await garage.pass_time(2)
    assert garage.management.state.worst_zone is Zone.RED
    await hass.config_entries.async_unload(garage.entry.entry_id)
    garage.permit(RIGHT)
    garage.plug_in(RIGHT)
    clock.tick(timedelta(minutes=5))
    await hass.config_entries.async_setup(garage.entry.entry_id)
    garage.told.clear()
    garage.watch()
    await garage.pass_time(SETTLED_S)
    session = garage.management.state.stations[LEFT].session
    assert session is not None
    assert session.setting.level is Level.SECOND
    assert received <= session.charge_ah < received + 0.5
    assert garage.management.state.worst_zone is Zone.RED
    assert garage.drawn(RIGHT) == 0  # somebody had started it at the station
    assert R.OWN_START_STOPPED in garage.reasons(RIGHT)
    assert R.CLOCK_STEPPED in garage.reasons()


async def test_the_clock_is_set(
    open_garage: Open, clock: TickingDateTimeFactory
) -> None:
    """It adds nothing to a quantity, and ends no waiting time."""
    garage = await open_garage()
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    received = charge_ah(garage, LEFT)
    garage.told.clear()
    clock.tick(timedelta(hours=2))
    await garage.pass_time(SETTLED_S)
    assert garage.reasons()[0] is R.CLOCK_STEPPED
    assert charge_ah(garage, LEFT) < received + 0.5
    assert garage.drawn(LEFT) == 32


async def test_a_station_refuses_an_order(
    open_garage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is believed to do what it did before, left alone, and told again."""
    garage = await open_garage(maximum_a=75, charging_a=74)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    garage.told.clear()

    def refuse(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr(StationFlow, "set_limit", refuse)
        garage.simulation.close(NAMES[LIFT])
        await garage.pass_time(10)
        assert R.COMMAND_REFUSED in garage.reasons(LEFT)
        assert garage.management.stations[LEFT].failure
        (warning,) = await garage.warnings(LEFT, "fr")
        assert warning["key"] == "charging_refusing"
        assert "L’appareil a refusé la commande" in warning["text"]
        assert garage.limit(LEFT) == 32
    await garage.pass_time(30)
    assert not await garage.warnings(LEFT)
    assert garage.limit(LEFT) == 16
    assert garage.management.stations[LEFT].failure is None


async def test_a_car_ignores_its_limit(open_garage: Open) -> None:
    """It is told of, and counted with what it draws."""
    garage = await open_garage(maximum_a=75, charging_a=74)
    garage.plug_in(LEFT, ignores_limit=True)
    await garage.pass_time(SETTLED_S)
    garage.told.clear()

    garage.simulation.close(NAMES[LIFT])
    await garage.pass_time(60)

    assert R.LIMIT_IGNORED in garage.reasons(LEFT)
    assert garage.limit(LEFT) < 32 == garage.drawn(LEFT)
    (warning,) = await garage.warnings(LEFT)
    assert warning["key"] == "charging_ignoring"


async def test_a_start_that_is_refused_is_given_again(
    open_garage: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the refusal comes some steps after the order."""
    garage = await open_garage(raise_after_s=5)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    garage.management.async_request(LEFT, Request.WAIT)
    await garage.pass_time(5)
    assert garage.drawn(LEFT) == 0
    garage.told.clear()

    def refuse(*_: object, **__: object) -> None:
        raise ValueError

    with monkeypatch.context() as patched:
        patched.setattr(StationFlow, "set_started", refuse)
        garage.management.async_request(LEFT, Request.START)
        await garage.pass_time(15)
        assert R.COMMAND_REFUSED in garage.reasons(LEFT)
        assert garage.drawn(LEFT) == 0
    await garage.pass_time(40)
    assert garage.drawn(LEFT) == 32


async def test_a_station_that_is_deleted(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """Its neighbour does not notice."""
    garage = await open_garage(maximum_a=110, charging_a=105)
    garage.plug_in(LEFT)
    garage.plug_in(RIGHT)
    await garage.pass_time(45)
    assert garage.drawn(RIGHT) == 32
    subentry = next(
        x for x in garage.entry.get_subentries_of_type("device") if x.data["id"] == LEFT
    )
    hass.config_entries.async_remove_subentry(garage.entry, subentry.subentry_id)
    await garage.pass_time(SETTLED_S)
    assert LEFT not in garage.management.stations
    assert set(garage.management.state.stations) == {VISITORS, RIGHT}
    assert garage.management.problems == ()
    assert garage.drawn(RIGHT) == 32
    assert charge_ah(garage, RIGHT) > 0.2


async def test_a_meter_that_is_deleted(hass: HomeAssistant, open_garage: Open) -> None:
    """It is as silent as a broken one, and a problem says so."""
    garage = await open_garage(fallback_after_s=30)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    subentry = next(
        x
        for x in garage.entry.get_subentries_of_type("device")
        if x.data["id"] == METER
    )
    hass.config_entries.async_remove_subentry(garage.entry, subentry.subentry_id)
    await garage.pass_time(5)
    garage.told.clear()
    garage.watch()
    await garage.pass_time(60)
    assert {x.key for x in garage.management.problems} == {"charging_meter_missing"}
    assert R.METER_LOST in garage.reasons()
    assert garage.limit(LEFT) == 16


async def test_a_step_that_fails(
    open_garage: Open,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Told once; stations go on, then fall back; all is well again by itself."""
    garage = await open_garage(fallback_after_s=30)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)

    def fail(*_: object) -> None:
        raise HomeAssistantError

    with monkeypatch.context() as patched:
        patched.setattr(control_module, "step", fail)
        await garage.pass_time(15)
        assert garage.limit(LEFT) == 32
        await garage.pass_time(25)
        assert garage.limit(LEFT) == 16
    told = [x for x in caplog.records if "load management failed" in x.message]
    assert len(told) == 1
    await garage.pass_time(60)
    assert garage.limit(LEFT) == 32
