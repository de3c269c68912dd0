"""Stations that nobody manages any more wait for nobody; others stay as they are."""

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.charging import Request
from custom_components.legrand_ews.ews.model import ObjectKind
from custom_components.legrand_ews.installation import subentry_of

from ..flow_walk import Walk
from .garage import LEFT, RIGHT, SETTLED_S, VISITORS, Garage, Open

STATIONS = (VISITORS, LEFT, RIGHT)


def limits(garage: Garage) -> dict[int, int]:
    return {number: garage.limit(number) for number in STATIONS}


async def held(open_garage: Open) -> tuple[Garage, dict[int, int]]:
    """A site whose stations all wait, the right one by a user's order."""
    garage = await open_garage()
    rated = {x: garage.management.stations[x].spec.rated_a for x in STATIONS}
    garage.plug_in(RIGHT)
    await garage.until(lambda: garage.drawn(RIGHT) > 0)
    garage.management.async_request(RIGHT, Request.WAIT)
    await garage.until(lambda: not any(limits(garage).values()))
    return garage, rated


async def test_the_management_is_taken_away(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """Who waits may charge, who charges is limited no more, who comes needs nobody."""
    garage, rated = await held(open_garage)
    garage.plug_in(LEFT)
    await garage.until(lambda: garage.drawn(LEFT) > 0)
    garage.management.async_change(maximum_a=20, charging_a=15)
    await garage.until(lambda: garage.limit(LEFT) < rated[LEFT])
    assert garage.entry is not None
    walk = await Walk.options(hass, garage.entry)
    for choice in ("greenup", "greenup_off"):
        await walk.choose(choice)
    await walk.fill()
    await garage.pass_time(SETTLED_S)
    assert not garage.management.is_set_up
    assert limits(garage) == rated
    garage.plug_in(VISITORS)
    await garage.pass_time(SETTLED_S)
    assert all(garage.drawn(number) > 0 for number in STATIONS)


async def test_a_station_leaves_the_site(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """Those that stay are not touched."""
    garage, rated = await held(open_garage)
    assert garage.entry is not None
    subentry = subentry_of(garage.entry, ObjectKind.DEVICE, LEFT)
    assert subentry is not None
    hass.config_entries.async_remove_subentry(garage.entry, subentry.subentry_id)
    await garage.pass_time(SETTLED_S)
    assert limits(garage) == {VISITORS: 0, LEFT: rated[LEFT], RIGHT: 0}


@pytest.mark.parametrize("is_disabled", [True, False])
async def test_a_site_that_is_switched_off_and_one_that_only_stops(
    hass: HomeAssistant, open_garage: Open, is_disabled: bool
) -> None:
    garage, rated = await held(open_garage)
    assert garage.entry is not None
    if is_disabled:
        await hass.config_entries.async_set_disabled_by(
            garage.entry.entry_id, ConfigEntryDisabler.USER
        )
        assert limits(garage) == rated
    else:
        await hass.config_entries.async_unload(garage.entry.entry_id)
        assert not any(limits(garage).values())


async def test_a_site_that_is_deleted(hass: HomeAssistant, open_garage: Open) -> None:
    """Over connections of its own: the site's are closed by then."""
    garage, rated = await held(open_garage)
    assert garage.entry is not None
    answer = await hass.config_entries.async_remove(garage.entry.entry_id)
    assert answer == {"require_restart": False}
    assert limits(garage) == rated
    garage.plug_in(VISITORS)
    assert garage.drawn(VISITORS) > 0


async def test_a_site_is_deleted_while_a_gateway_is_gone(
    hass: HomeAssistant, open_garage: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """The deletion goes on; the log names who was not let go, and why."""
    garage, _ = await held(open_garage)
    assert garage.entry is not None
    await garage.simulation.gateways["Stations"].stop()
    await hass.config_entries.async_remove(garage.entry.entry_id)
    assert hass.config_entries.async_get_entry(garage.entry.entry_id) is None
    told = [
        x.args[0] for x in caplog.records if "has not obeyed" in x.message and x.args
    ]
    assert sorted(told) == sorted(STATIONS)
    assert not any(limits(garage).values())


async def test_a_site_whose_maps_are_not_confirmed_is_deleted(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """Nothing is written to them, as ever (D9)."""
    garage = await open_garage(is_confirmed=False)
    for number in STATIONS:
        garage.permit(number, is_started=False)
    assert garage.entry is not None
    await hass.config_entries.async_remove(garage.entry.entry_id)
    assert not any(limits(garage).values())


async def test_a_station_is_reached_at_another_address(
    hass: HomeAssistant, open_garage: Open
) -> None:
    """The one that had its orders so far is let go."""
    garage, rated = await held(open_garage)
    assert garage.entry is not None
    subentry = subentry_of(garage.entry, ObjectKind.DEVICE, LEFT)
    assert subentry is not None
    moved = {**subentry.data, "address": {**subentry.data["address"], "unit": 99}}
    hass.config_entries.async_update_subentry(garage.entry, subentry, data=moved)
    await garage.pass_time(SETTLED_S)
    assert limits(garage) == {VISITORS: 0, LEFT: rated[LEFT], RIGHT: 0}
