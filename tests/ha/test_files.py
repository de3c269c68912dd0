"""Downloads, the media browser and the separators, through Home Assistant's own doors."""

import asyncio
from collections.abc import Mapping
import csv
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
import io
from pathlib import Path
from typing import Any
import zipfile
from zoneinfo import ZoneInfo

from aiohttp.test_utils import TestClient
from freezegun.api import TickingDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    MockHAClientWebSocket,
    WebSocketGenerator,
)

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.model import MeasureGroup

from . import site
from .conftest import Load as LoadSite

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
"""10:00 in Paris."""
TEN_MINUTES = timedelta(minutes=10)
PARTS = [
    MeasureGroup(id=1, name="First floor"),
    site.gateway(1, 502, is_enabled=False),
    site.device(1, 1, 11, name="Oven; big", group_ids=(1,), load_id=4),
    site.device(2, 1, 12, name="Lift"),
]


def rows_of(content: bytes, delimiter: str = ";") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def record(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Store an hour of two meters: 1000.5, 1001.5 ... Wh, and 7 Wh each time."""
    path = Path(hass.config.path(DOMAIN, entry.entry_id, "archive.db"))
    path.parent.mkdir(parents=True)
    archive = Archive(path, ZoneInfo("Europe/Paris"))
    archive.open()
    archive.write(
        Sample(
            device_id=device,
            start=START + TEN_MINUTES * step,
            length=TEN_MINUTES,
            amounts_milli={
                "active_energy_import": 7_000
                if device == 2
                else 1_000_500 + 1000 * step
            },
        )
        for step in range(6)
        for device in (1, 2)
    )
    archive.close()


@pytest.fixture
async def entry(hass: HomeAssistant, load: LoadSite) -> MockConfigEntry:
    await hass.config.async_set_time_zone("Europe/Paris")
    entry = site.entry(PARTS)
    await hass.async_add_executor_job(record, hass, entry)
    await load(entry)
    return entry


async def export(hass: HomeAssistant, **data: Any) -> Mapping[str, Any]:
    fields = {"start": "2026-11-03", "end": "2026-11-03", **data}
    answer = await hass.services.async_call(
        DOMAIN, "export_data", fields, blocking=True, return_response=True
    )
    assert answer is not None
    return answer


async def ask(client: MockHAClientWebSocket, **message: Any) -> Any:
    await client.send_json_auto_id(message)
    answer = await client.receive_json()
    assert answer["success"], answer
    return answer["result"]


async def opened(client: TestClient[Any, Any], url: str) -> bytes:
    response = await client.get(url)
    assert response.status == HTTPStatus.OK
    assert response.headers["Content-Disposition"].startswith("attachment;")
    return await response.read()


async def test_the_archive_file_is_downloaded_without_signing_in(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    answer = await export(hass, rate="hour")
    assert answer["file"] == "reportdata.zip"
    assert answer["files"] == ["report_energy_devices_electricity.csv"]
    client = await hass_client_no_auth()
    content = await opened(client, answer["url"])
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        rows = rows_of(made.read(answer["files"][0]))
    assert rows[0] == ["start", "utc_offset", "Oven; big (1)", "Lift (2)"]
    assert rows[1 + 10] == ["2026-11-03 10:00:00", "+01:00", "6018", "42"]
    assert {cell for row in rows[1:11] + rows[12:] for cell in row[2:]} == {""}
    unsigned = answer["url"].partition("?")[0]
    assert (await client.get(unsigned)).status == HTTPStatus.UNAUTHORIZED


@pytest.mark.parametrize(
    ("data", "files"),
    [
        ({"kind": "group"}, ["report_energy_groups_electricity.csv"]),
        ({"kind": "load"}, ["report_energy_loads.csv"]),
        ({"ids": [2], "rate": "sample"}, ["report_energy_devices_electricity.csv"]),
    ],
)
async def test_groups_and_loads_are_exported_too(
    hass: HomeAssistant, entry: ConfigEntry, data: dict[str, Any], files: list[str]
) -> None:
    assert (await export(hass, **data))["files"] == files


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"end": "2026-11-01"}, "end_not_after_start"),
        ({"ids": [9]}, "unknown_object"),
        ({"rate": "minute"}, "option_unknown"),
        ({"start": "2026-10-01", "end": "2026-10-02"}, "export_empty"),
        ({"costs": True}, "costs_missing"),
    ],
)
async def test_what_cannot_be_exported_is_said(
    hass: HomeAssistant, entry: ConfigEntry, data: dict[str, Any], key: str
) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await export(hass, **data)
    assert caught.value.translation_key == key


async def test_a_file_that_cannot_be_written_is_said(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    folder = Path(hass.config.path(DOMAIN, "downloads"))
    await hass.async_add_executor_job(folder.write_text, "in the way")
    with pytest.raises(HomeAssistantError) as caught:
        await export(hass)
    assert caught.value.translation_key == "export_failed"


async def test_a_file_made_on_request_is_gone_after_an_hour(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_client: ClientSessionGenerator,
    freezer: TickingDateTimeFactory,
) -> None:
    url = (await export(hass))["url"].partition("?")[0]
    client = await hass_client()
    assert (await client.get(url)).status == HTTPStatus.OK
    async_fire_time_changed(hass, datetime.now(UTC) + timedelta(minutes=61))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert (await client.get(url)).status == HTTPStatus.NOT_FOUND
    folder = Path(hass.config.path(DOMAIN, "downloads"))
    assert await hass.async_add_executor_job(lambda: list(folder.glob("*"))) == []


@pytest.mark.parametrize(
    "path", ["short/reportdata.zip", "%2e%2e/reportdata.zip", f"{'a' * 32}/archive.db"]
)
async def test_nothing_but_made_files_is_handed_out(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_client: ClientSessionGenerator,
    path: str,
) -> None:
    client = await hass_client()
    response = await client.get(f"/api/{DOMAIN}/made/{path}")
    assert response.status == HTTPStatus.NOT_FOUND


async def test_the_command_tells_progress_and_then_the_answer(
    hass: HomeAssistant, entry: ConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": f"{DOMAIN}/export_data",
            "start": "2026-11-01",
            "end": "2026-11-20",
            "rate": "15min",
        }
    )
    assert (await client.receive_json())["success"]
    told: list[float] = []
    while "url" not in (event := (await client.receive_json())["event"]):
        told.append(event["progress"])
    assert told == sorted(told)
    assert event["progress"] == 1
    assert event["files"] == ["report_energy_devices_electricity.csv"]
    http = await hass.async_add_executor_job(
        Path(hass.config.path(DOMAIN, "downloads")).glob, "*/reportdata.zip"
    )
    assert len(list(http)) == 1


async def test_the_command_says_what_is_wrong(
    hass: HomeAssistant, entry: ConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/export_data", "start": "2026-11-01", "end": "soon"}
    )
    answer = await client.receive_json()
    assert answer["error"]["translation_key"] == "date_invalid"
    await client.send_json_auto_id(
        {"type": f"{DOMAIN}/export_data", "start": "2025-11-01", "end": "2025-11-02"}
    )
    assert (await client.receive_json())["success"]
    event = (await client.receive_json())["event"]
    assert event["error"]["translation_key"] == "export_empty"


async def test_ending_the_subscription_cancels_the_work(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_ws_client: WebSocketGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": f"{DOMAIN}/export_data",
            "start": "1990-01-01",
            "end": "2026-11-20",
            "rate": "day",
        }
    )
    subscription = (await client.receive_json())["id"]
    await ask(client, type="unsubscribe_events", subscription=subscription)
    await hass.async_block_till_done(wait_background_tasks=True)
    folder = Path(hass.config.path(DOMAIN, "downloads"))
    left = await hass.async_add_executor_job(lambda: list(folder.rglob("*")))
    assert left == []
    assert "Error" not in caplog.text


async def test_a_chart_is_downloaded_as_it_is_shown(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_client: ClientSessionGenerator,
) -> None:
    answer = await ask(
        await hass_ws_client(hass),
        type=f"{DOMAIN}/datalogger",
        period="day",
        date="2026-11-03",
        language="fr",
    )
    assert answer["file"] == "datalogger.csv"
    rows = rows_of(await opened(await hass_client(), answer["url"]))
    assert len(rows) == 1 + 24
    assert rows[0][2:] == ["Éclairage (4) [Wh]", "Autres (7) [Wh]"]
    assert rows[11] == ["2026-11-03 10:00:00", "+01:00", "6018", "42"]


async def test_the_file_space_is_browsed_and_opened(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await async_setup_component(hass, "media_source", {})
    client = await hass_ws_client(hass)
    uri = f"media-source://{DOMAIN}"
    root = await ask(client, type="media_source/browse_media", media_content_id=uri)
    assert [x["title"] for x in root["children"]] == ["Bakery"]
    for title in ("Bakery", "devices", "1"):
        chosen = next(x for x in root["children"] if x["title"] == title)
        assert (chosen["can_expand"], chosen["can_play"]) == (True, False)
        root = await ask(
            client,
            type="media_source/browse_media",
            media_content_id=chosen["media_content_id"],
        )
    (file,) = root["children"]
    assert file["title"] == "1_energy_2026-11.csv"
    resolved = await ask(
        client,
        type="media_source/resolve_media",
        media_content_id=file["media_content_id"],
    )
    assert resolved["mime_type"] == "text/csv"
    rows = rows_of(await opened(await hass_client_no_auth(), resolved["url"]))
    assert rows[0][-1] == "active_energy_import [Wh]"
    assert [row[-1] for row in rows[1:]] == [f"{1000 + step},5" for step in range(6)]


@pytest.mark.parametrize(
    ("command", "identifier"),
    [
        ("browse_media", "/nobody"),
        ("browse_media", "/{entry}/nowhere"),
        ("resolve_media", "/nobody/devices/1/1_energy_2026-11.csv"),
        ("resolve_media", "/{entry}/devices"),
        ("resolve_media", "/{entry}/devices/1/1_energy_2026-10.csv"),
    ],
)
async def test_what_is_not_in_the_file_space_is_said(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_ws_client: WebSocketGenerator,
    command: str,
    identifier: str,
) -> None:
    await async_setup_component(hass, "media_source", {})
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": f"media_source/{command}",
            "media_content_id": f"media-source://{DOMAIN}"
            + identifier.format(entry=entry.entry_id),
        }
    )
    answer = await client.receive_json()
    assert answer["success"] is False
    assert answer["error"]["code"] in {"browse_media_failed", "resolve_media_failed"}


async def test_dashboards_list_the_file_space(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    client = await hass_ws_client(hass)
    listed = (await ask(client, type=f"{DOMAIN}/files"))["entries"]
    assert [x["name"] for x in listed] == [
        *("devices", "energy", "eqcheck", "gas", "overallTotal", "settings", "water")
    ]
    listed = (await ask(client, type=f"{DOMAIN}/files", path="overallTotal"))["entries"]
    (entry_of_month,) = listed
    assert entry_of_month["name"] == "values_2026-11.csv"
    assert entry_of_month["changed"] == "2026-11-03T10:00:00+00:00"
    path = "overallTotal/values_2026-11.csv"
    url = (await ask(client, type=f"{DOMAIN}/file_url", path=path))["url"]
    rows = rows_of(await opened(await hass_client_no_auth(), url))
    assert rows == [
        ["start", "utc_offset", "electricity [kWh]"],
        ["2026-11-03 00:00:00", "+01:00", "6,06"],
    ]


@pytest.mark.parametrize("name", ["General.csv", "GreenUpSettings.csv"])
async def test_the_settings_are_for_administrators(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_client: ClientSessionGenerator,
    hass_read_only_access_token: str,
    name: str,
) -> None:
    path = f"settings/{name}"
    url = f"/api/{DOMAIN}/files/{entry.entry_id}/{path}"
    admin = await hass_ws_client(hass)
    assert (await ask(admin, type=f"{DOMAIN}/file_url", path=path))["url"]
    content = await opened(await hass_client(), url)
    assert rows_of(content)[0][:3] == ["kind", "id", "name"]
    reader = await hass_client(hass_read_only_access_token)
    for hidden in (url, url.replace("/settings", "//settings")):
        assert (await reader.get(hidden)).status in {
            HTTPStatus.UNAUTHORIZED,
            HTTPStatus.NOT_FOUND,
        }
    energy = url.replace(path, "energy/devices_2026-11_0.csv")
    assert (await reader.get(energy)).status == HTTPStatus.OK
    client = await hass_ws_client(hass, hass_read_only_access_token)
    await client.send_json_auto_id({"type": f"{DOMAIN}/file_url", "path": path})
    assert (await client.receive_json())["error"]["code"] == "unauthorized"


@pytest.mark.parametrize(
    "path",
    ["devices/1/1_energy_2026-10.csv", "nowhere", "devices", "energy/../archive.db"],
)
async def test_an_address_that_leads_nowhere_is_not_found(
    hass: HomeAssistant,
    entry: ConfigEntry,
    hass_client: ClientSessionGenerator,
    path: str,
) -> None:
    client = await hass_client()
    response = await client.get(f"/api/{DOMAIN}/files/{entry.entry_id}/{path}")
    assert response.status == HTTPStatus.NOT_FOUND
    other = await client.get(f"/api/{DOMAIN}/files/unknown/devices/1/x.csv")
    assert other.status == HTTPStatus.NOT_FOUND


async def test_separators_are_chosen_in_the_options(
    hass: HomeAssistant, entry: ConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "files"}
    )
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"],
        {
            "decimal_sign": "comma",
            "field_separator": "comma",
            "byte_order_mark": False,
        },
    )
    assert flow["errors"] == {"field_separator": "separators_alike"}
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"],
        {
            "decimal_sign": "point",
            "field_separator": "comma",
            "byte_order_mark": False,
        },
    )
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    await asyncio.sleep(0)
    url = f"/api/{DOMAIN}/files/{entry.entry_id}/energy/devices_2026-11_0.csv"
    content = await opened(await hass_client(), url)
    assert content.decode().splitlines()[:2] == [
        "start,utc_offset,seconds,Oven; big (1),Lift (2)",
        "2026-11-03 10:00:00,+01:00,600,1000.5,7",
    ]
