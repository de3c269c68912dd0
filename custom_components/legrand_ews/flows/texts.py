"""Names and tables that a form shows inside its sentences.

Such texts are made before the front end sees them, so they are in the language of this
Home Assistant, not in that of each user.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..ews.bus.readings import Reading
from ..ews.catalogue import Catalogue, Model
from ..ews.model import Installation, PredefinedLoad
from ..ews.quantities import QUANTITIES, Kind

_VALUES_SHOWN = 12
_FLUID_LOADS = frozenset({PredefinedLoad.GAS, PredefinedLoad.WATER})


async def async_option_text(hass: HomeAssistant, selector: str, option: str) -> str:
    """Return the translated name of a choice; the choice itself if it has none."""
    texts = await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )
    return texts.get(f"component.{DOMAIN}.selector.{selector}.options.{option}", option)


def model_label(model: Model, language: str) -> str:
    """Return a model as lists show it: the printed number and what it is."""
    description = model.description(language)
    return f"{model.printed} – {description}" if model.printed else description


async def async_concentrator_names(
    hass: HomeAssistant, catalogue: Catalogue
) -> dict[str, str]:
    """Return the concentrators by key, mere ones before meters that have an input.

    A guessed register map is named as one (D9).
    """
    names = {}
    models = catalogue.concentrators()
    for model in sorted(models, key=lambda model: model.is_metering_point):
        names[model.key] = model_label(model, hass.config.language)
        if model.is_unverified:
            doubt = await async_option_text(hass, "provenance", model.provenance)
            names[model.key] += f" ({doubt})"
    return names


async def async_with_load_names(
    hass: HomeAssistant, site: Installation
) -> Installation:
    """Return the site with its predefined loads called as users know them."""
    loads = {
        number: load
        if load.key is None
        else replace(
            load, name=await async_option_text(hass, "predefined_load", load.key)
        )
        for number, load in site.loads.items()
    }
    return replace(site, loads=loads)


async def async_load_names(
    hass: HomeAssistant, site: Installation, chosen: str | None
) -> dict[str, str]:
    """Return the loads that an electric device can be put in, by their number as text.

    Gas and water are never chosen by hand (S70); a load that is switched off stays on
    offer only where it is chosen already (S99).
    """
    named = await async_with_load_names(hass, site)
    return {
        str(load.id): load.name
        for load in named.loads.values()
        if load.key not in _FLUID_LOADS and (load.is_enabled or str(load.id) == chosen)
    }


async def async_identity_table(hass: HomeAssistant, identity: Mapping[str, str]) -> str:
    """Return what a device says of itself as a Markdown table; a dash for nothing."""
    rows = [
        (await async_option_text(hass, "identity", name), text)
        for name, text in identity.items()
        if text
    ]
    return _table(rows)


async def async_readings_table(
    hass: HomeAssistant, readings: Mapping[str, Reading], headline: Sequence[str]
) -> str:
    """Return the first values of a device as a Markdown table, its headline on top."""
    texts = await async_get_translations(hass, hass.config.language, "entity", [DOMAIN])
    known = [
        quantity
        for quantity in dict.fromkeys((*headline, *readings))
        if quantity in readings and QUANTITIES[quantity].kind is not Kind.STATE
    ]
    rows = [
        (
            texts.get(f"component.{DOMAIN}.entity.sensor.{quantity}.name", quantity),
            _with_unit(readings[quantity], hass.config.language),
        )
        for quantity in known[:_VALUES_SHOWN]
    ]
    return _table(rows)


def number_text(value: Decimal | float, decimals: int, language: str) -> str:
    """Return a number as the language writes it, thousands apart.

    French separates thousands by a narrow space and decimals by a comma.
    """
    text = f"{value:,.{decimals}f}"
    if language.startswith("fr"):
        return text.replace(",", "\u202f").replace(".", ",")
    return text


def _with_unit(reading: Reading, language: str) -> str:
    quantity = QUANTITIES[reading.quantity]
    text = number_text(reading.value, quantity.decimals, language)
    return f"{text} {quantity.unit.value}".rstrip()


def _table(rows: list[tuple[str, str]]) -> str:
    if not rows:
        return "–"
    lines = (f"| {_cell(name)} | {_cell(text)} |" for name, text in rows)
    return "\n".join(("| | |", "| --- | --- |", *lines))


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
