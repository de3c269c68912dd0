"""What the sources of dynamic prices say: states, and what the recorder remembers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.history import state_changes_during_period
from homeassistant.components.recorder.statistics import (
    get_metadata,
    statistics_during_period,
)
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import HomeAssistant, State, valid_entity_id
from homeassistant.util import dt as dt_util

from ..ews.errors import ConfigurationError
from ..ews.quantities import Fluid
from ..ews.tariffs import SourcePrice
from ..ews.tariffs.price_units import price_of_state, unit_factor

_RECORDER: Final = "recorder"
_SILENT: Final = (STATE_UNKNOWN, STATE_UNAVAILABLE)
_STATISTIC_DECIMALS: Final = 9
"""Averages are binary fractions: what lies beyond is noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An entity or a statistic, what it prices, and in which currency."""

    id: str
    fluid: Fluid
    currency: str

    @property
    def is_entity(self) -> bool:
        """Whether it has states; a statistic from elsewhere has none."""
        return valid_entity_id(self.id)

    def price_of(self, state: State) -> SourcePrice:
        """Return what a state says; nothing where there is none.

        Raises ConfigurationError ``price_unit_wrong`` where it is no price.
        """
        at = state.last_changed.replace(microsecond=0)
        if state.state in _SILENT:
            return SourcePrice(at, None)
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        try:
            amount = price_of_state(state.state, unit, self.fluid, self.currency)
        except ConfigurationError as error:
            if error.key == "price_unit_wrong":
                raise
            return SourcePrice(at, None)
        return SourcePrice(at, amount)


async def async_past_prices(
    hass: HomeAssistant, source: Source, since: datetime
) -> list[SourcePrice]:
    """Return what the recorder knows that a source has said since an instant.

    Hours come from long-term statistics; from where states are kept, each of them.
    Raises ConfigurationError ``price_unit_wrong``.
    """
    if _RECORDER not in hass.config.components:
        return []
    known = {price.start: price for price in await _async_hours(hass, source, since)}
    if source.is_entity:
        states = await get_instance(hass).async_add_executor_job(
            _states, hass, source.id, since
        )
        said = [source.price_of(state) for state in states]
        if said:
            first = said[0].start
            known = {at: price for at, price in known.items() if at < first}
            known |= {price.start: price for price in said}
    return list(_changes(known[at] for at in sorted(known)))


async def _async_hours(
    hass: HomeAssistant, source: Source, since: datetime
) -> list[SourcePrice]:
    instance = get_instance(hass)
    metadata = await instance.async_add_executor_job(
        lambda: get_metadata(hass, statistic_ids={source.id})
    )
    if source.id not in metadata:
        return []
    about = metadata[source.id][1]
    unit = about["unit_of_measurement"]
    factor = unit_factor(unit, source.fluid, source.currency)
    rows: Mapping[str, Iterable[Any]] = await instance.async_add_executor_job(
        lambda: statistics_during_period(
            hass, since, None, {source.id}, "hour", None, {"mean", "state"}
        )
    )
    found: list[SourcePrice] = []
    after: float | None = None
    for row in rows.get(source.id, ()):
        value = row.get("mean")
        if value is None:
            value = row.get("state")
        if value is None:
            continue
        # An hour that is missing was not told.
        if after is not None and row["start"] > after:
            found.append(SourcePrice(dt_util.utc_from_timestamp(after), None))
        after = row["end"]
        amount = Decimal(str(round(value, _STATISTIC_DECIMALS))) * factor
        found.append(SourcePrice(dt_util.utc_from_timestamp(row["start"]), amount))
    return found


def _states(hass: HomeAssistant, entity_id: str, since: datetime) -> list[State]:
    """Return the states of an entity since an instant (blocking)."""
    found = state_changes_during_period(
        hass,
        since,
        dt_util.utcnow() + timedelta(seconds=1),
        entity_id,
        include_start_time_state=False,
    )
    return found.get(entity_id, [])


def _changes(prices: Iterable[SourcePrice]) -> Iterator[SourcePrice]:
    """Leave out what only says again what was said."""
    last: SourcePrice | None = None
    for price in prices:
        if last is None or price.amount != last.amount:
            yield price
            last = price
