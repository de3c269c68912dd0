"""Puts our blueprints where Home Assistant looks for them (S183)."""

from pathlib import Path
import shutil
from typing import Final

from homeassistant.core import HomeAssistant

from .const import DOMAIN

SOURCE: Final = Path(__file__).parent / "assets" / "blueprints"
LANGUAGES: Final = ("en", "fr")


async def async_offer_blueprints(hass: HomeAssistant) -> None:
    """Copy blueprints that are not there yet, in Home Assistant's language.

    What the user has changed stays as it is. Blueprints have texts of one language only.
    """
    language = hass.config.language.partition("-")[0]
    if language not in LANGUAGES:
        language = LANGUAGES[0]

    def copy() -> None:
        for source in SOURCE.glob(f"*/{language}/*.yaml"):
            kind = source.parent.parent.name
            target = Path(hass.config.path("blueprints", kind, DOMAIN, source.name))
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    await hass.async_add_executor_job(copy)
