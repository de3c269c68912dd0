"""What the load management is told again and again: readings, requests, refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Charge(StrEnum):
    """Charging states of one side (registers.md T10.1)."""

    NO_VEHICLE = "no_vehicle"
    CONNECTED = "connected"
    CHARGING = "charging"
    SUSPENDED = "suspended"
    """By the vehicle, or by the station."""
    FINISHED = "finished"
    FAULT = "fault"


class Request(StrEnum):
    """What a user asks of the present process only (S186-S188)."""

    START = "start"
    WAIT = "wait"
    PRIORITY = "priority"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterReading:
    """Currents of a circuit in mA by phase, and when they were read (UTC)."""

    read_at: datetime
    currents_ma: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationReading:
    """One side of a station as it was at ``read_at`` (UTC).

    ``drawn_ma`` are the currents in mA in the order of the station's conductors.
    ``limit_a`` is the limit that the station itself reports, None where it does not.
    ``is_enabled`` is False while the plug in use is switched off (S158). ``is_permitted``
    is whether the station would let a vehicle charge, None where it does not say.
    """

    read_at: datetime
    charge: Charge
    drawn_ma: tuple[int, ...]
    limit_a: int | None = None
    is_enabled: bool = True
    is_permitted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The latest known readings, repeated until there are newer ones.

    ``meters`` are by circuit, ``stations`` by station. ``requests``, ``refused``
    (stations that did not take their latest order) and ``withheld`` (those whose latest
    order, an increase, was not sent since a decrease failed) are told once, maybe some
    steps after the order. ``caps_a`` bounds
    single stations, 0 for not now; ``external_limit_a`` bounds the main circuit, as a
    grid operator may ask. ``needs_ma`` is what vehicles whose departure is known need on
    average until then: fair shares are in proportion to it.
    """

    meters: Mapping[int, MeterReading] = field(default_factory=dict)
    stations: Mapping[int, StationReading] = field(default_factory=dict)
    requests: tuple[tuple[int, Request], ...] = ()
    refused: frozenset[int] = frozenset()
    withheld: frozenset[int] = frozenset()
    caps_a: Mapping[int, int] = field(default_factory=dict)
    needs_ma: Mapping[int, int] = field(default_factory=dict)
    external_limit_a: int | None = None
