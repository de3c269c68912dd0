"""Rewrites Home Assistant's long-term statistics of our sensors from the archive.

Home Assistant compiles statistics from what sensors show while it runs. The archive
knows better: what was counted while Home Assistant was off, before a sensor existed,
or in history that was imported.
"""

from collections.abc import (
    AsyncIterator,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.db_schema import Statistics, StatisticsShortTerm
from homeassistant.components.recorder.models import (
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    Platform,
    UnitOfEnergy,
    UnitOfVolume,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.unit_conversion import (
    BaseUnitConverter,
    EnergyConverter,
    VolumeConverter,
)

from ..const import DOMAIN
from ..entity import SITE
from ..errors import failed, invalid
from ..ews.archive import FluidTotal
from ..ews.consumption import CountedAmounts, Place, hour_floor, hours_of
from ..ews.metering.samples import MILLI
from ..ews.model import ObjectKind
from ..ews.quantities import FLUID_COUNTERS, Fluid
from ..ews.timegrid import Span, hour_start
from ..pace import pace_of
from ..recording.totals import TotalKey
from ..runtime import EwsConfigEntry
from .averages import Averages
from .rows import KnownStatistic, known_statistics, recorded_hours
from .series import HOUR, Amounts, Series
from .spans import chunks, spans_of, wanted_hours, widest

RECORDER: Final = "recorder"
_RUNNING: Final[HassKey[set[str]]] = HassKey(f"{DOMAIN}_rebuilding_statistics")
_VOLUME: Final = (VolumeConverter, UnitOfVolume.LITERS, UnitOfVolume.CUBIC_METERS)
_ENERGY: Final = (
    EnergyConverter,
    UnitOfEnergy.WATT_HOUR,
    UnitOfEnergy.KILO_WATT_HOUR,
)
_UNITS: Final[Mapping[Fluid, tuple[type[BaseUnitConverter], str, str]]] = {
    Fluid.ELECTRICITY: _ENERGY,
    Fluid.ELECTRICITY_EXPORT: _ENERGY,
    Fluid.GAS: _VOLUME,
    Fluid.WATER: _VOLUME,
}
"""Converter, the archive's unit, and the unit of a statistic that is new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What was done: ``done`` of ``total`` steps, statistics and hours written."""

    done: int
    total: int
    statistics: int
    hours: int


async def async_rebuild_statistics(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    start: datetime | None,
    end: datetime | None,
    progress: Callable[[Rebuilt], None],
    *,
    gone: Sequence[FluidTotal] = (),
    with_averages: bool = False,
) -> Rebuilt:
    """Write the hours from ``start`` to ``end`` anew, all there are by default.

    ``with_averages`` adds those of power, voltage, current and all other gauges.
    Each sensor's hours begin with its first sample; the hour that is still open is left
    alone. ``gone`` is what was recorded before an import was undone: hours of it that
    the archive no longer has then say that nothing was counted. Returns when the
    recorder has stored everything. Raises ServiceValidationError ``statistics_running``,
    HomeAssistantError ``recorder_missing`` and ArchiveError.
    """
    if RECORDER not in hass.config.components:
        raise failed("recorder_missing")
    running = hass.data.setdefault(_RUNNING, set())
    if entry.entry_id in running:
        raise invalid("statistics_running")
    running.add(entry.entry_id)
    try:
        rebuild = _Rebuild(hass, entry, progress, gone)
        await rebuild.async_run(start, end, with_averages=with_averages)
        return rebuild.rebuilt
    finally:
        running.discard(entry.entry_id)


class _Rebuild:
    """One run over all fluids, a month at a time."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: EwsConfigEntry,
        progress: Callable[[Rebuilt], None],
        gone: Sequence[FluidTotal],
    ) -> None:
        self._hass = hass
        self._gone = gone
        self._entry = entry
        self._site = entry.runtime_data.site
        self._zone = entry.runtime_data.installation.zone
        self._recorder = get_instance(hass)
        self._progress = progress
        self._done = 0
        self._total = 0
        self._hours = 0
        self._statistics = 0

    @property
    def rebuilt(self) -> Rebuilt:
        """What was done so far."""
        return Rebuilt(
            done=self._done,
            total=self._total,
            statistics=self._statistics,
            hours=self._hours,
        )

    async def async_run(
        self, start: datetime | None, end: datetime | None, *, with_averages: bool
    ) -> None:
        """Write sums, and then averages where they are wanted."""
        kept = await self._hass.async_add_executor_job(self._site.recorded)
        recorded = widest([*kept, *self._gone])
        counters = await self._hass.async_add_executor_job(self._site.counters)
        now = dt_util.utcnow()
        first = await self._hass.async_add_executor_job(self._site.first_start)
        if first is not None and hour_start(now, self._zone) != hour_floor(now):
            # The archive's hours are not those of UTC: only samples tell.
            start = max(start or first, first)
        spans = dict(spans_of(recorded, start, end, now))
        self._total = sum(len(list(chunks(span))) for span in spans.values())
        averages = None
        if with_averages:
            averages = await self._async_averages(recorded, start, end)
            self._total += averages.steps
        for fluid, span in spans.items():
            extents = {x.device_id: x for x in recorded if x.fluid is fluid}
            series = await self._async_series(fluid, span, extents, counters)
            async for _ in self._async_write(fluid, span, series):
                self._step()
            await self._async_join(series)
            self._statistics += len(series)
        if averages is not None:
            before = self._hours
            async for _ in averages.async_write():
                self._hours = before + averages.hours
                self._step()
            self._statistics += averages.statistics

    def _step(self) -> None:
        self._done += 1
        self._progress(self.rebuilt)

    async def _async_averages(
        self,
        recorded: Sequence[FluidTotal],
        start: datetime | None,
        end: datetime | None,
    ) -> Averages:
        """Return the gauges of the whole hours that are wanted."""
        now = dt_util.utcnow()
        first = await self._hass.async_add_executor_job(self._site.first_start)
        last = max((total.last_end for total in recorded), default=now - HOUR)
        known = Span(first or now, min(now, last))
        averages = Averages(self._hass, self._entry, wanted_hours(known, start, end))
        await averages.async_prepare()
        return averages

    async def _async_series(
        self,
        fluid: Fluid,
        span: Span,
        extents: Mapping[int, FluidTotal],
        counters: Mapping[tuple[int, str], int],
    ) -> list[Series]:
        """Find the sensors of a fluid and what the recorder has of them."""
        first = hour_floor(min(x.first_start for x in extents.values()))
        last = max(x.last_end for x in extents.values())
        ever, before = [
            await self._hass.async_add_executor_job(
                self._site.counted_between, fluid, Span(first, max(first, until))
            )
            for until in (last, span.start)
        ]
        sensors = {
            entity_id: source
            for source, entity_id in self._sensors(fluid)
            if self._gone or _amount(ever, source) is not None
        }
        spans = {
            entity_id: self._span_of(source, fluid, span, extents)
            for entity_id, source in sensors.items()
        }
        known = await self._recorder.async_add_executor_job(
            known_statistics, self._hass, spans
        )
        return [
            self._new_series(
                fluid,
                spans[entity_id],
                entity_id,
                source,
                known.get(entity_id),
                (_amount(before, source) or 0) - (_amount(ever, source) or 0),
                counters,
            )
            for entity_id, source in sensors.items()
            if spans[entity_id].start < spans[entity_id].end
            and (entity_id in known or _amount(ever, source) is not None)
        ]

    def _span_of(
        self,
        source: int | Place,
        fluid: Fluid,
        span: Span,
        extents: Mapping[int, FluidTotal],
    ) -> Span:
        """The hours of which the archive can tell something of a sensor.

        A total may have had devices that are gone: then it begins with the first of
        all. Rows from before the first sample are the recorder's own and stay.
        """
        if isinstance(source, int):
            own = extents.get(source)
            if own is None:
                return Span(span.start, span.start)
            start, end = own.first_start, own.last_end
        else:
            runtime = self._entry.runtime_data
            kind, object_id = source
            key = TotalKey(kind=kind, object_id=object_id, fluid=fluid)
            devices = extents.keys() & runtime.totals.weights_of(key).keys()
            if not devices or extents.keys() - runtime.installation.devices.keys():
                devices = set(extents)
            start = min(extents[number].first_start for number in devices)
            end = span.end
        return Span(max(span.start, hour_floor(start)), min(span.end, hour_floor(end)))

    def _sensors(self, fluid: Fluid) -> Iterator[tuple[int | Place, str]]:
        """Sensors in use: those of the devices' counters, and those of the totals."""
        runtime = self._entry.runtime_data
        registry = er.async_get(self._hass)
        names: list[tuple[int | Place, str]] = [
            (device_id, f"{ObjectKind.DEVICE}_{device_id}_{FLUID_COUNTERS[fluid]}")
            for device_id in runtime.installation.devices
        ]
        for key in runtime.totals.keys:
            if key.fluid is fluid:
                of = SITE if key.kind is None else f"{key.kind}_{key.object_id}"
                names.append(((key.kind, key.object_id), f"{of}_{fluid}"))
        for source, name in names:
            entity_id = registry.async_get_entity_id(
                Platform.SENSOR, DOMAIN, f"{self._entry.entry_id}_{name}"
            )
            entity = None if entity_id is None else registry.async_get(entity_id)
            if entity is not None and not entity.disabled:
                yield source, entity.entity_id

    def _new_series(
        self,
        fluid: Fluid,
        span: Span,
        entity_id: str,
        source: int | Place,
        known: KnownStatistic | None,
        before_milli: int | Fraction,
        counters: Mapping[tuple[int, str], int],
    ) -> Series:
        converter, native, usual = _UNITS[fluid]
        state = self._hass.states.get(entity_id)
        shown = (
            None if state is None else state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        )
        unit = shown if shown in converter.VALID_UNITS else usual
        metadata = StatisticMetaData(
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            name=None,
            source=RECORDER,
            statistic_id=entity_id,
            unit_class=converter.UNIT_CLASS,
            unit_of_measurement=unit,
        )
        if known is not None:
            metadata = known.metadata
        size = converter.convert(1, metadata["unit_of_measurement"], native)
        if isinstance(source, int):
            value = counters.get((source, FLUID_COUNTERS[fluid]), 0)
        else:
            value = self._total_milli(entity_id, converter, native)
        return Series(
            metadata=metadata,
            source=source,
            unit_size=size,
            start=span.start,
            end=span.end,
            known=known,
            offset_milli=value + before_milli,
        )

    def _total_milli(
        self, entity_id: str, converter: type[BaseUnitConverter], native: str
    ) -> int:
        """What a total shows now, in thousandths of Wh or dm³; 0 where nothing."""
        state = self._hass.states.get(entity_id)
        unit = None if state is None else state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        if state is None or unit not in converter.VALID_UNITS:
            return 0
        try:
            value = float(state.state)
        except ValueError:
            return 0
        return round(converter.convert(value, unit, native) * MILLI)

    async def _async_write(
        self, fluid: Fluid, span: Span, series: Sequence[Series]
    ) -> AsyncIterator[None]:
        """Hand the recorder a month after the other, and wait until it has stored it."""
        names = [one.statistic_id for one in series]
        for chunk in chunks(span):
            hours = hours_of(chunk)
            amounts = await self._hass.async_add_executor_job(
                self._site.counted_amounts, fluid, hours
            )
            present = await self._recorder.async_add_executor_job(
                recorded_hours, self._hass, names, chunk.start, chunk.end
            )
            nothing: list[None] = [None] * (len(hours) - 1)
            async for one in pace_of(self._hass).each(series):
                counted = _values(amounts, one.source) or nothing
                known = present.get(one.statistic_id, set())
                if rows := one.rows(hours[:-1], counted, known):
                    self._hours += len(rows)
                    self._recorder.async_import_statistics(
                        one.metadata, rows, Statistics
                    )
            await self._recorder.async_block_till_done()
            yield

    async def _async_join(self, series: Sequence[Series]) -> None:
        """Move what follows, so that the recorder counts on from the new sums."""
        async for one in pace_of(self._hass).each(series):
            if one.shift:
                self._recorder.async_adjust_statistics(
                    one.statistic_id,
                    one.end,
                    one.shift,
                    one.metadata["unit_of_measurement"] or "",
                )
            if (anchor := one.anchor()) is not None:
                self._recorder.async_import_statistics(
                    one.metadata, [anchor], StatisticsShortTerm
                )
        await self._recorder.async_block_till_done()


def _values(amounts: CountedAmounts, source: int | Place) -> Amounts | None:
    if isinstance(source, int):
        return amounts.devices.get(source)
    return amounts.totals.get(source)


def _amount(amounts: CountedAmounts, source: int | Place) -> int | Fraction | None:
    """The one value of amounts in a single bucket."""
    values = _values(amounts, source)
    return None if values is None else values[0]
