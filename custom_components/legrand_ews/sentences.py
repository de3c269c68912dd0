"""What users read beside forms and states, in the language that is asked for."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from .const import DOMAIN

type Sentences = Callable[[str, Mapping[str, str]], str]
"""Makes a sentence of its key and the values it speaks of."""


def error_path(key: str, domain: str = DOMAIN) -> str:
    """Return where the translations of an integration have the sentence of an error."""
    return f"component.{domain}.exceptions.{key}.message"


def number_text(value: Decimal | float, decimals: int, language: str) -> str:
    """Return a number as the language writes it, thousands apart.

    French separates thousands by a narrow space and decimals by a comma.
    """
    text = f"{value:,.{decimals}f}"
    if language.startswith("fr"):
        return text.replace(",", "\u202f").replace(".", ",")
    return text


async def async_sentences(hass: HomeAssistant, language: str) -> Sentences:
    """Return what says errors, problems and hints in a language."""
    texts = await async_get_translations(hass, language, "exceptions", [DOMAIN])

    def sentence(key: str, placeholders: Mapping[str, str]) -> str:
        text = texts.get(error_path(key), key)
        return text.format_map(placeholders)

    return sentence


async def async_option_name(
    hass: HomeAssistant, selector: str, option: str, language: str
) -> str:
    """Return how a choice is called in a language; the choice itself if it has no name."""
    texts = await async_get_translations(hass, language, "selector", [DOMAIN])
    return texts.get(f"component.{DOMAIN}.selector.{selector}.options.{option}", option)
