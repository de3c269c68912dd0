"""Intervals closed at the clock: amounts, statistics, gaps and quality (S113-S117)."""

from datetime import timedelta

from custom_components.legrand_ews.ews.metering import (
    Accumulator,
    CorrectionKind,
    CounterState,
    Statistic,
)

from .timeline import (
    ENERGY,
    PARIS,
    TEN_MINUTES,
    accumulator,
    at,
    poll,
    report,
    silence,
    told,
)

MINUTE = timedelta(minutes=1)


def test_an_interval_ends_with_the_reading_at_its_edge() -> None:
    """The edge's own reading comes some seconds after it and belongs before it."""
    meter = accumulator()
    value = poll(meter, at("10:00:08"), at("10:10:08"), 5000)
    assert told(meter.close(at("10:10")).samples) == [("10:00", 10, "complete", 100.0)]
    poll(meter, at("10:11:08"), at("10:20:08"), value)
    assert told(meter.close(at("10:20")).samples) == [("10:10", 10, "complete", 100.0)]


def test_the_first_interval_of_a_new_meter_is_partial() -> None:
    meter = accumulator()
    poll(meter, at("10:04"), at("10:10"), 5000)
    assert told(meter.close(at("10:10")).samples) == [("10:00", 10, "partial", 60.0)]


def test_a_meter_first_seen_before_a_restart_goes_on_from_there() -> None:
    """The interval stays partial: what was counted before 10:04 is not in it."""
    meter = accumulator()
    poll(meter, at("10:04"), at("10:05"), 5000)
    states = meter.keep().counter_states
    assert [(s.value_milli, s.booked_until) for s in states] == [
        (5_000_000, at("10:00"))
    ]
    assert meter.keep().counter_states == ()
    again = Accumulator(length=TEN_MINUTES, zone=PARIS, states=states)
    poll(again, at("10:07"), at("10:10"), 5030)
    assert told(again.close(at("10:10")).samples) == [("10:00", 10, "partial", 60.0)]


def test_a_gap_is_booked_once_as_one_recovered_sample() -> None:
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:10:08"), 5000)
    meter.close(at("10:10"))
    meter.observe(silence(at("10:15")))
    assert told(meter.close(at("10:20")).samples) == []
    assert told(meter.close(at("10:30")).samples) == []
    poll(meter, at("10:35:08"), at("10:40:08"), 5400)
    assert told(meter.close(at("10:40")).samples) == [("10:10", 30, "recovered", 350.0)]
    poll(meter, at("10:41:08"), at("10:50:08"), 5460)
    assert told(meter.close(at("10:50")).samples) == [("10:40", 10, "complete", 100.0)]


def test_a_counter_that_was_not_read_near_the_edge_waits_for_its_gap_to_end() -> None:
    """Nothing is lost, and no interval shows the energy of two."""
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:10:08"), 5000)
    meter.close(at("10:10"))
    poll(meter, at("10:11:08"), at("10:15:08"), 5110)
    assert told(meter.close(at("10:20")).samples) == []
    poll(meter, at("10:21:08"), at("10:30:08"), 5210)
    assert told(meter.close(at("10:30")).samples) == [("10:10", 20, "recovered", 200.0)]


def test_a_silence_inside_an_interval_makes_it_partial_but_loses_nothing() -> None:
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:10:08"), 5000)
    meter.close(at("10:10"))
    poll(meter, at("10:11:08"), at("10:13:08"), 5110)
    poll(meter, at("10:18:08"), at("10:20:08"), 5180)
    assert told(meter.close(at("10:20")).samples) == [("10:10", 10, "partial", 100.0)]


def test_counters_of_a_device_fail_one_by_one() -> None:
    meter = accumulator()
    both = {ENERGY: 5000, "reactive_energy_import": 700}
    meter.observe(report(at("10:00:08"), both))
    meter.observe(report(at("10:10:08"), {ENERGY: 5100, "reactive_energy_import": 720}))
    meter.close(at("10:10"))
    meter.observe(report(at("10:20:08"), {ENERGY: 5200}))
    (only,) = meter.close(at("10:20")).samples
    assert only.amounts_milli == {ENERGY: 100_000}
    meter.observe(report(at("10:30:08"), {ENERGY: 5300, "reactive_energy_import": 790}))
    recovered, normal = meter.close(at("10:30")).samples
    assert recovered.start == at("10:10")
    assert recovered.length == 2 * TEN_MINUTES
    assert recovered.amounts_milli == {"reactive_energy_import": 70_000}
    assert normal.start == at("10:20")
    assert normal.amounts_milli == {ENERGY: 100_000}


def test_a_value_that_comes_again_with_its_old_time_counts_once() -> None:
    meter = accumulator()
    for clock, read in (("10:00:08", "10:00:08"), ("10:03", "10:00:08")):
        meter.observe(report(at(clock), {"frequency": 50}, read_at=at(read)))
    meter.observe(report(at("10:10:05"), {"frequency": 51}, read_at=at("10:01:08")))
    (sample,) = meter.close(at("10:10")).samples
    assert sample.statistics["frequency"] == Statistic(
        average_milli=50_500, minimum_milli=50_000, maximum_milli=51_000
    )


def test_an_open_page_that_reads_fast_does_not_bend_the_average() -> None:
    """One minute at 100 W read once, one minute at 200 W read every five seconds."""
    meter = accumulator()
    meter.observe(report(at("10:01"), {"active_power": 100}))
    for second in range(5, 61, 5):
        when = at("10:01") + timedelta(seconds=second)
        meter.observe(report(when, {"active_power": 200}))
    (sample,) = meter.close(at("10:10")).samples
    statistic = sample.statistics["active_power"]
    assert statistic.average_milli == 150_000
    assert statistic.minimum_milli == 100_000
    assert statistic.maximum_milli == 200_000


