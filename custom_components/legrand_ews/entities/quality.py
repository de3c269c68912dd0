"""The weekly check of the power quality as a sensor and as an event (S88)."""

from typing import Any, Final, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
)
from homeassistant.core import callback

from ..entity import EwsEntity
from ..ews.metering.samples import MILLI
from ..ews.model import Device, ObjectKind
from ..ews.power_quality import Criterion, Finding, Verdict, WeekCheck
from ..ews.timegrid import local_day
from ..runtime import EwsConfigEntry

_KEY: Final = "power_quality"
_VERDICTS: Final = [
    verdict.value for verdict in Verdict if verdict is not Verdict.NOT_EVALUATED
]
SENSOR: Final = SensorEntityDescription(
    key=_KEY,
    translation_key=_KEY,
    device_class=SensorDeviceClass.ENUM,
    options=_VERDICTS,
)
EVENT: Final = EventEntityDescription(
    key=_KEY, translation_key=_KEY, event_types=_VERDICTS
)


class _QualityEntity(EwsEntity):
    """An entity of a power-quality device that is told of its checks."""

    def __init__(
        self,
        entry: EwsConfigEntry,
        device: Device,
        description: SensorEntityDescription | EventEntityDescription,
    ) -> None:
        """Make the entity of ``description`` at ``device``."""
        self._belong_to(entry, description, ObjectKind.DEVICE, device.id)
        self._device_id = device.id
        self._zone = entry.runtime_data.installation.zone
        self._quality = entry.runtime_data.power_quality

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._quality.async_add_listener(self._async_checked))

    @callback
    def _async_checked(self, check: WeekCheck) -> None:
        if check.device_id == self._device_id:
            self._take_over(check)
            self.async_write_ha_state()

    def _take_over(self, check: WeekCheck) -> None:
        raise NotImplementedError

    def _headline(self, check: WeekCheck) -> dict[str, Any]:
        """Which week it was, by what rules, and what was not met."""
        monday = local_day(check.week.start, self._zone)
        year, week, _ = monday.isocalendar()
        return {
            "week": f"{year}-W{week:02}",
            "start": monday.isoformat(),
            "edition": check.edition,
            "failed": [criterion.value for criterion in check.failed],
        }


class QualitySensor(_QualityEntity, SensorEntity):
    """Whether the last week was as EN 50160 asks; its attributes say by what."""

    _unrecorded_attributes = frozenset(criterion.value for criterion in Criterion)

    def __init__(self, entry: EwsConfigEntry, device: Device) -> None:
        """Show the last check of ``device``."""
        super().__init__(entry, device, SENSOR)
        if (latest := self._quality.latest(device.id)) is not None:
            self._take_over(latest)

    @override
    def _take_over(self, check: WeekCheck) -> None:
        self._attr_native_value = check.verdict
        self._attr_extra_state_attributes = self._headline(check) | {
            criterion.value: _criterion(check, criterion) for criterion in Criterion
        }


class QualityEvent(_QualityEntity, EventEntity):
    """Tells every week what was found."""

    def __init__(self, entry: EwsConfigEntry, device: Device) -> None:
        """Tell of the checks of ``device``."""
        super().__init__(entry, device, EVENT)

    @override
    def _take_over(self, check: WeekCheck) -> None:
        self._trigger_event(check.verdict, self._headline(check))


def _criterion(check: WeekCheck, criterion: Criterion) -> dict[str, Any]:
    return {
        "result": check.verdict_of(criterion).value,
        "channels": [
            _channel(finding)
            for finding in check.findings_of(criterion)
            if finding.verdict is not Verdict.NOT_EVALUATED
        ],
    }


def _channel(finding: Finding) -> dict[str, Any]:
    """Valid intervals, those outside the limits and the worst value, as numbers."""
    worst = finding.worst_milli
    return {
        "channel": finding.channel or None,
        "result": finding.verdict.value,
        "intervals": finding.expected,
        "n": finding.valid,
        "n_out": finding.outside,
        "n_beyond": finding.beyond,
        "worst": None if worst is None else worst / MILLI,
    }
