"""What follows a device's form: two sides, named channels, maps that were checked."""

from collections.abc import AsyncIterator
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.catalogue import async_get_catalogue
from custom_components.legrand_ews.ews.model import Address, Device
from custom_components.legrand_ews.installation import installation_of

from .flow_sites import device_form, new_device, new_site
from .flow_walk import TEXTS, Walk, only, stored
from .modbus_server import ModbusServer
from .obliging_server import ObligingServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")

STATION = ("greenup_old", "059032")  # single-phase, two sides
MODULE = ("supervision_io", "028812")


@pytest.fixture
async def server(socket_enabled: None) -> AsyncIterator[ObligingServer]:
    server = ObligingServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def entry(hass: HomeAssistant, server: ObligingServer) -> ConfigEntry:
    return await new_site(hass, server)


def devices(hass: HomeAssistant, entry: ConfigEntry) -> list[Device]:
    return list(installation_of(hass, entry).devices.values())


async def described(
    hass: HomeAssistant, entry: ConfigEntry, kind: tuple[str, str], **values: Any
) -> Walk:
    """Describe a device, test it and save it, as far as the next question."""
    walk = await device_form(hass, entry, *kind)
    await walk.fill(**values)
    assert walk.step == "device_tested", walk.errors
    return await walk.choose("save_device")


async def to_other_side(hass: HomeAssistant, entry: ConfigEntry) -> Walk:
    walk = await described(hass, entry, STATION, address="5", side="1", phase="2")
    await walk.fill()  # the map was not checked
    assert walk.step == "other_side"
    for language, text in (("en", "Side 2"), ("fr", "côté 2")):
        assert text in walk.text("step", "other_side", "description", language=language)
    return walk


