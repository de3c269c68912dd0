"""What a site has decided about its load management, and how that is stored.

The stations are no part of it: they are the site's devices and chargers. Stored values
are what a configuration entry's options hold: text, whole numbers, booleans, lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from ..model.codec import Plain
from ..model.device import PHASES
from ..model.encoded import (
    Encoded,
    choice_at,
    flag_at,
    invalid,
    numbers_at,
    section_at,
    text_at,
    texts_at,
    whole_at,
    whole_or_none_at,
)
from .config import (
    MAIN,
    USUAL_LAG_S,
    ChargingConfig,
    ChargingRules,
    Circuit,
    Fallback,
    Sharing,
    StationSpec,
)
from .wish_codec import decode_wishes, encode_wishes
from .wish_settings import WishSettings


class Scope(StrEnum):
    """What the main meter measures: the two images of 7.16.5.1 (S118)."""

    BUILDING = "building"
    """Everything: what is left for charging follows the other loads."""
    FEEDER = "feeder"
    """Only the stations' own feeder: its limit is fixed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterSource:
    """Where the currents of a circuit come from: a device of ours, or HA's sensors.

    ``phases`` are those that it measures; a single-phase device or sensor measures one.
    ``entity_ids`` are sensors of current, or of power, in the order of the phases.
    """

    device_id: int | None = None
    entity_ids: tuple[str, ...] = ()
    phases: tuple[int, ...] = PHASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeder:
    """A circuit inside the building with a limit and, maybe, a meter of its own."""

    id: int
    name: str
    maximum_a: int
    charging_a: int
    meter: MeterSource | None = None
    parent_id: int = MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class StationPlace:
    """What is said of one of our own stations beside its device.

    ``rated_a`` is None where the station or its catalogue number says it.
    """

    circuit_id: int = MAIN
    rated_a: int | None = None
    lag_s: int = USUAL_LAG_S


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargingSettings(ChargingRules):
    """Settings of the load management; without a meter it is not set up.

    Those that are also fields of `ChargingConfig` mean the same there. ``places`` are
    by the number of the device. ``grid_entity`` shows the power from the grid, below zero
    what is fed in; without it the main meter tells, where it is a device of ours.
    ``external_entity`` shows amperes of each phase, as a grid operator may ask.
    """

    meter: MeterSource | None = None
    scope: Scope = Scope.BUILDING
    maximum_a: int = 0
    charging_a: int = 0
    feeders: tuple[Feeder, ...] = ()
    places: Mapping[int, StationPlace] = field(
        default_factory=lambda: MappingProxyType({})
    )
    wishes: WishSettings = field(default_factory=WishSettings)
    grid_entity: str | None = None
    external_entity: str | None = None

    @property
    def meters(self) -> dict[int, MeterSource]:
        """The meters by the number of their circuit."""
        found = {} if self.meter is None else {MAIN: self.meter}
        return found | {x.id: x.meter for x in self.feeders if x.meter is not None}


NUMBERS: Final = (
    "maximum_a",
    "charging_a",
    "hysteresis_percent",
    "first_step_percent",
    "second_step_percent",
    "guaranteed_ah",
    "raise_after_s",
    "hard_limit_after_s",
    "stale_after_s",
    "fallback_after_s",
    "last_resort_after_s",
    "start_patience_s",
)
FLAGS: Final = ("is_enabled", "has_hard_limit")
PARAMETERS: Final = frozenset({*NUMBERS, *FLAGS, "sharing", "fallback", "last_resort"})
"""Settings that are changed while everything runs on."""
_DEFAULTS: Final = ChargingSettings()


def config_of(
    settings: ChargingSettings, stations: Iterable[StationSpec]
) -> ChargingConfig | None:
    """Return what `step` needs; None while there is no meter for it."""
    if settings.meter is None:
        return None
    shared = {x.name for x in fields(ChargingConfig)} & PARAMETERS
    return ChargingConfig(
        **{name: getattr(settings, name) for name in shared},
        metered_phases=settings.meter.phases,
        feeders=tuple(
            Circuit(
                id=feeder.id,
                maximum_a=feeder.maximum_a,
                charging_a=feeder.charging_a,
                metered_phases=() if feeder.meter is None else feeder.meter.phases,
                parent_id=feeder.parent_id,
            )
            for feeder in settings.feeders
        ),
        stations=tuple(stations),
    )


