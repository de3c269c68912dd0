"""Loads, measure groups and panel boards."""

from dataclasses import replace

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.installation import installation_of

from . import site
from .flow_sites import new_site
from .flow_walk import Walk, only, stored
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")


@pytest.fixture
async def entry(hass: HomeAssistant, bus: ModbusServer) -> ConfigEntry:
    return await new_site(hass, bus)


async def test_load(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S95, S96: a name and a colour; numbers follow those of the predefined loads."""
    walk = await Walk.add(hass, entry, "load")
    await walk.fill(name=" Kitchen ", color=[255, 0, 16])
    assert walk.step == "created"
    load = only(entry, "load")
    assert (load.title, load.unique_id) == ("Kitchen", "load_10")
    assert load.data == {
        "id": 10,
        "name": "Kitchen",
        "color": "#ff0010",
        "is_enabled": True,
    }
    walk = await Walk.change(hass, entry, load)
    assert walk.suggested == {
        "name": "Kitchen",
        "color": [255, 0, 16],
        "is_enabled": True,
    }
    await walk.fill(name="Canteen", is_enabled=False)
    assert walk.step == "reconfigure_successful"
    assert only(entry, "load").unique_id == "load_10"
    changed = installation_of(hass, entry).loads[10]
    assert (changed.name, changed.is_enabled) == ("Canteen", False)


@pytest.mark.parametrize("kind", ["load", "group", "panel_board"])
async def test_names(hass: HomeAssistant, entry: ConfigEntry, kind: str) -> None:
    """S77, Q6: needed, and unique within their kind."""
    walk = await Walk.add(hass, entry, kind)
    await walk.fill(name="North")
    assert walk.step == "created"
    before = stored(entry)
    walk = await Walk.add(hass, entry, kind)
    await walk.fill(name=" ")
    assert walk.errors == {"name": "name_required"}
    await walk.fill(name="NORTH")
    assert walk.errors == {"name": "name_duplicate"}
    assert stored(entry) == before
    await walk.fill(name="South")
    assert walk.step == "created"

    first, second = entry.get_subentries_of_type(kind)
    before = stored(entry)
    walk = await Walk.change(hass, entry, second)
    await walk.fill(name="north ")
    assert walk.errors == {"name": "name_duplicate"}
    assert stored(entry) == before
    walk = await Walk.change(hass, entry, first)
    await walk.fill(name="north")  # its own name in another case
    assert walk.step == "reconfigure_successful"
    assert entry.subentries[first.subentry_id].title == "north"


@pytest.mark.parametrize(("language", "name"), [("en", "heating"), ("fr", "CHAUFFAGE")])
async def test_load_cannot_take_a_predefined_name(
    hass: HomeAssistant, entry: ConfigEntry, language: str, name: str
) -> None:
    hass.config.language = language
    walk = await Walk.add(hass, entry, "load")
    await walk.fill(name=name)
    assert walk.errors == {"name": "name_duplicate"}


@pytest.mark.parametrize("kind", ["load", "group", "panel_board"])
async def test_numbers_are_never_given_twice(
    hass: HomeAssistant, entry: ConfigEntry, kind: str
) -> None:
    numbers = []
    for name in ("One", "Two", "Three"):
        walk = await Walk.add(hass, entry, kind)
        await walk.fill(name=name)
        (added,) = entry.get_subentries_of_type(kind)
        numbers.append(added.data["id"])
        hass.config_entries.async_remove_subentry(entry, added.subentry_id)
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


async def test_group(hass: HomeAssistant, entry: ConfigEntry) -> None:
    walk = await Walk.add(hass, entry, "group")
    await walk.fill(name="First floor", description="East and west")
    walk = await Walk.change(hass, entry, only(entry, "group"))
    assert walk.suggested["description"] == "East and west"
    await walk.fill(description=None, is_enabled=False)
    assert only(entry, "group").data == {
        "id": 1,
        "name": "First floor",
        "description": "",
        "is_enabled": False,
    }


@pytest.fixture
async def devices(hass: HomeAssistant, entry: ConfigEntry) -> ConfigEntry:
    """Three counters: 1 has no load, 2 lights something, 3 counts gas."""
    for part in (
        site.device(1, 1, 11, name="Oven"),
        site.device(2, 1, 12, name="Lamps", load_id=4),
        replace(site.pulse_meter(3, 1, 20, 1, "x_pulse_gas", weight=10), load_id=8),
    ):
        site.add(hass, entry, part)
    return entry


def loads_of(hass: HomeAssistant, entry: ConfigEntry) -> dict[int, int | None]:
    made = installation_of(hass, entry).devices.values()
    return {device.id: device.load_id for device in made}


async def test_load_takes_and_gives_back_its_devices(
    hass: HomeAssistant, devices: ConfigEntry
) -> None:
    """S96: a device has one load, so the form says which one it would leave."""
    walk = await Walk.add(hass, devices, "load")
    assert walk.options_of("devices") == {"1": "Oven", "2": "Lamps (Lighting)"}
    await walk.fill(name="Kitchen", devices=["1", "2"])
    assert walk.step == "created"
    assert loads_of(hass, devices) == {1: 10, 2: 10, 3: 8}

    walk = await Walk.change(hass, devices, only(devices, "load"))
    assert walk.options_of("devices") == {"1": "Oven", "2": "Lamps"}
    assert walk.suggested["devices"] == ["1", "2"]
    await walk.fill(devices=["2"])
    assert walk.step == "reconfigure_successful"
    assert loads_of(hass, devices) == {1: None, 2: 10, 3: 8}

    walk = await Walk.add(hass, devices, "load")
    assert walk.options_of("devices")["2"] == "Lamps (Kitchen)"
    await walk.fill(name="Workshop")
    assert loads_of(hass, devices) == {1: None, 2: 10, 3: 8}


async def test_load_that_is_left_is_named_in_home_assistants_language(
    hass: HomeAssistant, devices: ConfigEntry
) -> None:
    hass.config.language = "fr"
    walk = await Walk.add(hass, devices, "load")
    assert walk.options_of("devices")["2"] == "Lamps (Éclairage)"


async def test_a_form_that_is_wrong_moves_nothing(
    hass: HomeAssistant, devices: ConfigEntry
) -> None:
    before = stored(devices)
    walk = await Walk.add(hass, devices, "load")
    await walk.fill(name=" ", devices=["1"])
    assert walk.errors == {"name": "name_required"}
    assert walk.suggested["devices"] == ["1"]
    assert stored(devices) == before


async def test_group_takes_and_gives_back_its_devices(
    hass: HomeAssistant, devices: ConfigEntry
) -> None:
    """S98: a device can be in several groups, whatever it counts."""

    def groups() -> dict[int, tuple[int, ...]]:
        made = installation_of(hass, devices).devices.values()
        return {device.id: device.group_ids for device in made}

    walk = await Walk.add(hass, devices, "group")
    assert list(walk.options_of("devices")) == ["1", "2", "3"]
    await walk.fill(name="First floor", devices=["1", "3"])
    walk = await Walk.add(hass, devices, "group")
    assert walk.suggested["devices"] == []
    await walk.fill(name="Tenant 2", devices=["1"])
    assert groups() == {1: (1, 2), 2: (), 3: (1,)}

    first, _ = devices.get_subentries_of_type("group")
    walk = await Walk.change(hass, devices, first)
    assert walk.suggested["devices"] == ["1", "3"]
    await walk.fill(devices=["2", "3"])
    assert groups() == {1: (2,), 2: (1,), 3: (1,)}


async def test_board_takes_and_gives_back_its_gateways(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S94: many gateways on a board, each on one board."""

    def board_of_gateway() -> int | None:
        return installation_of(hass, entry).gateways[1].board_id

    walk = await Walk.add(hass, entry, "panel_board")
    assert walk.options_of("gateways") == {"1": "Cellar"}
    await walk.fill(name="Main board", gateways=["1"])
    assert board_of_gateway() == 1

    walk = await Walk.add(hass, entry, "panel_board")
    assert walk.options_of("gateways") == {"1": "Cellar (Main board)"}
    await walk.fill(name="Annex")
    assert board_of_gateway() == 1  # not asked for, not moved

    main, annex = entry.get_subentries_of_type("panel_board")
    walk = await Walk.change(hass, entry, annex)
    await walk.fill(gateways=["1"])
    assert board_of_gateway() == 2

    walk = await Walk.change(hass, entry, main)
    assert walk.suggested["gateways"] == []
    await walk.fill(description="Cellar")
    assert board_of_gateway() == 2

    walk = await Walk.change(hass, entry, annex)
    assert walk.suggested["gateways"] == ["1"]
    await walk.fill(gateways=[])
    assert board_of_gateway() is None
