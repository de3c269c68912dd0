"""Export and import of the installation as actions and as WebSocket commands.

Both are for administrators: a file names every address of the site.
"""

from typing import Any, Final

from homeassistant.core import HomeAssistant, SupportsResponse, callback

from ..api import SiteRequest, async_register_twins
from ..ews.inventory import FileFormat
from ..files.export_view import ExportView
from .actions import (
    EXPORT_FIELDS,
    IMPORT_FIELDS,
    async_export_installation,
    async_import_installation,
)

EXPORT_INSTALLATION: Final = "export_installation"
IMPORT_INSTALLATION: Final = "import_installation"


@callback
def async_setup_inventory(hass: HomeAssistant) -> None:
    """Register actions, commands and the address of the files."""
    async_register_twins(
        hass,
        EXPORT_INSTALLATION,
        _export_installation,
        EXPORT_FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
    )
    async_register_twins(
        hass,
        IMPORT_INSTALLATION,
        _import_installation,
        IMPORT_FIELDS,
        response=SupportsResponse.OPTIONAL,
        admin=True,
        has_language=True,
    )
    hass.http.register_view(ExportView())


async def _export_installation(request: SiteRequest) -> dict[str, Any]:
    file_format = FileFormat(request.fields["format"])
    return await async_export_installation(request.hass, request.entry, file_format)


async def _import_installation(request: SiteRequest) -> dict[str, Any]:
    return await async_import_installation(
        request.hass, request.entry, request.fields, language=request.language
    )
