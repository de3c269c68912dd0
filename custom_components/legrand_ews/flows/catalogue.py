"""The catalogue, as flows need it: without one there is nothing to choose from."""

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import AbortFlow

from ..catalogue import async_get_catalogue
from ..ews.catalogue import Catalogue
from ..ews.errors import CatalogueError
from ..sentences import async_sentences


async def async_readable_catalogue(hass: HomeAssistant) -> Catalogue:
    """Return the catalogue; a file that is wrong ends the flow.

    The reason names file, line and field in the language of the server.
    """
    try:
        return await async_get_catalogue(hass)
    except CatalogueError as error:
        sentence = await async_sentences(hass, hass.config.language)
        problem = sentence(error.key, error.placeholders)
        raise AbortFlow("catalogue_invalid", {"problem": problem}) from error
