"""Every number of the device list goes through the real flow and is stored as it is."""

from collections.abc import AsyncIterator
import csv
from itertools import batched
from pathlib import Path

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.catalogue import async_get_catalogue
from custom_components.legrand_ews.ews.catalogue import Model
from custom_components.legrand_ews.ews.model import Address, Supply
from custom_components.legrand_ews.ews.model.codec import decode_device

from .flow_sites import new_device, new_site
from .flow_walk import Walk
from .obliging_server import ObligingServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")

LIST = Path(__file__).parents[1] / "core" / "data" / "promised_devices.csv"
ROWS = {
    row["number"]: row
    for row in csv.DictReader(
        line for line in LIST.read_text("utf-8").splitlines() if line[:1] != "#"
    )
}
CONCENTRATORS = {"004687", "412065", "414926"}
INTERFACES = {n for n, row in ROWS.items() if "interface" in row["functions"]}
"""They carry other devices and are none themselves."""
DEVICES = sorted(ROWS.keys() - CONCENTRATORS - INTERFACES)
BUS_DEVICES = [number for number in DEVICES if ROWS[number]["map"] != "ews_server"]
SLAVE_DEVICES = [number for number in DEVICES if number not in BUS_DEVICES]

# What the manual says of single numbers, by section.
SUPPLY = {"414919", "414920", "414923"}  # S61; S72: all breakers
OLD_TWO_SIDED = {  # S74
    f"0590{n}" for n in (32, 34, 38, 40, 47, 57, 58, 66, 67, 77, 78, 96, 97)
}
NEW_TWO_SIDED = {  # S75
    f"0{range_}0{n}" for range_ in (58, 59) for n in (11, 13, 15, 42, 44, 49)
}
NAMED_CHANNELS = {"026136", "028812", "414930", "414932"}  # S86
ALSO_NAMED = {"414931"}  # its one output
BREAKERS = {n for n, row in ROWS.items() if row["map"] == "legrand_breaker"}
NOT_REPORTING = {"410657", "410658", "410659"}  # S82: EMS CX³, DPX³ and DMX³ only
GENERIC = {"register": "2000"}
SAMPLE = {"x_wsmeasure_device": "12", "x_wsmeasure_load": "4", "x_wsmeasure_group": "3"}


@pytest.fixture
async def entry(
    hass: HomeAssistant, socket_enabled: None
) -> AsyncIterator[ConfigEntry]:
    server = ObligingServer()
    await server.start()
    yield await new_site(hass, server)
    await server.stop()


async def walk_to_form(
    hass: HomeAssistant, entry: ConfigEntry, model: Model, gateway: str
) -> Walk:
    walk = await new_device(hass, entry)
    is_guess = ROWS[model.key]["confidence"] == "none" and not model.is_pulse
    await walk.fill(gateway_id=gateway, family=model.family)
    if walk.step == "model":  # not for the only one of its family
        label = walk.options_of("model")[model.key]
        assert model.description("en") in label
        assert label.startswith(model.printed)
        assert not is_guess or label.endswith("⚠"), label
        await walk.fill(model=model.key)
    if is_guess:  # D9
        assert walk.step == "unverified"
    if walk.step == "unverified":
        await walk.fill()
    assert walk.step == "device"
    assert {spec.name for spec in model.parameters} <= set(walk.fields)
    return walk


async def finish(walk: Walk, number: str) -> None:
    """Go from the form to the end; every step on the way is one the number promises."""
    assert walk.step == "device_tested", (number, walk.errors)
    await walk.choose("save_device")
    row = ROWS[number]
    if number in NAMED_CHANNELS | ALSO_NAMED:
        assert walk.step == "channels", number
        await walk.fill()
    if "command" in row["functions"]:  # all of them are guesses
        assert walk.step == "confirm_map", number
        await walk.fill()
    if number in OLD_TWO_SIDED:
        assert walk.step == "other_side", number
        await walk.choose("one_side_only")
    assert walk.step == "created", number


