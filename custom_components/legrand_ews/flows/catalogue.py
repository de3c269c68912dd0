"""The catalogue, as flows need it: without one there is nothing to choose from."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.translation import async_get_translations

from ..catalogue import async_get_catalogue
from ..const import DOMAIN
from ..ews.catalogue import Catalogue
from ..ews.errors import CatalogueError


async def async_readable_catalogue(hass: HomeAssistant) -> Catalogue:
    """Return the catalogue; a file that is wrong ends the flow.

    The reason names file, line and field in the language of the server.
    """
    try:
        return await async_get_catalogue(hass)
    except CatalogueError as error:
        texts = await async_get_translations(
            hass, hass.config.language, "exceptions", [DOMAIN]
        )
        sentence = texts[f"component.{DOMAIN}.exceptions.{error.key}.message"]
        problem = sentence.format_map(error.placeholders)
        raise AbortFlow("catalogue_invalid", {"problem": problem}) from error
