"""Wishes beyond the manual: what each bounds at a moment, and which of them wins."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
import json

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.charging import (
    Action,
    Departure,
    ExternalLimit,
    ExternalSignal,
    PriceSlot,
    ReasonKind,
    Request,
    Sharing,
    Solar,
    StationWish,
    Why,
    WishInputs,
    WishSettings,
    WishState,
    check_wishes,
    decode_wishes,
    encode_wishes,
    wish,
    with_conductors,
)
from custom_components.legrand_ews.ews.charging.departing import plan

from .world import PERIOD_S, START, World, config, station

HOUR = 3600
SUN = StationWish(solar=Solar.ONLY)
NO_WISH = StationWish()


class Wishing:
    """A world whose stations follow wishes; ``sun_w`` is what the roof yields."""

    def __init__(self, world: World, settings: WishSettings) -> None:
        self.world = world
        self.whole = world.config
        self.settings = settings
        self.memory = WishState()
        self.sun_w = 0
        self.is_grid_known = True
        self.prices: tuple[PriceSlot, ...] = ()
        self.departures: Mapping[int, Departure] = {}
        self.received_wh: Mapping[int, int] = {}
        self.conductors: dict[int, int] = {}
        self.why: Mapping[int, Why] = {}
        self.switched: list[tuple[int, int]] = []

    def run(self, seconds: int) -> Wishing:
        for _ in range(seconds // PERIOD_S):
            self.period()
        return self

    def period(self) -> None:
        world = self.world
        grid_w = sum(world.phase_a(phase) for phase in (1, 2, 3)) * 230 - self.sun_w
        self.memory, wished = wish(
            self.whole,
            self.settings,
            WishInputs(
                grid_w=grid_w if self.is_grid_known else None,
                grid_read_at=world.now,
                prices=self.prices,
                departures=self.departures,
                received_wh=self.received_wh,
                conductors=self.conductors,
            ),
            world.state,
            self.memory,
            world.now,
        )
        for number, count in wished.conductors.items():
            plug = world.plugs[number]
            if self.conductors.get(number, 3) != count and not plug.drawn_a:
                self.conductors[number] = count
                self.switched.append((number, count))
                if plug.car is not None:
                    plug.car.conductors = count
        world.config = with_conductors(self.whole, self.conductors)
        for spec in world.config.stations:
            world.plugs[spec.id].spec = spec
        world.caps_a = dict(wished.caps_a)
        world.needs_ma = dict(wished.needs_ma)
        self.why = wished.why
        world.period()


def sunny(wished: StationWish = SUN, *, guaranteed: int = 0, **car: object) -> Wishing:
    """One three-phase station of 32 A with a car."""
    world = World(
        config(station(1), maximum=200, charging=200, guaranteed_ah=guaranteed)
    )
    world.plug(1, **car)
    return Wishing(world, WishSettings(stations={1: wished}))


class TestSun:
    @pytest.mark.parametrize(
        ("watts", "limit"),
        [(0, 0), (4139, 0), (4140, 6), (6899, 9), (6900, 10), (30_000, 32)],
    )
    def test_only_surplus_is_charged(self, watts: int, limit: int) -> None:
        """Three conductors at 230 V: 690 W an ampere, 6 A at least."""
        site = sunny()
        site.sun_w = watts
        site.run(300)
        assert site.world.limits == {1: limit}
        assert site.why == {1: Why.SURPLUS if limit else Why.NO_SURPLUS}

    @pytest.mark.parametrize(("watts", "limit"), [(0, 6), (4139, 6), (6900, 10)])
    def test_at_least_the_minimum(self, watts: int, limit: int) -> None:
        site = sunny(StationWish(solar=Solar.AT_LEAST))
        site.sun_w = watts
        site.run(300)
        assert site.world.limits == {1: limit}

    def test_other_loads_come_first(self) -> None:
        site = sunny()
        site.world.load(10)
        site.sun_w = 6900 + 6900
        site.run(300)
        assert site.world.limits == {1: 10}

    def test_it_waits_a_minute_for_steady_sun(self) -> None:
        site = sunny()
        site.sun_w = 8000
        site.run(30)
        site.sun_w = 0
        site.run(30)
        site.sun_w = 8000
        site.run(55)
        assert site.world.limits == {1: 0}
        site.run(30)
        assert site.world.limits == {1: 11}

    def test_a_cloud_of_four_minutes_does_not_stop_it(self) -> None:
        site = sunny()
        site.sun_w = 8000
        site.run(120)
        site.sun_w = 500
        site.run(240)
        assert site.world.limits == {1: 6}
        site.sun_w = 8000
        site.run(120)
        assert site.world.limits == {1: 11}
        stops = [action for _, action, _ in site.world.commands()]
        assert Action.STOP not in stops

    def test_five_minutes_without_sun_stop_it(self) -> None:
        site = sunny()
        site.sun_w = 8000
        site.run(120)
        site.sun_w = 500
        site.run(330)
        assert site.world.limits == {1: 0}

    def test_small_clouds_and_kettles_move_nothing(self) -> None:
        """Changes of less than half a minute."""
        site = sunny()
        site.sun_w = 10_000
        site.run(300)
        before = len(site.world.commands())
        for watts in (7000, 10_000, 13_000, 10_000) * 10:
            site.sun_w = watts
            site.run(15)
        assert len(site.world.commands()) == before

    def test_power_from_the_grid_that_is_not_known_is_no_sun(self) -> None:
        site = sunny()
        site.sun_w = 8000
        site.run(120)
        site.is_grid_known = False
        site.run(290)
        assert site.world.limits == {1: 6}
        site.run(30)
        assert site.world.limits == {1: 0}

    def test_a_reserve_is_left_to_the_grid(self) -> None:
        site = sunny()
        site.settings = replace(site.settings, grid_reserve_w=690)
        site.sun_w = 6900
        site.run(300)
        assert site.world.limits == {1: 9}

    def test_priority_gets_the_sun_first_and_the_rest_goes_on(self) -> None:
        """13 800 W are 20 A: 2 takes 13 A, 7 A are left to 1."""
        stations = [station(1), station(2, is_priority=True)]
        world = World(config(*stations, maximum=200, charging=200, guaranteed_ah=0))
        world.plug(1)
        world.plug(2, highest_a=13)
        site = Wishing(world, WishSettings(stations={1: SUN, 2: SUN}))
        site.sun_w = 13_800
        site.run(900)
        assert world.drawn == {1: 7, 2: 13}


class TestPhases:
    WISH = StationWish(solar=Solar.ONLY, can_switch_phases=True)

    def test_little_sun_charges_on_one_phase(self) -> None:
        """2300 W: 10 A on one phase, nothing on three."""
        site = sunny(self.WISH)
        site.sun_w = 2300
        site.run(600)
        assert site.switched == [(1, 1)]
        assert site.world.drawn == {1: 10}

    def test_it_goes_back_when_the_sun_makes_three_phases(self) -> None:
        site = sunny(self.WISH)
        site.sun_w = 2300
        site.run(600)
        site.sun_w = 6900
        site.run(600)
        assert site.switched == [(1, 1), (1, 3)]
        assert site.world.drawn == {1: 10}

    def test_it_switches_without_current_and_after_a_pause(self) -> None:
        site = sunny(self.WISH)
        site.sun_w = 6900
        site.run(600)
        site.sun_w = 2300
        site.run(295)
        assert site.switched == []
        site.run(25)
        assert site.world.limits == {1: 0}
        assert site.why == {1: Why.SWITCHING_PHASES}
        site.run(300)
        assert site.switched == [(1, 1)]
        assert site.world.drawn == {1: 10}

    def test_a_car_on_one_conductor_is_left_alone(self) -> None:
        site = sunny(self.WISH, conductors=1)
        site.sun_w = 6900
        site.run(120)
        site.sun_w = 2300
        site.run(900)
        assert site.switched == []
        assert site.world.drawn == {1: 10}

    def test_no_process_is_interrupted_for_it_before_its_guarantee(self) -> None:
        site = sunny(self.WISH, guaranteed=32)
        site.sun_w = 2300
        site.run(1800)
        assert site.switched == []
        assert site.world.drawn == {1: 6}

    def test_a_station_that_does_not_follow_charges_as_it_is(self) -> None:
        site = sunny(StationWish(solar=Solar.AT_LEAST, can_switch_phases=True))
        site.sun_w = 2300
        site.run(310)
        # It goes on reporting three phases.
        for _ in range(60):
            site.period()
            site.conductors[1] = 3
            car = site.world.plugs[1].car
            assert car is not None
            car.conductors = 3
        assert site.world.drawn == {1: 6}


def prices(*euros: str) -> tuple[PriceSlot, ...]:
    """A price for each hour from the start."""
    return tuple(
        PriceSlot(
            start=START + timedelta(hours=hour),
            end=START + timedelta(hours=hour + 1),
            price=Decimal(price),
        )
        for hour, price in enumerate(euros)
    )


class TestPrice:
    @pytest.mark.parametrize(
        ("course", "limit", "why"),
        [
            (prices("0.20"), 32, Why.PRICE_LOW),
            (prices("0.2000"), 32, Why.PRICE_LOW),
            (prices("0.21"), 0, Why.PRICE_HIGH),
            (prices("-0.05"), 32, Why.PRICE_LOW),
            ((), 0, Why.PRICE_UNKNOWN),
        ],
    )
    def test_up_to_the_limit_it_charges(
        self, course: tuple[PriceSlot, ...], limit: int, why: Why
    ) -> None:
        site = sunny(StationWish(price_limit=Decimal("0.20")))
        site.prices = course
        site.run(60)
        assert site.world.limits == {1: limit}
        assert site.why == {1: why}

    def test_it_stops_when_the_hour_ends(self) -> None:
        site = sunny(StationWish(price_limit=Decimal("0.20")))
        site.prices = prices("0.10", "0.30", "0.10")
        site.run(HOUR - 60)
        assert site.world.limits == {1: 32}
        site.run(120)
        assert site.world.limits == {1: 0}
        site.run(HOUR)
        assert site.world.limits == {1: 32}

    def test_sun_or_price_whichever_gives_more(self) -> None:
        site = sunny(StationWish(solar=Solar.ONLY, price_limit=Decimal("0.20")))
        site.sun_w = 6900
        site.prices = prices("0.30", "0.10")
        site.run(HOUR - 60)
        assert (site.world.limits, site.why) == ({1: 10}, {1: Why.SURPLUS})
        site.run(180)
        assert (site.world.limits, site.why) == ({1: 32}, {1: Why.PRICE_LOW})


class TestDeparture:
    """32 A on three phases are 22.08 kW."""

    def leaving(
        self, hours: float, kwh: float, wished: StationWish = NO_WISH
    ) -> Wishing:
        site = sunny(wished)
        leaves = START + timedelta(hours=hours)
        site.departures = {1: Departure(at=leaves, wanted_wh=int(kwh * 1000))}
        return site

    def received(self, site: Wishing) -> int:
        car = site.world.plugs[1].car
        assert car is not None
        return int(car.received_as * 3 * 230 / 3600)

    def hours(self, site: Wishing, count: int) -> list[int]:
        """Return what is received in each hour, in tenths of kWh."""
        found, before = [], 0
        for _ in range(count * HOUR // PERIOD_S):
            site.received_wh = {1: self.received(site)}
            site.period()
            if site.world.second % HOUR == 0:
                found.append((self.received(site) - before) // 100)
                before = self.received(site)
        return found

    def test_the_cheapest_hours_are_taken(self) -> None:
        """20 kWh need about an hour: the fourth; with its margin a little of the sixth."""
        site = self.leaving(8, 18)
        site.prices = prices("0.4", "0.3", "0.35", "0.1", "0.2", "0.2", "0.3", "0.4")
        found = self.hours(site, 8)
        assert found[:3] == [0, 0, 0]
        assert sum(found) >= 178
        assert found[3] == pytest.approx(180, abs=3)

    def test_of_equal_hours_the_first(self) -> None:
        site = self.leaving(4, 10)
        site.prices = prices("0.2", "0.2", "0.2", "0.2")
        assert self.hours(site, 4)[0] == pytest.approx(100, abs=2)

    def test_without_prices_it_charges_at_once(self) -> None:
        site = self.leaving(8, 10)
        site.run(60)
        assert (site.world.limits, site.why) == ({1: 32}, {1: Why.PLANNED})

    def test_what_it_was_to_get_is_enough_until_then(self) -> None:
        site = self.leaving(1, 10)
        site.received_wh = {1: 10_000}
        site.run(60)
        assert (site.world.limits, site.why) == ({1: 0}, {1: Why.READY})

    def test_after_the_departure_nothing_is_bounded(self) -> None:
        site = self.leaving(0, 10)
        site.run(60)
        assert (site.world.limits, site.why) == ({1: 32}, {})

    def test_when_time_runs_short_it_charges_whatever_it_costs(self) -> None:
        """22 kWh in an hour and a quarter, at a price above the limit."""
        site = self.leaving(1.25, 22, StationWish(price_limit=Decimal("0.1")))
        site.prices = prices("0.5", "0.5")
        site.run(60)
        assert (site.world.limits, site.why) == ({1: 32}, {1: Why.TIME_SHORT})

    def test_it_waits_for_the_sun_until_time_runs_short(self) -> None:
        """5 kWh take 14 min, a tenth more and ten minutes to be sure: 25 min before."""
        site = self.leaving(2, 5, SUN)
        site.run(HOUR + 20 * 60)
        assert (site.world.limits, site.why) == ({1: 0}, {1: Why.LATER})
        site.run(20 * 60)
        assert (site.world.limits, site.why) == ({1: 32}, {1: Why.TIME_SHORT})

    def test_short_stays_short(self) -> None:
        """Or it would stop again as soon as the first minutes are won."""
        site = self.leaving(2, 5, SUN)
        site.run(HOUR + 20 * 60)
        self.hours(site, 1)
        kinds = [action for _, action, _ in site.world.commands()]
        assert kinds.count(Action.START) == 1
        assert self.received(site) >= 4_900

    @given(
        euros=st.lists(st.integers(-10, 60), min_size=0, max_size=24),
        left=st.integers(1, 60_000),
        hours=st.integers(1, 24),
        gone=st.integers(0, 23 * HOUR),
    )
    def test_there_is_always_time_enough_if_there_was(
        self, euros: list[int], left: int, hours: int, gone: int
    ) -> None:
        """What is planned suffices, or it is now, or time is short."""
        now = START + timedelta(seconds=gone)
        found = plan(
            Departure(at=START + timedelta(hours=hours + 23), wanted_wh=left),
            left_wh=left,
            power_w=7360,
            prices=prices(*map(str, euros)),
            was_short=False,
            now=now,
        )
        assert found.is_short or found.meant_s >= found.needed_s

    def test_fair_shares_follow_what_is_needed_until_the_departure(self) -> None:
        """Both want 22 kWh; 1 leaves in two hours, 2 in eight."""
        world = World(
            config(
                station(1),
                station(2),
                maximum=60,
                charging=30,
                sharing=Sharing.FAIR,
                guaranteed_ah=0,
            )
        )
        for number in (1, 2):
            world.plug(number)
        site = Wishing(world, WishSettings())
        site.departures = {
            1: Departure(at=START + timedelta(hours=2), wanted_wh=22_080),
            2: Departure(at=START + timedelta(hours=8), wanted_wh=22_080),
        }
        site.run(300)
        # 16 A and 4 A on average, of which nobody charges with less than 6 A.
        assert world.limits == {1: 24, 2: 6}


class TestWhatWins:
    def test_no_wish_stops_a_vehicle_before_its_guarantee(self) -> None:
        """S123, whatever sun, prices and departures do; a tenth of an hour at 6 A."""
        stops = 0

        @settings(max_examples=25, deadline=None)
        @given(data=st.data())
        def hold(data: st.DataObject) -> None:
            nonlocal stops
            stops += self.stops_in_course(data.draw)

        hold()
        assert stops > 0

    def stops_in_course(self, draw: st.DrawFn) -> int:
        wished = draw(
            st.builds(
                StationWish,
                solar=st.sampled_from(Solar),
                price_limit=st.sampled_from([None, Decimal("0.2")]),
                can_switch_phases=st.booleans(),
            )
        )
        site = sunny(wished, guaranteed=1)
        car = site.world.plugs[1].car
        assert car is not None
        stops = 0
        for _ in range(8):
            site.sun_w = draw(st.sampled_from([0, 2000, 5000, 20_000]))
            site.prices = prices(*draw(st.permutations(["0.1", "0.3", "0.4"])))
            leaves = START + timedelta(hours=draw(st.integers(1, 12)))
            departure = Departure(at=leaves, wanted_wh=10_000)
            site.departures = draw(st.sampled_from([{}, {1: departure}]))
            site.run(draw(st.sampled_from([10, 60, 400])))
            for event in site.world.events:
                if any(one.action is Action.STOP for one in event.commands):
                    stops += 1
                    # What flowed in the last period is not known yet.
                    assert car.received_as >= 3600 - 32 * PERIOD_S
            site.world.events.clear()
        return stops

    @pytest.mark.parametrize(
        "wished", [SUN, StationWish(price_limit=Decimal("0.1"))], ids=["sun", "price"]
    )
    def test_before_the_guarantee_a_wish_lowers_but_does_not_stop(
        self, wished: StationWish
    ) -> None:
        """S123: one ampere-hour at 6 A takes ten minutes."""
        site = sunny(wished, guaranteed=1)
        site.prices = prices("0.5")
        site.run(300)
        assert (site.world.limits, site.why) == ({1: 6}, {1: Why.GUARANTEE})
        site.run(360)
        assert site.world.limits == {1: 0}
        (stop,) = [
            event
            for event in site.world.events
            if any(command.action is Action.STOP for command in event.commands)
        ]
        assert [reason.kind for reason in stop.reasons] == [ReasonKind.CAPPED]

    def test_a_user_who_lets_it_wait_wins_over_sun_and_guarantee(self) -> None:
        site = sunny(guaranteed=32)
        site.sun_w = 30_000
        site.run(60)
        site.world.ask(1, Request.WAIT)
        site.run(120)
        assert site.world.limits == {1: 0}

    def test_priority_does_not_lift_a_wish(self) -> None:
        site = sunny()
        site.run(10)
        site.world.ask(1, Request.PRIORITY)
        site.run(120)
        assert site.world.limits == {1: 0}

    def test_the_building_wins_over_every_wish(self) -> None:
        site = sunny(StationWish(price_limit=Decimal(1)))
        site.prices = prices("0.1", "0.1")
        site.world.load(190)
        site.run(300)
        assert site.world.limits == {1: 0}

    def test_nothing_is_wished_by_default(self) -> None:
        site = sunny(StationWish())
        site.run(60)
        assert (site.world.limits, site.why) == ({1: 32}, {})


def at(seconds: int, limit_a: int | None) -> ExternalSignal:
    return ExternalSignal(
        limit_a=limit_a, received_at=START + timedelta(seconds=seconds)
    )


@pytest.mark.parametrize(
    ("signal", "limit", "is_lost"),
    [
        (at(0, 40), 40, False),
        (at(-900, 40), 40, False),
        (at(-901, 40), 16, True),
        (at(0, 0), 0, False),
        (at(0, None), None, False),
        (at(-901, None), 16, True),
        (at(0, -1), 16, True),
        (at(0, 100_000), 16, True),
        (at(60, 40), 40, False),
        (at(HOUR, 40), 16, True),
        (None, 16, True),
    ],
)
def test_an_external_limit_that_is_not_renewed_becomes_the_safe_one(
    signal: ExternalSignal | None, limit: int | None, is_lost: bool
) -> None:
    """Fifteen minutes by default; never heard, senseless and from the future are lost."""
    settings = WishSettings(external=ExternalLimit(safe_a=16))
    _, wished = wish(
        config(station(1), maximum=60, charging=40),
        settings,
        WishInputs(external=signal),
        World(config(maximum=60, charging=40)).state,
        WishState(),
        START,
    )
    assert (wished.external_limit_a, wished.is_external_lost) == (limit, is_lost)


def test_without_an_external_limit_a_signal_means_nothing() -> None:
    _, wished = wish(
        config(station(1), maximum=60, charging=40),
        WishSettings(),
        WishInputs(external=at(0, 10)),
        World(config(maximum=60, charging=40)).state,
        WishState(),
        START,
    )
    assert (wished.external_limit_a, wished.is_external_lost) == (None, False)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"voltage_v": 99}, "voltage_v"),
        ({"grid_reserve_w": -1}, "grid_reserve_w"),
        ({"start_after_s": 3601}, "start_after_s"),
        ({"switch_pause_s": -1}, "switch_pause_s"),
        ({"external": ExternalLimit(safe_a=61)}, "external.safe_a"),
        ({"external": ExternalLimit(safe_a=6, timeout_s=0)}, "external.timeout_s"),
    ],
)
def test_each_mistake_is_told_at_its_field(
    changed: dict[str, object], field: str
) -> None:
    site = config(station(1), maximum=60, charging=40)
    assert check_wishes(WishSettings(), site) == []
    settings = replace(WishSettings(), **changed)  # type: ignore[arg-type]
    assert [problem.field for problem in check_wishes(settings, site)] == [field]


def test_settings_are_stored_and_read_back() -> None:
    settings = WishSettings(
        stations={
            1: StationWish(solar=Solar.AT_LEAST, can_switch_phases=True),
            2: StationWish(price_limit=Decimal("0.1850")),
        },
        external=ExternalLimit(safe_a=16, timeout_s=60),
        grid_reserve_w=100,
    )
    text = json.dumps(encode_wishes(settings))
    assert decode_wishes(json.loads(text)) == settings
    assert decode_wishes({}) == WishSettings()
