"""Longer courses of 7.16.5.1: the two kinds of installation, the switch, the wave."""

from dataclasses import replace

import pytest

from custom_components.legrand_ews.ews.charging import ReasonKind, Zone

from .world import World, config, station


def test_in_a_building_charging_follows_the_other_loads() -> None:
    """S118, image 1: what the others take is not there for charging, and comes back."""
    world = World(config(station(1), station(2), maximum=100, charging=80), base=10)
    for number in (1, 2):
        world.plug(number)
    seen = []
    for load in (10, 60, 68, 10):
        world.load(load)
        world.run(300)
        seen.append(world.limits)
        assert world.phase_a(1) <= 100
    # 124 A are brought to 100 A by two first steps and a second, 108 A by the other.
    assert seen == [{1: 32, 2: 32}, {1: 16, 2: 24}, {1: 16, 2: 16}, {1: 32, 2: 32}]


def test_on_a_part_of_its_own_other_loads_do_not_count() -> None:
    """S118, image 2: the meter sees stations alone, and the limit is that of their part."""
    part = World(config(station(1), station(2), maximum=64, charging=64))
    for number in (1, 2):
        part.plug(number)
    part.run(3600)
    assert part.limits == {1: 32, 2: 32}
    assert part.kinds(ReasonKind.ZONE_CHANGED) == []


def test_switched_on_again_it_limits_what_runs() -> None:
    """S124."""
    off = config(station(1), station(2), maximum=60, charging=40, is_enabled=False)
    world = World(off, base=20)
    for number in (1, 2):
        world.plug(number)
    world.run(60)
    assert world.phase_a(1) == 84
    world.config = replace(off, is_enabled=True)
    world.run(30)
    assert world.limits == {1: 16, 2: 24}
    assert world.phase_a(1) <= 60


@pytest.mark.parametrize(("percent", "changes"), [(0, 40), (4, 1)])
def test_a_wave_within_the_hysteresis_sets_nothing_going(
    percent: int, changes: int
) -> None:
    """S121: 252 and 248 A in turn around 250 A; 4 % are a band of 10 A."""
    world = World(
        config(maximum=250, charging=230, hysteresis_percent=percent), base=240
    )
    world.run(5)
    world.events.clear()
    for turn in range(40):
        world.load({1: 248 if turn % 2 else 252, 2: 0, 3: 0})
        world.run(5)
    course = [
        reason
        for event in world.events
        for reason in event.reasons
        if reason.kind is ReasonKind.ZONE_CHANGED and reason.phase == 1
    ]
    assert len(course) == changes


def test_recovery_goes_on_until_nobody_waits_and_all_have_their_current() -> None:
    """S277: first all that wait, in their order; then the currents, in theirs."""
    stations = [station(number) for number in (1, 2, 3, 4)]
    world = World(config(*stations, maximum=150, charging=140, guaranteed_ah=0), base=8)
    for number in (3, 1, 4, 2):
        world.plug(number)
        world.run(30)
    world.run(60)
    assert set(world.limits.values()) == {32}
    world.load(149)
    world.run(120)
    assert set(world.limits.values()) == {0}
    stopped = [n for _, n in world.kinds(ReasonKind.STOPPED_IN_RED)]
    assert stopped == [3, 1, 4, 2]
    world.events.clear()
    world.load(70)  # 70 A are left: two at 32 A, or four at 16 A
    world.run(600)
    assert [n for _, n in world.kinds(ReasonKind.RESUMED)] == stopped
    assert set(world.limits.values()) == {16}
    world.events.clear()
    world.load(8)
    world.run(900)
    first = list(dict.fromkeys(n for _, n in world.kinds(ReasonKind.RAISED)))
    assert len(first) == 4
    assert set(world.limits.values()) == {32}
    assert {line.zone for line in world.state.lines.values()} == {Zone.GREEN}
