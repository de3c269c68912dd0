"""The question of ``get_costs``: that of ``get_consumption``, and by tariff."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from ..consumption import By, ConsumptionQuery, Level
from ..consumption.request import numbers_of, option_of


class CostBy(StrEnum):
    """How the result is split into series."""

    LEVEL = "level"
    LOAD = "load"
    GROUP = "group"
    DEVICE = "device"
    TARIFF = "tariff"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostQuery:
    """Fields of ``get_costs``.

    ``tariffs`` are the numbers of those that are looked at, 0 for "no rule was true";
    None: all of them.
    """

    consumption: ConsumptionQuery
    is_by_tariff: bool = False
    tariffs: tuple[int, ...] | None = None

    @property
    def is_of_whole_site(self) -> bool:
        """Whether everything is asked for that is paid for a fluid."""
        asked = self.consumption
        return (
            asked.level is Level.SITE
            and asked.load is None
            and asked.group is None
            and self.tariffs is None
        )

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of an action or WebSocket message.

        Raises ConfigurationError at the field that is wrong.
        """
        by = option_of(CostBy, request, "by", None)
        is_by_tariff = by is CostBy.TARIFF
        fields = {**request, "by": By.LEVEL} if is_by_tariff else request
        return cls(
            consumption=ConsumptionQuery.from_request(fields, zone),
            is_by_tariff=is_by_tariff,
            tariffs=numbers_of(request, "tariffs"),
        )
