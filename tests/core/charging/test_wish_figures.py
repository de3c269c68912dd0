"""Who gets what of the sun, and how long a car needs: from states given by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.charging import (
    Charge,
    Departure,
    Level,
    Progress,
    Session,
    Setting,
    Solar,
    State,
    StationState,
    StationWish,
    Why,
    Wished,
    WishInputs,
    WishSettings,
    WishState,
    wish,
)

from .world import START, config, station

SUN = StationWish(solar=Solar.ONLY)
SITE = config(
    station(1, is_priority=True),
    station(2),
    maximum=200,
    charging=200,
    guaranteed_ah=0,
)
LONG_AGO_MS = 0
NOW_MS = 3_600_000


def plugged(
    *drawn_a: float, limit_a: int = 0, changed_ms: int | None = LONG_AGO_MS
) -> StationState:
    """A vehicle that draws so much on each conductor; it waits without a limit."""
    setting = (
        Setting(progress=Progress.RUNNING, level=Level.RATED, limit_a=limit_a)
        if limit_a
        else Setting(progress=Progress.WAITING)
    )
    return StationState(
        read_at=START,
        heard_ms=NOW_MS,
        charge=Charge.CHARGING if any(drawn_a) else Charge.CONNECTED,
        drawn_ma=tuple(int(ampere * 1000) for ampere in drawn_a),
        session=Session(
            connected_ms=LONG_AGO_MS,
            waiting_ms=LONG_AGO_MS,
            setting=setting,
            former=setting,
            is_priority=False,
            changed_ms=changed_ms,
            has_drawn=any(drawn_a),
        ),
    )


EMPTY = StationState(read_at=START, heard_ms=NOW_MS, drawn_ma=(0, 0, 0))


def wished(
    *stations: StationState,
    surplus_w: int,
    settings: WishSettings | None = None,
    memory: WishState | None = None,
    clock_ms: int = NOW_MS,
    departures: dict[int, Departure] | None = None,
) -> tuple[WishState, Wished]:
    """What is bounded with so much surplus, of which what stations draw is a part."""
    drawn_w = sum(sum(one.drawn_ma) for one in stations) * 230 // 1000
    return wish(
        SITE,
        settings or WishSettings(stations={1: SUN, 2: SUN}),
        WishInputs(
            grid_w=drawn_w - surplus_w, grid_read_at=START, departures=departures or {}
        ),
        State(
            at=START,
            clock_ms=clock_ms,
            stations=dict(enumerate(stations, start=1)),
        ),
        memory or WishState(),
        START,
    )


def in_steady_sun(*stations: StationState, surplus_w: int) -> dict[int, int]:
    """The bounds after two minutes: begun with is what has been there for a minute."""
    memory = WishState()
    found = None
    for clock_ms in range(NOW_MS - 120_000, NOW_MS + 1, 5_000):
        memory, found = wished(
            *stations, surplus_w=surplus_w, memory=memory, clock_ms=clock_ms
        )
    assert found is not None
    return dict(found.caps_a)


@pytest.mark.parametrize(
    ("first", "bounds"),
    [
        # 13 800 W are 20 A of three phases.
        pytest.param(EMPTY, {1: 20, 2: 20}, id="nobody"),
        pytest.param(plugged(0, 0, 0), {1: 20, 2: 0}, id="waits"),
        pytest.param(
            plugged(0, 0, 0, limit_a=20, changed_ms=NOW_MS - 1000),
            {1: 20, 2: 0},
            id="was-just-told",
        ),
        pytest.param(plugged(20, 20, 20, limit_a=20), {1: 20, 2: 0}, id="takes-all"),
        pytest.param(plugged(13, 13, 13, limit_a=20), {1: 20, 2: 7}, id="takes-less"),
        pytest.param(plugged(0, 0, 0, limit_a=20), {1: 20, 2: 20}, id="is-full"),
        # On one conductor 13 A are 2990 W; 10 810 W are 15 A of three.
        pytest.param(plugged(13, 0, 0, limit_a=32), {2: 15}, id="one-conductor"),
    ],
)
def test_what_the_first_leaves_of_the_sun_is_for_the_second(
    first: StationState, bounds: dict[int, int]
) -> None:
    """What is promised is not promised twice; what a car surely does not take is."""
    assert in_steady_sun(first, plugged(0, 0, 0), surplus_w=13_800) == bounds


@pytest.mark.parametrize(
    ("vehicle", "needed_s"),
    [
        # 11.04 kWh: an hour at 16 A, a tenth more and ten minutes.
        pytest.param(plugged(16, 16, 16, limit_a=32), 4560, id="takes-half"),
        pytest.param(plugged(15.5, 15.5, 15.5, limit_a=32), 4560, id="whole-amperes"),
        # At its limit it might take more: half an hour at the rated 32 A.
        pytest.param(plugged(16, 16, 16, limit_a=16), 2580, id="is-bounded"),
        pytest.param(plugged(0, 0, 0, limit_a=32), 2580, id="has-not-begun"),
        pytest.param(plugged(0, 0, 0), 2580, id="waits"),
        # On one conductor an hour and a half at 32 A.
        pytest.param(plugged(32, 0, 0, limit_a=32), 6540, id="one-conductor"),
        # 16 A of it are all that a car takes: three hours.
        pytest.param(plugged(16, 0, 0, limit_a=32), 12_480, id="half-of-one"),
    ],
)
def test_time_is_short_by_what_the_car_takes(
    vehicle: StationState, needed_s: int
) -> None:
    settings = WishSettings()
    for left_s, why in ((needed_s, Why.TIME_SHORT), (needed_s + 1, Why.PLANNED)):
        leaves = Departure(at=START + timedelta(seconds=left_s), wanted_wh=11_040)
        _, found = wished(
            vehicle, EMPTY, surplus_w=0, settings=settings, departures={1: leaves}
        )
        assert found.why == {1: why}


@pytest.mark.parametrize("limit", [None, Decimal("0.10")])
def test_without_the_sun_nobody_is_switched_to_one_phase(limit: Decimal | None) -> None:
    """A station may change its phases to follow little sun, and for nothing else."""
    settings = WishSettings(
        stations={1: StationWish(can_switch_phases=True, price_limit=limit)}
    )
    memory = WishState()
    for clock_ms in range(0, NOW_MS, 60_000):
        memory, found = wished(
            plugged(0, 0, 0),
            EMPTY,
            surplus_w=2300,
            settings=settings,
            memory=memory,
            clock_ms=clock_ms,
        )
        assert found.conductors == {1: 3}


def test_a_station_that_does_not_tell_its_conductors_is_believed_to_follow() -> None:
    """2300 W are 10 A of one phase; after five minutes and the pause it goes on."""
    settings = WishSettings(
        stations={1: StationWish(solar=Solar.ONLY, can_switch_phases=True)}
    )
    memory = WishState()
    told: list[tuple[Why, int]] = []
    for clock_ms in range(0, 900_000, 5_000):
        memory, found = wished(
            plugged(0, 0, 0),
            EMPTY,
            surplus_w=2300,
            settings=settings,
            memory=memory,
            clock_ms=clock_ms,
        )
        now = found.why[1], found.conductors[1]
        if now not in told[-1:]:
            told.append(now)
    assert told == [
        (Why.NO_SURPLUS, 3),
        (Why.SWITCHING_PHASES, 1),
        (Why.SURPLUS, 1),
    ]
    assert found.caps_a == {1: 10}


def test_a_current_falls_to_the_most_that_was_there_for_half_a_minute() -> None:
    """14 A, then 8 A but for one moment of 12 A; and rises to the least, in the same way.

    Ten kilowatts are 14 A of three phases, 8280 W are 12 A and 5520 W are 8 A.
    """
    memory = WishState()
    bounds = []
    course = [*[10_000] * 24, 5520, 5520, 8280, *[5520] * 12, 10_000, 8280]
    for period, surplus_w in enumerate([*course, *[10_000] * 12]):
        memory, found = wished(
            plugged(0, 0, 0, limit_a=6),
            surplus_w=surplus_w,
            memory=memory,
            settings=WishSettings(stations={1: SUN}),
            clock_ms=period * 5_000,
        )
        bound = found.caps_a[1]
        if bound not in bounds[-1:]:
            bounds.append(bound)
    assert bounds == [0, 14, 12, 8, 12, 14]
