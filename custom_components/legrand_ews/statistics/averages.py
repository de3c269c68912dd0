"""Averages, minima and maxima by the hour, written anew from the archive.

Only sensors that have statistics already: Home Assistant decides unit and class of a
statistic when it compiles it for the first time, minutes after a sensor appears.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Final

from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.db_schema import Statistics
from homeassistant.components.recorder.models import StatisticData, StatisticMetaData
from homeassistant.components.recorder.statistics import (
    UNIT_CLASS_TO_UNIT_CONVERTER,
    get_metadata,
)
from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..entities.descriptions import MEASUREMENTS
from ..ews.consumption import hours_of
from ..ews.metering import Statistic
from ..ews.metering.samples import MILLI
from ..ews.model import ObjectKind
from ..ews.quantities import QUANTITIES
from ..ews.timegrid import Span
from ..pace import pace_of
from ..runtime import EwsConfigEntry
from .spans import chunks

DEVICES_AT_ONCE: Final = 8
"""So many are held in memory at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """One statistic of a gauge; ``convert`` brings its values into the statistic's unit."""

    metadata: StatisticMetaData
    device_id: int
    quantity: str
    convert: Callable[[float], float]


class Averages:
    """All statistics of a site's gauges over one span, in steps."""

    def __init__(self, hass: HomeAssistant, entry: EwsConfigEntry, span: Span) -> None:
        """Know what is to be written; nothing is read yet."""
        self._hass = hass
        self._entry = entry
        self._span = span
        self._recorder = get_instance(hass)
        self._of_device: dict[int, list[Average]] = {}
        self.hours = 0

    async def async_prepare(self) -> None:
        """Find the sensors and their statistics."""
        sensors = dict(self._sensors())
        metadata = await self._recorder.async_add_executor_job(
            lambda: get_metadata(self._hass, statistic_ids=set(sensors))
        )
        for entity_id, (device_id, quantity) in sensors.items():
            if entity_id not in metadata:
                continue
            about = metadata[entity_id][1]
            if (convert := _conversion(quantity, about)) is not None:
                self._of_device.setdefault(device_id, []).append(
                    Average(
                        metadata=about,
                        device_id=device_id,
                        quantity=quantity,
                        convert=convert,
                    )
                )

    @property
    def statistics(self) -> int:
        """Number of statistics to be written."""
        return sum(len(averages) for averages in self._of_device.values())

    @property
    def steps(self) -> int:
        """Number of steps that `async_write` takes."""
        return len(list(self._pieces()))

    async def async_write(self) -> AsyncIterator[None]:
        """Hand the recorder a piece after the other, and wait until it has stored it."""
        for span, devices in self._pieces():
            averages = [x for number in devices for x in self._of_device[number]]
            hours = hours_of(span)
            known = await self._hass.async_add_executor_job(
                self._entry.runtime_data.site.gauges,
                devices,
                sorted({one.quantity for one in averages}),
                hours,
            )
            async for one in pace_of(self._hass).each(averages):
                values = known.get(one.device_id, {}).get(one.quantity, {})
                if rows := _rows(one, hours, values):
                    self.hours += len(rows)
                    self._recorder.async_import_statistics(
                        one.metadata, rows, Statistics
                    )
            await self._recorder.async_block_till_done()
            yield

    def _pieces(self) -> Iterator[tuple[Span, tuple[int, ...]]]:
        for span in chunks(self._span):
            for devices in batched(self._of_device, DEVICES_AT_ONCE, strict=False):
                yield span, devices

    def _sensors(self) -> Iterator[tuple[str, tuple[int, str]]]:
        """Sensors in use that show a recorded gauge."""
        runtime = self._entry.runtime_data
        registry = er.async_get(self._hass)
        for device_id, quantities in runtime.quantities.items():
            for quantity in quantities:
                description = MEASUREMENTS.get(quantity)
                is_measured = (
                    description is not None
                    and description.state_class is SensorStateClass.MEASUREMENT
                )
                if not (is_measured and QUANTITIES[quantity].is_archived):
                    continue
                name = f"{ObjectKind.DEVICE}_{device_id}_{quantity}"
                entity_id = registry.async_get_entity_id(
                    Platform.SENSOR, DOMAIN, f"{self._entry.entry_id}_{name}"
                )
                if entity_id is not None:
                    yield entity_id, (device_id, quantity)


def _conversion(
    quantity: str, about: StatisticMetaData
) -> Callable[[float], float] | None:
    """Return what brings a value into the unit of a statistic; None where nothing can."""
    native = MEASUREMENTS[quantity].native_unit_of_measurement
    unit = about["unit_of_measurement"]
    if unit == native:
        return float
    converter = UNIT_CLASS_TO_UNIT_CONVERTER.get(about["unit_class"])
    if converter is None:
        return None
    try:
        return converter.converter_factory(native, unit)
    except HomeAssistantError:
        return None


def _rows(
    one: Average, hours: Sequence[datetime], values: Mapping[int, Statistic]
) -> list[StatisticData]:
    return [
        {
            "start": hours[hour],
            "mean": one.convert(known.average_milli / MILLI),
            "min": one.convert(known.minimum_milli / MILLI),
            "max": one.convert(known.maximum_milli / MILLI),
        }
        for hour, known in sorted(values.items())
    ]
