"""The load management over real Modbus: currents follow the building's load."""

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.legrand_ews.ews.charging import (
    Progress,
    ReasonKind as R,
    Request,
    Zone,
)
from custom_components.legrand_ews.ews.model import ObjectKind
from custom_components.legrand_ews.installation import subentry_of

from .garage import LEFT, LIFT, NAMES, RIGHT, SETTLED_S, VISITORS, Open

PERIOD_S = 5


async def test_the_manual_s_day(hass: HomeAssistant, open_garage: Open) -> None:
    """7.16.5.1: start, reduce by the steps in red, recover, wait, give way to none."""
    garage = await open_garage(maximum_a=75, charging_a=74)
    management = garage.management
    assert management.is_set_up
    assert set(management.stations) == {VISITORS, LEFT, RIGHT}
    await garage.pass_time(SETTLED_S)
    assert management.problems == ()
    assert management.state.worst_zone is Zone.GREEN

    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    assert garage.reasons(LEFT) == [R.SESSION_BEGAN, R.STARTED]
    assert (garage.limit(LEFT), garage.drawn(LEFT)) == (32, 32)

    # The lift comes: 43 A beside what is there, so it is red.
    garage.told.clear()
    garage.simulation.close(NAMES[LIFT])
    for _ in range(PERIOD_S):
        await garage.pass_time(1)
        if garage.limit(LEFT) < 32:
            break
    assert garage.limit(LEFT) == 16  # 75 % is not enough: second step, at once
    assert R.REDUCED_IN_RED in garage.reasons(LEFT)
    await garage.pass_time(SETTLED_S)
    assert management.state.worst_zone is not Zone.RED

    # A second car has to wait: nothing is left, nobody is stopped for it.
    garage.plug_in(RIGHT)
    await garage.until(
        lambda: management.state.queue == [RIGHT] and garage.drawn(RIGHT) == 0
    )
    assert garage.drawn(LEFT) == 16

    # A user lets the first one wait: it takes no current, and the other may.
    management.async_request(LEFT, Request.WAIT)
    await garage.pass_time(SETTLED_S)
    assert garage.drawn(LEFT) == 0
    session = management.state.stations[LEFT].session
    assert session is not None
    assert session.setting.progress is Progress.HELD
    assert garage.reasons(LEFT)[-1] is R.HELD_BY_USER
    with pytest.raises(ServiceValidationError) as caught:
        management.async_request(VISITORS, Request.START)
    assert caught.value.translation_key == "station_without_vehicle"
    with pytest.raises(ServiceValidationError):
        management.async_request(99, Request.START)

    # The lift goes, the first car may again: both charge at their rated current.
    garage.simulation.open(NAMES[LIFT])
    management.async_change(maximum_a=100, charging_a=95)
    management.async_request(LEFT, Request.START)
    await garage.until(
        lambda: (garage.drawn(LEFT), garage.drawn(RIGHT)) == (32, 32), 120
    )

    garage.told.clear()
    garage.unplug(LEFT)
    await garage.pass_time(SETTLED_S)
    assert R.SESSION_ENDED in garage.reasons(LEFT)
    assert garage.limit(LEFT) == 0  # it starts no other car by itself


async def test_a_vehicle_that_comes_draws_nothing_before_it_may(
    open_garage: Open,
) -> None:
    """7.16.5.1: in red and yellow new vehicles wait, from the first second on."""
    garage = await open_garage(maximum_a=50, charging_a=45)
    garage.simulation.close(NAMES[LIFT])
    await garage.until(lambda: garage.management.state.worst_zone is Zone.RED)
    await garage.until(lambda: garage.limit(LEFT) == 0)  # nobody is there yet
    garage.plug_in(LEFT)
    for _ in range(SETTLED_S):
        await garage.pass_time(1)
        assert garage.drawn(LEFT) == 0
    assert garage.reasons(LEFT) == [R.SESSION_BEGAN]
    garage.simulation.open(NAMES[LIFT])
    await garage.until(lambda: garage.drawn(LEFT) > 0)


async def test_what_is_changed_while_it_runs(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """Seam: parameters and the default priority reload nothing, and are stored."""
    garage = await open_garage()
    management, entry = garage.management, garage.entry
    management.async_change(charging_a=80, guaranteed_ah=16, is_enabled=False)
    management.async_set_priority(LEFT, is_priority=True)
    await garage.pass_time(PERIOD_S)
    assert garage.management is management
    assert entry.options["charging"]["charging_a"] == 80
    assert management.config is not None
    assert management.config.guaranteed_ah == 16
    assert not management.config.is_enabled
    assert management.stations[LEFT].spec.is_priority
    subentry = subentry_of(entry, ObjectKind.DEVICE, LEFT)
    assert subentry is not None
    assert subentry.data["is_priority"] is True
    with pytest.raises(ServiceValidationError) as caught:
        management.async_change(charging_a=101)
    assert caught.value.translation_key == "charging_limit_above_maximum"
    assert management.settings.charging_a == 80
    with pytest.raises(ServiceValidationError):
        management.async_set_priority(99, is_priority=True)


async def test_a_station_of_an_unconfirmed_map_is_shown_and_told_nothing(
    open_garage: Open,
) -> None:
    """D9."""
    garage = await open_garage(is_confirmed=False)
    garage.plug_in(LEFT)
    await garage.pass_time(SETTLED_S)
    station = garage.management.stations[LEFT]
    assert not station.is_managed
    assert station.problem is not None
    assert station.problem.key == "station_map_unconfirmed"
    assert station.reading is not None
    assert station.reading.charge == "charging"
    assert {x.key for x in garage.management.problems} == {"station_map_unconfirmed"}
    assert garage.reasons(LEFT) == []
    with pytest.raises(ServiceValidationError) as caught:
        garage.management.async_request(LEFT, Request.WAIT)
    assert caught.value.translation_key == "station_not_managed"


async def test_a_site_without_a_meter_shows_its_stations(open_garage: Open) -> None:
    """Idle: nothing is asked more often, nothing is told."""
    garage = await open_garage(options={})
    await garage.pass_time(PERIOD_S)
    assert not garage.management.is_set_up
    assert garage.management.config is None
    assert set(garage.management.stations) == {VISITORS, LEFT, RIGHT}
