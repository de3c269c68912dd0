"""The question of ``get_bill``, ``freeze_bill`` and ``unfreeze_bill``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from ..consumption.query import FIRST_YEAR, LAST_YEAR
from ..consumption.request import instant_of, option_of, text_date
from ..errors import ConfigurationError
from ..quantities import Fluid
from ..tariffs.book import TariffBook
from ..tariffs.settings import PRICED_FLUIDS
from ..timegrid import Span, local_day, local_midnight

_ONE_DAY: Final = timedelta(days=1)
MAX_DAYS: Final = 366 * 2
"""No bill is for a longer time."""


class BillPeriod(StrEnum):
    """How the days of a bill are chosen."""

    MONTH = "month"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Local days, both included."""

    first: date
    last: date

    def span(self, zone: ZoneInfo) -> Span:
        """From the first midnight to the one after the last day, in UTC."""
        return Span(
            local_midnight(self.first, zone), local_midnight(self.last + _ONE_DAY, zone)
        )

    def touches(self, first: date, last: date) -> bool:
        """Say whether any day is in both."""
        return self.first <= last and first <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class BillQuery:
    """Fields of ``get_bill``; without ``days`` it is the billing month of ``day``.

    Without ``fluids`` it is for every fluid that has tariffs or anything else to pay.
    """

    fluids: tuple[Fluid, ...] | None = None
    day: date | None = None
    days: Days | None = None

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of an action or WebSocket message.

        A span given by instants begins and ends at midnights of the site. Raises
        ConfigurationError at the field that is wrong.
        """
        days = _days_of(request, zone)
        default = BillPeriod.MONTH if days is None else BillPeriod.CUSTOM
        period = option_of(BillPeriod, request, "period", default)
        if period is BillPeriod.CUSTOM and days is None:
            raise ConfigurationError("span_missing", field="start")
        if period is BillPeriod.MONTH and days is not None:
            raise ConfigurationError("span_not_custom", field="start")
        day = text_date(request, "date")
        if day is not None:
            _check_year(day, "date")
        return cls(fluids=_fluids_of(request), day=day, days=days)

    def days_of(self, book: TariffBook, today: date) -> Days:
        """Return the days that are meant, by the billing months of a fluid."""
        if self.days is not None:
            return self.days
        day = self.day or today
        first, last = book.plan_on(day).extras.month_of(day)
        return Days(first=first, last=last)


def _fluids_of(request: Mapping[str, object]) -> tuple[Fluid, ...] | None:
    given = request.get("fluid")
    if given is None:
        return None
    values = given if isinstance(given, list | tuple) else [given]
    fluids: list[Fluid] = []
    for value in values:
        fluid = option_of(Fluid, {"fluid": value}, "fluid", Fluid.ELECTRICITY)
        if fluid not in PRICED_FLUIDS:
            options = ", ".join(PRICED_FLUIDS)
            raise ConfigurationError(
                "option_unknown", field="fluid", value=value, options=options
            )
        fluids.append(fluid)
    return tuple(dict.fromkeys(fluids))


def _days_of(request: Mapping[str, object], zone: ZoneInfo) -> Days | None:
    start, end = instant_of(request, "start", zone), instant_of(request, "end", zone)
    if start is None and end is None:
        return None
    if start is None or end is None:
        missing = "start" if start is None else "end"
        raise ConfigurationError("span_missing", field=missing)
    first, last = _day(start, "start", zone), _day(end, "end", zone)
    if isinstance(end, datetime):
        last -= _ONE_DAY
    if last < first:
        raise ConfigurationError("end_not_after_start", field="end")
    if (last - first).days >= MAX_DAYS:
        raise ConfigurationError("bill_too_long", field="end", limit=MAX_DAYS)
    return Days(first=first, last=last)


def _day(given: date | datetime, field: str, zone: ZoneInfo) -> date:
    _check_year(given, field)
    if not isinstance(given, datetime):
        return given
    day = local_day(given, zone)
    if given != local_midnight(day, zone):
        raise ConfigurationError("bill_not_whole_days", field=field)
    return day


def _check_year(day: date, field: str) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ConfigurationError(
            "year_out_of_range", field=field, first=FIRST_YEAR, last=LAST_YEAR
        )
