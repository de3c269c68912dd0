"""A change of tariffs: since when it counts, and what it does to past costs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .ews.tariffs.book import TariffBook
from .ews.tariffs.review import review
from .tariff_texts import async_hints


class CountsFor(StrEnum):
    """The consumption for which a change counts."""

    ALL = "all"
    DAY = "day"
    TODAY = "today"

    def since(self, today: date, day: str) -> date | None:
        """Return the first local day for which the change counts; None: ever since."""
        match self:
            case CountsFor.ALL:
                return None
            case CountsFor.DAY:
                return date.fromisoformat(day)
            case CountsFor.TODAY:
                return today


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffChange:
    """The book of a fluid before and after a change."""

    before: TariffBook
    after: TariffBook


def zone_of(hass: HomeAssistant) -> ZoneInfo:
    """Return the time zone of every site: Home Assistant's."""
    return ZoneInfo(hass.config.time_zone)


def today_of(hass: HomeAssistant) -> date:
    """Return the local day."""
    return dt_util.now(zone_of(hass)).date()


async def async_preview(
    hass: HomeAssistant, entry: ConfigEntry, change: TariffChange, language: str
) -> list[str]:
    """Return what a user should know before a change applies, a sentence each."""
    plan = change.after.current
    found = await hass.async_add_executor_job(
        review, plan, today_of(hass), zone_of(hass)
    )
    return await async_hints(hass, plan, found, language)
