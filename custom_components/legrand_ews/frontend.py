"""The dashboard in the sidebar and the files it is made of.

Files and module belong to the integration as long as Home Assistant runs. The
dashboard is there while at least one site is set up, also while that is loaded anew.
"""

import logging
from pathlib import Path
from typing import Final

from homeassistant.components import frontend
from homeassistant.components.http import StaticPathConfig
from homeassistant.components.lovelace.const import LOVELACE_DATA
from homeassistant.core import HomeAssistant, callback
from homeassistant.loader import Integration, async_get_integration

from .const import DOMAIN, PANEL_URL_PATH

_LOGGER = logging.getLogger(__name__)

_FOLDER: Final = Path(__file__).parent / "assets"
_ASSETS: Final = _FOLDER / "frontend"
_PICTURES: Final = _FOLDER / "pictures"
_MODULE: Final = "legrand-ews.js"
_TITLE: Final = "Energy Web Server"
_ICON: Final = "mdi:lightning-bolt-circle"


async def async_serve_assets(hass: HomeAssistant) -> None:
    """Serve the built front end and load its module in every browser.

    The version is part of the address, so browsers may keep the files for good.
    """
    integration = await async_get_integration(hass, DOMAIN)
    base = f"/{DOMAIN}/{integration.version}"
    await hass.http.async_register_static_paths(
        [
            StaticPathConfig(base, str(_ASSETS)),
            StaticPathConfig(_pictures_at(integration), str(_PICTURES)),
        ]
    )
    frontend.add_extra_js_url(hass, f"{base}/{_MODULE}")


def _pictures_at(integration: Integration) -> str:
    return f"/{DOMAIN}/pictures/{integration.version}"


async def async_picture(hass: HomeAssistant, name: str) -> str:
    """Return the address of a picture that explains a choice in a form."""
    return f"{_pictures_at(await async_get_integration(hass, DOMAIN))}/{name}"


@callback
def async_add_dashboard(hass: HomeAssistant) -> None:
    """Put the dashboard into the sidebar unless something stands at its address.

    Where Home Assistant has changed what dashboards are made of, the site works on
    without one, and users can still add it by hand.
    """
    if frontend.async_panel_exists(hass, PANEL_URL_PATH):
        return
    try:
        from .dashboard import MODE, StrategyDashboard

        dashboards = hass.data[LOVELACE_DATA].dashboards
    except ImportError, KeyError, AttributeError:
        _LOGGER.warning("This Home Assistant takes no dashboard from an integration")
        return
    properties = {
        "id": PANEL_URL_PATH,
        "title": _TITLE,
        "icon": _ICON,
        "mode": MODE,
        "show_in_sidebar": True,
        "require_admin": False,
    }
    dashboards[PANEL_URL_PATH] = StrategyDashboard(hass, PANEL_URL_PATH, properties)
    frontend.async_register_built_in_panel(
        hass,
        "lovelace",
        frontend_url_path=PANEL_URL_PATH,
        sidebar_title=_TITLE,
        sidebar_icon=_ICON,
        config={"mode": MODE},
    )


@callback
def async_remove_dashboard(hass: HomeAssistant) -> None:
    """Take our dashboard away; one of the user's own at that address stays."""
    try:
        from .dashboard import StrategyDashboard

        dashboards = hass.data[LOVELACE_DATA].dashboards
    except ImportError, KeyError, AttributeError:
        return
    if isinstance(dashboards.get(PANEL_URL_PATH), StrategyDashboard):
        del dashboards[PANEL_URL_PATH]
        frontend.async_remove_panel(hass, PANEL_URL_PATH)
