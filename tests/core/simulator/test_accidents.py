"""What happens to meters: resets, roll-overs, exchanges."""

from datetime import timedelta

import pytest

from custom_components.legrand_ews.ews.catalogue import Space
from simulator.clock import ManualClock
from simulator.curve import MICRO
from simulator.faults import ActiveFault, Fault, FaultKind
from simulator.simulation import Simulation
from simulator.site import load_site

from .places import NOON, SITES, one_device

QUANTITY = "active_energy_import"
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def home(clock: ManualClock) -> Simulation:
    return Simulation(load_site(SITES / "home.yaml"), clock)


def test_a_reset_starts_every_counter_again(
    home: Simulation, clock: ManualClock
) -> None:
    meter = home.meters["Heat pump"]
    true = meter.feed.total(NOON)
    home.reset_counters("Heat pump")

    assert set(meter.unit.counters(NOON).values()) == {0}
    clock.advance(HOUR)
    grown = meter.feed.total(clock.now()) - true
    assert meter.unit.counters(clock.now())[QUANTITY] == grown > 0


def test_a_counter_rolls_over(home: Simulation, clock: ManualClock) -> None:
    """4 120 74: 10^8 counts of 10 Wh."""
    meter = home.meters["Heat pump"]
    home.preset_before_roll_over("Heat pump", QUANTITY, 50 * MICRO)
    before = meter.unit.shown(QUANTITY, NOON)
    clock.advance(HOUR)
    grown = meter.feed.total(clock.now()) - meter.feed.total(NOON)

    assert before == (10**9 - 50) * 1000
    assert grown > 50 * MICRO
    rest = (grown - 50 * MICRO) // (10 * MICRO)
    assert meter.unit.shown(QUANTITY, clock.now()) == rest * 10_000


def test_one_input_of_a_concentrator_is_reset_alone(clock: ManualClock) -> None:
    company = Simulation(load_site(SITES / "company.yaml"), clock)
    unit = company.meters["Gas boiler"].unit
    before = unit.counters(NOON)
    company.reset_counters("Gas boiler")
    after = unit.counters(NOON)

    assert after["input_2"] == 0
    assert {k: v for k, v in after.items() if k != "input_2"} == {
        k: v for k, v in before.items() if k != "input_2"
    }


def test_an_input_rolls_over_at_the_width_of_its_register(
    home: Simulation, clock: ManualClock
) -> None:
    unit = home.meters["Water"].unit
    home.preset_before_roll_over("Water", "input_1", 3)
    assert list(unit.read(Space.HOLDING, 0xC668, 2, NOON)) == [0xFFFF, 0xFFFD]

    counted = unit.counters(NOON)["input_1"]
    clock.advance(timedelta(days=1))
    grown = unit.counters(clock.now())["input_1"] - counted
    assert grown > 3
    assert list(unit.read(Space.HOLDING, 0xC668, 2, clock.now())) == [0, grown - 3]


def test_an_exchanged_meter_has_another_number_and_counts_from_zero(
    home: Simulation,
) -> None:
    unit = home.meters["Main supply"].unit
    home.exchange_meter("Main supply", "4711")

    assert (unit.serial, unit.exchanges) == ("4711", 1)
    assert unit.shown(QUANTITY, NOON) == 0


def test_a_counter_that_the_device_has_not_is_refused(home: Simulation) -> None:
    with pytest.raises(KeyError, match="gas_volume"):
        home.preset_counter("Heat pump", "gas_volume", 0)
    with pytest.raises(KeyError, match="gas_volume"):
        home.meters["Heat pump"].unit.roll_over("gas_volume")


def test_a_device_may_lack_a_table(clock: ManualClock) -> None:
    """Then its energy is shown in the next best resolution: 10 Wh, k < 10."""
    device = {"model": "412045", "refuses": ["fixed_energies", "din_energies"]}
    coarse = Simulation(one_device(device), clock).meters["D"].unit
    fine = Simulation(one_device({"model": "412045"}), clock).meters["D"].unit

    shown = fine.shown(QUANTITY, NOON)
    assert shown % 1000 == 0
    assert coarse.shown(QUANTITY, NOON) == shown // 10_000 * 10_000


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"kind": "broken"}, "broken"),
        ({"kind": "silent", "colour": 1}, "unknown: colour"),
        ({"kind": "delayed"}, "needs seconds"),
        ({"kind": "flapping"}, "needs seconds"),
        ({"kind": "delayed", "seconds": -1}, "0 or more"),
        ({"kind": "exception", "code": 0}, "1 to 255"),
        ({"kind": "exception", "code": "4"}, "must be numbers"),
        ({"kind": "silent", "replies": 0}, "1 or more"),
        ({"kind": "silent", "replies": "all"}, "must be a number"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    data: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Fault.from_mapping(data)


def test_a_flapping_unit_is_silent_and_well_in_turn() -> None:
    active = ActiveFault(fault=Fault(kind=FaultKind.FLAPPING, seconds=5), since=100)

    assert [active.strikes(100 + s) for s in (0, 4.9, 5, 9.9, 10, 15)] == [
        True,
        True,
        False,
        False,
        True,
        False,
    ]