def encode_settings(settings: ChargingSettings) -> dict[str, Plain]:
    """Encode the settings; see `decode_settings`."""
    return {
        **{name: getattr(settings, name) for name in (*NUMBERS, *FLAGS)},
        "scope": settings.scope.value,
        "sharing": settings.sharing.value,
        "fallback": settings.fallback.value,
        "last_resort": settings.last_resort.value,
        "meter": _meter_data(settings.meter),
        "feeders": {
            str(feeder.id): {
                "name": feeder.name,
                "maximum_a": feeder.maximum_a,
                "charging_a": feeder.charging_a,
                "meter": _meter_data(feeder.meter),
                "parent_id": feeder.parent_id,
            }
            for feeder in settings.feeders
        },
        "places": {
            str(number): {
                "circuit_id": place.circuit_id,
                "rated_a": place.rated_a,
                "lag_s": place.lag_s,
            }
            for number, place in settings.places.items()
        },
        "wishes": encode_wishes(settings.wishes),
        "grid_entity": settings.grid_entity,
        "external_entity": settings.external_entity,
    }


def decode_settings(data: Encoded) -> ChargingSettings:
    """Decode the settings; nothing stored is a site without load management.

    Raises ConfigurationError ``data_invalid`` at the field that is wrong.
    """
    simple: dict[str, Any] = {
        name: whole_at(data, name, getattr(_DEFAULTS, name)) for name in NUMBERS
    } | {name: flag_at(data, name, default=getattr(_DEFAULTS, name)) for name in FLAGS}
    return ChargingSettings(
        **simple,
        scope=choice_at(Scope, data, "scope", _DEFAULTS.scope),
        sharing=choice_at(Sharing, data, "sharing", _DEFAULTS.sharing),
        fallback=choice_at(Fallback, data, "fallback", _DEFAULTS.fallback),
        last_resort=choice_at(Fallback, data, "last_resort", _DEFAULTS.last_resort),
        meter=_meter(data, "meter"),
        feeders=tuple(
            Feeder(
                id=number,
                name=text_at(feeder, "name"),
                maximum_a=whole_at(feeder, "maximum_a"),
                charging_a=whole_at(feeder, "charging_a"),
                meter=_meter(feeder, "meter"),
                parent_id=whole_at(feeder, "parent_id", MAIN),
            )
            for number, feeder in _numbered(data, "feeders")
        ),
        places=MappingProxyType(
            {
                number: StationPlace(
                    circuit_id=whole_at(place, "circuit_id", MAIN),
                    rated_a=whole_or_none_at(place, "rated_a"),
                    lag_s=whole_at(place, "lag_s", USUAL_LAG_S),
                )
                for number, place in _numbered(data, "places")
            }
        ),
        wishes=decode_wishes(section_at({"wishes": {}, **data}, "wishes")),
        grid_entity=_entity(data, "grid_entity"),
        external_entity=_entity(data, "external_entity"),
    )


def _meter_data(meter: MeterSource | None) -> Plain:
    if meter is None:
        return None
    return {
        "device_id": meter.device_id,
        "entity_ids": {
            str(phase): entity_id
            for phase, entity_id in zip(meter.phases, meter.entity_ids, strict=False)
        },
        "phases": list(meter.phases),
    }


def _meter(data: Encoded, at: str) -> MeterSource | None:
    found = data.get(at)
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise invalid(at)
    phases = numbers_at(found, "phases")
    entities = texts_at(found, "entity_ids")
    if not set(phases) <= set(PHASES) or not phases:
        raise invalid(at)
    return MeterSource(
        device_id=whole_or_none_at(found, "device_id"),
        entity_ids=tuple(entities[str(x)] for x in phases if str(x) in entities),
        phases=phases,
    )


def _entity(data: Encoded, at: str) -> str | None:
    return None if data.get(at) is None else text_at(data, at)


def _numbered(data: Encoded, at: str) -> list[tuple[int, Encoded]]:
    found = data.get(at, {})
    if not isinstance(found, Mapping):
        raise invalid(at)
    rows = []
    for number, row in found.items():
        if not isinstance(row, Mapping) or not str(number).isdecimal():
            raise invalid(at)
        rows.append((int(number), row))
    return sorted(rows, key=lambda row: row[0])
