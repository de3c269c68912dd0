"""Measured values, states of devices and gateways, and totals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.restore_state import ExtraStoredData, RestoreEntity

from .archive.sensors import async_site_sensors
from .bus.coordinator import GatewayCoordinator
from .entities.adding import Adding
from .entities.command_entity import shown_by_commands
from .entities.descriptions import (
    BUS_LOAD,
    ERROR_RATE,
    MEASUREMENTS,
    PROVENANCE,
    ROUND_TRIP,
    STATUS,
    TOTALS,
)
from .entities.quality import SENSOR as QUALITY, QualitySensor
from .entities.values import as_number, option_of
from .entity import SITE, DeviceEntity, EwsEntity, GatewayEntity
from .ews.bus.readings import DeviceStatus, GatewayReport
from .ews.catalogue import Model
from .ews.metering.samples import MILLI
from .ews.model import Device
from .ews.model.linking import linked_devices
from .ews.model.scaling import unit_of
from .ews.quantities import QUANTITIES, Fluid, Kind
from .greenup.sensors import async_add_sensors
from .pace import pace_of
from .recording.totals import RunningTotal, TotalKey, Totals
from .runtime import EwsConfigEntry, EwsRuntime
from .tariffs.sensors import cost_sensors, tariff_sensors

PARALLEL_UPDATES = 0


@dataclass(frozen=True, slots=True)
class GatewayRow:
    """A figure of a gateway and where it stands in the report."""

    description: SensorEntityDescription
    value: Callable[[GatewayReport], float | None]


GATEWAY_ROWS: Final = (
    GatewayRow(ROUND_TRIP, lambda report: report.round_trip_ms),
    GatewayRow(ERROR_RATE, lambda report: report.error_rate * 100),
    GatewayRow(BUS_LOAD, lambda report: report.bus_load * 100),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of every gateway, device, load, group, board and of the site."""
    await async_add_sensors(hass, entry, async_add_entities)
    runtime = entry.runtime_data
    site = runtime.installation
    async_add_entities(await async_site_sensors(hass, entry))
    async_add_entities(tariff_sensors(entry))
    adding = Adding(hass, entry, async_add_entities, Platform.SENSOR)
    await adding.async_add_for_each(
        site.gateways.values(),
        lambda gateway: [
            GatewaySensor(runtime.coordinators[gateway.id], row) for row in GATEWAY_ROWS
        ],
    )
    await adding.async_add_for_each(
        (x for x in site.devices.values() if x.gateway_id in runtime.coordinators),
        lambda device: _device_sensors(runtime, device),
    )
    await adding.async_add_for_each(
        (x for x in site.devices.values() if x.id in runtime.power_quality.devices),
        lambda device: [QualitySensor(entry, device)],
    )
    await adding.async_forget_others({*MEASUREMENTS, QUALITY.key})
    async for key in pace_of(hass).each(runtime.totals.keys):
        subentry_id = runtime.subentry_id(key.kind, key.object_id)
        if subentry_id is None or subentry_id in entry.subentries:
            async_add_entities(
                [TotalSensor(entry, key), *cost_sensors(entry, key)],
                config_subentry_id=subentry_id,
            )


def _device_sensors(runtime: EwsRuntime, device: Device) -> Iterable[DeviceEntity]:
    coordinator = runtime.coordinators[device.gateway_id]
    model = runtime.model_of(device)
    source = runtime.source_of(device)
    is_linked = device.id in linked_devices(runtime.installation)
    yield StatusSensor(coordinator, device, source, is_linked=is_linked)
    if model is None or source is None:
        return
    yield ProvenanceSensor(coordinator, device, source)
    headline = set(model.headline) or set(runtime.quantities[device.id])
    headline -= shown_by_commands(runtime, device)
    for quantity in runtime.quantities[device.id]:
        if quantity in MEASUREMENTS:
            yield MeasurementSensor(
                coordinator, device, quantity, is_headline=quantity in headline
            )


class MeasurementSensor(DeviceEntity, SensorEntity):
    """One quantity of a device, as it was last read."""

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        quantity: str,
        *,
        is_headline: bool,
    ) -> None:
        """Show ``quantity``; from the start if it is one of the headline values."""
        super().__init__(coordinator, device, MEASUREMENTS[quantity])
        self._quantity = QUANTITIES[quantity]
        if (unit := unit_of(quantity, device.parameters)) is not None:
            self._attr_native_unit_of_measurement = unit
        self._attr_entity_registry_enabled_default = is_headline

    @override
    def _take_over(self) -> bool:
        before = self._attr_available, self._attr_native_value
        value = self.value_of(self._quantity.key)
        self._attr_available = value is not None
        self._attr_native_value = None if value is None else self._shown(value)
        return before != (self._attr_available, self._attr_native_value)

    def _shown(self, value: Decimal) -> int | float | str | None:
        if self._quantity.kind is not Kind.STATE:
            return as_number(value)
        return option_of(self._quantity, value)


