"""Tariff, rule, price and costs of every fluid that has a plan (S112)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.core import callback

from ..entities.values import as_number
from ..entity import SITE, EwsEntity
from ..ews.billing import SoFar
from ..ews.model import ObjectKind
from ..ews.quantities import Fluid
from ..ews.tariffs import Segment, Tariff, encode_plan
from ..ews.tariffs.currency import minor_units, plain
from ..ews.tariffs.description import price_unit
from ..ews.tariffs.settings import PRICED_FLUIDS
from ..ews.timegrid import Period, local_day, period_span
from ..recording.totals import TotalKey
from ..runtime import EwsConfigEntry

_PARTS: Final = frozenset({ObjectKind.LOAD, ObjectKind.GROUP})
"""Objects that have a cost of their own."""


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost so far: since when, and where it stands."""

    key: str
    period: Period
    value: Callable[[SoFar], Decimal | None]
    is_headline: bool


COST_ROWS: Final = (
    CostRow("cost_today", Period.DAY, lambda x: x.today, True),
    CostRow("cost_month", Period.MONTH, lambda x: x.this_month, True),
    CostRow("cost_year", Period.YEAR, lambda x: x.this_year, False),
)
_COST_OF_PART: Final = COST_ROWS[1]


def _descriptions(
    key: str,
    device_class: SensorDeviceClass | None = None,
    state_class: SensorStateClass | None = None,
    *,
    is_headline: bool = False,
) -> Mapping[Fluid, SensorEntityDescription]:
    return MappingProxyType(
        {
            fluid: SensorEntityDescription(
                key=f"{key}_{fluid}",
                translation_key=f"{key}_{fluid}",
                device_class=device_class,
                state_class=state_class,
                entity_registry_enabled_default=is_headline,
            )
            for fluid in PRICED_FLUIDS
        }
    )


TARIFF: Final = _descriptions("tariff", is_headline=True)
RULE: Final = _descriptions("cost_rule")
PRICE: Final = _descriptions(
    "price", state_class=SensorStateClass.MEASUREMENT, is_headline=True
)
NEXT_CHANGE: Final = _descriptions("tariff_change", SensorDeviceClass.TIMESTAMP)
COSTS: Final = MappingProxyType(
    {
        row.key: _descriptions(
            row.key,
            SensorDeviceClass.MONETARY,
            SensorStateClass.TOTAL,
            is_headline=row.is_headline,
        )
        for row in COST_ROWS
    }
)
DESCRIPTIONS: Final = tuple(
    description
    for rows in (TARIFF, RULE, PRICE, NEXT_CHANGE, *COSTS.values())
    for description in rows.values()
)
"""Every sensor that there can be."""


def tariff_sensors(entry: EwsConfigEntry) -> Iterator[SensorEntity]:
    """Return the sensors of the site, for every fluid that has a plan."""
    for fluid in entry.runtime_data.tariffs.fluids:
        yield ActiveTariffSensor(entry, fluid, TARIFF[fluid])
        yield ActiveRuleSensor(entry, fluid, RULE[fluid])
        yield PriceSensor(entry, fluid, PRICE[fluid])
        yield NextChangeSensor(entry, fluid, NEXT_CHANGE[fluid])
        for row in COST_ROWS:
            key = TotalKey(kind=None, object_id=None, fluid=fluid)
            yield CostSensor(entry, key, row)


def cost_sensors(entry: EwsConfigEntry, key: TotalKey) -> Iterator[SensorEntity]:
    """Return what a part of the site costs; to be enabled by who wants it."""
    if key.kind in _PARTS and key.fluid in entry.runtime_data.tariffs.fluids:
        yield CostSensor(entry, key, _COST_OF_PART)


class _TariffSensor(EwsEntity, SensorEntity):
    """Something of the plan, written at the instant at which it changes."""

    def __init__(
        self, entry: EwsConfigEntry, fluid: Fluid, description: SensorEntityDescription
    ) -> None:
        """Show something of the plan of ``fluid``."""
        self._belong_to(entry, description, SITE)
        self._fluid = fluid
        self._tariffs = entry.runtime_data.tariffs
        self._zone = entry.runtime_data.installation.zone

    def _show(self, active: Segment, following: Segment | None) -> None:
        """Take over what applies now and next."""
        raise NotImplementedError

    def _tariff_of(self, segment: Segment | None) -> Tariff | None:
        """A segment's tariff as it is called now; None where none applies."""
        if segment is None or segment.tariff_id is None:
            return None
        known = self._tariffs.book(self._fluid).tariffs
        return next(x for x in known if x.id == segment.tariff_id)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._take_over()
        self.async_on_remove(self._tariffs.async_add_listener(self._async_change))

    def _take_over(self) -> None:
        found = self._tariffs.outlook(self._fluid)
        self._show(found.active, found.following)

    @callback
    def _async_change(self) -> None:
        self._take_over()
        self.async_write_ha_state()


