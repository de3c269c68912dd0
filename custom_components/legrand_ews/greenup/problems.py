"""Faults of stations and of charges as problems (S157, S159)."""

from typing import Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..runtime import EwsConfigEntry
from .entity import StationEntity, async_add_charging
from .management import ManagedStation


def _problem(key: str) -> BinarySensorEntityDescription:
    return BinarySensorEntityDescription(
        key=key, translation_key=key, device_class=BinarySensorDeviceClass.PROBLEM
    )


STATION: Final = _problem("station_problem")
CHARGE: Final = _problem("charge_problem")


async def async_add_problems(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add what tells of faults; a charger of another make tells those of charges."""
    await async_add_charging(
        hass,
        entry,
        async_add_entities,
        (),
        lambda station: [
            StationProblem(entry, station, row)
            for row in (STATION, CHARGE)
            if station.is_greenup or row is CHARGE
        ],
        platform=Platform.BINARY_SENSOR,
        keys={STATION.key, CHARGE.key},
    )


class StationProblem(StationEntity, BinarySensorEntity):
    """On while something is wrong; its attributes say what, in words."""

    _unrecorded_attributes = frozenset({"text"})

    def __init__(
        self,
        entry: EwsConfigEntry,
        station: ManagedStation,
        description: BinarySensorEntityDescription,
    ) -> None:
        """Tell of the faults of ``station``, or of its charges."""
        super().__init__(entry, station, description)
        self._is_of_station = description is STATION

    @override
    def _take_over(self) -> None:
        view = self.view
        self._attr_extra_state_attributes = {}
        self._attr_is_on = None
        if view is None or view.charge is None:
            return
        error = view.station_error if self._is_of_station else view.charge_error
        self._attr_is_on = error is not None
        if error is not None:
            found = self._watch.sentences.of_error(error)
            self._attr_extra_state_attributes = {
                "error": found["key"],
                "text": found["text"],
            }
