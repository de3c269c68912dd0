"""The page "system information" as sensors of the site (S237 to S242)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
import time
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    PERCENTAGE,
    EntityCategory,
    UnitOfInformation,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..entity import SITE, EwsEntity
from ..runtime import EwsConfigEntry
from .processor import ProcessorWatch
from .upkeep import CopyStatus, Upkeep

_DAY: Final = timedelta(days=1)

type Value = float | str | datetime | None


@dataclass(frozen=True, slots=True)
class Starts:
    """Since when the integration runs, and the computer."""

    integration: datetime
    computer: datetime


_STARTS: Final[HassKey[Starts]] = HassKey(f"{DOMAIN}_starts")


def _description(
    key: str,
    device_class: SensorDeviceClass | None = None,
    unit: str | None = None,
    shown_unit: str | None = None,
    options: list[str] | None = None,
    decimals: int | None = None,
) -> SensorEntityDescription:
    return SensorEntityDescription(
        key=key,
        translation_key=key,
        device_class=device_class,
        native_unit_of_measurement=unit,
        suggested_unit_of_measurement=shown_unit,
        suggested_display_precision=decimals,
        options=options,
        state_class=None if unit is None else SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
    )


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A figure of the archive and where it comes from."""

    description: SensorEntityDescription
    value: Callable[[Upkeep], Value]


def _size(upkeep: Upkeep) -> Value:
    return None if upkeep.health is None else upkeep.health.bytes


def _growth(upkeep: Upkeep) -> Value:
    growth = None if upkeep.health is None else upkeep.health.growth_bytes_a_day
    return None if growth is None else round(growth / 1e6, 3)


def _days_left(upkeep: Upkeep) -> Value:
    left = None if upkeep.health is None else upkeep.health.time_left
    return None if left is None else left // _DAY


def _health(upkeep: Upkeep) -> Value:
    if upkeep.health is None:
        return None
    return "optimise" if upkeep.health.needs_optimising else "ok"


ROWS: Final = (
    ArchiveRow(
        _description(
            "archive_size",
            SensorDeviceClass.DATA_SIZE,
            UnitOfInformation.BYTES,
            UnitOfInformation.MEBIBYTES,
            decimals=1,
        ),
        _size,
    ),
    ArchiveRow(_description("archive_growth", unit="MB/d", decimals=1), _growth),
    ArchiveRow(
        _description(
            "archive_days_left", SensorDeviceClass.DURATION, UnitOfTime.DAYS, decimals=0
        ),
        _days_left,
    ),
    ArchiveRow(
        _description(
            "archive_health", SensorDeviceClass.ENUM, options=["ok", "optimise"]
        ),
        _health,
    ),
    ArchiveRow(
        _description("archive_copied_at", SensorDeviceClass.TIMESTAMP),
        lambda upkeep: upkeep.copied_at,
    ),
    ArchiveRow(
        _description(
            "archive_copy",
            SensorDeviceClass.ENUM,
            options=[status.value for status in CopyStatus],
        ),
        lambda upkeep: upkeep.copy_status,
    ),
)


SOFTWARE_VERSION: Final = _description("software_version")
LAST_RESTART: Final = _description("last_restart", SensorDeviceClass.TIMESTAMP)
LAST_BOOT: Final = _description("last_boot", SensorDeviceClass.TIMESTAMP)
PROCESSOR_USE: Final = _description("processor_use", unit=PERCENTAGE, decimals=0)
OWN_PROCESSOR_USE: Final = _description(
    "own_processor_use", unit=PERCENTAGE, decimals=1
)
LOOP_DELAY: Final = _description(
    "loop_delay", SensorDeviceClass.DURATION, UnitOfTime.MILLISECONDS, decimals=0
)


@callback
def async_note_start(hass: HomeAssistant) -> None:
    """Remember since when all runs; reloads of a site do not count."""
    now = dt_util.utcnow()
    up = timedelta(seconds=int(time.monotonic()))
    hass.data.setdefault(_STARTS, Starts(integration=now, computer=now - up))


async def async_site_sensors(
    hass: HomeAssistant, entry: EwsConfigEntry
) -> list[SensorEntity]:
    """Return the sensors that tell of the archive, the software and the computer."""
    integration = await async_get_integration(hass, DOMAIN)
    watch = ProcessorWatch(hass, entry)
    await watch.async_start()
    return [
        *_sensors(hass, entry, str(integration.version)),
        ProcessorSensor(entry, watch, PROCESSOR_USE, lambda: watch.percent),
        ProcessorSensor(entry, watch, OWN_PROCESSOR_USE, lambda: watch.own_percent),
        ProcessorSensor(entry, watch, LOOP_DELAY, lambda: watch.delay_ms),
    ]


def _sensors(
    hass: HomeAssistant, entry: EwsConfigEntry, version: str
) -> Iterator[SensorEntity]:
    for row in ROWS:
        yield ArchiveSensor(entry, row)
    starts = hass.data[_STARTS]
    yield FixedSensor(entry, SOFTWARE_VERSION, version)
    yield FixedSensor(entry, LAST_RESTART, starts.integration)
    yield FixedSensor(entry, LAST_BOOT, starts.computer)


class ArchiveSensor(EwsEntity, SensorEntity):
    """A figure of the archive, as it was at the last look."""

    def __init__(self, entry: EwsConfigEntry, row: ArchiveRow) -> None:
        """Show the figure of ``row``."""
        self._belong_to(entry, row.description, SITE)
        self._upkeep = entry.runtime_data.upkeep
        self._row = row
        self._attr_native_value = row.value(self._upkeep)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._upkeep.async_add_listener(self._async_look))

    @callback
    def _async_look(self) -> None:
        self._attr_native_value = self._row.value(self._upkeep)
        self.async_write_ha_state()


class FixedSensor(EwsEntity, SensorEntity):
    """Something that stays as it is until the next restart."""

    def __init__(
        self, entry: EwsConfigEntry, description: SensorEntityDescription, value: Value
    ) -> None:
        """Show ``value``."""
        self._belong_to(entry, description, SITE)
        self._attr_native_value = value


class ProcessorSensor(EwsEntity, SensorEntity):
    """How busy processors were, or how late Home Assistant was, in the last minute."""

    def __init__(
        self,
        entry: EwsConfigEntry,
        watch: ProcessorWatch,
        description: SensorEntityDescription,
        value: Callable[[], float | None],
    ) -> None:
        """Show a ``value`` of what ``watch`` has found."""
        self._belong_to(entry, description, SITE)
        self._watch = watch
        self._value = value
        self._attr_native_value = value()

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._watch.async_add_listener(self._async_look))

    @callback
    def _async_look(self) -> None:
        self._attr_native_value = self._value()
        self.async_write_ha_state()