class ActiveTariffSensor(_TariffSensor):
    """The tariff that applies; unknown where no rule is true."""

    _unrecorded_attributes = frozenset(
        {"color", "is_cheapest", "next_change", "next_tariff"}
    )

    @override
    def _show(self, active: Segment, following: Segment | None) -> None:
        tariff, next_tariff = self._tariff_of(active), self._tariff_of(following)
        self._attr_native_value = None if tariff is None else tariff.name
        self._attr_extra_state_attributes = {
            "tariff_id": active.tariff_id,
            "color": None if tariff is None else tariff.color,
            "is_cheapest": self._tariffs.is_cheapest(self._fluid),
            "next_change": None if following is None else following.start,
            "next_tariff": None if next_tariff is None else next_tariff.name,
        }


class ActiveRuleSensor(_TariffSensor):
    """The rule that is true, as users count them from the top."""

    _unrecorded_attributes = frozenset(
        {
            "tariff",
            "start_date",
            "end_date",
            "repeat_yearly",
            "from",
            "to",
            "weekdays",
        }
    )

    @override
    def _show(self, active: Segment, following: Segment | None) -> None:
        self._attr_native_value = None
        self._attr_extra_state_attributes = {}
        if active.rule is None:
            return
        self._attr_native_value = active.rule + 1
        day = local_day(active.start, self._zone)
        rules = encode_plan(self._tariffs.book(self._fluid).plan_on(day))["rules"]
        if isinstance(rules, list):
            self._attr_extra_state_attributes = dict(rules[active.rule])


class PriceSensor(_TariffSensor):
    """The price now, as Home Assistant's energy dashboard takes it."""

    _unrecorded_attributes = frozenset({"is_assumed", "next_change", "next_price"})

    def __init__(
        self, entry: EwsConfigEntry, fluid: Fluid, description: SensorEntityDescription
    ) -> None:
        """Show the price of ``fluid``, per kWh or m³."""
        super().__init__(entry, fluid, description)
        unit = price_unit(fluid, self._tariffs.currency)
        self._attr_native_unit_of_measurement = unit

    @override
    def _show(self, active: Segment, following: Segment | None) -> None:
        self._attr_native_value = as_number(active.price)
        self._attr_extra_state_attributes = {
            "is_assumed": active.is_assumed,
            "next_change": None if following is None else following.start,
            "next_price": None if following is None else plain(following.price),
        }


class NextChangeSensor(_TariffSensor):
    """When rule, tariff or price will change; unknown where they never do."""

    @override
    def _show(self, active: Segment, following: Segment | None) -> None:
        self._attr_native_value = None if following is None else following.start


class CostSensor(EwsEntity, SensorEntity):
    """What the site or a part of it has cost since a day, month or year began."""

    def __init__(self, entry: EwsConfigEntry, key: TotalKey, row: CostRow) -> None:
        """Show the cost of ``key`` over the period of ``row``."""
        description = COSTS[row.key][key.fluid]
        self._belong_to(entry, description, key.kind or SITE, key.object_id)
        if key.kind is not None:
            self._attr_entity_registry_enabled_default = False
        runtime = entry.runtime_data
        self._costs = runtime.costs
        self._zone = runtime.installation.zone
        self._place = (key.kind, key.object_id)
        self._fluid = key.fluid
        self._row = row
        self._attr_native_value = None
        self._attr_last_reset = None
        currency = runtime.tariffs.currency
        self._attr_native_unit_of_measurement = currency
        self._attr_suggested_display_precision = minor_units(currency)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._take_over()
        self.async_on_remove(self._costs.async_add_listener(self._async_counted))

    @callback
    def _async_counted(self) -> None:
        before = self._attr_native_value, self._attr_last_reset
        self._take_over()
        if before != (self._attr_native_value, self._attr_last_reset):
            self.async_write_ha_state()

    def _take_over(self) -> None:
        at: datetime | None = self._costs.at
        costs = self._costs.costs.get(self._fluid)
        so_far = None if costs is None else costs.totals.get(self._place)
        if at is None or so_far is None:
            return
        span = period_span(self._row.period, local_day(at, self._zone), self._zone)
        self._attr_last_reset = span.start
        # A day in which nothing was recorded yet has cost nothing so far.
        self._attr_native_value = Decimal(plain(self._row.value(so_far) or Decimal(0)))
