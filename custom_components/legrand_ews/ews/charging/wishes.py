"""What drivers and householders wish beyond the manual: sun, price, departure (S191).

Everything is off by default. A wish is a reason to charge: a station that has any charges
as much as the best of them allows now, and one without charges as the load management
lets it. What wins, the strongest first:

1. the limits of the building, and what a grid operator asks: a wish only ever lowers;
2. a user's *Wait*;
3. the guaranteed quantity: until a vehicle has it, wishes lower it to the station's
   minimum but neither stop it nor keep it from starting, nor switch its phases;
4. a departure for which time runs short: full power;
5. surplus, price and planned hours alike.

Priority keeps its meaning: it decides the order of the queue and of the shares, and here
who gets the surplus first; it does not lift a wish.

`wish` is pure and to be called before each `step`, which takes its bounds and needs. What
it remembers need not outlive a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .config import MILLI, ChargingConfig, StationSpec
from .departing import Departure, Plan, PriceSlot, plan, price_at
from .external import ExternalSignal, external_limit
from .state import UAS_PER_AH, Session, State, StationState
from .surplus import SunState, Surplus, follow_sun, surplus_of
from .wish_settings import Solar, StationWish, WishSettings


class Why(StrEnum):
    """Why a station may charge as much as it may, or must wait."""

    SURPLUS = "surplus"
    NO_SURPLUS = "no_surplus"
    PRICE_LOW = "price_low"
    PRICE_HIGH = "price_high"
    PRICE_UNKNOWN = "price_unknown"
    PLANNED = "planned"
    """Now is one of the hours chosen to be ready in time."""
    LATER = "later"
    """Hours chosen to be ready in time are yet to come."""
    TIME_SHORT = "time_short"
    READY = "ready"
    """It has what it was to get until the departure."""
    GUARANTEE = "guarantee"
    SWITCHING_PHASES = "switching_phases"


@dataclass(frozen=True, slots=True, kw_only=True)
class WishInputs:
    """What is known at the moment of `wish`.

    ``grid_w`` is the power that the site takes from the grid, below zero what it feeds in,
    as read at ``grid_read_at``. ``prices`` are those known, of today and tomorrow.
    ``departures`` and ``received_wh`` (what its present vehicle has received) are by
    station. ``conductors`` is on how many conductors stations charge that can switch.
    """

    grid_w: int | None = None
    grid_read_at: datetime | None = None
    prices: tuple[PriceSlot, ...] = ()
    departures: Mapping[int, Departure] = field(default_factory=dict)
    received_wh: Mapping[int, int] = field(default_factory=dict)
    conductors: Mapping[int, int] = field(default_factory=dict)
    external: ExternalSignal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WishState:
    """What is remembered: of the sun by station, and for which departures time is short."""

    sun: Mapping[int, SunState] = field(default_factory=dict)
    short: Mapping[int, Departure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """What `step` is to be told, and what is to be done besides.

    ``conductors`` is on how many a station that can switch is to charge, to be ordered as
    soon as its vehicle takes nothing: while they change, its bound is 0.
    ``is_external_lost`` says that ``external_limit_a`` is the safe value, since no valid
    signal came in time.
    """

    caps_a: Mapping[int, int]
    needs_ma: Mapping[int, int]
    conductors: Mapping[int, int]
    why: Mapping[int, Why]
    surplus_w: int | None = None
    external_limit_a: int | None = None
    is_external_lost: bool = False


_NO_WISH: Final = StationWish()


def wish(
    config: ChargingConfig,
    settings: WishSettings,
    inputs: WishInputs,
    state: State,
    memory: WishState,
    now: datetime,
) -> tuple[WishState, Wished]:
    """Work out what the wishes bound at this moment; ``now`` is aware."""
    surplus = surplus_of(
        config, settings, inputs.grid_w, inputs.grid_read_at, state, now
    )
    found = _Found()
    for spec in _in_order(config, state):
        wished = settings.stations.get(spec.id, _NO_WISH)
        departure = inputs.departures.get(spec.id)
        if wished != _NO_WISH or departure is not None:
            station = state.stations.get(spec.id) or StationState()
            one = _One(config, settings, inputs, spec, station)
            _decide(one, wished, departure, surplus, memory, state.clock_ms, now, found)
    limit_a, is_lost = external_limit(settings.external, inputs.external, now)
    wished_now = Wished(
        caps_a=MappingProxyType(found.caps),
        needs_ma=MappingProxyType(found.needs),
        conductors=MappingProxyType(found.conductors),
        why=MappingProxyType(found.why),
        surplus_w=None if surplus is None else surplus.total_w,
        external_limit_a=limit_a,
        is_external_lost=is_lost,
    )
    return WishState(sun=found.sun, short=found.short), wished_now


def with_conductors(
    config: ChargingConfig, conductors: Mapping[int, int]
) -> ChargingConfig:
    """Return the settings with three-phase stations that charge on one phase at present."""
    if all(count > 1 for count in conductors.values()):
        return config
    stations = tuple(
        replace(spec, phases=spec.phases[: conductors.get(spec.id, len(spec.phases))])
        for spec in config.stations
    )
    return replace(config, stations=stations)


@dataclass(slots=True)
class _Found:
    caps: dict[int, int] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    conductors: dict[int, int] = field(default_factory=dict)
    why: dict[int, Why] = field(default_factory=dict)
    sun: dict[int, SunState] = field(default_factory=dict)
    short: dict[int, Departure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _One:
    """A station that something is wished of."""

    config: ChargingConfig
    settings: WishSettings
    inputs: WishInputs
    spec: StationSpec
    station: StationState

    @property
    def has_guarantee(self) -> bool:
        session = self.station.session
        guarantee = self.config.guaranteed_ah * UAS_PER_AH
        return (0 if session is None else session.charge_uas) >= guarantee

    def conductors(self, chosen: int) -> int:
        """Return how many conductors the car uses, or would."""
        used = sum(current >= MILLI for current in self.station.drawn_ma)
        return min(used, chosen) or chosen

    @property
    def watts_per_ampere(self) -> int:
        full = len(self.spec.phases)
        chosen = min(full, self.inputs.conductors.get(self.spec.id, full))
        return self.settings.voltage_v * self.conductors(chosen)

    def takes_a(self) -> int:
        """Return what the car takes at most, as far as one can see."""
        session = self.station.session
        drawn = max(self.station.drawn_ma, default=0)
        if session is None or not session.is_running or drawn < MILLI:
            return self.spec.rated_a
        is_bound = drawn + MILLI >= session.setting.limit_a * MILLI
        return self.spec.rated_a if is_bound else -(-drawn // MILLI)


def _in_order(config: ChargingConfig, state: State) -> list[StationSpec]:
    """Return the stations in the order in which they get surplus."""

    def order(spec: StationSpec) -> tuple[bool, int, int]:
        session = _session(state, spec.id)
        if session is None:
            return not spec.is_priority, state.clock_ms, spec.id
        return not session.is_priority, session.connected_ms, spec.id

    return sorted(config.stations, key=order)


def _session(state: State, number: int) -> Session | None:
    station = state.stations.get(number)
    return None if station is None else station.session


def _decide(
    one: _One,
    wished: StationWish,
    departure: Departure | None,
    surplus: Surplus | None,
    memory: WishState,
    clock_ms: int,
    now: datetime,
    found: _Found,
) -> None:
    spec = one.spec
    reasons: list[tuple[int, Why]] = []
    planned = _plan(one, departure, memory, now)
    others = wished.solar is not Solar.OFF or wished.price_limit is not None
    if planned is not None and departure is not None:
        reasons += _by_departure(one, planned, found, has_others=others)
        if planned.is_short:
            found.short[spec.id] = departure
    if wished.price_limit is not None:
        reasons.append(_by_price(one, wished.price_limit, now))
    # From here on the phases: they follow the sun unless another wish asks for all.
    wants_all = any(amperes >= spec.rated_a for amperes, _ in reasons)
    sun = None
    if wished.solar is not Solar.OFF or wished.can_switch_phases:
        sun = follow_sun(
            one.settings,
            spec,
            one.station,
            memory.sun.get(spec.id),
            surplus if wished.solar is not Solar.OFF else None,
            clock_ms,
            reported=one.inputs.conductors.get(spec.id),
            can_switch=wished.can_switch_phases and one.has_guarantee,
            wants_all=wants_all or wished.solar is Solar.OFF,
        )
        found.sun[spec.id] = sun
        if wished.can_switch_phases:
            found.conductors[spec.id] = sun.conductors
    if sun is not None and wished.solar is not Solar.OFF:
        least = spec.minimum_a if wished.solar is Solar.AT_LEAST else 0
        why = Why.SURPLUS if sun.is_on else Why.NO_SURPLUS
        reasons.append((max(least, sun.cap_a if sun.is_on else 0), why))
    if not reasons:
        return
    cap, why = max(reasons, key=lambda reason: reason[0])
    if cap < spec.minimum_a and not one.has_guarantee:
        cap, why = spec.minimum_a, Why.GUARANTEE
    if sun is not None and sun.is_switching:
        cap, why = 0, Why.SWITCHING_PHASES
    found.why[spec.id] = why
    if cap < spec.rated_a:
        found.caps[spec.id] = cap


def _plan(
    one: _One, departure: Departure | None, memory: WishState, now: datetime
) -> Plan | None:
    if departure is None or now >= departure.at:
        return None
    return plan(
        departure,
        left_wh=departure.wanted_wh - one.inputs.received_wh.get(one.spec.id, 0),
        power_w=one.takes_a() * one.watts_per_ampere,
        prices=one.inputs.prices,
        was_short=memory.short.get(one.spec.id) == departure,
        now=now,
    )


def _by_departure(
    one: _One, planned: Plan, found: _Found, *, has_others: bool
) -> list[tuple[int, Why]]:
    rated = one.spec.rated_a
    if planned.left_wh <= 0:
        return [(0, Why.READY)]
    # What the car needs on average of the time that is meant for it.
    found.needs[one.spec.id] = min(
        rated * MILLI, planned.mean_w * MILLI // one.watts_per_ampere
    )
    if planned.is_short:
        return [(rated, Why.TIME_SHORT)]
    if planned.is_now is None:
        # Without prices there is nothing to wait for, but perhaps the sun.
        return [(0, Why.LATER)] if has_others else [(rated, Why.PLANNED)]
    return [(rated, Why.PLANNED) if planned.is_now else (0, Why.LATER)]


def _by_price(one: _One, limit: Decimal, now: datetime) -> tuple[int, Why]:
    price = price_at(one.inputs.prices, now)
    if price is None:
        return 0, Why.PRICE_UNKNOWN
    is_low = price <= limit
    return (one.spec.rated_a, Why.PRICE_LOW) if is_low else (0, Why.PRICE_HIGH)
