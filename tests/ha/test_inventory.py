"""The actions export_installation and import_installation, and their twins."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.charging import Solar, StationWish
from custom_components.legrand_ews.ews.charging.settings import (
    ChargingSettings,
    MeterSource,
    encode_settings,
)
from custom_components.legrand_ews.ews.charging.wish_settings import WishSettings
from custom_components.legrand_ews.ews.model import (
    Address,
    Charger,
    ChargerRole,
    Load,
    MeasureGroup,
    PanelBoard,
    PulseInput,
    TcpLink,
)
from custom_components.legrand_ews.ews.model.gateway import GatewayKind
from custom_components.legrand_ews.greenup.stored import charging_settings
from custom_components.legrand_ews.installation import installation_of

from . import site
from .conftest import Load as LoadSite, PassTime, StartServer
from .flow_walk import stored
from .registers import emdx3

GATEWAY = site.gateway(1, 502, name="Roof", is_enabled=False, board_id=1)
PARTS = [
    PanelBoard(id=1, name="Main board"),
    MeasureGroup(id=1, name="First floor"),
    Load(id=10, name="Kitchen", color="#ff0010"),
    GATEWAY,
    site.device(1, 1, 11, name="Oven", load_id=10, group_ids=(1,)),
    site.device(2, 1, 12, name="Lift", load_id=4, is_excluded_from_totals=True),
    replace(site.pulse_meter(3, 1, 20, 2, "x_pulse_gas", weight=10), load_id=8),
    site.device(
        4,
        1,
        7,
        address=Address(unit=7, position=2),
        name="Bay right",
        model="059032",
        phase=3,
        is_map_confirmed=True,
        exclude_alerts=True,
    ),
    site.device(5, 1, 8, model="026136", channel_names={"input_1": "Pump | left"}),
    site.gateway(2, 503, name="Annex", kind=GatewayKind.EWS_SLAVE, is_enabled=False),
    site.device(
        6,
        2,
        247,
        model="x_wsmeasure_load",
        parameters={
            "remote_id": "20003",
            "function": "3",
            "words": "2",
            "factor": "1",
        },
    ),
]


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )
    await hass.async_block_till_done()
    return answer


async def import_(hass: HomeAssistant, content: str, **data: Any) -> Any:
    return await call(hass, "import_installation", content=content, **data)


@pytest.fixture
async def entry(hass: HomeAssistant, load: LoadSite) -> ConfigEntry:
    """A site with one object of every kind, whose gateway is switched off."""
    entry = site.entry(PARTS)
    await load(entry)
    return entry


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("file_format", ["csv", "yaml"])
async def test_own_export_changes_nothing(
    hass: HomeAssistant, entry: ConfigEntry, file_format: str, language: str
) -> None:
    hass.config.language = language
    before = stored(entry)
    exported = await call(hass, "export_installation", format=file_format)
    answer = await import_(hass, exported["content"], remove_missing=True)
    assert answer == {
        "problems": [],
        "added": 0,
        "changed": 0,
        "removed": 0,
        "applied": True,
        "left_out": [],
    }
    after = stored(entry)
    assert after["subentries"] == before["subentries"]
    assert after["options"] == before["options"]


@pytest.mark.parametrize("file_format", ["csv", "yaml"])
async def test_a_new_site_becomes_the_same_installation(
    hass: HomeAssistant, entry: ConfigEntry, load: LoadSite, file_format: str
) -> None:
    """Names, numbers, references and switches are those of the exported site."""
    hass.config_entries.async_update_entry(
        entry,
        options={
            **entry.options,
            "predefined_loads": {"heating": {"enabled": False, "color": "#000001"}},
        },
    )
    data = {"format": file_format, "config_entry_id": entry.entry_id}
    exported = await call(hass, "export_installation", **data)
    new = site.entry([], title="Mill")
    await load(new)
    answer = await import_(hass, exported["content"], config_entry_id=new.entry_id)
    assert answer["problems"] == []
    assert (answer["added"], answer["changed"]) == (len(PARTS), 1)
    expected = installation_of(hass, entry)
    assert replace(installation_of(hass, new), name=expected.name) == expected
    assert new.data["next_ids"] == {
        "gateway": 3,
        "device": 7,
        "load": 11,
        "group": 2,
        "board": 2,
    }


def forty_devices(ports: Sequence[int]) -> str:
    """A table as an electrician fills it in: no numbers, names instead."""
    cellar, roof = ports
    rows = [
        "kind;name;host;port;gateway;address;position;model;load;groups;concentrator;weight",
        "load;Machines;;;;;;;;;;",
        *(f"group;Floor {floor};;;;;;;;;;" for floor in (1, 2, 3)),
        f"gateway;Cellar;127.0.0.1;{cellar};;;;;;;;",
        f"gateway;Roof;127.0.0.1;{roof};;;;;;;;",
    ]
    for n in range(1, 36):
        place = "Cellar" if n <= 20 else "Roof"
        groups = f"Floor {1 + n % 3} | Floor 2"
        rows.append(f"device;Meter {n};;;{place};{n};;4 120 48;Machines;{groups};;")
    rows += [
        f"device;Water {n};;;Roof;200;{n};x_pulse_water;;;46 87;2,5"
        for n in range(1, 6)
    ]
    return "\r\n".join(rows)


def is_read(hass: HomeAssistant, number: int) -> bool:
    status = hass.states.get(f"sensor.meter_{number}_status")
    return status is not None and status.state == "on"


async def test_forty_devices_in_one_go(
    hass: HomeAssistant,
    clock: TickingDateTimeFactory,
    load: LoadSite,
    start_server: StartServer,
    pass_time: PassTime,
) -> None:
    """An afternoon's table: tried, applied, and a moment later everything is read."""
    units = {unit: emdx3(imported_wh=1000 * unit) for unit in range(1, 36)}
    servers = [await start_server(units), await start_server(units)]
    entry = site.entry([])
    await load(entry)
    content = forty_devices([server.port for server in servers])
    before = stored(entry)
    tried = await import_(hass, content, dry_run=True)
    assert tried == {
        "problems": [],
        "added": 46,
        "changed": 0,
        "removed": 0,
        "applied": False,
        "left_out": [],
    }
    assert stored(entry) == before

    assert await import_(hass, content) == {**tried, "applied": True}
    made = installation_of(hass, entry)
    assert list(made.devices) == list(range(1, 41))
    assert [x.name for x in made.loads.values() if x.key is None] == ["Machines"]
    device = made.devices[21]
    assert (device.name, device.gateway_id) == ("Meter 21", 2)
    assert (device.address, device.model) == (Address(unit=21), "412048")
    assert (device.load_id, device.group_ids) == (10, (1, 2))
    water = made.devices[36]
    assert water.load_id == 9
    assert water.pulse_input == PulseInput(concentrator="004687", weight=Decimal("2.5"))

    for _ in range(60):  # one reload, and the first cycle
        await pass_time(1)
        if all(is_read(hass, number) for number in range(1, 36)):
            break
    assert [x for x in range(1, 36) if not is_read(hass, x)] == []

    again = await import_(hass, content)
    assert (again["problems"], again["added"], again["changed"]) == ([], 0, 0)


