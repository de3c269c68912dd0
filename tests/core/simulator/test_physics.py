"""A site obeys physics: phases, sums, powers, and energy as their integral."""

from datetime import datetime, timedelta
import math

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.model import Supply
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Fluid, Kind
from simulator.clock import ManualClock
from simulator.curve import MICRO, STEP
from simulator.electricity import Electricity
from simulator.feed import Feed
from simulator.history import quantities_of
from simulator.simulation import Simulation
from simulator.site import load_site

from .places import NOON, SITES

COMPANY = Simulation(load_site(SITES / "company.yaml"), ManualClock(NOON))
PHASES = ("l1", "l2", "l3")
instants = st.integers(-9 * 86_400, 9 * 86_400).map(
    lambda s: NOON + timedelta(seconds=s)
)
electrical = [
    name
    for name, meter in COMPANY.meters.items()
    if meter.feed.fluid in {Fluid.ELECTRICITY, Fluid.ELECTRICITY_EXPORT}
]
MAIN = COMPANY.meters["Main supply"].feed


def gauges(feed: Feed, instant: datetime) -> dict[str, float]:
    return dict(Electricity(feed).gauges(instant))


@settings(max_examples=15, deadline=None)
@given(instant=instants, name=st.sampled_from(electrical))
def test_powers_currents_and_voltages_of_every_meter_fit(
    instant: datetime, name: str
) -> None:
    feed = COMPANY.meters[name].feed
    seen = gauges(feed, instant)
    labels = PHASES[: feed.phases]

    for suffix in ("", *(f"_{label}" for label in labels)):
        active, reactive, apparent = (
            seen[f"{kind}_power{suffix}"] for kind in ("active", "reactive", "apparent")
        )
        assert apparent**2 == pytest.approx(active**2 + reactive**2)
        assert seen[f"power_factor{suffix}"] * apparent == pytest.approx(
            active if apparent else 0
        )
    for label in labels:
        assert seen[f"current_{label}"] * seen[f"voltage_{label}"] == pytest.approx(
            seen[f"apparent_power_{label}"]
        )
        assert (
            seen[f"voltage_{label}_minimum"]
            <= seen[f"voltage_{label}"]
            <= seen[f"voltage_{label}_maximum"]
        )
    for kind in ("active", "reactive"):
        phases = sum(seen[f"{kind}_power_{label}"] for label in labels)
        assert seen[f"{kind}_power"] == pytest.approx(phases)


@settings(max_examples=15, deadline=None)
@given(instant=instants)
def test_the_supply_is_a_healthy_three_phase_network(instant: datetime) -> None:
    seen = gauges(MAIN, instant)

    assert 49.9 < seen["frequency"] < 50.1
    assert all(220 < seen[f"voltage_{label}"] < 240 for label in PHASES)
    # 120 degrees apart, so a line voltage is about sqrt(3) times a phase's.
    assert seen["voltage_l1_l2"] == pytest.approx(
        math.sqrt(3) * (seen["voltage_l1"] + seen["voltage_l2"]) / 2, rel=1e-3
    )
    currents = [seen[f"current_{label}"] for label in PHASES]
    assert 0 <= seen["current_n"] <= sum(currents)


@settings(max_examples=15, deadline=None)
@given(instant=instants)
def test_sub_meters_and_the_rest_add_up_to_the_main_meter(instant: datetime) -> None:
    sub_meters = [
        meter.feed
        for name, meter in COMPANY.meters.items()
        if name != "Main supply"
        and meter.spec.behind is None
        and quantities_of(meter)
        and meter.feed.fluid is Fluid.ELECTRICITY
    ]
    measured = {circuit.spec.name for feed in sub_meters for circuit in feed.circuits}
    rest = [c for c in MAIN.circuits if c.spec.name not in measured]

    assert MAIN.total(instant) == sum(feed.total(instant) for feed in sub_meters) + sum(
        circuit.curve.total(instant) for circuit in rest
    )
    assert 0 < sum(c.curve.total(instant) for c in rest) < 0.1 * MAIN.total(instant)
    powers = sum(abs(gauges(f, instant)["active_power"]) for f in sub_meters)
    powers += sum(circuit.curve.rate(instant) for circuit in rest)
    assert gauges(MAIN, instant)["active_power"] == pytest.approx(powers)


