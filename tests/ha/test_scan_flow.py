"""The search of a bus: what it shows, what it proposes, and adding it in one go."""

import asyncio
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.data_entry_flow import EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE
import pytest

from custom_components.legrand_ews.ews.model import Address, Device
from custom_components.legrand_ews.installation import installation_of

from .flow_registers import CONCENTRATOR, COUNTER, MULTIMETER, TRANSFORMERS
from .flow_sites import add_device, new_site
from .flow_walk import TEXTS, Walk, stored
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")

SPAN = {"first": 1, "last": 10}


@pytest.fixture
async def entry(hass: HomeAssistant, bus: ModbusServer) -> ConfigEntry:
    return await new_site(hass, bus)


def devices(hass: HomeAssistant, entry: ConfigEntry) -> dict[int, Device]:
    return dict(installation_of(hass, entry).devices)


async def searched(hass: HomeAssistant, entry: ConfigEntry, **span: int) -> Walk:
    walk = await Walk.add(hass, entry, "device")
    assert walk.step == "user"
    await walk.choose("scan")
    assert walk.options_of("gateway_id") == {"1": "Cellar"}
    assert walk.suggested == {"gateway_id": "1", "first": 1, "last": 246}
    await walk.fill(**(span or SPAN))
    assert walk.step == "scan_progress"
    return await walk.wait()


def rows(walk: Walk) -> dict[str, dict[str, Any]]:
    return {row["address"]: row for row in walk.suggested["devices"]}


