"""Import of a file of history in the settings: mapping, preview, import, undo."""

import io
from typing import Any

from aiohttp import FormData
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from .flow_walk import Walk
from .test_history import DAY, HEADER, ROWS, by_device, entry

__all__ = ["entry"]

pytestmark = pytest.mark.usefixtures("clock")

COLUMNS = [
    {
        "column": "Lamps kWh",
        "device": "Lamps",
        "quantity": "active_energy_import",
        "unit": "kilo",
        "meaning": "amount",
    }
]


async def upload(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, text: str
) -> str:
    """Send a file as the form does."""
    assert await async_setup_component(hass, "file_upload", {})
    client = await hass_client()
    form = FormData()
    form.add_field("file", io.BytesIO(text.encode()), filename="history.csv")
    answer = await client.post("/api/file_upload", data=form)
    content: dict[str, Any] = await answer.json()
    return str(content["file_id"])


async def test_a_file_is_mapped_previewed_imported_and_undone(
    hass: HomeAssistant, entry: ConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    options = dict(entry.options)
    walk = await Walk.options(hass, entry)
    await walk.choose("history")
    assert walk.step == "history_file"  # nothing to undo yet
    await walk.fill(file=await upload(hass, hass_client, HEADER + "".join(ROWS)))
    assert walk.step == "history_mapping"
    assert walk.suggested == {"time_column": "Time", "stamp": "start"}
    assert list(walk.options_of("time_column")) == ["Time", "Lamps kWh", "Oven kWh"]
    await walk.fill(columns=COLUMNS)
    await walk.wait()
    assert walk.step == "history_preview"
    assert walk.result["description_placeholders"] == {
        "rows": "2",
        "written": "2",
        "conflicts": "0",
    }
    assert walk.fields == []
    assert await by_device(hass) == {}
    await walk.fill()
    await walk.wait()
    assert walk.step == "history_imported"
    assert await by_device(hass) == {"Lamps": [500, None, 250]}

    walk = await Walk.options(hass, entry)
    await walk.choose("history")
    assert walk.step == "history"
    await walk.choose("history_undo")
    (token,) = walk.options_of("undo")
    await walk.fill(undo=token)
    assert walk.step == "history_undone"
    assert await by_device(hass) == {}
    assert dict(entry.options) == options


async def test_what_is_known_is_asked_about(
    hass: HomeAssistant, entry: ConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    for text, how, expected in (
        (f"{DAY} 00:00;1;\r\n{DAY} 01:00;2;\r\n", None, [1000, 2000, None]),
        (f"{DAY} 00:00;7;\r\n{DAY} 01:00;2;\r\n", "keep", [1000, 2000, None]),
        (f"{DAY} 00:00;7;\r\n{DAY} 01:00;2;\r\n", "replace", [7000, 2000, None]),
    ):
        walk = await Walk.options(hass, entry)
        await walk.choose("history")
        if walk.step == "history":
            await walk.choose("history_file")
        await walk.fill(file=await upload(hass, hass_client, HEADER + text))
        await walk.fill(columns=COLUMNS)
        await walk.wait()
        assert walk.fields == ([] if how is None else ["on_conflict"])
        await walk.fill(**({} if how is None else {"on_conflict": how}))
        await walk.wait()
        assert walk.step == "history_imported"
        assert await by_device(hass) == {"Lamps": expected}


async def test_problems_are_shown_by_row_and_can_be_put_right(
    hass: HomeAssistant, entry: ConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    walk = await Walk.options(hass, entry)
    await walk.choose("history")
    await walk.fill(file=await upload(hass, hass_client, "nothing\r\n"))
    assert walk.errors == {"file": "history_no_table"}
    text = HEADER + "20.11.2026 00:00;1;\r\n20.11.2026 01:00;2;\r\n"
    await walk.fill(file=await upload(hass, hass_client, text))
    await walk.fill(columns=COLUMNS, length=0)
    assert walk.errors == {"length": "import_length_invalid"}
    await walk.fill(length=3600)
    await walk.wait()
    assert walk.step == "history_problems"
    shown = walk.text("step", "history_problems", "description")
    assert "2 · 20.11.2026 00:00 is not a time" in shown
    await walk.choose("history_mapping")
    assert walk.suggested["columns"] == COLUMNS
    await walk.fill(time_format="%d.%m.%Y %H:%M", length=None)
    await walk.wait()
    assert walk.step == "history_preview"
    await walk.fill()
    await walk.wait()
    assert await by_device(hass) == {"Lamps": [1000, 2000, None]}
