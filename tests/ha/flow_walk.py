"""Walks through flows as the front end does, and reads every text along the way.

At each step the walk checks, in English and in French, that title, fields, choices,
menu items, errors and reasons have a text, and that every value which a text speaks of
is handed to it. So a test that only clicks through has checked the wording as well.
"""

from collections.abc import Iterator, Mapping
import json
from pathlib import Path
from typing import Any, Self

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntry,
    ConfigSubentry,
)
from homeassistant.core import DOMAIN as HOME_ASSISTANT, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers.selector import SelectSelector

from custom_components.legrand_ews.const import DOMAIN

FOLDER = Path(__file__).parents[2] / "translations"
TEXTS = {
    language: json.loads((FOLDER / f"{language}.json").read_text("utf-8"))
    for language in ("en", "fr")
}


class Walk:
    """One flow; ``result`` is what the front end was shown last."""

    def __init__(self, manager: Any, section: tuple[str, ...]) -> None:
        self._manager = manager
        self._section = section
        self.result: Mapping[str, Any] = {}

    @classmethod
    async def site(cls, hass: HomeAssistant, entry: ConfigEntry | None = None) -> Self:
        """Open the flow of a new site, or of a stored one."""
        walk = cls(hass.config_entries.flow, ("config",))
        context = {"source": SOURCE_USER}
        if entry is not None:
            context = {"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id}
        return await walk._open(DOMAIN, context)

    @classmethod
    async def add(cls, hass: HomeAssistant, entry: ConfigEntry, kind: str) -> Self:
        """Open the flow of a new object of the site."""
        walk = cls(hass.config_entries.subentries, ("config_subentries", kind))
        return await walk._open((entry.entry_id, kind), {"source": SOURCE_USER})

    @classmethod
    async def change(
        cls, hass: HomeAssistant, entry: ConfigEntry, subentry: ConfigSubentry
    ) -> Self:
        """Open the flow that changes a stored object."""
        kind = subentry.subentry_type
        walk = cls(hass.config_entries.subentries, ("config_subentries", kind))
        context = {
            "source": SOURCE_RECONFIGURE,
            "subentry_id": subentry.subentry_id,
        }
        return await walk._open((entry.entry_id, kind), context)

    @classmethod
    async def options(cls, hass: HomeAssistant, entry: ConfigEntry) -> Self:
        """Open the settings of the site."""
        walk = cls(hass.config_entries.options, ("options",))
        return await walk._open(entry.entry_id, {"source": SOURCE_USER})

    async def _open(self, handler: Any, context: dict[str, str]) -> Self:
        self.result = await self._manager.async_init(handler, context=context)
        self._read()
        return self

    async def fill(self, **values: Any) -> Self:
        """Send the form as the front end would: what it suggests, and ``values``.

        A value of None leaves its field empty.
        """
        answer = {**self.suggested, **values}
        answer = {field: x for field, x in answer.items() if x is not None}
        flow_id = self.result["flow_id"]
        self.result = await self._manager.async_configure(flow_id, answer)
        self._read()
        return self

    async def wait(self) -> Self:
        """Wait for the work whose progress is shown, as the front end does."""
        assert self.result["type"] is FlowResultType.SHOW_PROGRESS
        await self._manager.hass.async_block_till_done()
        self.result = await self._manager.async_configure(self.result["flow_id"])
        self._read()
        return self

    async def choose(self, option: str) -> Self:
        """Choose an item of a menu."""
        assert option in self.result["menu_options"]
        answer = {"next_step_id": option}
        flow_id = self.result["flow_id"]
        self.result = await self._manager.async_configure(flow_id, answer)
        self._read()
        return self

    @property
    def step(self) -> str:
        """The step that is shown, or how the flow has ended."""
        if self.result["type"] is FlowResultType.ABORT:
            reason: str = self.result["reason"]
            return reason
        if self.result["type"] is FlowResultType.CREATE_ENTRY:
            return "created"
        step: str = self.result["step_id"]
        return step

    @property
    def errors(self) -> dict[str, str]:
        """The key of the error at each field."""
        return dict(self.result["errors"] or {})

    @property
    def fields(self) -> list[str]:
        """The fields of the form, in order."""
        return [marker.schema for marker in self.result["data_schema"].schema]

    @property
    def suggested(self) -> dict[str, Any]:
        """What the form holds before the user touches it."""
        values = {}
        for marker in self.result["data_schema"].schema:
            suggestion = (marker.description or {}).get("suggested_value")
            if suggestion is not None:
                values[marker.schema] = suggestion
            elif callable(marker.default):
                values[marker.schema] = marker.default()
        return values

    def options_of(self, field: str) -> dict[str, str]:
        """The choices of a field and their labels."""
        schema = self.result["data_schema"].schema
        selector = next(x for marker, x in schema.items() if marker.schema == field)
        pairs = (
            (x, x) if isinstance(x, str) else (x["value"], x["label"])
            for x in selector.config["options"]
        )
        return dict(pairs)

    def text(self, *path: str, language: str = "en") -> str:
        """A text of this flow with its values put in."""
        node = TEXTS[language]
        for name in (*self._section, *path):
            node = node[name]
        assert isinstance(node, str)
        assert node, path
        values = self.result.get("description_placeholders") or {}
        return node.format_map(values)

    def _read(self) -> None:
        for path in self._paths():
            for language in TEXTS:
                self.text(*path, language=language)

    def _paths(self) -> Iterator[tuple[str, ...]]:
        kind = self.result["type"]
        if kind is FlowResultType.ABORT:
            if self.result.get("translation_domain") != HOME_ASSISTANT:
                yield ("abort", self.result["reason"])
            return
        if kind is FlowResultType.CREATE_ENTRY:
            if self.result.get("description") is not None:
                yield ("create_entry", self.result["description"])
            return
        if kind is FlowResultType.SHOW_PROGRESS:
            yield ("step", self.result["step_id"], "title")
            yield ("progress", self.result["progress_action"])
            return
        step = ("step", self.result["step_id"])
        yield (*step, "title")
        node = TEXTS["en"]
        for name in (*self._section, *step):
            node = node[name]
        if "description" in node:
            yield (*step, "description")
        if kind is FlowResultType.MENU:
            for option in self.result["menu_options"]:
                yield (*step, "menu_options", option)
            return
        for marker, selector in self.result["data_schema"].schema.items():
            yield (*step, "data", marker.schema)
            if marker.schema in node.get("data_description", {}):
                yield (*step, "data_description", marker.schema)
            _read_choices(selector)
        for field, error in self.errors.items():
            assert field in {"base", *self.fields}, f"no field {field} for {error}"
            yield ("error", error)


def _read_choices(selector: object) -> None:
    if not isinstance(selector, SelectSelector):
        return
    key = selector.config.get("translation_key")
    if key is None:
        return
    offered = selector.config["options"]
    for texts in TEXTS.values():
        options = texts["selector"][key]["options"]
        assert {x if isinstance(x, str) else x["value"] for x in offered} <= (
            options.keys()
        ), key
    # What stands in for a text is the text, so that nobody reads two languages.
    labels = {x["value"]: x["label"] for x in offered if not isinstance(x, str)}
    assert any(
        labels.items() <= texts["selector"][key]["options"].items()
        for texts in TEXTS.values()
    ), key


def stored(entry: ConfigEntry) -> dict[str, Any]:
    """Everything that is stored of a site: equal before and after means untouched."""
    return {
        "title": entry.title,
        "data": dict(entry.data),
        "options": dict(entry.options),
        "subentries": {
            key: (subentry.title, dict(subentry.data), subentry.unique_id)
            for key, subentry in entry.subentries.items()
        },
    }


def only(entry: ConfigEntry, kind: str) -> ConfigSubentry:
    """The one object of its kind in the site."""
    (subentry,) = entry.get_subentries_of_type(kind)
    return subentry
