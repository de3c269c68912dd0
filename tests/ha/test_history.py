"""The actions import_history and undo_import, and their twins."""

from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load as LoadSite

pytestmark = pytest.mark.usefixtures("clock")

# The tests' clock begins on 23 November 2026, Home Assistant's day is 8 h behind UTC.
DAY = "2026-11-20"
HEADER = "Time;Lamps kWh;Oven kWh\r\n"
ROWS = [
    f"{DAY} 00:00;0,5;1\r\n",
    f"{DAY} 01:00;;2\r\n",
    f"{DAY} 02:00;0,25;4\r\n",
]
MAPPING = {
    "time_column": "Time",
    "columns": [
        {
            "column": name,
            "device": number,
            "quantity": "active_energy_import",
            "factor": "1000",
        }
        for name, number in (("Lamps kWh", 1), ("Oven kWh", 2))
    ],
}


@pytest.fixture
async def entry(hass: HomeAssistant, load: LoadSite) -> ConfigEntry:
    """Two meters behind a gateway that is switched off."""
    entry = site.entry(
        [
            site.gateway(1, 502, is_enabled=False),
            site.device(1, 1, 11, name="Lamps", load_id=4),
            site.device(2, 1, 12, name="Oven"),
        ]
    )
    await load(entry)
    return entry


def write(
    hass: HomeAssistant, text: str, encoding: str = "utf-8", name: str = "history.csv"
) -> str:
    """Put a file where the user puts it."""
    folder = Path(hass.config.path(DOMAIN))
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode(encoding))
    return f"{DOMAIN}/history.csv"


async def call(hass: HomeAssistant, name: str, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, name, data, blocking=True, return_response=True
    )


async def by_device(hass: HomeAssistant) -> dict[str, list[float | None]]:
    """What the charts show of the first three hours of the day."""
    answer = await call(hass, "get_consumption", level="device", date=DAY)
    return {one["name"]: one["values"][:3] for one in answer["series"]}


