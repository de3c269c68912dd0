"""Devices: family, model, values, test; every error at its field, nothing stored."""

from pathlib import Path
from typing import Any

from homeassistant.components.modbus import async_get_unit
from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from modbus_connection import ModbusSerialParams
import pytest

from custom_components.legrand_ews.catalogue import async_get_catalogue
from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.model import Address, Device, Supply
from custom_components.legrand_ews.ews.model.codec import encode_device
from custom_components.legrand_ews.installation import installation_of

from .flow_registers import CONCENTRATOR, COUNTER, MULTIMETER, SILENT
from .flow_sites import GENERIC, add_device, device_form, new_device, new_site
from .flow_walk import TEXTS, Walk, only, stored
from .modbus_server import ModbusServer

pytestmark = pytest.mark.usefixtures("socket_enabled", "no_setup")

GAS = {"family": "gas", "model": "x_pulse_gas"}


@pytest.fixture
async def entry(hass: HomeAssistant, bus: ModbusServer) -> ConfigEntry:
    return await new_site(hass, bus)


def devices(hass: HomeAssistant, entry: ConfigEntry) -> dict[int, Device]:
    return dict(installation_of(hass, entry).devices)


async def test_generic_meter(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S57-S59, S62-S66: 0x00010002 counts of 100 Wh are 6 553 800 Wh."""
    walk = await new_device(hass, entry)
    assert walk.step == "pick"
    assert walk.options_of("gateway_id") == {"1": "Cellar"}
    assert walk.suggested == {"gateway_id": "1"}
    await walk.fill(family="generic")
    assert walk.step == "device"  # its only model
    assert "documented by the maker" in walk.text("step", "device", "description")
    await walk.fill(**GENERIC)
    assert walk.step == "device_tested"
    assert "| 6,553,800 Wh |" in walk.result["description_placeholders"]["values"]
    await walk.choose("save_device")
    assert walk.step == "created"

    device = only(entry, "device")
    assert (device.title, device.unique_id) == (str(COUNTER), "device_1")  # S78
    assert device.data == {
        "id": 1,
        "name": str(COUNTER),
        "gateway_id": 1,
        "address": {"unit": COUNTER, "position": None, "is_remote": False},
        "model": "x_generic_modbus",
        "load_id": None,
        "group_ids": [],
        "supply": "upstream",
        "pulse_input": None,
        "parameters": {
            "function": "3",
            "register": "2000",
            "words": "2",
            "number_type": "unsigned",
            "factor": "100",
            "word_order": "big",
        },
        "phase": None,
        "channel_names": {},
        "is_map_confirmed": False,
        "is_excluded_from_totals": False,
        "upstream_device_id": None,
        "exclude_alerts": False,
        "is_priority": False,
        "is_enabled": True,
    }


async def test_identity_and_values_of_a_multimeter(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S59; values as the language of the server writes them."""
    hass.config.language = "fr"
    walk = await device_form(hass, entry, "emdx3_multimeter", "412045")
    await walk.fill(address=str(MULTIMETER), name="TGBT")
    assert walk.step == "device_tested"
    shown = walk.result["description_placeholders"]
    assert "BTicino F4N200" in shown["identity"]
    assert "230,4 V" in shown["values"]
    assert shown["model"] == "4 120 45"  # the same in every language
    assert shown["provenance"] == "✓ documentée par le fabricant"
    await walk.choose("edit_device")
    assert walk.step == "device"
    assert walk.suggested["name"] == "TGBT"
    await walk.fill(name="General")
    await walk.choose("save_device")
    assert only(entry, "device").title == "General"


@pytest.mark.parametrize("typed", ["412048", "4 120 48", " 4 12048 "])
async def test_model_by_the_number_on_its_front(
    hass: HomeAssistant, entry: ConfigEntry, typed: str
) -> None:
    """Typed instead of chosen; it goes before the family that stands there."""
    walk = await new_device(hass, entry)
    await walk.fill(number=typed, family="generic")
    assert walk.step == "device"
    assert walk.text("step", "device", "description").startswith("4 120 48 behind")


@pytest.mark.parametrize("typed", ["999999", "004687", "meter"])
async def test_model_that_is_no_meter(
    hass: HomeAssistant, entry: ConfigEntry, typed: str
) -> None:
    """0 046 87 is a concentrator: it is chosen with the meters on its inputs."""
    before = stored(entry)
    walk = await new_device(hass, entry)
    await walk.fill(number=typed)
    assert walk.errors == {"number": "model_unknown"}
    assert typed in walk.text("error", "model_unknown", language="fr")
    assert stored(entry) == before
    await walk.fill(number=None)
    assert walk.errors == {"family": "family_or_number"}
    await walk.fill(number="412069")
    assert walk.step == "device"


async def test_pulse_meter(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S14, S68, S70: 4711 counts of 10 dm³ after 500 dm³; the load is Gas by itself."""
    walk = await device_form(hass, entry, **GAS)
    assert "load_id" not in walk.fields
    assert "address" not in walk.fields
    labels = walk.options_of("concentrator")
    assert labels["004687"] == "0 046 87 – Pulse concentrator, seven inputs\u00a0✓"
    assert labels["412065"].endswith("⚠")  # a guess
    assert next(iter(labels)) == "004687"  # mere concentrators first
    await walk.fill(
        concentrator="004687",
        concentrator_address=str(CONCENTRATOR),
        position=2,
        weight="10",
        start="500",
        volume_unit="pulse",
    )
    assert walk.step == "device_tested"
    assert "47,610 dm³" in walk.result["description_placeholders"]["values"]
    await walk.choose("save_device")
    device = devices(hass, entry)[1]
    assert device.name == "9-2"  # S78
    assert device.address == Address(unit=CONCENTRATOR, position=2)
    assert installation_of(hass, entry).load_of(device).key == "gas"

    before = stored(entry)
    walk = await device_form(hass, entry, **GAS)
    await walk.fill(
        concentrator="004687", concentrator_address=str(CONCENTRATOR), position=2
    )
    assert walk.errors == {  # S69: both fields
        "concentrator_address": "address_duplicate",
        "position": "address_duplicate",
    }
    assert stored(entry) == before
    await walk.fill(position=3)
    assert walk.step == "device_tested"
    await walk.choose("save_device")
    assert set(devices(hass, entry)) == {1, 2}


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"position": 8}, {"position": "out_of_range"}),  # 0 046 87 has seven
        ({"position": 0}, {"position": "out_of_range"}),
        ({"position": 1.5}, {"position": "number_invalid"}),
        ({"weight": "0"}, {"weight": "not_positive"}),
        ({"weight": "ten"}, {"weight": "decimal_invalid"}),
        ({"start": "-1"}, {"start": "negative"}),
        ({"start": "1e9"}, {"start": "decimal_invalid"}),
        (
            {"concentrator_address": "0"},
            {"concentrator_address": "address_out_of_range"},
        ),
        ({"concentrator_address": "2-1"}, {"concentrator_address": "address_invalid"}),
        ({"concentrator_address": "x"}, {"concentrator_address": "address_invalid"}),
        (
            {"concentrator_address": str(SILENT)},
            {"concentrator_address": "device_silent"},
        ),
    ],
)
async def test_errors_of_pulse_meters(
    hass: HomeAssistant,
    entry: ConfigEntry,
    values: dict[str, Any],
    errors: dict[str, str],
) -> None:
    before = stored(entry)
    walk = await device_form(hass, entry, **GAS)
    right = {
        "concentrator": "004687",
        "concentrator_address": str(CONCENTRATOR),
        "position": 1,
        "volume_unit": "pulse",
    }
    await walk.fill(**{**right, **values})
    assert walk.errors == errors
    assert stored(entry) == before
    await walk.fill(**right, weight="1", start="0")
    assert walk.step == "device_tested"


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"address": ""}, {"address": "address_invalid"}),
        ({"address": "twelve"}, {"address": "address_invalid"}),
        ({"address": "0"}, {"address": "address_out_of_range"}),
        ({"address": "248"}, {"address": "address_out_of_range"}),
        ({"address": "2-"}, {"address": "address_invalid"}),
        ({"address": str(SILENT)}, {"address": "device_silent"}),
        ({"register": ""}, {"register": "hex_invalid"}),
        ({"register": "20G0"}, {"register": "hex_invalid"}),
        ({"register": "10000"}, {"register": "out_of_range"}),
        ({"register": "FFFF"}, {"register": "register_too_high"}),  # two words
        ({"register": "3000"}, {"address": "device_refused"}),
        ({"number_type": "float", "words": "1"}, {"words": "float_words"}),  # S65
        ({"factor": "0"}, {"factor": "out_of_range"}),
        ({"factor": "a lot"}, {"factor": "decimal_invalid"}),
        (
            {"register": "xyz", "factor": "-1"},
            {"register": "hex_invalid", "factor": "out_of_range"},
        ),
    ],
)
async def test_errors_of_a_generic_meter(
    hass: HomeAssistant,
    entry: ConfigEntry,
    values: dict[str, str],
    errors: dict[str, str],
) -> None:
    """S58, S63-S66, and what only the bus can tell; then it is put right."""
    before = stored(entry)
    walk = await device_form(hass, entry)
    await walk.fill(**{**GENERIC, **values})
    assert walk.step == "device"
    assert walk.errors == errors
    assert stored(entry) == before
    await walk.fill(**GENERIC)
    assert walk.step == "device_tested"
    await walk.choose("save_device")
    assert walk.step == "created"


async def test_function_4_is_sent(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """The meter only knows function 3, so it refuses (S63)."""
    walk = await device_form(hass, entry)
    await walk.fill(**GENERIC, function="4")
    assert walk.errors == {"address": "device_refused"}


async def test_unreachable_gateway_then_recovery(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    walk = await device_form(hass, entry)
    before = stored(entry)
    await bus.stop()
    await walk.fill(**GENERIC)
    assert walk.errors == {"base": "gateway_cannot_connect"}
    assert "Cellar" in walk.text("error", "gateway_cannot_connect")
    assert stored(entry) == before
    await bus.start()
    await walk.fill()
    assert walk.step == "device_tested"
    await walk.choose("save_device")
    assert walk.step == "created"


async def test_saving_without_a_test(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    walk = await device_form(hass, entry)
    assert "save_without_test" not in walk.fields
    await walk.fill(**{**GENERIC, "address": str(SILENT)})
    assert walk.errors == {"address": "device_silent"}
    await walk.fill(save_without_test=True)
    assert walk.step == "created"
    assert devices(hass, entry)[1].address.unit == SILENT


async def test_device_that_is_off_is_not_tested(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    bus.requests.clear()
    walk = await device_form(hass, entry)
    await walk.fill(**{**GENERIC, "address": str(SILENT)}, is_enabled=False)
    assert walk.step == "created"
    assert not bus.requests


async def test_address_and_name_are_taken(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """S76, S77: refused before the bus is asked, in words of both languages."""
    await add_device(hass, entry, name="Lift")
    before = stored(entry)
    bus.requests.clear()
    walk = await device_form(hass, entry)
    await walk.fill(**GENERIC, name="LIFT ")
    assert walk.errors == {"address": "address_duplicate", "name": "name_duplicate"}
    for language in TEXTS:
        assert "Lift" in walk.text("error", "address_duplicate", language=language)
    assert stored(entry) == before
    assert not bus.requests


async def test_other_model_than_chosen(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """A device that answers as another kind is named by what it is."""
    before = stored(entry)
    walk = await device_form(hass, entry, "emdx3_counter_old", "004677")
    await walk.fill(address=str(MULTIMETER))
    assert walk.errors == {"base": "device_other_model"}
    assert "0x1000" in walk.text("error", "device_other_model")
    assert stored(entry) == before


async def test_warning_of_an_unverified_map(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """D9: marked in the list and said before anything is asked."""
    walk = await new_device(hass, entry)
    await walk.fill(family="ems_measure")
    assert walk.options_of("model")["414920"].endswith("⚠")
    assert "⚠ recalled or assumed" in walk.text("step", "model", "description")
    await walk.fill(model="414920")
    assert walk.step == "unverified"
    assert "4 149 20" in walk.text("step", "unverified", "description")
    await walk.fill()
    assert walk.step == "device"
    assert "⚠ assumed" in walk.text("step", "device", "description")
    assert walk.suggested["supply"] == "upstream"  # S61
    await walk.fill(address="2-1", supply="downstream")
    assert walk.errors  # nobody there
    await walk.fill(save_without_test=True)
    device = devices(hass, entry)[1]
    assert device.supply is Supply.DOWNSTREAM
    assert device.name == "2-1"  # S60, S78
    assert device.address == Address(unit=2, position=1, is_remote=True)


@pytest.mark.parametrize("language", TEXTS)
async def test_what_a_test_shows_has_a_name(hass: HomeAssistant, language: str) -> None:
    """Whatever a device may say of itself, and every quantity it may show."""
    catalogue = await async_get_catalogue(hass)
    texts = TEXTS[language]
    names = {field.name for x in catalogue.maps.values() for field in x.identity}
    assert names <= texts["selector"]["identity"]["options"].keys()
    provenances = {model.provenance.value for model in catalogue.models.values()}
    assert provenances <= texts["selector"]["provenance"]["options"].keys()
    quantities = {key for x in catalogue.models.values() for key in x.quantities}
    assert quantities <= texts["entity"]["sensor"].keys()


async def test_loads_and_groups(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """S95-S99: one load, several groups; gas, water and what is off is not offered."""
    for kind, name in (("load", "Kitchen"), ("group", "East"), ("group", "West")):
        await (await Walk.add(hass, entry, kind)).fill(name=name)
    options = await Walk.options(hass, entry)
    await options.choose("predefined_loads")
    kept = [x for x in options.suggested["enabled"] if x != "cooling"]
    await options.fill(enabled=kept)

    walk = await device_form(hass, entry)
    loads = walk.options_of("load_id")
    assert loads["10"] == "Kitchen"
    assert loads["4"] == "Lighting"
    assert not loads.keys() & {"2", "8", "9"}  # cooling is off; gas, water
    await walk.fill(**GENERIC, load_id="10", group_ids=["1", "2"])
    await walk.choose("save_device")
    device = devices(hass, entry)[1]
    assert (device.load_id, device.group_ids) == (10, (1, 2))


async def test_load_and_group_that_vanish_while_the_form_is_open(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    for kind in ("load", "group"):
        await (await Walk.add(hass, entry, kind)).fill(name="Kitchen")
    walk = await device_form(hass, entry)
    for kind in ("load", "group"):
        gone = only(entry, kind).subentry_id
        hass.config_entries.async_remove_subentry(entry, gone)
    before = stored(entry)
    await walk.fill(**GENERIC, load_id="10", group_ids=["1"])
    assert walk.errors == {"load_id": "load_unknown", "group_ids": "group_unknown"}
    assert stored(entry) == before
    assert "load_id" not in walk.suggested
    await walk.fill()
    assert walk.step == "device_tested"


async def test_gateway_that_vanishes_while_the_form_is_open(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    walk = await device_form(hass, entry)
    gone = only(entry, "gateway").subentry_id
    hass.config_entries.async_remove_subentry(entry, gone)
    await walk.fill(**GENERIC)
    assert walk.errors == {"base": "gateway_unknown"}
    assert not devices(hass, entry)
    assert (await new_device(hass, entry)).step == "no_gateway"


async def test_address_that_is_taken_after_the_test(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    slow = await device_form(hass, entry)
    await slow.fill(**GENERIC, name="Slow")
    await add_device(hass, entry, name="Quick")
    before = stored(entry)
    await slow.choose("save_device")
    assert slow.errors == {"address": "address_duplicate"}
    assert stored(entry) == before


async def test_numbers_are_never_given_twice(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S80, Q7: the history of number 1 stays that of the meter that is gone."""
    assert (await add_device(hass, entry))["id"] == 1
    gone = only(entry, "device").subentry_id
    hass.config_entries.async_remove_subentry(entry, gone)
    assert (await add_device(hass, entry))["id"] == 2


async def change(hass: HomeAssistant, entry: ConfigEntry, option: str) -> Walk:
    walk = await Walk.change(hass, entry, only(entry, "device"))
    assert walk.step == "reconfigure"
    return await walk.choose(option)


async def test_change_of_settings(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    await add_device(hass, entry, name="Lift")
    device = only(entry, "device")
    bus.requests.clear()
    walk = await change(hass, entry, "device")
    assert walk.suggested["address"] == str(COUNTER)
    assert walk.suggested["factor"] == "100"
    await walk.fill(name="Goods lift", load_id="4", is_excluded_from_totals=True)
    assert walk.step == "reconfigure_successful"
    assert not bus.requests  # nothing that a test could tell
    changed = only(entry, "device")
    assert changed.subentry_id == device.subentry_id
    assert (changed.unique_id, changed.data["id"]) == ("device_1", 1)
    assert changed.title == "Goods lift"
    assert changed.data["is_excluded_from_totals"]
    assert entry.data["next_ids"]["device"] == 2


async def test_main_meter_of_a_sub_meter(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    """S81: chosen among the meters of the same fluid that are not behind this one."""
    await add_device(hass, entry, name="Lift")
    lift = only(entry, "device")
    walk = await change(hass, entry, "device")
    assert "upstream_device_id" not in walk.fields  # nobody else is there
    bus.units[SILENT] = bus.units[COUNTER]
    await add_device(
        hass, entry, name="Motor", address=str(SILENT), upstream_device_id="1"
    )
    assert devices(hass, entry)[2].upstream_device_id == 1
    walk = await Walk.change(hass, entry, lift)
    await walk.choose("device")
    assert "upstream_device_id" not in walk.fields  # its motor is behind it


async def test_change_of_the_address_is_tested(
    hass: HomeAssistant, entry: ConfigEntry, bus: ModbusServer
) -> None:
    await add_device(hass, entry, name="Lift")
    before = stored(entry)
    walk = await change(hass, entry, "device")
    await walk.fill(address=str(SILENT))
    assert walk.errors == {"address": "device_silent"}
    assert stored(entry) == before
    bus.units[SILENT] = bus.units[COUNTER]
    await walk.fill()
    assert walk.step == "device_tested"
    await walk.choose("save_device")
    assert walk.step == "reconfigure_successful"
    assert devices(hass, entry)[1].address.unit == SILENT


async def test_change_of_the_model_keeps_the_number(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    await add_device(hass, entry, name="Lift")
    walk = await change(hass, entry, "pick")
    assert walk.suggested == {"gateway_id": "1", "family": "generic"}
    await walk.fill(family="emdx3_multimeter")
    assert "model" not in walk.suggested  # the old one is of another family
    await walk.fill(model="412048")
    await walk.fill(address=str(MULTIMETER))
    await walk.choose("save_device")
    device = devices(hass, entry)[1]
    assert (device.model, device.name) == ("412048", "Lift")
    assert "register" not in device.parameters


async def test_change_of_a_pulse_meter(hass: HomeAssistant, entry: ConfigEntry) -> None:
    walk = await device_form(hass, entry, **GAS)
    right = {
        "concentrator": "004687",
        "concentrator_address": str(CONCENTRATOR),
        "position": 2,
        "weight": "10",
        "start": "0.5",
        "volume_unit": "pulse",
    }
    await walk.fill(**right, name="Boiler")
    await walk.choose("save_device")
    walk = await change(hass, entry, "device")
    assert walk.suggested.items() >= {**right, "name": "Boiler"}.items()
    await walk.fill(position=3, weight="0,1")
    assert walk.step == "device_tested"
    await walk.choose("save_device")
    pulse_input = devices(hass, entry)[1].pulse_input
    assert pulse_input is not None
    assert str(pulse_input.weight) == "0.1"
    assert devices(hass, entry)[1].address.position == 3


async def test_load_that_is_off_stays_chosen(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    await add_device(hass, entry, load_id="2")
    options = await Walk.options(hass, entry)
    await options.choose("predefined_loads")
    await options.fill(enabled=["heating"])
    walk = await change(hass, entry, "device")
    assert walk.options_of("load_id") == {"1": "Heating", "2": "Air conditioning"}
    await walk.fill()
    assert devices(hass, entry)[1].load_id == 2


async def test_connection_that_another_user_holds_with_other_settings(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """The bus cannot be asked: said as such, not as a silent device."""
    walk = await Walk.add(hass, entry, "gateway")
    await walk.choose("serial")
    await walk.fill(serial_port="/dev/ttyLINE")
    await walk.fill(save_without_test=True)
    other = ModbusSerialParams(device="/dev/ttyLINE", baudrate=1200)
    async_get_unit(hass, entry, other, 1)
    walk = await new_device(hass, entry)
    await walk.fill(gateway_id="2", family="generic")
    await walk.fill(**GENERIC)
    assert walk.errors == {"base": "gateway_connection_in_use"}
    assert not devices(hass, entry)


def own_file(hass: HomeAssistant, name: str, text: str) -> Path:
    path = Path(hass.config.path(DOMAIN, "maps", name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "key: mine\nblocks: [\n",
            {"en": "Line 3 of mine.yaml", "fr": "ligne 3 de mine.yaml"},
        ),
        (
            "key: mine\ntitle_en: Mine\ntitle_fr: Le mien\nprovenance: certain\n",
            {
                "en": "mine.yaml, line 4: provenance cannot be certain.",
                "fr": "mine.yaml, ligne 4",
            },
        ),
    ],
)
async def test_own_map_that_cannot_be_read(
    hass: HomeAssistant, entry: ConfigEntry, text: str, said: dict[str, str]
) -> None:
    """The user's own maps come first; a slip is named by file, line and field."""
    slip = own_file(hass, "mine.yaml", text)
    for language, part in said.items():
        hass.config.language = language
        walk = await new_device(hass, entry)
        assert walk.step == "catalogue_invalid"
        assert part in walk.text("abort", "catalogue_invalid", language=language)
    walk = await Walk.options(hass, entry)
    await walk.choose("links")
    assert walk.step == "catalogue_invalid"
    slip.unlink()
    walk = await new_device(hass, entry)
    assert walk.step == "pick"  # read again, no restart


async def test_own_model_is_there_at_once(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Files that are added or changed while Home Assistant runs are read again."""
    group = (
        "groups:\n  - family: generic\n    map: ime_0300\n    provenance: observed\n"
        "    confidence: medium\n    connection: ct\n    phases: 3\n"
        "    quantities: [active_energy_import]\n    functions: [measure]\n"
        "    models:\n      workshop:\n        description_en: Meter of the {place}\n"
        "        description_fr: Compteur, {place}\n"
    )

    async def offered() -> str | None:
        walk = await new_device(hass, entry)
        await walk.fill(family="generic")
        if walk.step != "model":
            return None
        return walk.options_of("model").get("workshop")

    assert await offered() is None
    own_file(hass, "models.yaml", group.format(place="workshop"))
    assert "Meter of the workshop" in str(await offered())
    file = own_file(hass, "models.yaml", group.format(place="boiler room"))
    assert "Meter of the boiler room" in str(await offered())
    file.unlink()
    assert await offered() is None


def without_model(entry: ConfigEntry, gateway_id: int = 1) -> ConfigSubentry:
    device = Device(
        id=7,
        name="From a file",
        gateway_id=gateway_id,
        address=Address(unit=COUNTER),
        model=None,
    )
    return ConfigSubentry(
        data=encode_device(device),
        subentry_type="device",
        title=device.name,
        unique_id="device_7",
    )


async def test_device_without_a_model_gets_one(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S79: an import may leave the model open; the form then asks for it at once."""
    hass.config_entries.async_add_subentry(entry, without_model(entry))
    walk = await Walk.change(hass, entry, only(entry, "device"))
    assert walk.step == "pick"
    await walk.fill(family="generic")
    assert walk.suggested["name"] == "From a file"
    await walk.fill(register="2000")
    await walk.choose("save_device")
    device = devices(hass, entry)[7]
    assert (device.model, device.name) == ("x_generic_modbus", "From a file")
    assert (await add_device(hass, entry, address="9", register="C667"))["id"] == 8


async def test_orphan_gets_another_gateway(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """S56: Home Assistant lets a gateway go that still has devices."""
    hass.config_entries.async_add_subentry(entry, without_model(entry, gateway_id=99))
    walk = await Walk.change(hass, entry, only(entry, "device"))
    assert walk.step == "pick"
    assert walk.suggested["gateway_id"] == "1"
    await walk.fill(family="generic")
    await walk.fill(register="2000")
    await walk.choose("save_device")
    assert devices(hass, entry)[7].gateway_id == 1
