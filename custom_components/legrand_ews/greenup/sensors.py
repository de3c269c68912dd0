"""Sensors of the load management: zones, rooms, the queue, and every station."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import (
    Platform,
    UnitOfElectricCurrent,
    UnitOfEnergy,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..ews.charging import Charge, Zone
from ..ews.charging.settings import Feeder
from ..ews.model.device import PHASES
from ..ews.tariffs.currency import minor_units
from ..runtime import EwsConfigEntry
from .entity import SiteEntity, StationEntity, async_add_charging
from .management import ManagedStation
from .snapshot import FeederView, SessionView, SiteView, Stage, StationView

type Value = str | int | float | Decimal | None


@dataclass(frozen=True, slots=True)
class SiteRow:
    """Something of the site, and the stations that it counts."""

    description: SensorEntityDescription
    value: Callable[[SiteView], Value]
    stations: Callable[[SiteView], tuple[int, ...]] | None = None


@dataclass(frozen=True, slots=True)
class FeederRow:
    """Something of a circuit inside the building."""

    description: SensorEntityDescription
    value: Callable[[FeederView], Value]


@dataclass(frozen=True, slots=True)
class StationRow:
    """Something of a station."""

    description: SensorEntityDescription
    value: Callable[[StationView], Value]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Something of the process of a vehicle."""

    description: SensorEntityDescription
    value: Callable[[SessionView], Value]


def _enum(
    key: str, options: list[str], *, is_headline: bool = True
) -> SensorEntityDescription:
    return SensorEntityDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.ENUM,
        options=options,
        entity_registry_enabled_default=is_headline,
    )


def _current(key: str, *, is_headline: bool = False) -> SensorEntityDescription:
    return SensorEntityDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.CURRENT,
        native_unit_of_measurement=UnitOfElectricCurrent.AMPERE,
        suggested_display_precision=0,
        state_class=SensorStateClass.MEASUREMENT,
        entity_registry_enabled_default=is_headline,
    )


def _count(key: str) -> SensorEntityDescription:
    return SensorEntityDescription(
        key=key, translation_key=key, state_class=SensorStateClass.MEASUREMENT
    )


_ZONES: Final = [zone.value for zone in Zone]
SITE_ROWS: Final = (
    SiteRow(_enum("charging_zone", _ZONES), lambda x: x.zone),
    *(
        SiteRow(
            _enum(f"charging_zone_l{phase}", _ZONES, is_headline=False),
            lambda x, phase=phase: x.zones.get(phase),  # type: ignore[misc]
        )
        for phase in PHASES
    ),
    SiteRow(_current("charging_room"), lambda x: min(x.rooms_a.values(), default=None)),
    *(
        SiteRow(
            _current(f"charging_room_l{phase}"),
            lambda x, phase=phase: x.rooms_a.get(phase),  # type: ignore[misc]
        )
        for phase in PHASES
    ),
    SiteRow(_count("charging_queue"), lambda x: len(x.queue), lambda x: x.queue),
    SiteRow(
        _count("charging_running"), lambda x: len(x.charging), lambda x: x.charging
    ),
)
FEEDER_ROWS: Final = (
    FeederRow(_enum("feeder_zone", _ZONES, is_headline=False), lambda x: x.zone),
    FeederRow(_current("feeder_room"), lambda x: x.room_a),
)
STAGE: Final = StationRow(
    _enum("charging_stage", [stage.value for stage in Stage]), lambda x: x.stage
)
LIMIT: Final = StationRow(
    _current("charging_limit", is_headline=True), lambda x: x.limit_a
)
CHARGE_STATE: Final = StationRow(
    _enum("charge_state", [*(x.value for x in Charge), "unknown"]), lambda x: x.charge
)
"""Green'Up stations have it among their measurements."""
SESSION_ROWS: Final = (
    SessionRow(
        SensorEntityDescription(
            key="charged_energy",
            translation_key="charged_energy",
            device_class=SensorDeviceClass.ENERGY,
            native_unit_of_measurement=UnitOfEnergy.WATT_HOUR,
            suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
            suggested_display_precision=1,
            state_class=SensorStateClass.TOTAL,
        ),
        lambda x: x.energy_hundreds_wh,
    ),
    SessionRow(
        SensorEntityDescription(
            key="charged_quantity",
            translation_key="charged_quantity",
            native_unit_of_measurement="Ah",
            suggested_display_precision=0,
            state_class=SensorStateClass.TOTAL,
            entity_registry_enabled_default=False,
        ),
        lambda x: x.whole_ah,
    ),
    SessionRow(
        SensorEntityDescription(
            key="charge_cost",
            translation_key="charge_cost",
            device_class=SensorDeviceClass.MONETARY,
            state_class=SensorStateClass.TOTAL,
        ),
        lambda x: None if x.cost is None else Decimal(x.cost),
    ),
    SessionRow(
        SensorEntityDescription(
            key="charge_duration",
            translation_key="charge_duration",
            device_class=SensorDeviceClass.DURATION,
            native_unit_of_measurement=UnitOfTime.MINUTES,
            state_class=SensorStateClass.TOTAL,
            entity_registry_enabled_default=False,
        ),
        lambda x: x.minutes,
    ),
)
DESCRIPTIONS: Final = (
    *(row.description for row in SITE_ROWS),
    *(row.description for row in FEEDER_ROWS),
    *(row.description for row in (STAGE, LIMIT, CHARGE_STATE)),
    *(row.description for row in SESSION_ROWS),
)
_OWN: Final = frozenset(
    row.key for row in DESCRIPTIONS if row is not CHARGE_STATE.description
)


