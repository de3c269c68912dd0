"""The dashboard in the sidebar: there while a site is, never in anybody's way."""

import sys
from typing import Any
from unittest.mock import patch

from homeassistant.components import frontend
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.loader import async_get_integration
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.legrand_ews.const import DOMAIN

from . import site
from .conftest import Load, StartServer
from .registers import emdx3

URL_PATH = "energy-web-server"


async def load_site(start_server: StartServer, load: Load, title: str) -> Any:
    server = await start_server({11: emdx3()})
    entry = site.entry([site.gateway(1, server.port)], title=title)
    await load(entry)
    return entry


async def test_the_dashboard_is_our_strategy(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    start_server: StartServer,
    load: Load,
) -> None:
    await load_site(start_server, load, "Bakery")
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "get_panels"})
    panel = (await client.receive_json())["result"][URL_PATH]
    assert panel["title"] == "Energy Web Server"
    assert panel["icon"].startswith("mdi:")
    assert panel["require_admin"] is False
    await client.send_json_auto_id({"type": "lovelace/config", "url_path": URL_PATH})
    config = (await client.receive_json())["result"]
    assert config == {"strategy": {"type": "custom:legrand-ews"}}
    await client.send_json_auto_id({"type": "lovelace/dashboards/list"})
    listed = (await client.receive_json())["result"]
    assert [x["title"] for x in listed if x["url_path"] == URL_PATH] == [
        "Energy Web Server"
    ]
    await client.send_json_auto_id({"type": "lovelace/info"})
    assert (await client.receive_json())["success"]


async def test_the_module_is_loaded_under_its_version(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    await load_site(start_server, load, "Bakery")
    version = (await async_get_integration(hass, DOMAIN)).version
    urls = hass.data[DATA_EXTRA_MODULE_URL].urls
    assert f"/{DOMAIN}/{version}/legrand-ews.js" in urls


async def test_the_dashboard_goes_with_the_last_site(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    first = await load_site(start_server, load, "Bakery")
    second = await load_site(start_server, load, "Mill")
    disable = hass.config_entries.async_set_disabled_by
    await disable(first.entry_id, ConfigEntryDisabler.USER)
    assert frontend.async_panel_exists(hass, URL_PATH)
    await disable(second.entry_id, ConfigEntryDisabler.USER)
    assert not frontend.async_panel_exists(hass, URL_PATH)
    await disable(first.entry_id, None)
    assert frontend.async_panel_exists(hass, URL_PATH)
    await hass.config_entries.async_remove(first.entry_id)
    assert not frontend.async_panel_exists(hass, URL_PATH)


async def test_the_dashboard_stays_while_the_site_is_loaded_anew(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    entry = await load_site(start_server, load, "Bakery")
    await hass.config_entries.async_unload(entry.entry_id)
    assert frontend.async_panel_exists(hass, URL_PATH)
    await hass.config_entries.async_setup(entry.entry_id)
    assert frontend.async_panel_exists(hass, URL_PATH)


async def test_a_panel_of_the_users_own_stays(
    hass: HomeAssistant, start_server: StartServer, load: Load
) -> None:
    frontend.async_register_built_in_panel(
        hass, "iframe", "Mine", frontend_url_path=URL_PATH
    )
    entry = await load_site(start_server, load, "Bakery")
    await hass.config_entries.async_remove(entry.entry_id)
    assert frontend.async_panel_exists(hass, URL_PATH)


async def test_without_home_assistants_dashboards_the_site_still_runs(
    hass: HomeAssistant,
    start_server: StartServer,
    load: Load,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # As if Home Assistant had moved what a dashboard is made of.
    with patch.dict(sys.modules, {"custom_components.legrand_ews.dashboard": None}):
        entry = await load_site(start_server, load, "Bakery")
        assert hass.states.get("binary_sensor.gateway_1_connection") is not None
        assert not frontend.async_panel_exists(hass, URL_PATH)
        assert "takes no dashboard" in caplog.text
        assert await hass.config_entries.async_unload(entry.entry_id)