async def test_a_row_that_is_wrong_stops_everything(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Every problem at once, by row and field, in the language of the user."""
    hass.config.language = "fr"
    before = stored(entry)
    content = "\n".join(
        (
            "kind,name,gateway,address,model,load",
            "device,Pump,Roof,30,412048,Kitchen",
            "device,Fan,Barn,0,999999,Garden",
            "device,OVEN,Roof,11,412048,",
        )
    )
    answer = await import_(hass, content)
    assert (answer["applied"], answer["added"]) == (False, 2)
    assert [(x["row"], x["field"], x["key"]) for x in answer["problems"]] == [
        (3, "address", "address_out_of_range"),
        (3, "gateway", "import_reference_unknown"),
        (3, "load", "import_reference_unknown"),
        (3, "model", "model_unknown"),
    ]
    assert answer["problems"][0]["message"].startswith("L’adresse 0 ")
    assert stored(entry) == before


async def test_rows_change_what_they_mention_and_nothing_else(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    content = "kind,id,name,load,groups\ndevice,1,Grill,-,\nload,10,Canteen,,\n"
    answer = await import_(hass, content)
    assert (answer["changed"], answer["applied"]) == (2, True)
    made = installation_of(hass, entry)
    assert made.devices[1] == site.device(1, 1, 11, name="Grill", group_ids=(1,))
    assert (made.loads[10].name, made.loads[10].color) == ("Canteen", "#ff0010")
    names = {x.title for x in entry.subentries.values()}
    assert {"Grill", "Canteen"} <= names
    assert not {"Oven", "Kitchen"} & names


async def test_what_is_missing_goes_only_when_asked(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Of the kinds that the file describes; here devices, not their gateway."""
    content = "kind,id\ndevice,1\n"
    answer = await import_(hass, content)
    assert (answer["removed"], len(installation_of(hass, entry).devices)) == (0, 6)
    answer = await import_(hass, content, remove_missing=True)
    assert (answer["removed"], answer["applied"]) == (5, True)
    made = installation_of(hass, entry)
    assert (list(made.devices), list(made.gateways)) == ([1], [1, 2])


async def test_a_failure_midway_leaves_everything_as_it_was(
    hass: HomeAssistant, entry: ConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stored(entry)
    content = (
        "kind,id,name,gateway,address,model\n"
        "device,1,Grill,,,\n"
        "device,,Pump,Roof,30,412048\n"
        "device,,Fan,Roof,31,412048\n"
        "load,1,heating,,,\n"
    )
    real = hass.config_entries.async_update_subentry
    calls: list[str] = []

    def fail_once(*args: Any, **kwargs: Any) -> bool:
        calls.append("update")
        if len(calls) == 1:
            raise HomeAssistantError("storage is gone")
        return real(*args, **kwargs)

    monkeypatch.setattr(hass.config_entries, "async_update_subentry", fail_once)
    with pytest.raises(HomeAssistantError, match="storage is gone"):
        await import_(hass, content)
    assert calls
    assert stored(entry) == before


BOX = Charger(
    id=2,
    name="Box",
    phases=(1,),
    entities={
        ChargerRole.STATE: "sensor.box",
        ChargerRole.CURRENT_LIMIT: "number.box",
        ChargerRole.PERMISSION: "switch.box",
    },
    states={"off": "no_vehicle", "charging": "charging"},
)
LOAD_MANAGEMENT = ChargingSettings(
    meter=MeterSource(device_id=1),
    maximum_a=100,
    charging_a=90,
    wishes=WishSettings(stations={BOX.id: StationWish(solar=Solar.ONLY)}),
)


@pytest.fixture
async def garage(hass: HomeAssistant, load: LoadSite) -> ConfigEntry:
    """A site with a meter, a charger, and a limit for both."""
    entry = site.entry(
        [site.gateway(1, 502, is_enabled=False), site.device(1, 1, 1), BOX],
        options={"charging": encode_settings(LOAD_MANAGEMENT)},
    )
    await load(entry)
    return entry


async def test_chargers_and_the_load_management_are_in_the_file(
    hass: HomeAssistant, garage: ConfigEntry, load: LoadSite
) -> None:
    """A second site becomes the same; trying it out changes nothing."""
    exported = await call(hass, "export_installation", format="yaml")
    assert exported["left_out"] == []
    content = exported["content"]
    own = await import_(hass, content, remove_missing=True)
    assert (own["problems"], own["added"], own["changed"], own["removed"]) == (
        *([], 0, 0),
        0,
    )
    new = site.entry([], title="Mill")
    await load(new)
    before = stored(new)
    to_new = {"config_entry_id": new.entry_id}
    tried = await import_(hass, content, dry_run=True, **to_new)
    assert (tried["problems"], tried["added"], tried["changed"]) == ([], 3, 1)
    assert stored(new) == before
    assert (await import_(hass, content, **to_new))["applied"]
    assert installation_of(hass, new).chargers == installation_of(hass, garage).chargers
    assert charging_settings(new) == charging_settings(garage)
    await hass.config_entries.async_reload(new.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert new.runtime_data.charging.stations[BOX.id].is_managed


async def test_a_table_leaves_the_load_management_out(
    hass: HomeAssistant, garage: ConfigEntry
) -> None:
    """It says so, and an import of it changes none of that."""
    exported = await call(hass, "export_installation", format="csv")
    assert exported["left_out"] == ["charging"]
    assert "charger" in exported["content"]
    content = exported["content"].replace("Box", "Wallbox")
    answer = await import_(hass, content, remove_missing=True)
    assert (answer["problems"], answer["changed"]) == ([], 1)
    assert answer["left_out"] == ["charging"]
    assert installation_of(hass, garage).chargers[BOX.id].name == "Wallbox"
    assert charging_settings(garage) == LOAD_MANAGEMENT


async def test_a_charger_and_the_load_management_go_when_asked(
    hass: HomeAssistant, garage: ConfigEntry
) -> None:
    content = "chargers: []\ncharging: {}\n"
    kept = await import_(hass, content)
    assert (kept["changed"], kept["removed"]) == (0, 0)
    gone = await import_(hass, content, remove_missing=True)
    assert (gone["changed"], gone["removed"], gone["left_out"]) == (1, 1, [])
    assert installation_of(hass, garage).chargers == {}
    assert not charging_settings(garage).meters


async def test_settings_that_contradict_each_other_are_not_applied(
    hass: HomeAssistant, garage: ConfigEntry
) -> None:
    """At their line, in the language of the user."""
    hass.config.language = "fr"
    before = stored(garage)
    answer = await import_(hass, "charging:\n  maximum_a: 80\n  charging_a: 85\n")
    assert not answer["applied"]
    (found,) = answer["problems"]
    assert (found["row"], found["field"]) == (3, "charging.charging_a")
    assert found["key"] == "charging_limit_above_maximum"
    assert "80" in found["message"]
    assert stored(garage) == before


async def test_a_file_of_the_configuration_folder(
    hass: HomeAssistant, entry: ConfigEntry, hass_config_dir: str
) -> None:
    """Only of our own folder: the action does not read other people's files."""
    folder = Path(hass_config_dir)
    exported = await call(hass, "export_installation")
    assert exported["file"].startswith("legrand_ews/export/bakery-")
    raw = (folder / exported["file"]).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfkind,id,name,")
    answer = await call(hass, "import_installation", file=exported["file"])
    assert (answer["problems"], answer["changed"]) == ([], 0)

    (folder / "other.csv").write_bytes(raw)
    for file in ("other.csv", "legrand_ews/../other.csv", "legrand_ews/none.csv"):
        with pytest.raises(ServiceValidationError) as raised:
            await call(hass, "import_installation", file=file)
        assert raised.value.translation_key == "import_file_missing"
    for data in ({}, {"file": exported["file"], "content": "kind"}):
        with pytest.raises(ServiceValidationError) as raised:
            await call(hass, "import_installation", **data)
        assert raised.value.translation_key == "import_source"


async def test_french_spreadsheets_get_semicolons_and_decimal_commas(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    await import_(hass, "kind,id,weight\ndevice,3,2.5\n")
    hass.config.language = "fr"
    content = (await call(hass, "export_installation"))["content"]
    heading, *rows = content.splitlines()
    weight = heading.split(";").index("weight")
    (row,) = (row for row in rows if row.startswith("device;3;"))
    assert row.split(";")[weight] == "2,5"


async def test_the_address_hands_out_the_file(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_read_only_access_token: str,
) -> None:
    exported = await call(hass, "export_installation", format="yaml")
    stranger: TestClient[Any, Any] = await hass_client_no_auth()
    reply = await stranger.get(exported["url"])
    assert (reply.status, await reply.text()) == (200, exported["content"])
    bare = exported["url"].partition("?")[0]
    assert (await stranger.get(bare)).status == 401
    admin = await hass_client()
    assert (await admin.get(bare)).status == 200
    assert (await admin.get("/api/legrand_ews/export/none.csv")).status == 404
    assert (await admin.get("/api/legrand_ews/export/archive.db")).status == 404
    guest = await hass_client(hass_read_only_access_token)
    assert (await guest.get(bare)).status == 401


async def test_only_administrators_may(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_read_only_user: MockUser,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    context = Context(user_id=hass_read_only_user.id)
    client = await hass_ws_client(hass, hass_read_only_access_token)
    for name in ("export_installation", "import_installation"):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(
                DOMAIN, name, {}, blocking=True, context=context, return_response=True
            )
        await client.send_json_auto_id({"type": f"{DOMAIN}/{name}"})
        reply = await client.receive_json()
        assert reply["error"]["code"] == "unauthorized"


async def test_twins_answer_alike(
    hass: HomeAssistant, entry: ConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/export_installation", "format": "yaml"}
    )
    exported = (await client.receive_json())["result"]
    assert exported["content"].startswith("version: 1\nsite: Bakery\n")
    await client.send_json_auto_id(
        {
            "type": f"{DOMAIN}/import_installation",
            "content": "kind,id,enabled\ndevice,1,maybe\n",
            "language": "fr",
        }
    )
    answer = (await client.receive_json())["result"]
    assert answer == {
        "problems": [
            {
                "row": 2,
                "field": "enabled",
                "key": "import_flag_invalid",
                "message": "maybe ne veut dire ni oui ni non.",
            }
        ],
        "added": 0,
        "changed": 0,
        "removed": 0,
        "applied": False,
        "left_out": [],
    }
    await client.send_json_auto_id({"type": f"{DOMAIN}/import_installation"})
    error = (await client.receive_json())["error"]
    assert error["translation_key"] == "import_source"


async def test_predefined_loads_are_known_by_their_translated_name(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    hass.config.language = "fr"
    content = "kind;id;name;load;enabled\nload;;Éclairage;;non\ndevice;1;;chauffage;\n"
    answer = await import_(hass, content)
    assert (answer["problems"], answer["changed"]) == ([], 2)
    made = installation_of(hass, entry)
    assert made.devices[1].load_id == 1
    assert not made.loads[4].is_enabled
    assert made.loads[1].is_enabled


async def test_the_site_runs_with_what_was_imported(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """One reload follows, by itself."""
    await import_(hass, "kind,name,host\ngateway,Attic,192.0.2.9\n")
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    gateways = entry.runtime_data.installation.gateways
    assert gateways[3].link == TcpLink(host="192.0.2.9")