async def test_found_devices_are_added_in_one_go(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """Address, map, certainty, model, name and load."""
    bus.units[MULTIMETER].update(TRANSFORMERS)
    bus.requests.clear()
    shares: list[float] = []

    @callback
    def hear(event: Event) -> None:
        shares.append(event.data["progress"])

    hass.bus.async_listen(EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE, hear)
    walk = await searched(hass, entry)
    assert walk.step == "scan_found"
    assert {unit for unit, _, _ in bus.requests} == set(range(1, 11))
    assert shares == [n / 10 for n in range(1, 11)]

    shown = {
        language: walk.text("step", "scan_found", "description", language=language)
        for language in TEXTS
    }
    for text in shown.values():
        assert " 7" in text  # silent ones
        for address in (MULTIMETER, COUNTER, CONCENTRATOR):
            assert f"* **{address}** " in text
    assert TEXTS["en"]["selector"]["certainty"]["options"]["unknown"] in shown["en"]
    proposed = rows(walk)
    assert set(proposed) == {str(MULTIMETER), str(COUNTER), str(CONCENTRATOR)}
    assert proposed[str(MULTIMETER)]["model"] == "4 120 45"
    assert proposed[str(CONCENTRATOR)]["model"] == "0 046 87"
    assert "model" not in proposed[str(COUNTER)]  # no map fits: left open (S79)

    meter = {
        "name": "Main",
        "model": "4 120 48",
        "load": "Lighting",
        "address": str(MULTIMETER),
    }
    await walk.fill(devices=[meter, proposed[str(COUNTER)]])
    assert walk.step == "created"
    main, other = devices(hass, entry).values()
    assert (main.id, main.name, main.model) == (1, "Main", "412048")
    assert main.address == Address(unit=MULTIMETER)
    assert installation_of(hass, entry).load_of(main).key == "lighting"
    assert (other.id, other.name, other.model) == (2, str(COUNTER), None)
    assert entry.data["next_ids"]["device"] == 3


async def test_a_model_that_names_itself_is_proposed(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """Where several models have one map, the number that the device says decides."""
    identity = dict.fromkeys(range(0xC350, 0xC392), 0)
    identity |= {0xC350 + n: ord(letter) for n, letter in enumerate("SOCO")}
    name = "0 146 69"
    for n in range(len(name) // 2):
        high, low = name[2 * n : 2 * n + 2].encode()
        identity[0xC38A + n] = high << 8 | low
    bus.units[3] = {**identity, 0xC354: 400}
    walk = await searched(hass, entry)
    assert rows(walk)["3"]["model"] == "0 146 69"  # not 0 046 76, the first of the map


async def test_rows_that_are_taken_out_are_not_added(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    walk = await searched(hass, entry)
    await walk.fill(devices=[rows(walk)[str(COUNTER)]])
    assert walk.step == "created"
    assert [x.address.unit for x in devices(hass, entry).values()] == [COUNTER]


async def test_errors_of_the_list(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Nothing is added while anything is wrong, and the list stays as it was filled."""
    walk = await searched(hass, entry)
    before = stored(entry)
    named = [
        {**rows(walk)[str(unit)], "name": "Lift"} for unit in (MULTIMETER, COUNTER)
    ]
    await walk.fill(devices=[])
    assert walk.errors == {"devices": "found_none_chosen"}
    await walk.fill(devices=named)
    assert walk.errors == {"devices": "found_refused"}
    for language in TEXTS:
        text = walk.text("error", "found_refused", language=language)
        assert f"{COUNTER}: " in text
        assert "Lift" in text
    assert walk.suggested["devices"] == named
    await walk.fill(devices=[{**named[0], "model": "9 999 99"}])
    assert walk.errors == {"devices": "found_refused"}
    assert "9 999 99" in walk.text("error", "found_refused")
    await walk.fill(devices=[{"address": "99", "name": "Nobody"}])
    assert walk.errors == {"devices": "found_refused"}
    assert stored(entry) == before


@pytest.mark.parametrize(
    ("span", "errors"),
    [
        ({"first": 0}, {"first": "out_of_range"}),
        ({"first": 1.5}, {"first": "number_invalid"}),
        ({"last": 247}, {"last": "out_of_range"}),  # other servers'
        ({"first": 9, "last": 8}, {"last": "out_of_range"}),
    ],
)
async def test_errors_of_the_span(
    hass: HomeAssistant,
    entry: ConfigEntry,
    bus: ModbusServer,
    span: dict[str, float],
    errors: dict[str, str],
) -> None:
    bus.requests.clear()
    walk = await Walk.add(hass, entry, "device")
    await walk.choose("scan")
    await walk.fill(**span)
    assert walk.errors == errors
    assert not bus.requests


async def test_known_devices_are_not_offered_again(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    await add_device(hass, entry, name="Lift")  # the counter
    walk = await searched(hass, entry)
    assert f"**{COUNTER} Lift**" in walk.text("step", "scan_found", "description")
    assert set(rows(walk)) == {str(MULTIMETER), str(CONCENTRATOR)}


async def test_nobody_there(hass: HomeAssistant, entry: ConfigEntry) -> None:
    walk = await searched(hass, entry, first=70, last=72)
    assert walk.step == "scan_nothing"
    assert "addresses: 3" in walk.text("step", "scan_nothing", "description")
    await walk.choose("scan")
    assert walk.suggested["first"] == 70
    await walk.fill(**SPAN)
    await walk.wait()
    assert walk.step == "scan_found"


async def test_gateway_that_cannot_be_reached(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    await bus.stop()
    walk = await searched(hass, entry)
    assert walk.errors == {"gateway_id": "gateway_cannot_connect"}
    await bus.start()
    await walk.fill(**SPAN)
    await walk.wait()
    assert walk.step == "scan_found"


async def test_closing_the_dialogue_ends_the_search(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    has_begun = asyncio.Event()

    @callback
    def hear(event: Event) -> None:
        has_begun.set()

    hass.bus.async_listen(EVENT_DATA_ENTRY_FLOW_PROGRESS_UPDATE, hear)
    walk = await Walk.add(hass, entry, "device")
    await walk.choose("scan")
    await walk.fill(first=1, last=246)
    await has_begun.wait()
    hass.config_entries.subentries.async_abort(walk.result["flow_id"])
    await hass.async_block_till_done()
    assert len({unit for unit, _, _ in bus.requests}) < 246
    assert not devices(hass, entry)
