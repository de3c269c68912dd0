"""A building that feeds the sun's power into the grid: currents below zero."""

import pytest

from custom_components.legrand_ews.ews.charging import Sharing, Zone
from custom_components.legrand_ews.ews.charging.config import MAIN

from .world import PHASES, World, config, station


@pytest.mark.parametrize("sharing", list(Sharing))
def test_what_is_fed_in_is_room_for_charging(sharing: Sharing) -> None:
    """32 A each of two vehicles, 30 A of them from the roof: 34 A from the grid."""
    settings = config(station(1), station(2), maximum=40, charging=35, sharing=sharing)
    world = World(settings, base=-30)
    world.plug(1)
    world.plug(2)
    world.run(600)
    assert world.drawn == {1: 32, 2: 32}
    assert [world.phase_a(phase) for phase in PHASES] == [34] * 3
    assert {line.zone for line in world.state.lines.values()} == {Zone.GREEN}


@pytest.mark.parametrize("sharing", list(Sharing))
def test_and_when_a_cloud_comes_the_limit_is_kept(sharing: Sharing) -> None:
    """No longer than the cars' lag above it: two steps of the control and 10 s."""
    settings = config(station(1), station(2), maximum=40, charging=35, sharing=sharing)
    world = World(settings, base=-30)
    world.plug(1)
    world.plug(2)
    world.run(600)
    world.load({1: 0, 2: -30, 3: -30})
    above = []
    for _ in range(24):
        world.run(5)
        above.append(max(world.phase_a(phase) for phase in PHASES) > 40)
    assert not any(above[3:])
    assert world.state.lines[MAIN, 1].zone is not Zone.RED
