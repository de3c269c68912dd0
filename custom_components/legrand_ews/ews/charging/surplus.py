"""Charging by the sun: how much is left over, and how a station follows it.

A current follows surplus with patience: up to what has been there all the while, and
down to the most that was, so that neither a cloud nor a kettle moves it. On its way down
it stays at the minimum for some minutes before the vehicle has to wait.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from .config import MILLI, ChargingConfig, StationSpec
from .desk import DRAWS_FROM_MA
from .layout import SETTLING_MARGIN_MS
from .state import State, StationState
from .wish_settings import Solar, WishSettings

SWITCHING_TIMEOUT_MS: Final = 120_000
"""How much longer than the pause a station may take until it reports the new number."""


@dataclass(slots=True)
class Surplus:
    """Power in W that stations may share, one after another."""

    total_w: int
    left_w: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SunState:
    """One station and the sun; times are of the clock of `State`.

    ``turning_ms`` is since when it should be the other of on and off, ``phases_ms`` since
    when the other number of conductors is right. The surplus has not been below
    ``rising_a`` since ``rising_ms``, nor above ``falling_a`` since ``falling_ms``.
    ``switched_ms`` is when the present change of conductors began.
    """

    conductors: int
    is_on: bool = False
    cap_a: int = 0
    turning_ms: int | None = None
    rising_a: int = 0
    rising_ms: int | None = None
    falling_a: int = 0
    falling_ms: int | None = None
    phases_ms: int | None = None
    switched_ms: int | None = None

    @property
    def is_switching(self) -> bool:
        """Whether the vehicle has to take nothing, since conductors are changed."""
        return self.switched_ms is not None


def surplus_of(
    config: ChargingConfig,
    settings: WishSettings,
    grid_w: int | None,
    grid_read_at: datetime | None,
    state: State,
    now: datetime,
) -> Surplus | None:
    """Return what stations that follow the sun may take, those included that do.

    None while the power from the grid is not known or too old.
    """
    if grid_w is None or grid_read_at is None:
        return None
    if abs(now - grid_read_at) > timedelta(seconds=settings.grid_stale_after_s):
        return None
    total = -grid_w - settings.grid_reserve_w
    for spec in config.stations:
        wished = settings.stations.get(spec.id)
        station = state.stations.get(spec.id)
        if station and wished is not None and wished.solar is not Solar.OFF:
            total += sum(station.drawn_ma) * settings.voltage_v // MILLI
    return Surplus(total_w=total, left_w=total)


def follow_sun(
    settings: WishSettings,
    spec: StationSpec,
    station: StationState,
    before: SunState | None,
    surplus: Surplus | None,
    clock_ms: int,
    *,
    reported: int | None,
    can_switch: bool,
    wants_all: bool,
) -> SunState:
    """Follow the surplus by one step, and take from it what the station is given.

    ``reported`` is on how many conductors the station charges at present, None where that
    is not known. ``wants_all`` asks for all conductors whatever the sun does.
    """
    full = len(spec.phases)
    sun = before or SunState(conductors=min(reported or full, full))
    left_w = 0 if surplus is None else surplus.left_w
    used = sum(current >= DRAWS_FROM_MA for current in station.drawn_ma)
    if sun.is_switching:
        sun = _finish_switching(sun, settings, reported, clock_ms)
    elif full > 1:
        enough = left_w >= spec.minimum_a * full * settings.voltage_v
        right = full if wants_all or enough else 1
        # One that uses a single conductor anyway gains nothing.
        is_right = right == sun.conductors or (right == 1 and used == 1)
        sun = _switch(
            sun, settings, right, clock_ms, is_due=can_switch and not is_right
        )
    watts = settings.voltage_v * (min(used, sun.conductors) or sun.conductors)
    sun = _follow(sun, settings, spec, max(0, left_w // watts), clock_ms)
    if surplus is not None:
        surplus.left_w -= _taken_w(sun, spec, station, watts, clock_ms)
    return sun


def _switch(
    sun: SunState, settings: WishSettings, right: int, clock_ms: int, *, is_due: bool
) -> SunState:
    if not is_due:
        return sun if sun.phases_ms is None else replace(sun, phases_ms=None)
    since = clock_ms if sun.phases_ms is None else sun.phases_ms
    if clock_ms - since < settings.phases_after_s * MILLI:
        return replace(sun, phases_ms=since)
    return replace(sun, phases_ms=None, conductors=right, switched_ms=clock_ms)


def _finish_switching(
    sun: SunState, settings: WishSettings, reported: int | None, clock_ms: int
) -> SunState:
    """Go on when the pause is over and the station has followed, or does not."""
    over_ms = clock_ms - (sun.switched_ms or 0) - settings.switch_pause_s * MILLI
    if over_ms < 0:
        return sun
    if reported is None or reported == sun.conductors:
        return replace(sun, switched_ms=None)
    if over_ms < SWITCHING_TIMEOUT_MS:
        return sun
    return replace(sun, switched_ms=None, conductors=reported)


def _follow(
    sun: SunState, settings: WishSettings, spec: StationSpec, have_a: int, clock_ms: int
) -> SunState:
    is_enough = have_a >= spec.minimum_a
    have_a = min(have_a, spec.rated_a)
    if is_enough == sun.is_on:
        turning = None
    else:
        turning = clock_ms if sun.turning_ms is None else sun.turning_ms
        patience_s = settings.stop_after_s if sun.is_on else settings.start_after_s
        if clock_ms - turning >= patience_s * MILLI:
            # What there is now; it may rise from here.
            return SunState(
                conductors=sun.conductors,
                is_on=is_enough,
                cap_a=have_a if is_enough else 0,
                phases_ms=sun.phases_ms,
                switched_ms=sun.switched_ms,
            )
    if not sun.is_on:
        return replace(sun, turning_ms=turning) if turning != sun.turning_ms else sun
    have_a = max(have_a, spec.minimum_a)
    cap, hold = sun.cap_a, settings.follow_after_s * MILLI
    rising_a, rising_ms = min(have_a, sun.rising_a), sun.rising_ms
    if have_a <= cap:
        rising_a, rising_ms = have_a, None
    elif rising_ms is None:
        rising_a, rising_ms = have_a, clock_ms
    falling_a, falling_ms = max(have_a, sun.falling_a), sun.falling_ms
    if have_a >= cap:
        falling_a, falling_ms = have_a, None
    elif falling_ms is None:
        falling_a, falling_ms = have_a, clock_ms
    if rising_ms is not None and clock_ms - rising_ms >= hold:
        cap, rising_ms = rising_a, None
    elif falling_ms is not None and clock_ms - falling_ms >= hold:
        cap, falling_ms = falling_a, None
    return replace(
        sun,
        cap_a=cap,
        turning_ms=turning,
        rising_a=rising_a,
        rising_ms=rising_ms,
        falling_a=falling_a,
        falling_ms=falling_ms,
    )


def _taken_w(
    sun: SunState, spec: StationSpec, station: StationState, watts: int, clock_ms: int
) -> int:
    """Return what is no longer there for others: what it may take, or takes for certain."""
    session = station.session
    drawn_w = sum(station.drawn_ma) * watts // (MILLI * max(1, _used(station)))
    if session is None or not sun.is_on:
        return drawn_w
    may_w = sun.cap_a * watts
    settling_ms = spec.lag_s * MILLI + SETTLING_MARGIN_MS
    if session.changed_ms is None or clock_ms - session.changed_ms < settling_ms:
        return max(drawn_w, may_w)
    is_bound = max(station.drawn_ma, default=0) + DRAWS_FROM_MA >= sun.cap_a * MILLI
    return max(drawn_w, may_w) if is_bound or not session.is_running else drawn_w


def _used(station: StationState) -> int:
    return sum(current >= DRAWS_FROM_MA for current in station.drawn_ma)
