"""What a search cannot find out: asked page by page, then everything is added at once."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.model import Address, Device, Supply
from custom_components.legrand_ews.installation import installation_of

from .flow_registers import CONCENTRATOR, COUNTER, MULTIMETER
from .flow_sites import new_site
from .flow_walk import TEXTS, Walk, stored
from .modbus_server import ModbusServer
from .obliging_server import ObligingServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")


def devices(hass: HomeAssistant, entry: ConfigEntry) -> list[Device]:
    return list(installation_of(hass, entry).devices.values())


async def found(
    hass: HomeAssistant, entry: ConfigEntry, rows: dict[int, dict[str, str]]
) -> Walk:
    """Search, and keep these rows of the list."""
    walk = await Walk.add(hass, entry, "device")
    await walk.choose("scan")
    await walk.fill(first=min(rows), last=max(rows))
    await walk.wait()
    assert walk.step == "scan_found"
    proposed = {row["address"]: row for row in walk.suggested["devices"]}
    kept = [{**proposed[str(unit)], **row} for unit, row in rows.items()]
    return await walk.fill(devices=kept)


@pytest.fixture
async def entry(hass: HomeAssistant, bus: ModbusServer) -> ConfigEntry:
    return await new_site(hass, bus)


@pytest.fixture
async def stations(hass: HomeAssistant) -> AsyncIterator[ConfigEntry]:
    """A bus on which somebody answers at every address, whose map nobody knows."""
    server = ObligingServer()
    await server.start()
    yield await new_site(hass, server)
    await server.stop()


def heading(walk: Walk, language: str = "en") -> str:
    return walk.text("step", walk.step, "title", language=language)


async def test_meters_on_a_concentrator(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S68, S70: names for the inputs in use, one model after the other."""
    walk = await found(hass, entry, {CONCENTRATOR: {}})
    assert walk.step == "scan_inputs"
    assert heading(walk) == "Found devices: 1 of 1"
    assert heading(walk, "fr") == "Appareils trouvés\u00a0: 1 sur 1"
    inputs = [field for field in walk.fields if field.startswith("input_")]
    assert inputs == [f"input_{n}" for n in range(1, 8)]  # 0 046 87 has seven
    before = stored(entry)
    await walk.fill(meter="412069", input_1="Lift", input_3="lift ")
    assert walk.errors == {"input_3": "name_duplicate"}
    assert stored(entry) == before
    await walk.fill(input_3="Oven", more_meters=True)
    assert walk.step == "scan_inputs"
    assert "input_1" not in walk.fields
    assert stored(entry) == before
    await walk.fill(meter="x_pulse_gas", input_2="Boiler")
    assert walk.step == "created"
    assert walk.text("create_entry", "several") == "3 devices were added."
    lift, oven, boiler = devices(hass, entry)
    assert [x.id for x in (lift, oven, boiler)] == [1, 2, 3]
    assert lift.address == Address(unit=CONCENTRATOR, position=1)
    assert (oven.model, oven.address.position) == ("412069", 3)
    assert oven.pulse_input is not None
    assert oven.pulse_input.concentrator == "004687"
    assert oven.pulse_input.start == Decimal(0)
    assert (boiler.name, boiler.address.position) == ("Boiler", 2)
    assert installation_of(hass, entry).load_of(boiler).key == "gas"


async def test_ratios_that_a_meter_does_not_say(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    walk = await found(hass, entry, {MULTIMETER: {"name": "Main"}})
    assert walk.step == "scan_device"
    assert walk.fields == ["name", "ct_ratio", "vt_ratio", "leave_out"]
    assert walk.suggested["name"] == "Main"
    assert walk.suggested["leave_out"] is False
    await walk.fill(ct_ratio="fifty")
    assert walk.errors == {"ct_ratio": "decimal_invalid"}
    await walk.fill(ct_ratio="50", vt_ratio="1")
    assert walk.step == "created"
    (main,) = devices(hass, entry)
    assert (main.parameters["ct_ratio"], main.parameters["vt_ratio"]) == ("50", "1")


async def test_another_makers_meter(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S63-S66: all that describes its number, with an error at its field."""
    walk = await found(hass, entry, {COUNTER: {"model": "Generic Modbus meter"}})
    assert walk.step == "scan_device"
    await walk.fill()
    assert walk.errors == {"register": "value_missing"}
    await walk.fill(register="2000", words="4", factor="100", name="Lift")
    assert walk.step == "created"
    (lift,) = devices(hass, entry)
    assert (lift.name, lift.model) == ("Lift", "x_generic_modbus")
    assert lift.parameters["register"] == "2000"
    assert lift.parameters["words"] == "4"


async def test_pages_are_counted_and_everything_comes_at_once(
    hass: HomeAssistant, stations: ConfigEntry
) -> None:
    """S61, S73, S74: phase, supply, both sides of a station; what asks nothing waits."""
    rows = {
        10: {"model": "0 590 00", "name": "Bay"},  # single-phase
        11: {"model": "0 590 32"},  # old, two sides at one address
        12: {"model": "4 149 20", "name": "Workshop"},
        13: {"name": "Nobody knows"},
    }
    walk = await found(hass, stations, rows)
    before = stored(stations)
    for number, address in enumerate(("10", "11-1", "11-2", "12"), start=1):
        assert walk.step == "scan_device"
        assert heading(walk) == f"Found devices: {number} of 4"
        for language in TEXTS:
            text = walk.text("step", "scan_device", "description", language=language)
            assert f"**{address}**" in text
        asked = "supply" if address == "12" else "phase"
        assert walk.fields == ["name", asked, "leave_out"]
        name = rows[int(address[:2])].get("name")
        assert walk.suggested.get("name") in {name, None, ""}
        assert stored(stations) == before
        if asked == "phase":
            await walk.fill()
            assert walk.errors == {"phase": "value_missing"}
            await walk.fill(phase=str(number))
        else:
            await walk.fill(supply="downstream")
    assert walk.step == "created"
    bay, left, right, workshop, unknown = devices(hass, stations)
    assert (bay.name, bay.phase) == ("Bay", 1)
    assert (left.name, left.side, left.phase) == ("11-1", 1, 2)
    assert (right.name, right.side, right.phase) == ("11-2", 2, 3)
    assert workshop.supply is Supply.DOWNSTREAM
    assert (unknown.name, unknown.model) == ("Nobody knows", None)


async def test_devices_that_are_left_out(
    hass: HomeAssistant, stations: ConfigEntry
) -> None:
    rows = {10: {"model": "0 590 00"}, 11: {"model": "0 590 00"}}
    before = stored(stations)
    walk = await found(hass, stations, rows)
    await walk.fill(leave_out=True)
    await walk.fill(leave_out=True)
    assert walk.step == "nothing_added"
    assert stored(stations) == before

    walk = await found(hass, stations, rows)
    await walk.fill(leave_out=True)
    await walk.fill(phase="2")
    assert walk.step == "created"
    assert [x.address.unit for x in devices(hass, stations)] == [11]


async def test_names_differ_over_all_pages(
    hass: HomeAssistant, stations: ConfigEntry
) -> None:
    """S77: also from a device that has no page of its own."""
    rows: dict[int, dict[str, Any]] = {
        10: {"model": "0 590 00"},
        11: {"name": "Kept"},
    }
    walk = await found(hass, stations, rows)
    await walk.fill(phase="1", name="KEPT")
    assert walk.errors == {"name": "name_duplicate"}
    assert "KEPT" in walk.text("error", "name_duplicate")
    await walk.fill(name="Bay")
    assert [x.name for x in devices(hass, stations)] == ["Bay", "Kept"]
