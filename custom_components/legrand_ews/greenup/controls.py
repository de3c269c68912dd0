"""What is switched, chosen and set: the load management, its parameters, processes."""

from collections.abc import Iterator
from typing import Any, Final, override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import (
    EntityCategory,
    Platform,
    UnitOfElectricCurrent,
    UnitOfRatio,
    UnitOfTime,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..ews.charging import (
    LOWEST_CURRENT_A,
    Fallback,
    Progress,
    Request,
    Sharing,
)
from ..ews.charging.checks import (
    LARGEST_CURRENT_A,
    LARGEST_GUARANTEE_AH,
    LONGEST_WAIT_S,
)
from ..ews.charging.config import LARGEST_HYSTERESIS_PERCENT
from ..runtime import EwsConfigEntry
from .entity import SiteEntity, StationEntity, async_add_charging
from .management import ManagedStation

PREFIX: Final = "charging_"
"""Stands before the name of a parameter in the key of its entity."""


def _number(
    parameter: str,
    unit: str,
    smallest: int,
    largest: int,
    device_class: NumberDeviceClass | None = None,
    *,
    is_headline: bool = False,
) -> NumberEntityDescription:
    return NumberEntityDescription(
        key=f"{PREFIX}{parameter}",
        translation_key=f"{PREFIX}{parameter}",
        device_class=device_class,
        native_unit_of_measurement=unit,
        native_min_value=smallest,
        native_max_value=largest,
        native_step=1,
        mode=NumberMode.BOX,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=is_headline,
    )


def _current(parameter: str) -> NumberEntityDescription:
    return _number(
        parameter,
        UnitOfElectricCurrent.AMPERE,
        LOWEST_CURRENT_A,
        LARGEST_CURRENT_A,
        NumberDeviceClass.CURRENT,
        is_headline=True,
    )


def _time(parameter: str) -> NumberEntityDescription:
    return _number(
        parameter, UnitOfTime.SECONDS, 0, LONGEST_WAIT_S, NumberDeviceClass.DURATION
    )


NUMBERS: Final = (
    _current("maximum_a"),
    _current("charging_a"),
    _number(
        "hysteresis_percent", UnitOfRatio.PERCENTAGE, 0, LARGEST_HYSTERESIS_PERCENT
    ),
    _number("first_step_percent", UnitOfRatio.PERCENTAGE, 1, 100),
    _number("second_step_percent", UnitOfRatio.PERCENTAGE, 1, 100),
    _number("guaranteed_ah", "Ah", 0, LARGEST_GUARANTEE_AH, is_headline=True),
    *(
        _time(parameter)
        for parameter in (
            "raise_after_s",
            "hard_limit_after_s",
            "stale_after_s",
            "fallback_after_s",
            "last_resort_after_s",
            "start_patience_s",
        )
    ),
)
"""Parameters that are numbers (S119-S123), by the names of the settings."""


def _choice(parameter: str, options: list[str]) -> SelectEntityDescription:
    return SelectEntityDescription(
        key=f"{PREFIX}{parameter}",
        translation_key=f"{PREFIX}{parameter}",
        options=options,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    )


_FALLBACKS: Final = [fallback.value for fallback in Fallback]
CHOICES: Final = {
    "sharing": (_choice("sharing", [x.value for x in Sharing]), Sharing),
    "fallback": (_choice("fallback", _FALLBACKS), Fallback),
    "last_resort": (_choice("last_resort", _FALLBACKS), Fallback),
}
MANAGEMENT: Final = SwitchEntityDescription(
    key="load_management", translation_key="load_management"
)
HARD_LIMIT: Final = SwitchEntityDescription(
    key=f"{PREFIX}has_hard_limit",
    translation_key=f"{PREFIX}has_hard_limit",
    entity_category=EntityCategory.CONFIG,
    entity_registry_enabled_default=False,
)
FLAGS: Final = {"is_enabled": MANAGEMENT, "has_hard_limit": HARD_LIMIT}
ALLOWED: Final = SwitchEntityDescription(
    key="charging_allowed", translation_key="charging_allowed"
)
SESSION_PRIORITY: Final = SelectEntityDescription(
    key="session_priority",
    translation_key="session_priority",
    options=[Request.NORMAL.value, Request.PRIORITY.value],
)
DEFAULT_PRIORITY: Final = SelectEntityDescription(
    key="charging_priority",
    translation_key="charging_priority",
    options=[Request.NORMAL.value, Request.PRIORITY.value],
    entity_category=EntityCategory.CONFIG,
)
"""The default of a side, which its next vehicle begins with (S125)."""


async def async_add_numbers(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the parameters that are numbers."""
    await async_add_charging(
        hass,
        entry,
        async_add_entities,
        (ParameterNumber(entry, description) for description in NUMBERS),
        lambda _: (),
        platform=Platform.NUMBER,
        keys={description.key for description in NUMBERS},
    )


async def async_add_switches(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switch of the load management, and Start / Wait of every station."""
    await async_add_charging(
        hass,
        entry,
        async_add_entities,
        (ParameterSwitch(entry, *flag) for flag in FLAGS.items()),
        lambda station: [AllowedSwitch(entry, station)],
        platform=Platform.SWITCH,
        keys={MANAGEMENT.key, HARD_LIMIT.key, ALLOWED.key},
    )


async def async_add_selects(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the parameters that are choices, and the priority of every process."""
    await async_add_charging(
        hass,
        entry,
        async_add_entities,
        (ParameterSelect(entry, parameter) for parameter in CHOICES),
        lambda station: _selects(entry, station),
        platform=Platform.SELECT,
        keys={SESSION_PRIORITY.key, *(row.key for row, _ in CHOICES.values())},
    )


def _selects(entry: EwsConfigEntry, station: ManagedStation) -> Iterator[SelectEntity]:
    yield SessionPriority(entry, station)
    if not station.is_greenup:
        yield DefaultPriority(entry, station)


class ParameterNumber(SiteEntity, NumberEntity):
    """A parameter of the load management; nothing is reloaded when it is changed."""

    @property
    def _parameter(self) -> str:
        return self.entity_description.key.removeprefix(PREFIX)

    @override
    def _take_over(self) -> None:
        self._attr_native_value = getattr(self._management.settings, self._parameter)

    @override
    async def async_set_native_value(self, value: float) -> None:
        self._management.async_change(**{self._parameter: int(value)})
        self._async_changed()


class ParameterSelect(SiteEntity, SelectEntity):
    """A parameter that has a few values."""

    def __init__(self, entry: EwsConfigEntry, parameter: str) -> None:
        """Offer the values of ``parameter``."""
        description, self._kind = CHOICES[parameter]
        super().__init__(entry, description)
        self._parameter = parameter

    @override
    def _take_over(self) -> None:
        chosen = getattr(self._management.settings, self._parameter)
        self._attr_current_option = chosen.value

    @override
    async def async_select_option(self, option: str) -> None:
        self._management.async_change(**{self._parameter: self._kind(option)})
        self._async_changed()


class ParameterSwitch(SiteEntity, SwitchEntity):
    """Whether the load management is on (S124), or a part of it."""

    def __init__(
        self,
        entry: EwsConfigEntry,
        parameter: str,
        description: SwitchEntityDescription,
    ) -> None:
        """Switch ``parameter``."""
        super().__init__(entry, description)
        self._parameter = parameter

    @override
    def _take_over(self) -> None:
        self._attr_is_on = getattr(self._management.settings, self._parameter)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._change(is_on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self._change(is_on=False)

    def _change(self, *, is_on: bool) -> None:
        self._management.async_change(**{self._parameter: is_on})
        self._async_changed()


class _ProcessEntity(StationEntity):
    """Something of the present process; there only with a vehicle (S186-S188)."""

    def _request(self, request: Request) -> None:
        self._management.async_request(self._station_id, request)


class AllowedSwitch(_ProcessEntity, SwitchEntity):
    """Start and Wait: off, the vehicle waits until it is switched on again (S186)."""

    def __init__(self, entry: EwsConfigEntry, station: ManagedStation) -> None:
        """Switch the process of ``station``."""
        super().__init__(entry, station, ALLOWED)

    @override
    def _take_over(self) -> None:
        view = self.view
        process = None if view is None else view.process
        self._attr_available = process is not None
        self._attr_is_on = (
            process is not None and process.setting.progress is not Progress.HELD
        )

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._request(Request.START)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self._request(Request.WAIT)


class SessionPriority(_ProcessEntity, SelectEntity):
    """Whether the present process goes before others (S187)."""

    def __init__(self, entry: EwsConfigEntry, station: ManagedStation) -> None:
        """Choose for the process of ``station``."""
        super().__init__(entry, station, SESSION_PRIORITY)

    @override
    def _take_over(self) -> None:
        view = self.view
        process = None if view is None else view.process
        self._attr_available = process is not None
        self._attr_current_option = None
        if process is not None:
            self._attr_current_option = _option(is_priority=process.is_priority)

    @override
    async def async_select_option(self, option: str) -> None:
        self._request(Request(option))


class DefaultPriority(StationEntity, SelectEntity):
    """Whether vehicles at a charger go before others by default (S125)."""

    def __init__(self, entry: EwsConfigEntry, station: ManagedStation) -> None:
        """Choose for ``station``."""
        super().__init__(entry, station, DEFAULT_PRIORITY)

    @override
    def _take_over(self) -> None:
        view = self.view
        is_priority = view is not None and view.is_priority
        self._attr_current_option = _option(is_priority=is_priority)

    @override
    async def async_select_option(self, option: str) -> None:
        is_priority = option == Request.PRIORITY.value
        self._management.async_set_priority(self._station_id, is_priority=is_priority)
        self._attr_current_option = option
        self.async_write_ha_state()


def _option(*, is_priority: bool) -> str:
    return (Request.PRIORITY if is_priority else Request.NORMAL).value
