"""An exchange of the meter that the user tells: no watt-hour is lost or invented."""

from datetime import timedelta
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.metering import (
    Accumulator,
    CorrectionKind,
    Quality,
    exchange_reading,
)

from .timeline import ENERGY, accumulator, at, report

WH = 1000
"""Thousandths in a Wh."""


def old_meter() -> Accumulator:
    """A meter that was read last at 10:01, at 50 040 Wh."""
    site = accumulator()
    site.observe(report(at("10:00"), {ENERGY: 50_000}))
    site.close(at("10:00"))
    site.observe(report(at("10:01"), {ENERGY: 50_040}))
    return site


def booked(site: Accumulator, last: str) -> tuple[int, list[Quality]]:
    """Amount and qualities of all that is booked at the edge of ``last``."""
    booking = site.close(at(last))
    amount = sum(s.amounts_milli.get(ENERGY, 0) for s in booking.samples)
    return amount, [sample.quality for sample in booking.samples]


def test_told_before_the_new_meter_is_read() -> None:
    site = old_meter()
    # It went on to 50 100 Wh; the new one began at 3 Wh and shows 8 Wh.
    site.exchange(1, ENERGY, 50_100 * WH, 3 * WH, at("10:05"))
    site.observe(report(at("10:06"), {ENERGY: 8}))
    site.observe(report(at("10:10"), {ENERGY: 20}))
    booking = site.close(at("10:10"))
    (sample,) = booking.samples
    assert sample.amounts_milli[ENERGY] == (100 + 17) * WH
    assert sample.quality is Quality.EXCHANGED
    (entry,) = booking.corrections
    assert entry.kind is CorrectionKind.EXCHANGE
    assert (entry.before_milli, entry.after_milli) == (50_040 * WH, 3 * WH)
    assert entry.booked_milli == 60 * WH


@pytest.mark.parametrize("readings", [1, 2])
def test_told_while_the_new_meter_is_doubted(readings: int) -> None:
    site = old_meter()
    for minute in range(readings):
        site.observe(report(at(f"10:0{6 + minute}"), {ENERGY: 8 + minute}))
    site.exchange(1, ENERGY, 50_100 * WH, 3 * WH, at("10:05"))
    site.observe(report(at("10:10"), {ENERGY: 20}))
    assert booked(site, "10:10") == ((100 + 17) * WH, [Quality.EXCHANGED])


@pytest.mark.parametrize(
    ("first", "start"),
    # A counter near zero was taken for a reset, which books what it shows; one at
    # 900 MWh for an exchange, which books nothing of it.
    [(8, 3), (8, 0), (900_000_008, 900_000_003)],
)
def test_told_after_the_new_meter_was_believed(first: int, start: int) -> None:
    site = old_meter()
    for minute in range(3):
        site.observe(report(at(f"10:0{6 + minute}"), {ENERGY: first + minute}))
    site.exchange(1, ENERGY, 50_100 * WH, start * WH, at("10:05"))
    site.observe(report(at("10:10"), {ENERGY: first + 12}))
    amount = (100 + first + 12 - start) * WH
    assert booked(site, "10:10") == (amount, [Quality.EXCHANGED])


def test_told_after_the_interval_was_closed() -> None:
    site = old_meter()
    for minute in range(3):
        site.observe(report(at(f"10:0{6 + minute}"), {ENERGY: 8 + minute}))
    site.observe(report(at("10:10"), {ENERGY: 20}))
    early, _ = booked(site, "10:10")
    site.exchange(1, ENERGY, 50_100 * WH, 3 * WH, at("10:05"))
    site.observe(report(at("10:20"), {ENERGY: 30}))
    late, qualities = booked(site, "10:20")
    assert early + late == (100 + 27) * WH
    assert qualities == [Quality.EXCHANGED]


def test_a_second_exchange_is_not_taken_for_the_first() -> None:
    site = old_meter()
    for minute in range(3):
        site.observe(report(at(f"10:0{6 + minute}"), {ENERGY: 8 + minute}))
    later = at("10:05") + timedelta(days=2)
    site.observe(report(later, {ENERGY: 1_000}))
    before, _ = booked(site, "10:10")
    del before
    site.exchange(1, ENERGY, 1_100 * WH, 0, later + timedelta(minutes=1))
    booking = site.close(later + timedelta(minutes=5))
    (entry,) = [c for c in booking.corrections if c.at > later]
    assert (entry.before_milli, entry.booked_milli) == (1_000 * WH, 100 * WH)


def test_a_misreading_is_not_booked_with_it() -> None:
    site = old_meter()
    site.observe(report(at("10:03"), {ENERGY: 999_999_999}))
    site.exchange(1, ENERGY, 50_100 * WH, 0, at("10:05"))
    site.observe(report(at("10:10"), {ENERGY: 10}))
    assert booked(site, "10:10") == (110 * WH, [Quality.EXCHANGED])


@pytest.mark.parametrize("old_end", [50_039, 90_000_000])
def test_an_end_that_cannot_be_is_refused(old_end: int) -> None:
    site = old_meter()
    with pytest.raises(ConfigurationError) as caught:
        site.exchange(1, ENERGY, old_end * WH, 0, at("10:05"))
    assert caught.value.key == "exchange_end_implausible"
    assert caught.value.placeholders == {"last": "50040", "value": str(old_end)}
    site.observe(report(at("10:10"), {ENERGY: 50_100}))
    amount, _ = booked(site, "10:10")
    assert amount == 100 * WH


@pytest.mark.parametrize(("device", "quantity"), [(2, ENERGY), (1, "gas_volume")])
def test_a_counter_that_was_never_read_is_refused(device: int, quantity: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        old_meter().exchange(device, quantity, 1, 0, at("10:05"))
    assert caught.value.key == "counter_unknown"


@pytest.mark.parametrize("text", ["-1", "NaN", "Infinity", "1e15"])
def test_a_reading_must_be_one(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        exchange_reading("old_end", Decimal(text))
    assert (caught.value.key, caught.value.field) == (
        "counter_value_invalid",
        "old_end",
    )