async def test_both_sides_in_one_go(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S74: for the other side only name and phase are asked."""
    walk = await to_other_side(hass, entry)
    assert not devices(hass, entry)
    await walk.choose("other_side_settings")
    assert walk.fields == ["name", "phase"]
    assert walk.suggested["phase"] == "2"
    await walk.fill(name="Bay right", phase="3")
    assert walk.step == "created"
    left, right = devices(hass, entry)
    assert (left.id, left.name, left.side, left.phase) == (1, "5-1", 1, 2)
    assert (right.id, right.name, right.side, right.phase) == (2, "Bay right", 2, 3)
    assert left.address == Address(unit=5, position=1)
    assert right.address == Address(unit=5, position=2)
    assert left.model == right.model == "059032"
    titles = {x.unique_id: x.title for x in entry.get_subentries_of_type("device")}
    assert titles == {"device_1": "5-1", "device_2": "Bay right"}


async def test_other_side_is_named_by_its_place(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S78: address-side."""
    walk = await to_other_side(hass, entry)
    await walk.choose("other_side_settings")
    await walk.fill()
    assert [device.name for device in devices(hass, entry)] == ["5-1", "5-2"]


async def test_errors_of_the_other_side(
    hass: HomeAssistant, entry: ConfigEntry, server: ObligingServer
) -> None:
    """Nothing is stored, not even the side that is right."""
    walk = await to_other_side(hass, entry)
    await walk.choose("other_side_settings")
    before = stored(entry)
    await walk.fill(name="5-1")  # the name of the side that is saved with it
    assert walk.errors == {"name": "name_duplicate"}
    await server.stop()
    await walk.fill(name="Right")
    assert walk.errors == {"base": "gateway_cannot_connect"}
    assert stored(entry) == before
    await walk.fill(save_without_test=True)
    assert walk.step == "created"
    assert len(devices(hass, entry)) == 2


async def test_other_side_later(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """The station is known: its free side is asked for, nothing is offered again."""
    walk = await to_other_side(hass, entry)
    await walk.choose("one_side_only")
    assert [device.name for device in devices(hass, entry)] == ["5-1"]
    before = stored(entry)
    walk = await device_form(hass, entry, *STATION)
    await walk.fill(address="5", side="1", phase="1")
    assert walk.errors == {"address": "address_duplicate", "side": "address_duplicate"}
    await walk.fill(address="5-1")
    assert walk.errors == {"address": "address_invalid"}
    walk = await device_form(hass, entry, "greenup_old", "059034")
    await walk.fill(address="5", side="2", phase="1")
    assert walk.errors == {"address": "side_differs"}
    assert stored(entry) == before
    walk = await described(hass, entry, STATION, address="5", side="2", phase="1")
    await walk.fill()
    assert walk.step == "created"


async def test_checked_map(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """D9: commands are named before the word is given; it can be taken back."""
    walk = await to_other_side(hass, entry)
    await walk.choose("one_side_only")
    catalogue = await async_get_catalogue(hass)

    def commands() -> set[str]:
        (device,) = devices(hass, entry)
        model = catalogue.models["059032"]
        found = catalogue.commands_of(model, is_confirmed=device.is_map_confirmed)
        return {command.key for command in found}

    assert commands() == set()
    for answer in (True, False):
        walk = await Walk.change(hass, entry, only(entry, "device"))
        assert walk.result["menu_options"] == ["device", "confirm_map", "pick"]
        await walk.choose("confirm_map")
        assert walk.suggested == {"is_map_confirmed": not answer}
        listed = walk.text("step", "confirm_map", "description")
        assert TEXTS["en"]["entity"]["number"]["current_limit"]["name"] in listed
        await walk.fill(is_map_confirmed=answer)
        assert walk.step == "reconfigure_successful"
        assert ("current_limit" in commands()) is answer


async def test_confirmation_of_a_new_device(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    walk = await described(hass, entry, MODULE, address="7")
    assert walk.step == "channels"
    await walk.fill()
    assert walk.step == "confirm_map"
    assert walk.suggested == {"is_map_confirmed": False}
    await walk.fill(is_map_confirmed=True)
    (device,) = devices(hass, entry)
    assert device.is_map_confirmed

    walk = await Walk.change(hass, entry, only(entry, "device"))
    await walk.choose("device")
    await walk.fill(name="Roof")
    (device,) = devices(hass, entry)
    assert device.is_map_confirmed  # a name says nothing about the map

    walk = await Walk.change(hass, entry, only(entry, "device"))
    await walk.choose("pick")
    await walk.fill()
    await walk.fill(model="026136")
    await walk.fill()
    await walk.fill()
    await walk.choose("save_device")
    await walk.fill()
    assert walk.step == "confirm_map"
    assert walk.suggested == {"is_map_confirmed": False}  # another model, another map


async def test_untested_map_is_not_confirmed(
    hass: HomeAssistant, entry: ConfigEntry, server: ObligingServer
) -> None:
    """Nobody can have compared values with the display of a device that is silent."""
    walk = await device_form(hass, entry, *MODULE)
    await server.stop()
    await walk.fill(address="7")
    assert walk.errors == {"base": "gateway_cannot_connect"}
    await walk.fill(save_without_test=True)
    assert walk.step == "channels"
    await walk.fill()
    assert walk.step == "created"
    (device,) = devices(hass, entry)
    assert not device.is_map_confirmed


async def test_names_of_channels(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S86: named in a step of their own, changed and taken away again later."""
    walk = await described(hass, entry, MODULE, address="7")
    assert walk.fields == [f"output_{n}" for n in range(1, 7)]
    before = stored(entry)
    await walk.fill(output_1="x" * 61)
    assert walk.errors == {"output_1": "name_too_long"}
    assert "60" in walk.text("error", "name_too_long", language="fr")
    assert stored(entry) == before
    await walk.fill(output_1=" Gate  ", output_3="Fountain")
    await walk.fill()
    (device,) = devices(hass, entry)
    assert device.channel_names == {"output_1": "Gate", "output_3": "Fountain"}

    walk = await Walk.change(hass, entry, only(entry, "device"))
    await walk.choose("channels")
    assert walk.suggested == {"output_1": "Gate", "output_3": "Fountain"}
    await walk.fill(output_1=None, output_3="Pond")
    assert walk.step == "reconfigure_successful"
    (device,) = devices(hass, entry)
    assert device.channel_names == {"output_3": "Pond"}


async def test_modules_at_one_address(
    hass: HomeAssistant, entry: ConfigEntry, server: ObligingServer
) -> None:
    """Modules of EMS CX³ share an address where each has registers of its own.

    S60: of device-interface, the device is asked and the whole is shown.
    """
    server.requests.clear()  # of the gateway's own test
    walk = await described(hass, entry, ("ems_measure", "414920"), address="2-1")
    assert walk.step == "created"
    assert {unit for unit, _, _ in server.requests} == {2}
    assert devices(hass, entry)[0].name == "2-1"
    walk = await described(
        hass, entry, ("ems_state", "414929"), address="2-1", name="Lift state"
    )
    assert walk.step == "created"
    walk = await device_form(hass, entry, "ems_measure", "414919")
    await walk.fill(address="2-1", name="Second meter")
    assert walk.errors == {"address": "address_duplicate"}
    await walk.fill(address="2-2")  # behind another interface, and yet unit 2
    assert walk.errors == {"address": "address_same_unit"}
    for said in ("2-2", "unité 2", "2-1"):
        assert said in walk.text("error", "address_same_unit", language="fr")


async def test_alerts_can_be_excluded(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S82."""
    walk = await described(
        hass, entry, ("dpx3", "x_dpx3_250_meas"), address="4", exclude_alerts=True
    )
    assert walk.step == "created"
    (device,) = devices(hass, entry)
    assert device.exclude_alerts
    walk = await Walk.change(hass, entry, only(entry, "device"))
    await walk.choose("device")
    assert walk.suggested["exclude_alerts"] is True


async def test_other_map(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Where units of one model differ, the user chooses the map that fits."""
    walk = await device_form(hass, entry, "emdx3_counter", "412074")
    offered = walk.options_of("map")
    assert walk.suggested["map"] == next(iter(offered))
    other = list(offered)[1]
    assert all(label[-1] in {"≈", "⚠"} for label in offered.values())  # D9
    await walk.fill(address="4", map=other)
    await walk.choose("save_device")
    (device,) = devices(hass, entry)
    assert device.parameters["map"] == other


@pytest.fixture
async def slave_entry(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> ConfigEntry:
    """A second gateway of the site: another Energy Web Server."""
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("ews_slave")
    await walk.fill(host="127.0.0.1", port=bus.port, name="Annex")
    await walk.choose("save_gateway")
    assert walk.step == "created"
    return entry


async def test_what_belongs_behind_which_gateway(
    hass: HomeAssistant, slave_entry: ConfigEntry
) -> None:
    """S130: said where gateway and family are chosen."""
    before = stored(slave_entry)
    walk = await new_device(hass, slave_entry)
    await walk.fill(gateway_id="2", family="generic")
    assert walk.errors == {"gateway_id": "gateway_is_slave"}
    assert "Annex" in walk.text("error", "gateway_is_slave", language="fr")
    await walk.fill(gateway_id="1", family="ews_virtual")
    assert walk.errors == {"gateway_id": "gateway_not_slave"}
    await walk.fill(gateway_id="2", number="4 120 45")
    assert walk.errors == {"number": "gateway_is_slave"}
    await walk.fill(gateway_id="1", number=None, family="generic")
    await walk.fill(address="247", register="2000")
    assert walk.errors == {"address": "address_reserved"}  # S58, S130
    assert stored(slave_entry) == before


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "number_invalid"),
        ("lift", "number_invalid"),
        ("20004", "out_of_range"),  # a load's, not a device's
        ("-3", "out_of_range"),
    ],
)
async def test_wrong_remote_ids(
    hass: HomeAssistant, slave_entry: ConfigEntry, typed: str, error: str
) -> None:
    before = stored(slave_entry)
    walk = await new_device(hass, slave_entry)
    await walk.fill(gateway_id="2", family="ews_virtual")
    await walk.fill(model="x_wsmeasure_device")
    if walk.step == "unverified":
        await walk.fill()
    await walk.fill(remote_id=typed)
    assert walk.errors == {"remote_id": error}
    assert stored(slave_entry) == before


async def test_remote_ids_are_taken_once(
    hass: HomeAssistant, slave_entry: ConfigEntry
) -> None:
    for name in ("Lift", "Lift too"):
        walk = await new_device(hass, slave_entry)
        await walk.fill(gateway_id="2", family="ews_virtual")
        await walk.fill(model="x_wsmeasure_device")
        if walk.step == "unverified":
            await walk.fill()
        await walk.fill(name=name, remote_id="10012", is_enabled=False)
        if name == "Lift":
            assert walk.step == "created"
    assert walk.errors == {"remote_id": "remote_id_duplicate"}


async def test_power_quality_device(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S87, S89: one a gateway, only what measures voltages, none by default."""
    gateway = only(entry, "gateway")
    walk = await Walk.change(hass, entry, gateway)
    assert "eq_device_id" not in walk.fields
    for number, (family, model) in enumerate(
        (("emdx3_multimeter", "412045"), ("generic", "x_generic_modbus")), start=3
    ):
        values = {"register": "2000"} if family == "generic" else {}
        walk = await described(
            hass, entry, (family, model), address=str(number), name=model, **values
        )
        assert walk.step == "created"
    walk = await Walk.change(hass, entry, gateway)
    assert walk.options_of("eq_device_id") == {"1": "412045"}
    assert "eq_device_id" not in walk.suggested
    await walk.fill(eq_device_id="1")
    assert walk.step == "reconfigure_successful"
    assert installation_of(hass, entry).gateways[1].eq_device_id == 1
    walk = await Walk.change(hass, entry, gateway)
    await walk.fill(eq_device_id=None)
    assert installation_of(hass, entry).gateways[1].eq_device_id is None


async def test_the_scale_of_an_analogue_input_is_asked_and_kept(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """T9: factor, offset and unit are the user's."""
    walk = await device_form(hass, entry, "supervision_io", "026136")
    asked = [name for name in walk.fields if name.startswith("analogue_input_")]
    assert asked == [
        f"analogue_input_{n}_{part}"
        for n in (1, 2)
        for part in ("factor", "offset", "unit")
    ]
    own = {
        "analogue_input_1_factor": "0,2",
        "analogue_input_1_offset": "-50",
        "analogue_input_1_unit": " °C ",
    }
    wrong = {**own, "analogue_input_2_factor": "x", "analogue_input_2_unit": "x" * 13}
    await walk.fill(address="7", **wrong)
    assert walk.errors == {
        "analogue_input_2_factor": "decimal_invalid",
        "analogue_input_2_unit": "text_invalid",
    }
    walk = await device_form(hass, entry, "supervision_io", "026136")
    await walk.fill(address="7", **own)
    assert walk.step == "device_tested", walk.errors
    await walk.choose("save_device")
    while walk.step not in {"created", "create_entry"}:
        await walk.fill()
    (device,) = devices(hass, entry)
    assert device.parameters == {
        "analogue_input_1_factor": "0.2",
        "analogue_input_1_offset": "-50",
        "analogue_input_1_unit": "°C",
    }
