"""Currency and tariffs of a site: what its options keep, and the core's settings."""

from collections.abc import Mapping
import logging
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..ews.tariffs.book import TariffBook
from ..ews.tariffs.settings import BillingSettings, decode_settings, encode_book

OPTION_TARIFFS: Final = "tariffs"
CONF_CURRENCY: Final = "currency"

_LOGGER = logging.getLogger(__name__)


def billing_of(hass: HomeAssistant, entry: ConfigEntry) -> BillingSettings:
    """Return the tariffs of a site; its currency is Home Assistant's if none is chosen.

    What cannot be read is logged and left out.
    """
    settings, problems = decode_settings(
        entry.options.get(OPTION_TARIFFS), hass.config.currency
    )
    for found in problems:
        _LOGGER.warning(
            "Tariffs of %s: %s is left out (%s)", entry.title, found.field, found.key
        )
    return settings


def chosen_currency(entry: ConfigEntry) -> str | None:
    """Return the currency that was chosen for a site; None: Home Assistant's."""
    stored: Mapping[str, Any] = entry.options.get(OPTION_TARIFFS, {})
    return stored.get(CONF_CURRENCY)


def with_currency(entry: ConfigEntry, currency: str | None) -> dict[str, Any]:
    """Return the options of a site with another currency; None: Home Assistant's."""
    stored = dict(entry.options.get(OPTION_TARIFFS, {}))
    stored.pop(CONF_CURRENCY, None)
    if currency is not None:
        stored[CONF_CURRENCY] = currency
    return {**entry.options, OPTION_TARIFFS: stored}


def with_book(options: Mapping[str, Any], book: TariffBook) -> dict[str, Any]:
    """Return the options of a site with another book of a fluid."""
    stored = options.get(OPTION_TARIFFS, {})
    changed = {**stored, book.fluid.value: encode_book(book)}
    return {**options, OPTION_TARIFFS: changed}
