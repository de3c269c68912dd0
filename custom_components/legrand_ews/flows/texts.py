"""Names and tables that a form shows inside its sentences.

Such texts are made before the front end sees them, so they are in the language of this
Home Assistant, not in that of each user.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
import re
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import SelectSelector
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..ews.bus.readings import Reading
from ..ews.bus.scan import Found
from ..ews.catalogue import Catalogue, Model
from ..ews.catalogue.commands import Command
from ..ews.catalogue.families import MAP_PARAMETER
from ..ews.model import Installation, PredefinedLoad
from ..ews.model.problems import Problem
from ..ews.quantities import QUANTITIES
from ..sentences import async_option_name, number_text
from .forms import pick
from .naming import map_choice, map_title, model_choice

_CHANNELS: Final = re.compile(r"(analogue_input|input|output)_\d+")
"""Quantities of inputs and outputs, which can be named (S86)."""

_VALUES_SHOWN = 12
_FLUID_LOADS = frozenset({PredefinedLoad.GAS, PredefinedLoad.WATER})


async def async_option_text(hass: HomeAssistant, selector: str, option: str) -> str:
    """Return the translated name of a choice; the choice itself if it has none."""
    return await async_option_name(hass, selector, option, hass.config.language)


async def async_pick_named(
    hass: HomeAssistant,
    selector: str,
    labels: Mapping[str, str],
    *,
    is_open: bool = False,
) -> SelectSelector:
    """Return a choice whose labels each user reads in his own language.

    That needs the same names in the translation files. Where a file of the user has
    changed the catalogue, all are shown as this Home Assistant calls them.
    """
    names = [await async_option_text(hass, selector, key) for key in labels]
    is_known = names == list(labels.values())
    return pick(labels, is_open=is_open, translation_key=selector if is_known else None)


async def async_pick_model(
    hass: HomeAssistant, models: Iterable[Model]
) -> SelectSelector:
    """Return the choice of a model, each with the badge of its source (D9)."""
    language = hass.config.language
    labels = {model.key: model_choice(model, language) for model in models}
    return await async_pick_named(hass, "model", labels)


async def async_pick_concentrator(
    hass: HomeAssistant, catalogue: Catalogue
) -> SelectSelector:
    """Return the choice of a concentrator, mere ones before meters with an input."""
    models = catalogue.concentrators()
    return await async_pick_model(
        hass, sorted(models, key=lambda model: model.is_metering_point)
    )


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


async def async_pick_map(
    hass: HomeAssistant, catalogue: Catalogue, model: Model
) -> SelectSelector:
    """Return the choice of a model's register map, each with the badge of its source.

    All are in view: a closed list would cut them off on a phone.
    """
    keys = next((x.choices for x in model.parameters if x.name == MAP_PARAMETER), ())
    language = hass.config.language
    labels = {key: map_choice(catalogue.maps[key], language) for key in keys}
    return await async_pick_named(hass, "map", labels, is_open=True)


async def async_hint(hass: HomeAssistant, model: Model) -> str:
    """Return what is special about the addresses of a model, as a paragraph.

    Sides of new stations and channels of a three-channel module have addresses, and so
    devices, of their own (S75, registers.md T7.0). Empty for all other models.
    """
    if model.addresses == 1:
        return ""
    hint = "sides" if model.sides > 1 else "channels"
    return f"\n\n{await async_option_text(hass, 'address_hint', hint)}"


async def async_found_list(
    hass: HomeAssistant,
    found: Iterable[Found],
    catalogue: Catalogue,
    known: Mapping[int, str],
) -> str:
    """Return who was found on a bus as a Markdown list; a dash for nobody.

    ``known`` are the names of devices that are described already, by unit.
    """
    language = hass.config.language
    lines = []
    for unit in found:
        text = await async_option_text(hass, "certainty", unit.certainty)
        if unit.map_key is not None:
            titles = [map_title(catalogue.maps[x], language) for x in unit.candidates]
            text = f"{' / '.join(titles)} ({text})"
        identity = ", ".join(dict.fromkeys(filter(None, unit.identity.values())))
        place = " ".join(filter(None, (str(unit.address), known.get(unit.address))))
        lines.append(f"* **{place}** {text}{identity and f' – {identity}'}")
    return "\n".join(lines) or "–"


async def async_problem_text(hass: HomeAssistant, problem: Problem) -> str:
    """Return the sentence that says what is wrong with a device."""
    texts = await async_get_translations(
        hass, hass.config.language, "config_subentries", [DOMAIN]
    )
    path = f"component.{DOMAIN}.config_subentries.device.error.{problem.key}"
    return texts.get(path, problem.key).format_map(problem.placeholders)


async def async_command_list(hass: HomeAssistant, commands: Iterable[Command]) -> str:
    """Return the names of commands as a Markdown list; a dash for none."""
    texts = await async_get_translations(hass, hass.config.language, "entity", [DOMAIN])
    names = (
        texts.get(f"component.{DOMAIN}.entity.{x.kind}.{x.key}.name", x.key)
        for x in commands
    )
    return "\n".join(f"* {name}" for name in names) or "–"


def has_channels(model: Model) -> bool:
    """Whether a model has inputs or outputs that can be named."""
    return any(_CHANNELS.fullmatch(key) for key in model.quantities)


async def async_channel_names(
    hass: HomeAssistant, quantities: Iterable[str]
) -> dict[str, str]:
    """Return inputs and outputs by quantity with their usual names (S86)."""
    texts = await async_get_translations(hass, hass.config.language, "entity", [DOMAIN])
    return {
        key: texts.get(f"component.{DOMAIN}.entity.sensor.{key}.name", key)
        for key in quantities
        if _CHANNELS.fullmatch(key)
    }


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
        if quantity in readings
    ]
    rows = []
    for quantity in known[:_VALUES_SHOWN]:
        path = f"component.{DOMAIN}.entity.sensor.{quantity}"
        reading = readings[quantity]
        state = _state_of(reading)
        if state is None:
            text = _with_unit(reading, hass.config.language)
        else:
            text = texts.get(f"{path}.state.{state}", state)
        rows.append((texts.get(f"{path}.name", quantity), text))
    return _table(rows)


def _state_of(reading: Reading) -> str | None:
    """Return the name of a state; None for a number, and for what has no name."""
    options = QUANTITIES[reading.quantity].options
    place = int(reading.value)
    return options[place] if 0 <= place < len(options) else None


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
