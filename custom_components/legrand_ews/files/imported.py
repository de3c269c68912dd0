"""What all imports share: files of our own folder, and problems in words."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import STORAGE_FOLDER
from ..ews.inventory import RowProblem
from ..sentences import async_sentences


def own_file(hass: HomeAssistant, file: str) -> Path | None:
    """Return a file that the user has put into our folder; None where it is not there.

    ``file`` is a path below the configuration folder. Blocks.
    """
    root = Path(hass.config.path(STORAGE_FOLDER))
    # Resolved first, so that no link and no ``..`` leads out of the folder.
    path = Path(hass.config.path(file)).resolve()
    return path if path.is_relative_to(root.resolve()) and path.is_file() else None


async def async_worded(
    hass: HomeAssistant, problems: Iterable[RowProblem], language: str
) -> list[dict[str, Any]]:
    """Return problems as the answer lists them, in words of a language."""
    sentence = await async_sentences(hass, language)
    return [
        {
            "row": found.row,
            "field": found.field,
            "key": found.key,
            "message": sentence(found.key, found.placeholders),
        }
        for found in problems
    ]