@pytest.mark.parametrize(
    "numbers", batched(BUS_DEVICES, 20, strict=False), ids=lambda x: x[0]
)
async def test_devices_of_a_bus(
    hass: HomeAssistant, entry: ConfigEntry, numbers: tuple[str, ...]
) -> None:
    """S57-S61, S68-S75, S82, S86: fields, steps and what is stored."""
    catalogue = await async_get_catalogue(hass)
    for unit, number in enumerate(numbers, start=20):
        row = ROWS[number]
        model = catalogue.models[number]
        walk = await walk_to_form(hass, entry, model, "1")
        fields = set(walk.fields)
        is_station = row["map"] == "greenup"
        is_pulse = row["map"] == "pulse_channel"
        needs_phase = is_station and row["connection"] == "single"
        assert ("supply" in fields) is (number in SUPPLY | BREAKERS), number
        assert ("phase" in fields) is needs_phase, number
        assert ("side" in fields) is (number in OLD_TWO_SIDED), number
        assert ("concentrator" in fields) is is_pulse, number
        is_reporting = row["carrier"] == "414940" or number in BREAKERS - NOT_REPORTING
        assert ("exclude_alerts" in fields) is is_reporting, number
        has_own_load = number in {"x_pulse_gas", "x_pulse_water"}
        counts = "ea_imp" in row["quantities"] or is_pulse
        assert ("load_id" in fields) is (counts and not has_own_load), number
        hint = walk.text("step", "device", "description")
        assert ("catalogue number" in hint) is (number in NEW_TWO_SIDED), number
        assert ("three addresses" in hint) is (number == "414918"), number

        values = {"address": str(unit)}
        expected = Address(unit=unit)
        if is_pulse:
            values = {
                "concentrator_address": str(unit),
                "position": 1,
                "concentrator": "004687",
            }
            expected = Address(unit=unit, position=1)
        if number in OLD_TWO_SIDED:
            values["side"] = "2"
            expected = Address(unit=unit, position=2)
        if needs_phase:
            values["phase"] = "3"
        if number == "x_generic_modbus":
            values |= GENERIC
        await walk.fill(**values)
        await finish(walk, number)

        subentry = list(entry.subentries.values())[-1]
        device = decode_device(subentry.data)
        assert device.model == number
        assert device.address == expected
        assert device.name == subentry.title == str(expected)  # S78
        assert device.side == (2 if number in OLD_TWO_SIDED else None)
        assert device.phase == (3 if needs_phase else None)
        assert device.supply is Supply.UPSTREAM
        assert not device.is_map_confirmed  # never without the user's word
        assert device.gateway_id == 1


async def test_devices_of_another_server(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S129-S135: address 247 by itself, the kind of object, its number, the tests."""
    server = entry.get_subentries_of_type("gateway")[0].data["port"]
    other = ObligingServer()
    await other.start()
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("ews_slave")
    await walk.fill(host="127.0.0.1", port=other.port, name="Annex")
    assert walk.step == "gateway_tested"
    assert {unit for unit, _, _ in other.requests} == {247}
    await walk.choose("save_gateway")
    assert other.port != server

    catalogue = await async_get_catalogue(hass)
    expected = {
        "x_wsmeasure_device": "10012",
        "x_wsmeasure_load": "20004",
        "x_wsmeasure_group": "30003",
        "x_wsmeasure_all": "29999",
    }
    assert set(SLAVE_DEVICES) == expected.keys()
    for number in SLAVE_DEVICES:
        walk = await walk_to_form(hass, entry, catalogue.models[number], "2")
        assert walk.suggested["address"] == "247"
        values = {"remote_id": SAMPLE[number]} if number in SAMPLE else {}
        await walk.fill(**values)
        await finish(walk, number)
        device = decode_device(list(entry.subentries.values())[-1].data)
        assert device.address == Address(unit=247)
        assert device.parameters["remote_id"] == expected[number]
        assert device.name == f"247-{expected[number]}"
    await other.stop()


async def test_nothing_else_is_offered(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Interfaces and mere concentrators are no devices; everything else is there."""
    catalogue = await async_get_catalogue(hass)
    walk = await new_device(hass, entry)
    families = walk.options_of("family")
    offered = {
        model.key
        for family in families
        for model in catalogue.models_of(family)
        if model.is_metering_point
    }
    assert offered == set(DEVICES)