def test_values_below_zero_have_statistics_too() -> None:
    """A solar roof feeds in: average -200 W, between -300 and -100 W."""
    meter = accumulator()
    for minute, power in enumerate((-100, -200, -300), start=1):
        meter.observe(report(at("10:00") + minute * MINUTE, {"active_power": power}))
    (sample,) = meter.close(at("10:10")).samples
    assert sample.statistics["active_power"] == Statistic(
        average_milli=-200_000, minimum_milli=-300_000, maximum_milli=-100_000
    )


def test_a_reset_and_an_exchange_are_journaled_and_mark_the_interval() -> None:
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:05:08"), 50_000)
    poll(meter, at("10:06:08"), at("10:10:08"), 5)
    booking = meter.close(at("10:10"))
    assert told(booking.samples) == [("10:00", 10, "partial", 95.0)]
    (reset,) = booking.corrections
    assert (reset.kind, reset.before_milli) == (CorrectionKind.RESET, 50_050_000)
    poll(meter, at("10:11:08"), at("10:20:08"), 99_000_000)
    booking = meter.close(at("10:20"))
    assert told(booking.samples) == [("10:10", 10, "exchanged", 90.0)]
    assert [c.kind for c in booking.corrections] == [CorrectionKind.EXCHANGE]


def test_noise_is_journaled_once_an_interval() -> None:
    meter = accumulator()
    value = 5000
    for minute in range(11):
        when = at("10:00:08") + minute * MINUTE
        noisy = value + 10 * minute if minute % 2 == 0 else 10**9 * minute
        meter.observe(report(when, {ENERGY: noisy}))
    booking = meter.close(at("10:10"))
    assert told(booking.samples) == [("10:00", 10, "complete", 100.0)]
    assert [c.kind for c in booking.corrections] == [CorrectionKind.REJECTED]


def test_the_rating_of_the_device_bounds_its_counters() -> None:
    """3 kW in one minute cannot be 30 kWh, but an unknown meter could do it."""
    for rating, energy in ((3000, 0.0), (None, 30_000.0)):
        meter = Accumulator(
            length=TEN_MINUTES, zone=PARIS, rating_of=lambda _, r=rating: r
        )
        meter.observe(report(at("10:00"), {ENERGY: 1000}))
        meter.observe(report(at("10:09"), {ENERGY: 1000}))
        meter.observe(report(at("10:10"), {ENERGY: 31_000}))
        ((_, _, _, booked),) = told(meter.close(at("10:10")).samples)
        assert booked == energy


def test_after_a_restart_counting_goes_on_where_it_was_booked() -> None:
    state = CounterState(
        device_id=1,
        quantity=ENERGY,
        value_milli=5_000_000,
        read_at=at("10:00:08"),
        booked_until=at("10:00"),
    )
    meter = Accumulator(length=TEN_MINUTES, zone=PARIS, states=[state])
    poll(meter, at("10:06"), at("10:10"), 5060)
    booking = meter.close(at("10:10"))
    assert told(booking.samples) == [("10:00", 10, "partial", 100.0)]
    (written,) = booking.counter_states
    assert (written.value_milli, written.booked_until) == (5_100_000, at("10:10"))


def test_a_new_recording_interval_starts_where_the_old_one_ended() -> None:
    """From 10 to 15 minutes (S115): the first of the new ones is a short one."""
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:10:08"), 5000)
    states = meter.close(at("10:10")).counter_states
    meter = Accumulator(length=timedelta(minutes=15), zone=PARIS, states=states)
    value = poll(meter, at("10:11:08"), at("10:15:08"), 5110)
    assert told(meter.close(at("10:15")).samples) == [("10:10", 5, "complete", 50.0)]
    poll(meter, at("10:16:08"), at("10:30:08"), value)
    assert told(meter.close(at("10:30")).samples) == [("10:15", 15, "complete", 150.0)]


def test_one_minute_intervals_need_a_reading_each() -> None:
    meter = accumulator(MINUTE)
    for minute in (0, 1, 3):
        when = at("10:00:08") + minute * MINUTE
        meter.observe(report(when, {ENERGY: 5000 + 10 * minute}))
        if minute:
            expected = [(f"10:0{minute - 1}", 1, "complete", 10.0)]
            if minute == 3:
                assert meter.close(at("10:02")).samples == ()
                expected = [("10:01", 2, "recovered", 20.0)]
            samples = meter.close(at("10:00") + minute * MINUTE).samples
            assert told(samples) == expected


def test_an_edge_that_nobody_closed_does_not_mix_two_intervals() -> None:
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:30:08"), 5000)
    assert told(meter.close(at("10:30")).samples) == [
        ("10:00", 10, "complete", 110.0),
        ("10:10", 10, "complete", 100.0),
        ("10:20", 10, "complete", 90.0),
    ]


def test_an_edge_is_closed_once() -> None:
    meter = accumulator()
    poll(meter, at("10:00:08"), at("10:10:08"), 5000)
    assert meter.close(at("10:10"))
    assert not meter.close(at("10:10"))


def test_without_reports_there_is_nothing_to_close() -> None:
    assert not accumulator().close(at("10:10"))


def test_a_clock_that_was_years_ahead_does_not_stop_the_recording() -> None:
    ahead = at("10:00") + timedelta(days=4000)
    state = CounterState(
        device_id=1,
        quantity=ENERGY,
        value_milli=5_000_000,
        read_at=ahead,
        booked_until=ahead,
    )
    meter = Accumulator(length=TEN_MINUTES, zone=PARIS, states=[state])
    poll(meter, at("10:00:08"), at("10:10:08"), 5010)
    assert told(meter.close(at("10:10")).samples) == [("10:00", 10, "complete", 110.0)]