@settings(max_examples=8, deadline=None)
@given(instant=instants, name=st.sampled_from(electrical))
def test_counters_are_the_integral_of_power(instant: datetime, name: str) -> None:
    feed = COMPANY.meters[name].feed
    begin = instant - timedelta(seconds=instant.second % 10, microseconds=0)
    steps = [begin + k * STEP for k in range(12)]
    before, after = feed.counters(begin), feed.counters(begin + 12 * STEP)

    for kind in ("active", "reactive"):
        counted = sum(
            after[f"{kind}_energy_{direction}"] - before[f"{kind}_energy_{direction}"]
            for direction in ("import", "export")
        )
        power = [abs(gauges(feed, step)[f"{kind}_power"]) for step in steps]
        energy = sum(power) * MICRO * (STEP / timedelta(hours=1))
        # Each circuit's reactive counter is cut to a millionth of a varh.
        assert counted == pytest.approx(energy, abs=len(feed.circuits) * 12)


@settings(max_examples=10, deadline=None)
@given(instant=instants, seconds=st.integers(1, 10**6))
def test_counters_never_fall_and_phases_sum_to_the_total(
    instant: datetime, seconds: int
) -> None:
    before = MAIN.counters(instant)
    after = MAIN.counters(instant + timedelta(seconds=seconds))

    assert all(after[name] >= before[name] for name in before)
    phases = sum(after[f"active_energy_import_{label}"] for label in PHASES)
    # Each circuit is cut once a phase.
    assert 0 <= after["active_energy_import"] - phases <= 3 * len(MAIN.circuits)


def test_a_generator_exports_and_a_turned_sensor_swaps_directions() -> None:
    solar = COMPANY.meters["Solar roof"].feed
    turned = COMPANY.meters["Reception"]
    seen = gauges(turned.feed, NOON)

    assert gauges(solar, NOON)["active_power"] < 0
    assert solar.counters(NOON)["active_energy_import"] == 0
    assert solar.counters(NOON)["active_energy_export"] == solar.total(NOON) > 0
    assert turned.spec.supply is Supply.DOWNSTREAM
    assert seen["active_power"] < 0
    assert seen["reactive_power"] < 0
    assert turned.feed.counters(NOON)["active_energy_export"] == turned.feed.total(NOON)


@settings(max_examples=5, deadline=None)
@given(instant=instants)
def test_demand_stays_between_zero_and_the_month_s_peak(instant: datetime) -> None:
    feed = COMPANY.meters["Server room"].feed
    whole_slots = gauges(feed, instant)
    month = instant.astimezone(feed.building.calendar.zone).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )

    assert whole_slots["active_power_average"] > 0
    if instant - month > timedelta(days=1):
        hours = timedelta(hours=1)
        mean = (feed.total(instant) - feed.total(month)) / MICRO
        assert whole_slots["active_power_maximum"] > mean / ((instant - month) / hours)


def test_every_value_is_a_known_quantity() -> None:
    names = {**gauges(MAIN, NOON), **MAIN.counters(NOON)}

    assert set(names) <= set(QUANTITIES)
    assert all(QUANTITIES[n].kind is Kind.COUNTER for n in MAIN.counters(NOON))


def test_a_meter_over_consumers_and_generators_is_refused() -> None:
    circuits = COMPANY.building.circuits

    with pytest.raises(ValueError, match="one fluid"):
        Feed(COMPANY.building, [circuits["solar roof"], circuits["lift"]])
    with pytest.raises(ValueError, match="one phase"):
        Feed(
            COMPANY.building,
            [circuits["water heater"], circuits["lighting outdoor"]],
            phases=1,
        )
