"""Saving a device together with others of its kind, and what a new form proposes."""

from collections.abc import AsyncIterator
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.ews.model import Address, Device
from custom_components.legrand_ews.installation import installation_of

from .flow_sites import device_form, new_device, new_site
from .flow_walk import TEXTS, Walk, only, stored
from .obliging_server import ObligingServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")

CONCENTRATOR = {"concentrator": "004687", "concentrator_address": "9"}
PULSES = ("pulse_counter", "412069")
THREE_CHANNELS = ("ems_measure", "414918")
METER = ("emdx3_multimeter", "412045")


@pytest.fixture
async def entry(
    hass: HomeAssistant, socket_enabled: None
) -> AsyncIterator[ConfigEntry]:
    server = ObligingServer()
    await server.start()
    yield await new_site(hass, server)
    await server.stop()


def devices(hass: HomeAssistant, entry: ConfigEntry) -> list[Device]:
    return list(installation_of(hass, entry).devices.values())


async def answering(
    hass: HomeAssistant, entry: ConfigEntry, kind: tuple[str, str], **values: Any
) -> Walk:
    walk = await device_form(hass, entry, *kind)
    await walk.fill(**values)
    assert walk.step == "device_tested", walk.errors
    return walk


async def saved(
    hass: HomeAssistant, entry: ConfigEntry, kind: tuple[str, str], **values: Any
) -> None:
    walk = await answering(hass, entry, kind, **values)
    await walk.choose("save_device")
    assert walk.step == "created"


def ways(walk: Walk) -> list[str]:
    return list(walk.result["menu_options"])


async def test_other_inputs_in_one_go(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S68: names are all that is asked; the inputs in use are not offered."""
    await saved(hass, entry, PULSES, **CONCENTRATOR, position=7)
    walk = await answering(
        hass, entry, PULSES, **CONCENTRATOR, position=2, name="Lift", start="500"
    )
    assert ways(walk)[:3] == ["save_device", "save_another", "save_inputs"]
    before = stored(entry)
    await walk.choose("save_inputs")
    assert walk.fields == [f"input_{n}" for n in (1, 3, 4, 5, 6)]
    for language in TEXTS:
        text = walk.text("step", "inputs", "description", language=language)
        assert "Lift" in text
    await walk.fill(input_1="Oven", input_4="Lift")
    assert walk.errors == {"input_4": "name_duplicate"}
    assert stored(entry) == before
    await walk.fill(input_4="Pump")
    assert walk.step == "created"
    _, lift, oven, pump = devices(hass, entry)
    places = {x.name: x.address for x in (lift, oven, pump)}
    assert places == {
        "Lift": Address(unit=9, position=2),
        "Oven": Address(unit=9, position=1),
        "Pump": Address(unit=9, position=4),
    }
    assert oven.model == pump.model == "412069"
    assert lift.pulse_input is not None
    assert pump.pulse_input is not None
    assert (lift.pulse_input.start, pump.pulse_input.start) == (500, 0)


async def test_next_input_is_proposed(hass: HomeAssistant, entry: ConfigEntry) -> None:
    walk = await device_form(hass, entry, *PULSES)
    assert walk.suggested["position"] == 1
    await saved(hass, entry, PULSES, **CONCENTRATOR, position=1)
    walk = await device_form(hass, entry, *PULSES)
    assert walk.suggested["concentrator"] == "004687"
    assert walk.suggested["concentrator_address"] == "9"
    assert walk.suggested["position"] == 2


@pytest.mark.parametrize(
    ("address", "others"),
    [
        ("11", [Address(unit=12), Address(unit=13)]),
        # behind an interface in remote addressing mode (S60)
        (
            "2-1",
            [
                Address(unit=3, position=1, is_remote=True),
                Address(unit=4, position=1, is_remote=True),
            ],
        ),
    ],
)
async def test_other_channels_in_one_go(
    hass: HomeAssistant, entry: ConfigEntry, address: str, others: list[Address]
) -> None:
    """registers.md T7.0: a module of three channels takes three addresses in a row."""
    walk = await answering(hass, entry, THREE_CHANNELS, address=address, name="Left")
    await walk.choose("save_channels")
    assert walk.step == "other_channels"
    assert walk.fields == ["channel_1", "channel_2"]
    shown = ", ".join(str(one) for one in others)
    for language in TEXTS:
        assert shown in walk.text(
            "step", "other_channels", "description", language=language
        )
    await walk.fill(channel_1="LEFT")
    assert walk.errors == {"channel_1": "name_duplicate"}
    await walk.fill(channel_1="Middle")
    assert walk.step == "created"
    left, middle, right = devices(hass, entry)
    assert [left.name, middle.name, right.name] == ["Left", "Middle", str(others[1])]
    assert [middle.address, right.address] == others
    assert left.model == middle.model == right.model == "414918"


async def test_channels_that_are_known_already(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """The second channel is followed by one, the third by none, another by two."""
    await saved(hass, entry, THREE_CHANNELS, address="11")
    walk = await answering(hass, entry, THREE_CHANNELS, address="12")
    await walk.choose("save_channels")
    assert walk.fields == ["channel_1"]
    await walk.fill()
    assert [x.address.unit for x in devices(hass, entry)] == [11, 12, 13]
    walk = await answering(hass, entry, THREE_CHANNELS, address="14")
    assert "save_channels" in ways(walk)
    walk = await answering(hass, entry, METER, address="15")
    assert "save_channels" not in ways(walk)
    await walk.choose("save_device")
    walk = await answering(hass, entry, THREE_CHANNELS, address="14")
    await walk.choose("save_channels")
    assert walk.fields == ["channel_1"]  # 15 is somebody else
    await walk.fill()
    assert devices(hass, entry)[-1].address == Address(unit=16)


async def test_one_meter_after_the_other(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """The next form comes filled; only name and test remain. Each is stored at once."""
    walk = await answering(
        *(hass, entry, METER),
        address="20",
        name="First",
        ct_ratio="50",
        is_excluded_from_totals=True,
    )
    await walk.choose("save_another")
    assert walk.step == "device"
    assert [x.name for x in devices(hass, entry)] == ["First"]
    assert walk.text("step", "device", "description").startswith("✓ **First**")
    assert "name" not in walk.suggested
    assert walk.suggested["address"] == "21"
    assert walk.suggested["ct_ratio"] == "50"
    assert walk.suggested["is_excluded_from_totals"] is True
    await walk.fill(name="first")
    assert walk.errors == {"name": "name_duplicate"}
    await walk.fill(name="Second")
    await walk.choose("save_another")
    assert walk.suggested["address"] == "22"
    await walk.fill()
    await walk.choose("edit_device")
    await walk.fill(name="Third")
    await walk.choose("save_device")
    assert walk.step == "created"
    assert [(x.id, x.name, x.address.unit) for x in devices(hass, entry)] == [
        *((1, "First", 20), (2, "Second", 21), (3, "Third", 22)),
    ]


async def test_last_gateway_and_family_come_first(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    walk = await new_device(hass, entry)
    assert walk.suggested == {"gateway_id": "1"}
    await saved(hass, entry, METER, address="246")
    walk = await new_device(hass, entry)
    assert walk.suggested == {"gateway_id": "1", "family": "emdx3_multimeter"}
    await walk.fill(number="4 120 48")
    assert walk.suggested["address"] == "1"  # nothing comes after 246


async def test_a_stored_device_is_only_saved(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    await saved(hass, entry, METER, address="20")
    walk = await Walk.change(hass, entry, only(entry, "device"))
    await walk.choose("device")
    await walk.fill(address="21")
    assert ways(walk) == ["save_device", "edit_device"]
