"""The FTP server in the options of a site, and a client that uses it (S195, S196)."""

import asyncio
from collections.abc import Callable
import ftplib
import io
import socket
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load as LoadSite
from .test_files import PARTS, record, rows_of

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.create_server((HOST, 0)) as one:
        port: int = one.getsockname()[1]
    return port


@pytest.fixture
async def entry(
    hass: HomeAssistant, load: LoadSite, socket_enabled: None
) -> ConfigEntry:
    await hass.config.async_set_time_zone("Europe/Paris")
    entry = site.entry(PARTS)
    await hass.async_add_executor_job(record, hass, entry)
    await load(entry)
    return entry


async def asked(hass: HomeAssistant, entry: ConfigEntry, **fields: Any) -> Any:
    """Fill in the page of the server."""
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "ftp"}
    )
    return await hass.config_entries.options.async_configure(flow["flow_id"], fields)


async def switched_on(hass: HomeAssistant, entry: ConfigEntry, **fields: Any) -> str:
    """Switch the server on, and return the password that is shown."""
    data = free_port()
    flow = await asked(
        hass,
        entry,
        enabled=True,
        host=HOST,
        **{"first_data_port": data, "last_data_port": data, **fields},
    )
    assert flow["step_id"] == "ftp_password"
    password: str = flow["description_placeholders"]["password"]
    done = await hass.config_entries.options.async_configure(flow["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await reloaded(hass, entry)
    return password


async def reloaded(hass: HomeAssistant, entry: ConfigEntry) -> None:
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED


async def session[T](port: int, password: str, work: Callable[[ftplib.FTP], T]) -> T:
    def run() -> T:
        with ftplib.FTP(timeout=20) as client:
            client.connect(HOST, port)
            client.login("wsmeasure", password)
            return work(client)

    return await asyncio.to_thread(run)


def read_energy(client: ftplib.FTP) -> bytes:
    text = io.BytesIO()
    client.retrbinary("RETR /energy/loads_2026-11_0.csv", text.write)
    return text.getvalue()


async def refused(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return True
    writer.close()
    return False


async def test_it_is_off_until_it_is_wanted(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    assert "ftp" not in entry.options
    assert await refused(2121)


async def test_a_client_signs_in_with_the_password_that_was_shown(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    port = free_port()
    password = await switched_on(hass, entry, port=port)
    assert len(password) >= 16
    rows = rows_of(await session(port, password, read_energy))
    assert "Lighting (4)" in rows[0]
    assert rows[1][rows[0].index("Lighting (4)")] == "1000,5"
    await hass.config_entries.async_unload(entry.entry_id)
    assert await refused(port)


async def test_the_password_is_kept_until_a_new_one_is_wanted(
    hass: HomeAssistant, entry: ConfigEntry
) -> None:
    port = free_port()
    first = await switched_on(hass, entry, port=port)
    flow = await asked(hass, entry, enabled=False)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    await reloaded(hass, entry)
    assert await refused(port)
    flow = await asked(hass, entry, enabled=True)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options["ftp"]["password"] == first
    second = await switched_on(hass, entry, port=port, new_password=True)
    assert second != first
    with pytest.raises(ftplib.error_perm, match="530"):
        await session(port, first, read_energy)
    assert await session(port, second, read_energy)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"host": "cellar"}, {"host": "ftp_address_invalid"}),
        ({"port": 0}, {"port": "out_of_range"}),
        ({"port": 22}, {"port": "out_of_range"}),
        ({"port": 70000}, {"port": "out_of_range"}),
        ({"port": 2121.5}, {"port": "number_invalid"}),
        ({"first_data_port": 80}, {"first_data_port": "out_of_range"}),
        (
            {"first_data_port": 30010, "last_data_port": 30000},
            {"last_data_port": "ftp_ports_reversed"},
        ),
        ({"port": 30005}, {"port": "ftp_ports_overlap"}),
        ({"certificate": "/nowhere.pem"}, {"certificate": "ftp_certificate_invalid"}),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(
    hass: HomeAssistant,
    entry: ConfigEntry,
    fields: dict[str, Any],
    errors: dict[str, str],
) -> None:
    flow = await asked(hass, entry, enabled=True, **fields)
    assert flow["errors"] == errors


async def test_a_port_that_is_taken_is_a_repair_until_it_is_free(
    hass: HomeAssistant, entry: ConfigEntry, issue_registry: ir.IssueRegistry
) -> None:
    issue_id = f"ftp_unavailable_{entry.entry_id}"
    with socket.create_server((HOST, 0)) as taken:
        await switched_on(hass, entry, port=taken.getsockname()[1])
        issue = issue_registry.async_get_issue(DOMAIN, issue_id)
        assert issue is not None
        assert issue.translation_placeholders is not None
        assert issue.translation_placeholders["site"] == "Bakery"
    await reloaded(hass, entry)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_diagnostics_do_not_tell_the_password(
    hass: HomeAssistant, entry: ConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    password = await switched_on(hass, entry, port=free_port())
    found = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert found["options"]["ftp"]["password"] == "**REDACTED**"
    assert password not in str(found)
