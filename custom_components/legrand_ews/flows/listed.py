"""Lists of rows that speak: texts for what the front end does not translate.

The dialog in which a row is edited knows the translations of the row's own fields, but
not of choices in it, nor of a list within it. Those get texts in the language of this
Home Assistant.
"""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    ObjectSelector,
    SelectOptionDict,
    SelectSelector,
)
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN


async def async_speaking(hass: HomeAssistant, rows: ObjectSelector) -> ObjectSelector:
    """Return the same list of rows with texts for all that is inside a row."""
    texts = await async_get_translations(
        hass, hass.config.language, "selector", [DOMAIN]
    )
    return _speaking(rows, texts)


def _speaking(rows: ObjectSelector, texts: Mapping[str, str]) -> ObjectSelector:
    config: dict[str, Any] = dict(rows.config)
    path = f"component.{DOMAIN}.selector.{config.get('translation_key')}.fields"
    fields: dict[str, Any] = {}
    for name, field in config["fields"].items():
        label = texts.get(f"{path}.{name}.name", name)
        selector = _speaking_field(field["selector"], texts)
        fields[name] = {**field, "selector": selector, "label": label}
    return ObjectSelector({**config, "fields": fields})  # type: ignore[arg-type]


def _speaking_field(selector: object, texts: Mapping[str, str]) -> object:
    if isinstance(selector, ObjectSelector) and "fields" in selector.config:
        return _speaking(selector, texts)
    if isinstance(selector, SelectSelector) and "translation_key" in selector.config:
        config: dict[str, Any] = dict(selector.config)
        path = f"component.{DOMAIN}.selector.{config.pop('translation_key')}.options"
        config["options"] = [
            SelectOptionDict(value=key, label=texts.get(f"{path}.{key}", key))
            for key in _keys(config["options"])
        ]
        return SelectSelector(config)  # type: ignore[arg-type]
    return selector


def _keys(options: list[Any]) -> list[str]:
    return [x if isinstance(x, str) else x["value"] for x in options]
