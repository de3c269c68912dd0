"""From samples to the intervals of a week: what counts, what is flagged (S88, Q26)."""

from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.metering import Quality, Sample
from custom_components.legrand_ews.ews.power_quality import (
    INTERCONNECTED,
    Channel,
    Criterion,
    Interval,
    Verdict,
    WeekCheck,
    judge,
    observe,
    unbalance_milli,
    week_of,
)
from custom_components.legrand_ews.ews.timegrid import Span

from .weeks import NOMINAL, TEN_MINUTES, recorded, sample

PARIS = ZoneInfo("Europe/Paris")
WEEK = week_of(date(2026, 11, 18), PARIS)
MINUTE = timedelta(minutes=1)
L1 = Channel("voltage", "l1")


def checked(samples: Iterable[Sample], week: Span = WEEK, *known: str) -> WeekCheck:
    findings = judge(INTERCONNECTED, observe(samples, week, PARIS, known))
    return WeekCheck(
        device_id=1, week=week, edition=INTERCONNECTED.key, findings=findings
    )


@pytest.mark.parametrize(
    ("day", "start", "intervals"),
    [
        (date(2026, 11, 22), "2026-11-15T23:00:00+00:00", 1008),
        (date(2026, 3, 29), "2026-03-22T23:00:00+00:00", 1002),
        (date(2026, 10, 25), "2026-10-18T22:00:00+00:00", 1014),
    ],
)
def test_a_week_begins_on_monday_and_follows_the_clock(
    day: date, start: str, intervals: int
) -> None:
    week = week_of(day, PARIS)
    assert week.start.isoformat() == start
    check = checked(recorded(week), week)
    assert {x.expected for x in check.findings if x.channel} == {intervals}
    assert check.verdict is Verdict.OK


def test_channels_of_a_three_phase_meter() -> None:
    """What it cannot tell is not evaluated and does not keep it from being ok."""
    check = checked(recorded(WEEK))
    verdicts = {
        (x.criterion, x.channel): x.verdict for x in check.findings if x.expected
    }
    assert set(verdicts) == {
        (Criterion.FREQUENCY, ""),
        *((Criterion.VOLTAGE, phase) for phase in ("l1", "l2", "l3")),
        (Criterion.UNBALANCE, ""),
        *((Criterion.THD_VOLTAGE, phase) for phase in ("l1", "l2", "l3")),
    }
    assert set(verdicts.values()) == {Verdict.OK}
    assert check.verdict_of(Criterion.HARMONICS) is Verdict.NOT_EVALUATED
    assert check.verdict_of(Criterion.FLICKER) is Verdict.NOT_EVALUATED
    assert check.verdict is Verdict.OK


def test_voltages_between_phases_are_judged_where_there_are_no_others() -> None:
    values = {key: x for key, x in NOMINAL.items() if key.count("_l") == 2}
    check = checked(recorded(WEEK, values, bad={"voltage_l1_l2": 441.0}, times=1))
    found = {x.channel: x.verdict for x in check.findings_of(Criterion.VOLTAGE)}
    assert found == {
        "l1_l2": Verdict.KO,
        "l2_l3": Verdict.OK,
        "l3_l1": Verdict.OK,
    }


@pytest.mark.parametrize(
    ("lines", "percent"),
    [
        ((400.0, 400.0, 400.0), 0.0),
        ((400.0, 400.0, 380.0), 3.363),
        ((230.0, 115.0, 115.0), 100.0),
    ],
)
def test_unbalance(lines: tuple[float, float, float], percent: float) -> None:
    """IEC 61000-4-30; also from the phasors of the triangle.

    U12 = 400 along the axis, the third corner by the lengths of the other two sides;
    negative over positive sequence of the three sides.
    """
    assert unbalance_milli(*(round(x * 1000) for x in lines)) == pytest.approx(
        _by_phasors(*lines) * 100_000, abs=1
    )
    assert _by_phasors(*lines) * 100 == pytest.approx(percent, abs=0.001)


def _by_phasors(one: float, two: float, three: float) -> float:
    """Unbalance of a triangle with these sides, from its sequences."""
    x = (one**2 + three**2 - two**2) / (2 * one)
    corner = complex(x, max(0.0, three**2 - x**2) ** 0.5)
    sides = (complex(-one), complex(one) - corner, corner)
    turn = complex(-0.5, 3**0.5 / 2)
    forward = abs(sides[0] + turn * sides[1] + turn**2 * sides[2])
    backward = abs(sides[0] + turn**2 * sides[1] + turn * sides[2])
    return min(forward, backward) / max(forward, backward)


@pytest.mark.parametrize("minutes", [1, 2, 5])
def test_shorter_samples_are_put_together(minutes: int) -> None:
    length = timedelta(minutes=minutes)
    values = {"voltage_l1": (230.0, 229.0, 231.0)}
    samples = list(recorded(WEEK, values, length=length))
    samples[0] = sample(
        WEEK.start, {"voltage_l1": (240.0, 200.0, 250.0)}, length=length
    )
    first, second, *_ = observe(samples, WEEK, PARIS, ())[L1]
    parts = 10 // minutes
    mean = round((240_000 + (parts - 1) * 230_000) / parts)
    assert first == Interval(mean, 200_000, 250_000)
    assert second == Interval(230_000, 229_000, 231_000)