async def async_add_sensors(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of the site and of every station."""
    await async_add_charging(
        hass,
        entry,
        async_add_entities,
        _of_site(entry),
        lambda station: _sensors(entry, station),
        platform=Platform.SENSOR,
        keys=_OWN,
    )


def _of_site(entry: EwsConfigEntry) -> Iterator[SensorEntity]:
    for row in SITE_ROWS:
        yield SiteSensor(entry, row)
    for feeder in entry.runtime_data.charging.settings.feeders:
        for row_of_feeder in FEEDER_ROWS:
            yield FeederSensor(entry, feeder, row_of_feeder)


def _sensors(entry: EwsConfigEntry, station: ManagedStation) -> Iterator[SensorEntity]:
    yield StationSensor(entry, station, STAGE)
    yield StationSensor(entry, station, LIMIT)
    if not station.is_greenup:
        yield StationSensor(entry, station, CHARGE_STATE)
    for row in SESSION_ROWS:
        yield SessionSensor(entry, station, row)


class SiteSensor(SiteEntity, SensorEntity):
    """A zone, a room or a count; its attribute names the stations that it counts."""

    _unrecorded_attributes = frozenset({"stations"})

    def __init__(self, entry: EwsConfigEntry, row: SiteRow) -> None:
        """Show what ``row`` says."""
        super().__init__(entry, row.description)
        self._row = row

    @override
    def _take_over(self) -> None:
        view = self.view
        self._attr_native_value = self._row.value(view)
        if self._row.stations is not None:
            names = [self._watch.name_of(x) for x in self._row.stations(view)]
            self._attr_extra_state_attributes = {"stations": names}


class FeederSensor(SiteEntity, SensorEntity):
    """The zone of a circuit inside the building, or what is left in it."""

    def __init__(self, entry: EwsConfigEntry, feeder: Feeder, row: FeederRow) -> None:
        """Show what ``row`` says of ``feeder``."""
        super().__init__(entry, row.description)
        self._attr_unique_id = f"{self._attr_unique_id}_{feeder.id}"
        self._attr_translation_placeholders = {"circuit": feeder.name}
        self._row = row
        self._feeder_id = feeder.id

    @override
    def _take_over(self) -> None:
        view = self.view.feeders.get(self._feeder_id, FeederView())
        self._attr_native_value = self._row.value(view)


class StationSensor(StationEntity, SensorEntity):
    """Something of a station; unknown while it is silent."""

    _unrecorded_attributes = frozenset({"station", "wish"})

    def __init__(
        self, entry: EwsConfigEntry, station: ManagedStation, row: StationRow
    ) -> None:
        """Show what ``row`` says."""
        super().__init__(entry, station, row.description)
        self._row = row

    @override
    def _take_over(self) -> None:
        view = self.view
        self._attr_native_value = None if view is None else self._row.value(view)
        if self._row is STAGE:
            # By its number actions name a station.
            wish = None if view is None else view.wish
            said = None if wish is None else self._watch.sentences.of_wish(wish)["text"]
            self._attr_extra_state_attributes = {
                "station": self._station_id,
                "wish": said,
            }


class SessionSensor(StationEntity, SensorEntity):
    """Something of the present vehicle, or of the last one until the next comes."""

    def __init__(
        self, entry: EwsConfigEntry, station: ManagedStation, row: SessionRow
    ) -> None:
        """Show what ``row`` says."""
        super().__init__(entry, station, row.description)
        self._row = row
        if row.description.device_class is SensorDeviceClass.MONETARY:
            currency = self._watch.currency
            self._attr_native_unit_of_measurement = currency
            self._attr_suggested_display_precision = minor_units(currency)

    @override
    def _take_over(self) -> None:
        view = self.view
        session = None if view is None else view.session
        if session is not None:
            self._attr_native_value = self._row.value(session)
            self._attr_last_reset = session.start
