"""Stations that nobody is at, and stations that are only counted."""

from copy import replace

import pytest

from custom_components.legrand_ews.ews.charging import (
    Action,
    Circuit,
    ReasonKind,
    Sharing,
    decode_state,
    encode_state,
)

from .world import World, config, station

FEEDER = Circuit(id=1, maximum_a=40, charging_a=40)


def garage(*, tells: bool = True, **more: object) -> World:
    """One station that says whether it would let a vehicle charge."""
    world = World(config(station(1), maximum=60, charging=40, **more))
    world.plugs[1].tells_permission = tells
    world.plugs[1].is_permitted = True
    return world


class TestEmptyStation:
    def test_what_would_let_any_vehicle_charge_is_told_not_to(self) -> None:
        world = garage().run(60)
        assert world.commands() == [(1, Action.STOP, 0)]
        assert not world.plugs[1].is_permitted

    def test_so_a_vehicle_that_comes_in_yellow_draws_nothing(self) -> None:
        world = garage()
        world.load(50)
        world.run(10)
        world.plug(1)
        drawn = []
        for _ in range(24):
            world.run(5)
            drawn.append(world.drawn[1])
        assert set(drawn) == {0}
        assert world.kinds(ReasonKind.OWN_START_STOPPED) == []

    def test_and_in_green_it_is_started_at_once(self) -> None:
        world = garage().run(30)
        world.plug(1)
        world.run(5)
        assert world.limits == {1: 32}

    def test_one_that_does_not_say_is_left_alone(self) -> None:
        assert garage(tells=False).run(600).commands() == []

    def test_without_management_each_vehicle_may_charge(self) -> None:
        assert garage(is_enabled=False).run(600).commands() == []

    def test_one_that_does_not_obey_is_told_every_five_minutes(self) -> None:
        world = garage()
        world.plugs[1].is_stubborn = True
        world.run(3600)
        assert world.commands() == [(1, Action.STOP, 0)] * 12

    def test_one_that_refuses_while_it_is_empty_serves_its_next_vehicle_at_once(
        self,
    ) -> None:
        world = garage()
        world.plugs[1].refuses = True
        world.run(3600)
        assert world.commands() == [(1, Action.STOP, 0)] * 12
        world.plugs[1].refuses = False
        world.plug(1)
        world.run(5)
        assert world.limits == {1: 32}
        assert world.commands()[12:] == [(1, Action.START, 32)]
        assert world.kinds(ReasonKind.COMMAND_REFUSED) == []

    def test_it_is_told_once_when_a_vehicle_leaves(self) -> None:
        world = garage().run(30)
        world.plug(1)
        world.run(60)
        world.unplug(1)
        before = len(world.commands())
        world.run(600)
        assert world.commands()[before:] == [(1, Action.STOP, 0)]

    def test_a_state_stored_before_they_were_held_is_kept(self) -> None:
        state = garage().run(30).state
        assert state.stations[1].at_rest_ms > 0
        stored = encode_state(state)
        (row,) = stored["stations"]  # type: ignore[misc]
        del row["at_rest_ms"]
        station_state = replace(state.stations[1], at_rest_ms=0)
        assert decode_state(stored) == replace(state, stations={1: station_state})


@pytest.mark.parametrize("sharing", list(Sharing))
class TestStationThatIsOnlyCounted:
    """On a feeder without a meter, whose load is the sum of its stations."""

    def world(self, sharing: Sharing) -> World:
        stations = [
            station(1, circuit_id=1),
            station(2, circuit_id=1, is_managed=False),
        ]
        made = config(
            *stations, maximum=200, charging=180, feeders=(FEEDER,), sharing=sharing
        )
        world = World(made)
        world.plug(2, highest_a=20)
        world.plugs[2].limit_a = 32
        world.plugs[2].orders = [(0, 32)]
        return world.run(60)

    def test_what_it_draws_is_left_for_it(self, sharing: Sharing) -> None:
        world = self.world(sharing)
        world.plug(1)
        world.run(120)
        assert world.limits[1] <= 20
        assert world.state.lines[1, 1].load_ma == 1000 * (20 + world.drawn[1])

    def test_it_is_told_nothing_and_nothing_is_asked_for_it(
        self, sharing: Sharing
    ) -> None:
        world = self.world(sharing).run(600)
        world.unplug(2)
        world.run(60)
        assert world.commands() == []
        assert world.kinds() == []

    def test_silent_it_may_draw_all_it_can(self, sharing: Sharing) -> None:
        world = self.world(sharing)
        world.plugs[2].is_silent = True
        world.run(90)
        assert world.state.lines[1, 1].load_ma == 32_000
        world.plugs[2].is_silent = False
        world.run(10)
        assert world.state.lines[1, 1].load_ma == 20_000
