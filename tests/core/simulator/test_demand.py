"""Loads that somebody sets: exact to the count, and unknown to histories."""

from datetime import timedelta

import pytest

from simulator.clock import ManualClock
from simulator.curve import MICRO
from simulator.simulation import Simulation
from simulator.site import SiteSpec, parse_site

from .places import NOON

HALF_AN_HOUR = timedelta(minutes=30)


def site() -> SiteSpec:
    return parse_site(
        {
            "name": "Bench",
            "installed": "2026-01-01",
            "gateways": [{"name": "G"}],
            "circuits": [
                {"name": "oven", "profile": "on_demand", "rated_w": 9000},
                {"name": "rest", "profile": "standby", "rated_w": 10},
            ],
            "devices": [
                {
                    "name": "D",
                    "gateway": "G",
                    "address": 5,
                    "model": "412074",
                    "circuits": ["oven"],
                }
            ],
        }
    )


def test_a_load_is_counted_while_it_is_set() -> None:
    clock = ManualClock(NOON)
    simulation = Simulation(site(), clock)
    feed = simulation.meters["D"].feed
    assert feed.total(clock.now()) == 0

    simulation.set_load("oven", 6000)
    clock.advance(HALF_AN_HOUR)
    assert feed.flows[0].rate(clock.now()) == 6000
    assert feed.total(clock.now()) == 3000 * MICRO
    simulation.set_load("oven", 0)
    clock.advance(HALF_AN_HOUR)

    assert feed.total(clock.now()) == 3000 * MICRO
    assert feed.undisturbed.total(clock.now()) == 0


def test_an_open_switch_stops_it_and_the_load_comes_back() -> None:
    clock = ManualClock(NOON)
    simulation = Simulation(site(), clock)
    flow = simulation.building.circuits["oven"].flow
    simulation.set_load("oven", 6000)

    flow.cut("breaker", clock.now())
    clock.advance(HALF_AN_HOUR)
    assert (flow.rate(clock.now()), flow.total(clock.now())) == (0, 0)
    flow.restore("breaker", clock.now())
    clock.advance(HALF_AN_HOUR)
    assert flow.total(clock.now()) == 3000 * MICRO


@pytest.mark.parametrize("watts", [-1, 9001])
def test_a_load_beyond_its_rating_is_refused(watts: float) -> None:
    simulation = Simulation(site(), ManualClock(NOON))
    with pytest.raises(ValueError, match="0 to 9000 W"):
        simulation.set_load("oven", watts)


def test_only_a_load_on_demand_can_be_set() -> None:
    simulation = Simulation(site(), ManualClock(NOON))
    with pytest.raises(KeyError, match="rest"):
        simulation.set_load("rest", 100)