@pytest.mark.parametrize("minutes", [15, 20, 30, 60])
def test_longer_samples_say_nothing_of_ten_minutes(minutes: int) -> None:
    check = checked(recorded(WEEK, length=timedelta(minutes=minutes)))
    assert {x.verdict for x in check.findings} == {Verdict.NOT_EVALUATED}
    assert check.verdict is Verdict.INCOMPLETE


def test_a_recording_interval_that_was_too_long_for_a_day() -> None:
    day = WEEK.start + timedelta(days=1)
    samples = [
        *recorded(Span(WEEK.start, day), length=timedelta(minutes=30)),
        *recorded(Span(day, WEEK.end)),
    ]
    (finding,) = checked(samples).findings_of(Criterion.FREQUENCY)
    assert (finding.verdict, finding.valid) == (Verdict.INCOMPLETE, 864)


@pytest.mark.parametrize(("parts", "is_valid"), [(4, False), (5, True), (9, True)])
def test_half_of_an_interval_must_be_recorded(parts: int, is_valid: bool) -> None:
    samples = [
        sample(WEEK.start + n * MINUTE, {"voltage_l1": 230.0}, length=MINUTE)
        for n in range(parts)
    ]
    (first, *others) = observe(samples, WEEK, PARIS, ())[L1]
    assert (first is not None) is is_valid
    assert set(others) == {None}


@pytest.mark.parametrize(
    "quality", [quality for quality in Quality if quality is not Quality.COMPLETE]
)
def test_what_was_not_recorded_completely_is_flagged(quality: Quality) -> None:
    samples = [sample(WEEK.start, NOMINAL, quality=quality)]
    found = observe(samples, WEEK, PARIS, ())
    assert found
    assert all(set(series) == {None} for series in found.values())


@pytest.mark.parametrize(
    ("voltages", "is_flagged"),
    [
        # 5 % of 230 V are 11.5 V, of 400 V 20 V.
        ((11.499, 11.499, 11.499), True),
        ((11.499, 11.499, 11.5), False),
        ((0.0, 0.0, 230.0), False),
    ],
)
def test_interruptions_are_flagged(
    voltages: tuple[float, float, float], is_flagged: bool
) -> None:
    """All voltages below 5 %, if only for a moment of the interval."""
    low = {
        f"voltage_{phase}": (220.0, voltage, 231.0)
        for phase, voltage in zip(("l1", "l2", "l3"), voltages, strict=True)
    }
    values = {key: x for key, x in NOMINAL.items() if key.count("_l") < 2}
    samples = recorded(WEEK, values, bad=low, times=1)
    for series in observe(samples, WEEK, PARIS, ()).values():
        assert (series[0] is None) is is_flagged
        assert None not in series[1:]


def test_a_three_phase_meter_in_one_phase() -> None:
    """Phases without voltage in the whole week are not connected: not evaluated."""
    values = {
        **NOMINAL,
        **dict.fromkeys(("voltage_l2", "voltage_l3", "voltage_l2_l3"), 0.0),
        **dict.fromkeys(("voltage_l1_l2", "voltage_l3_l1"), 230.0),
    }
    check = checked(recorded(WEEK, values))
    assert [(x.criterion, x.channel) for x in check.findings if x.expected] == [
        (Criterion.FREQUENCY, ""),
        (Criterion.VOLTAGE, "l1"),
        (Criterion.THD_VOLTAGE, "l1"),
    ]
    assert check.verdict is Verdict.OK


def test_a_phase_that_was_there_for_a_while_is_judged() -> None:
    check = checked(recorded(WEEK, bad={"voltage_l2": 0.0}, times=900))
    assert [x.verdict for x in check.findings_of(Criterion.VOLTAGE)] == [
        *(Verdict.OK, Verdict.KO, Verdict.OK)
    ]


def test_a_week_in_which_nothing_was_recorded_is_incomplete() -> None:
    check = checked([], WEEK, "voltage_l1", "thd_voltage_l1", "active_power")
    found = {(x.criterion, x.channel): x.valid for x in check.findings if x.expected}
    assert found == {(Criterion.VOLTAGE, "l1"): 0, (Criterion.THD_VOLTAGE, "l1"): 0}
    assert check.verdict is Verdict.INCOMPLETE
    assert not check.failed


def test_a_meter_without_any_of_it_is_incomplete() -> None:
    check = checked([], WEEK, "active_energy_import")
    assert {x.verdict for x in check.findings} == {Verdict.NOT_EVALUATED}
    assert check.verdict is Verdict.INCOMPLETE


def test_one_incomplete_criterion_goes_before_one_that_fails() -> None:
    """Q26: incomplete goes before ko, failures are still named."""
    half = Span(WEEK.start, WEEK.start + 504 * TEN_MINUTES)
    samples = [
        *recorded(half, bad={"voltage_l1": 300.0}, times=100),
        *recorded(Span(half.end, WEEK.end), {"voltage_l1": 230.0}),
    ]
    check = checked(samples)
    assert check.verdict_of(Criterion.VOLTAGE) is Verdict.INCOMPLETE
    assert check.verdict_of(Criterion.FREQUENCY) is Verdict.INCOMPLETE
    assert check.verdict is Verdict.INCOMPLETE
    assert check.failed == (Criterion.VOLTAGE,)
