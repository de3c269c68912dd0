"""Loads, measure groups and panel boards."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.installation import installation_of

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