async def test_a_table_becomes_history_and_goes_again(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    file = write(hass, HEADER + "".join(ROWS))
    tried = await call(hass, "import_history", file=file, mapping=MAPPING, dry_run=True)
    assert tried == {
        "rows": 5,
        "written": 5,
        "conflicts": 0,
        "problems": [],
        "problem_count": 0,
        "undo": None,
        "statistics": None,
    }
    assert await by_device(hass) == {}

    done = await call(hass, "import_history", file=file, mapping=MAPPING)
    assert done == {**tried, "undo": done["undo"]}
    assert await by_device(hass) == {
        "Lamps": [500, None, 250],
        "Oven": [1000, 2000, 4000],
    }

    undone = await call(hass, "undo_import", undo=done["undo"])
    assert undone == {
        "start": "2026-11-20T08:00:00+00:00",
        "end": "2026-11-20T11:00:00+00:00",
        "statistics": None,
    }
    assert await by_device(hass) == {}
    with pytest.raises(HomeAssistantError, match="no import"):
        await call(hass, "undo_import", undo=done["undo"])


async def test_running_totals_do_not_jump(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Statistics of today must not show energy of last year."""
    before = {state.entity_id: state.state for state in hass.states.async_all("sensor")}
    file = write(hass, HEADER + "".join(ROWS))
    await call(hass, "import_history", file=file, mapping=MAPPING)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    after = {state.entity_id: state.state for state in hass.states.async_all("sensor")}
    totals = {key for key in before if key.endswith("_energy")}
    assert totals
    assert {key: after[key] for key in totals} == {key: before[key] for key in totals}


async def test_a_wrong_row_stops_all_of_it(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    file = write(hass, HEADER + ROWS[0] + f"{DAY} 01:00;1.234,5;2\r\n" + ROWS[0])
    answer = await call(hass, "import_history", file=file, mapping=MAPPING)
    assert (answer["written"], answer["undo"]) == (0, None)
    assert [(p["row"], p["field"], p["key"]) for p in answer["problems"]] == [
        (3, "Lamps kWh", "import_number_invalid"),
        (4, "start", "import_overlap"),
        (4, "start", "import_overlap"),
    ]
    assert "1.234,5" in answer["problems"][0]["message"]
    assert await by_device(hass) == {}


async def test_old_spreadsheets_are_read(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    """Their encoding is that of Windows."""
    text = f"Début;Énergie\r\n{DAY} 00:00;7\r\n{DAY} 01:00;8\r\n"
    file = write(hass, text, "cp1252")
    column = {"column": "Énergie", "device": 1, "quantity": "active_energy_import"}
    mapping = {"time_column": "Début", "columns": [column]}
    await call(hass, "import_history", file=file, mapping=mapping)
    assert await by_device(hass) == {"Lamps": [7, 8, None]}


@pytest.mark.parametrize(
    ("how", "written", "conflicts", "known"),
    [("keep", 0, 1, 500), ("replace", 1, 1, 800)],
)
async def test_what_is_known_stays_or_gives_way(
    hass: HomeAssistant,
    entry: ConfigEntry,
    how: str,
    written: int,
    conflicts: int,
    known: int,
) -> None:
    def sample(value: int) -> dict[str, object]:
        return {
            "device": 1,
            "start": f"{DAY}T00:00:00-08:00",
            "length": 3600,
            "quantity": "active_energy_import",
            "value": value,
        }

    await call(hass, "import_history", samples=[sample(500)])
    answer = await call(hass, "import_history", samples=[sample(800)], on_conflict=how)
    assert (answer["written"], answer["conflicts"]) == (written, conflicts)
    assert (answer["undo"] is None) == (written == 0)
    assert await by_device(hass) == {"Lamps": [known, None, None]}
    with pytest.raises(HomeAssistantError, match="1 amounts are known"):
        await call(hass, "import_history", samples=[sample(9)], on_conflict="refuse")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "either samples or a file"),
        ({"samples": [], "file": "x"}, "either samples or a file"),
        ({"file": f"{DOMAIN}/none.csv", "mapping": MAPPING}, "no file"),
        ({"file": "configuration.yaml", "mapping": MAPPING}, "no file"),
        ({"file": f"{DOMAIN}/../secrets.yaml", "mapping": MAPPING}, "no file"),
        ({"file": f"{DOMAIN}/history.csv"}, "time_column is missing"),
        (
            {
                "file": f"{DOMAIN}/history.csv",
                "mapping": {**MAPPING, "delimiter": ",", "decimal": ","},
            },
            "same sign",
        ),
    ],
)
async def test_wrong_requests_are_refused(
    hass: HomeAssistant, entry: ConfigEntry, asked: dict[str, Any], message: str
) -> None:
    write(hass, "Time\r\n", name="../configuration.yaml")
    with pytest.raises(ServiceValidationError, match=message):
        await call(hass, "import_history", **asked)


async def test_the_twins_answer_the_same_in_the_users_language(
    hass: HomeAssistant, entry: ConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    file = write(hass, HEADER + "noon;1;\r\n")
    mapping = {**MAPPING, "length": 3600}
    await client.send_json_auto_id(
        {
            "type": f"{DOMAIN}/import_history",
            "file": file,
            "mapping": mapping,
            "language": "fr",
        }
    )
    answer = (await client.receive_json())["result"]
    assert "n’est pas une heure" in answer["problems"][0]["message"]
    write(hass, HEADER + "".join(ROWS))
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/import_history", "file": file, "mapping": MAPPING}
    )
    token = (await client.receive_json())["result"]["undo"]
    await client.send_json_auto_id({"type": f"{DOMAIN}/undo_import", "undo": token})
    assert (await client.receive_json())["success"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("import_history", {"samples": []}), ("undo_import", {"undo": ""})],
)
async def test_only_administrators_change_history(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_read_only_user: MockUser,
    name: str,
    data: dict[str, Any],
) -> None:
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN,
            name,
            data,
            blocking=True,
            return_response=True,
            context=Context(user_id=hass_read_only_user.id),
        )
