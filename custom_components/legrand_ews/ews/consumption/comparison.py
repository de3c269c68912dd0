"""Compare: any objects side by side, each in a period of its own (S167, S168)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from ..archive import FluidTotal
from ..errors import ConfigurationError
from ..model import Installation, ObjectKind, PredefinedLoad
from ..quantities import Fluid
from .amounts import Archived, unit_of
from .answer import Consumption, Series, as_number, instant_text, span_text
from .directory import Directory
from .query import By, Compare, ConsumptionQuery, Level
from .request import mappings_of, option_of
from .scope import SITE_ID
from .totals import answer_query

FEWEST: Final = 2
MOST: Final = 12
_SHARED: Final = ("period", "date", "start", "end", "bucket")
_RANKS: Final = {fluid: rank for rank, fluid in enumerate(Fluid)}
"""Of a meter that counts both directions the import is compared."""
_LOAD_FLUIDS: Final[Mapping[PredefinedLoad | None, Fluid]] = {
    PredefinedLoad.GAS: Fluid.GAS,
    PredefinedLoad.WATER: Fluid.WATER,
}


class Measure(StrEnum):
    """What is compared (S168)."""

    QUANTITY = "quantity"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonQuery:
    """Fields of ``compare_consumption``: one query an object.

    A fluid that is None is the object's own.
    """

    items: tuple[tuple[ConsumptionQuery, Fluid | None], ...]
    measure: Measure = Measure.QUANTITY

    @classmethod
    def from_request(cls, request: Mapping[str, object], zone: ZoneInfo) -> Self:
        """Read the fields of an action or WebSocket message.

        What an item does not say itself (``date``, ``start``, ``end``) stands beside
        the items. Raises ConfigurationError at the field that is wrong.
        """
        rows = mappings_of(request, "items")
        if not FEWEST <= len(rows) <= MOST:
            raise ConfigurationError(
                "compare_count", field="items", minimum=FEWEST, maximum=MOST
            )
        shared = {key: request[key] for key in _SHARED if key in request}
        return cls(
            items=tuple(_item_of({**shared, **row}, zone) for row in rows),
            measure=option_of(Measure, request, "in", Measure.QUANTITY),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One object: its query, its own fluid and what it has consumed."""

    kind: str
    id: int
    series: Series | None
    consumption: Consumption

    def as_dict(self) -> dict[str, object]:
        """One item of the answer; values stand by the number of their bucket."""
        asked, zone = self.consumption.asked, self.consumption.zone
        known = {} if self.series is None else self.series.as_dict()
        return {
            "kind": self.kind,
            "id": self.id,
            "name": known.get("name"),
            "color": known.get("color"),
            **({"key": known["key"]} if "key" in known else {}),
            "fluid": self.consumption.fluid.value,
            **span_text(asked.span, zone),
            "buckets": [instant_text(edge, zone) for edge in asked.edges[:-1]],
            "values": known.get("values", [None] * (len(asked.edges) - 1)),
            "total": as_number(asked.total_milli),
            "complete": asked.is_complete,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Objects of one fluid, side by side."""

    items: tuple[Compared, ...]

    def as_dict(self) -> dict[str, object]:
        """JSON of ``compare_consumption``."""
        first = self.items[0].consumption
        return {
            "fluid": first.fluid.value,
            "unit": unit_of(first.fluid).value,
            "bucket": first.bucket.value,
            "items": [item.as_dict() for item in self.items],
        }


def answer_comparison(
    query: ComparisonQuery,
    *,
    installation: Installation,
    directory: Directory,
    source: Archived,
    now: datetime,
) -> Comparison:
    """Answer ``compare_consumption`` at the instant ``now``.

    Raises ConfigurationError ``fluids_not_comparable`` where the objects count
    different fluids: a kilowatt-hour of gas is not one of electricity (S168).
    """
    queries = queries_of(query, directory, source.totals())
    if len({item.fluid for item in queries}) > 1:
        raise ConfigurationError("fluids_not_comparable", field="items")
    items: list[Compared] = []
    for item in queries:
        consumption = answer_query(
            item,
            installation=installation,
            directory=directory,
            source=source,
            now=now,
        )
        number = number_of_item(item)
        series = next((x for x in consumption.asked.series if x.id == number), None)
        items.append(
            Compared(
                kind=item.level.value,
                id=number,
                series=series,
                consumption=consumption,
            )
        )
    return Comparison(items=tuple(items))


def queries_of(
    query: ComparisonQuery, directory: Directory, totals: Iterable[FluidTotal]
) -> list[ConsumptionQuery]:
    """One query an object, each with the fluid in which it is compared."""
    by_rank = sorted(totals, key=lambda total: -_RANKS[total.fluid])
    recorded = {total.device_id: total.fluid for total in by_rank}
    return [
        replace(item, fluid=fluid or _own_fluid(item, directory, recorded))
        for item, fluid in query.items
    ]


def number_of_item(item: ConsumptionQuery) -> int:
    """The number of the one object of a query."""
    return SITE_ID if item.ids is None else item.ids[0]


def _item_of(
    row: Mapping[str, object], zone: ZoneInfo
) -> tuple[ConsumptionQuery, Fluid | None]:
    level = option_of(Level, row, "level", Level.DEVICE)
    number = row.get("id")
    if number is None and level is not Level.SITE:
        raise ConfigurationError("compare_id_missing", field="items")
    ids = {} if level is Level.SITE else {"ids": [number]}
    fields = {**row, "level": level, "by": By.LEVEL, "compare": Compare.NONE, **ids}
    query = ConsumptionQuery.from_request(fields, zone)
    return query, option_of(Fluid, row, "fluid", None)


def _own_fluid(
    query: ConsumptionQuery, directory: Directory, recorded: Mapping[int, Fluid]
) -> Fluid:
    """What an object is a meter or a load of."""
    if query.ids is None:
        return Fluid.ELECTRICITY
    (number,) = query.ids
    if query.level is Level.DEVICE:
        return recorded.get(number, Fluid.ELECTRICITY)
    if query.level is Level.LOAD and directory.knows(ObjectKind.LOAD, number):
        key = directory.label_of(ObjectKind.LOAD, number).key
        return _LOAD_FLUIDS.get(key, Fluid.ELECTRICITY)
    return Fluid.ELECTRICITY
