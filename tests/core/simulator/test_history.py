"""The written past and the live counters come from the same numbers."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator.clock import ManualClock
from simulator.history import HistoryDay, history, quantities_of, recorded_counters
from simulator.simulation import Simulation
from simulator.site import load_site

from .places import NOON, SITES

TEN_MINUTES = timedelta(minutes=10)


def company() -> Simulation:
    return Simulation(load_site(SITES / "company.yaml"), ManualClock(NOON))


def sums(days: list[HistoryDay]) -> dict[str, dict[str, int]]:
    totals: dict[str, dict[str, int]] = {}
    for day in days:
        device = totals.setdefault(day.device, {})
        for quantity, amounts in day.amounts_milli.items():
            device[quantity] = device.get(quantity, 0) + sum(amounts)
    return totals


@pytest.mark.parametrize("minutes", [1, 5, 10, 15, 20, 30, 60])
def test_samples_add_up_to_what_the_registers_counted(minutes: int) -> None:
    simulation = company()
    # Finer samples than ten minutes are worked out one by one.
    hours = 3 if minutes % 10 else 30
    start, end = NOON - timedelta(hours=hours), NOON
    days = list(
        history(simulation.meters.values(), start, end, timedelta(minutes=minutes))
    )

    assert sums(days) == {
        name: {
            quantity: reading - recorded_counters(meter, start)[quantity]
            for quantity, reading in recorded_counters(meter, end).items()
        }
        for name, meter in simulation.meters.items()
        if quantities_of(meter)
    }
    assert len({start for day in days for start in day.starts}) == hours * 60 / minutes


def test_a_history_is_gapless_over_both_changes_of_the_clock() -> None:
    simulation = company()
    lift = [simulation.meters["Lift"]]
    start = datetime(2026, 3, 27, 23, 0, tzinfo=UTC)
    end = datetime(2026, 10, 27, 5, 0, tzinfo=UTC)
    days = list(history(lift, start, end))
    starts = [instant for day in days for instant in day.starts]

    count = (end - start) // TEN_MINUTES
    assert starts == [start + k * TEN_MINUTES for k in range(count)]
    assert {len(day.starts) for day in days} == {36, 138, 144, 150}


def test_a_history_draws_every_day_of_a_circuit_once() -> None:
    simulation = company()
    days = 400
    start = NOON - timedelta(days=days)

    rows = sum(
        len(day.starts) for day in history(simulation.meters.values(), start, NOON)
    )

    assert rows == 26 * days * 144
    for circuit in simulation.building.circuits.values():
        if circuit.demand is not None:
            continue  # has no course
        assert circuit.curve.courses_drawn <= days + 1, circuit.spec.name


def test_what_is_recorded_has_its_direction_put_right() -> None:
    simulation = company()
    solar, turned = simulation.meters["Solar roof"], simulation.meters["Reception"]
    days = list(history([solar, turned], NOON - timedelta(hours=2), NOON))
    by_device = {day.device: day for day in days}

    assert sum(by_device["Solar roof"].amounts_milli["active_energy_export"]) > 0
    assert sum(by_device["Solar roof"].amounts_milli["active_energy_import"]) == 0
    assert all(rate < 0 for rate in by_device["Solar roof"].mean_rates)
    # Its sensors are turned round; what is recorded is consumption all the same.
    reception = by_device["Reception"]
    assert sum(reception.amounts_milli["active_energy_import"]) > 0
    assert sum(reception.amounts_milli["active_energy_export"]) == 0
    assert all(rate > 0 for rate in reception.mean_rates)
    assert turned.unit.shown("active_energy_export", NOON) > 0


def test_mean_rates_are_amounts_over_time() -> None:
    meter = company().meters["Server room"]
    (day,) = history([meter], NOON - timedelta(hours=1), NOON)

    for amount, rate in zip(
        day.amounts_milli["active_energy_import"], day.mean_rates, strict=True
    ):
        # The register shows whole Wh; a mean over ten minutes is six times that.
        assert rate == pytest.approx(amount * 6 / 1000, abs=6.1)


def test_quantities_follow_the_model() -> None:
    meters = company().meters

    assert quantities_of(meters["Gas boiler"]) == ("gas_volume",)
    assert quantities_of(meters["Workshop sockets"]) == ("active_energy_import",)
    assert quantities_of(meters["Paint booth"]) == ("active_energy_import",)
    assert set(quantities_of(meters["Main supply"])) == {
        "active_energy_import",
        "active_energy_export",
        "reactive_energy_import",
        "reactive_energy_export",
    }


def test_instants_off_the_grid_are_refused() -> None:
    meters = company().meters.values()

    with pytest.raises(ValueError, match="sample grid"):
        list(history(meters, NOON - timedelta(minutes=15), NOON))
    assert list(history(meters, NOON, NOON)) == []
    assert list(history([], NOON - TEN_MINUTES, NOON)) == []