class StatusSensor(DeviceEntity, SensorEntity):
    """Status of a device (S84); always available, that is its job.

    Number, address, what is known of the registers and whether a link names the device
    stand in its attributes (S85, S182).
    """

    _unrecorded_attributes = frozenset(
        {"address", "confidence", "is_linked", "object_id", "provenance"}
    )

    def __init__(
        self,
        coordinator: GatewayCoordinator,
        device: Device,
        source: Model | None,
        *,
        is_linked: bool,
    ) -> None:
        """Show the status of ``device``, read by the registers of ``source``."""
        super().__init__(coordinator, device, STATUS)
        self._fixed = {
            "object_id": device.id,
            "address": device.place,
            "is_linked": is_linked,
        }
        if source is not None:
            self._fixed["provenance"] = source.provenance.value
            self._fixed["confidence"] = source.confidence.value
        self._attr_extra_state_attributes = dict(self._fixed)

    @override
    def _take_over(self) -> bool:
        before = self._attr_native_value, self._attr_extra_state_attributes
        report = self.report
        status = None if report is None else report.condition
        if report is None and not self.coordinator.last_update_success:
            status = DeviceStatus.COMMUNICATION_ERROR
        elif (
            report is not None
            and report.status is DeviceStatus.COMMUNICATION_ERROR
            and report.error is None
        ):
            # It was not asked yet: a long bus takes its time to begin with.
            status = None
        self._attr_native_value = status
        self._attr_extra_state_attributes = dict(self._fixed)
        if report is not None and report.error is not None:
            self._attr_extra_state_attributes["error"] = report.error
        return before != (self._attr_native_value, self._attr_extra_state_attributes)


class ProvenanceSensor(DeviceEntity, SensorEntity):
    """How well the device's registers are known (D9).

    Its attributes name the register map and say whether the user has checked it.
    """

    _unrecorded_attributes = frozenset({"confidence", "map", "map_confirmed"})

    def __init__(
        self, coordinator: GatewayCoordinator, device: Device, source: Model
    ) -> None:
        """Show the provenance of the registers of ``source``."""
        super().__init__(coordinator, device, PROVENANCE)
        self._attr_native_value = source.provenance.value
        self._attr_extra_state_attributes = {
            "map": source.map_key,
            "confidence": source.confidence.value,
            "map_confirmed": device.is_map_confirmed,
        }

    @override
    def _take_over(self) -> bool:
        return False


class GatewaySensor(GatewayEntity, SensorEntity):
    """A figure of the traffic behind a gateway (S53)."""

    def __init__(self, coordinator: GatewayCoordinator, row: GatewayRow) -> None:
        """Show the figure of ``row``."""
        super().__init__(coordinator, row.description)
        self._row = row

    @override
    def _take_over(self) -> bool:
        before = self._attr_available, self._attr_native_value
        coordinator = self.coordinator
        self._attr_available = coordinator.is_answering
        value = self._row.value(coordinator.data) if self._attr_available else None
        # What is not shown does not change: no state for the noise below a tenth.
        self._attr_native_value = None if value is None else round(value, 1)
        return before != (self._attr_available, self._attr_native_value)


@dataclass(frozen=True, slots=True)
class _StoredTotal(ExtraStoredData):
    """A total as Home Assistant keeps it over a restart."""

    total: RunningTotal

    @override
    def as_dict(self) -> dict[str, Any]:
        return self.total.as_dict()


class TotalSensor(EwsEntity, RestoreEntity, SensorEntity):
    """What an object has consumed since its records began; grows at sample edges."""

    def __init__(self, entry: EwsConfigEntry, key: TotalKey) -> None:
        """Show the total of ``key``."""
        self._belong_to(entry, TOTALS[key.fluid], key.kind or SITE, key.object_id)
        # Most parts of a site never export anything.
        self._attr_entity_registry_enabled_default = (
            key.kind is None or key.fluid is not Fluid.ELECTRICITY_EXPORT
        )
        self._key = key
        self._totals: Totals = entry.runtime_data.totals
        self._weights = self._totals.weights_of(key)
        self._total = RunningTotal()

    @property
    @override
    def extra_restore_state_data(self) -> ExtraStoredData:
        return _StoredTotal(self._total)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        stored = await self.async_get_last_extra_data()
        restored = None if stored is None else RunningTotal.from_dict(stored.as_dict())
        sums = self._totals.sums_of(self._key)
        if restored:
            self._total = restored.grown(sums, self._weights)
        else:
            self._total = RunningTotal.first(sums, self._weights)
        self._show()
        self.async_on_remove(self._totals.async_add_listener(self._async_grow))

    @callback
    def _async_grow(self) -> None:
        before = self._total.value_milli
        self._total = self._total.grown(self._totals.sums_of(self._key), self._weights)
        if self._total.value_milli != before:
            self._show()
            self.async_write_ha_state()

    def _show(self) -> None:
        self._attr_native_value = as_number(Decimal(self._total.value_milli) / MILLI)
