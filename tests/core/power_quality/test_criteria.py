"""What EN 50160 says (S251-S256), word for word, at its limits (Q26)."""

from collections.abc import Sequence

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.power_quality import (
    EDITIONS,
    INTERCONNECTED,
    ISLANDED,
    Channel,
    Criterion,
    Edition,
    Finding,
    Interval,
    Verdict,
    judge,
)

WEEK = 1008
FIVE_PERCENT = 50
HARMONICS = {
    2: 2.0,
    3: 5.0,
    4: 1.0,
    5: 6.0,
    7: 5.0,
    9: 1.5,
    11: 3.5,
    13: 3.0,
    15: 0.5,
    17: 2.0,
    19: 1.5,
    21: 0.5,
    23: 1.5,
    25: 1.5,
    **dict.fromkeys((6, 8, 10, 12, 14, 16, 18, 20, 22, 24), 0.5),
}
"""Limits in % of the fundamental, by order (S255)."""


def interval(value: float) -> Interval:
    milli = round(value * 1000)
    return Interval(milli, milli, milli)


def found(
    rule: str, values: Sequence[float | None], edition: Edition = INTERCONNECTED
) -> Finding:
    series = [None if value is None else interval(value) for value in values]
    channel = Channel(rule, "l1")
    (finding,) = [x for x in judge(edition, {channel: series}) if x.expected]
    return finding


def week(usual: float, other: float, times: int) -> list[float]:
    return [other] * times + [usual] * (WEEK - times)


@pytest.mark.parametrize(
    ("rule", "inside", "outside"),
    [
        ("voltage", [207.0, 253.0], [206.999]),
        ("voltage_line", [360.0, 440.0], [359.999]),
        ("unbalance", [0.0, 2.0], [2.001, 80.0]),
        ("thd_voltage", [0.0, 8.0], [8.001, 80.0]),
        ("flicker", [0.0, 1.0], [1.001, 9.0]),
        *((f"harmonic_{n}", [0.0, x], [x + 0.001, 99.0]) for n, x in HARMONICS.items()),
    ],
)
def test_limits_that_hold_for_95_percent(
    rule: str, inside: list[float], outside: list[float]
) -> None:
    """S252-S256: a value at the limit is inside; 5.0 % of 1008 are 50 intervals."""
    for value in inside:
        finding = found(rule, [value] * WEEK)
        assert (finding.verdict, finding.outside) == (Verdict.OK, 0)
    for value in outside:
        finding = found(rule, week(inside[0], value, FIVE_PERCENT))
        assert (finding.verdict, finding.outside) == (Verdict.OK, FIVE_PERCENT)
        finding = found(rule, week(inside[0], value, FIVE_PERCENT + 1))
        assert (finding.verdict, finding.outside) == (Verdict.KO, FIVE_PERCENT + 1)


def test_exactly_five_percent_passes() -> None:
    values = [9.0] * 5 + [1.0] * 95
    assert found("thd_voltage", values).verdict is Verdict.OK


@pytest.mark.parametrize(
    ("edition", "rule", "value", "verdict"),
    [
        # S252: +10 % / -15 % in all intervals.
        (INTERCONNECTED, "voltage", 195.5, Verdict.OK),
        (INTERCONNECTED, "voltage", 195.499, Verdict.KO),
        (INTERCONNECTED, "voltage", 253.001, Verdict.KO),
        (INTERCONNECTED, "voltage_line", 340.0, Verdict.OK),
        (INTERCONNECTED, "voltage_line", 339.999, Verdict.KO),
        (INTERCONNECTED, "voltage_line", 440.001, Verdict.KO),
        # S251: +4 % / -6 % always.
        (INTERCONNECTED, "frequency", 47.0, Verdict.OK),
        (INTERCONNECTED, "frequency", 46.999, Verdict.KO),
        (INTERCONNECTED, "frequency", 52.0, Verdict.OK),
        (INTERCONNECTED, "frequency", 52.001, Verdict.KO),
        # S251, islanded: +-15 % always.
        (ISLANDED, "frequency", 42.5, Verdict.OK),
        (ISLANDED, "frequency", 42.499, Verdict.KO),
        (ISLANDED, "frequency", 57.5, Verdict.OK),
        (ISLANDED, "frequency", 57.501, Verdict.KO),
    ],
)
def test_limits_that_always_hold(
    edition: Edition, rule: str, value: float, verdict: Verdict
) -> None:
    """One single interval is enough."""
    nominal = {"voltage": 230.0, "voltage_line": 400.0, "frequency": 50.0}[rule]
    finding = found(rule, week(nominal, value, 1), edition)
    assert finding.verdict is verdict
    assert finding.beyond == (verdict is Verdict.KO)
    assert finding.worst_milli == round(value * 1000)


@pytest.mark.parametrize(
    ("edition", "usual", "allowed"),
    [
        # 0.5 % of 1008 intervals are 5.04; 5 % are 50.4.
        (INTERCONNECTED, (49.5, 50.5), 5),
        (ISLANDED, (49.0, 51.0), 50),
    ],
)
def test_frequency(edition: Edition, usual: tuple[float, float], allowed: int) -> None:
    low, high = usual
    assert found("frequency", [low, high] * (WEEK // 2), edition).outside == 0
    for value in (low - 0.001, high + 0.001):
        for times, verdict in ((allowed, Verdict.OK), (allowed + 1, Verdict.KO)):
            finding = found("frequency", week(50.0, value, times), edition)
            assert (finding.verdict, finding.outside) == (verdict, times)


def test_what_always_holds_for_the_frequency_holds_for_every_reading() -> None:
    series = [Interval(50_000, 46_900, 50_100)] + [interval(50.0)] * (WEEK - 1)
    (finding,) = [
        x
        for x in judge(INTERCONNECTED, {Channel("frequency", ""): series})
        if x.expected
    ]
    assert (finding.verdict, finding.outside, finding.beyond) == (Verdict.KO, 0, 1)
    assert finding.worst_milli == 46_900


@pytest.mark.parametrize(
    ("valid", "verdict"), [(908, Verdict.OK), (907, Verdict.INCOMPLETE)]
)
def test_fewer_than_90_percent_are_incomplete(valid: int, verdict: Verdict) -> None:
    """90 % of 1008 are 907.2."""
    finding = found("voltage", [230.0] * valid + [None] * (WEEK - valid))
    assert (finding.verdict, finding.valid, finding.is_met) == (verdict, valid, True)


def test_flagged_intervals_are_left_out_of_the_share() -> None:
    """46 of 908 are more than 5 %, 46 of 1008 would not be."""
    values = [9.0] * 46 + [1.0] * (908 - 46) + [None] * 100
    assert found("thd_voltage", values).verdict is Verdict.KO


def test_incomplete_goes_before_ko_and_names_the_failure() -> None:
    finding = found("voltage", [100.0] * 500 + [None] * 508)
    assert (finding.verdict, finding.is_met) == (Verdict.INCOMPLETE, False)


def test_a_week_without_anything_is_incomplete() -> None:
    finding = found("voltage", [None] * WEEK)
    assert (finding.verdict, finding.is_met) == (Verdict.INCOMPLETE, None)
    assert finding.worst_milli is None


def test_every_phase_and_order_counts_for_itself() -> None:
    findings = judge(
        INTERCONNECTED,
        {
            Channel("voltage", "l1"): [interval(230.0)] * WEEK,
            Channel("voltage", "l2"): [interval(254.0)] * WEEK,
            Channel("harmonic_3", "l1"): [interval(4.0)] * WEEK,
            Channel("harmonic_9", "l1"): [interval(4.0)] * WEEK,
        },
    )
    assert [(x.criterion, x.channel, x.verdict) for x in findings] == [
        (Criterion.FREQUENCY, "", Verdict.NOT_EVALUATED),
        (Criterion.VOLTAGE, "l1", Verdict.OK),
        (Criterion.VOLTAGE, "l2", Verdict.KO),
        (Criterion.UNBALANCE, "", Verdict.NOT_EVALUATED),
        (Criterion.THD_VOLTAGE, "", Verdict.NOT_EVALUATED),
        (Criterion.HARMONICS, "l1_h3", Verdict.OK),
        (Criterion.HARMONICS, "l1_h9", Verdict.KO),
        (Criterion.FLICKER, "", Verdict.NOT_EVALUATED),
    ]


def test_editions_are_found_by_name() -> None:
    assert EDITIONS == {
        "en_50160_2010": INTERCONNECTED,
        "en_50160_2010_islanded": ISLANDED,
    }


RULES = sorted(INTERCONNECTED.rules)
NOMINALS = {"frequency": 50_000, "voltage": 230_000, "voltage_line": 400_000}


@given(
    rule=st.sampled_from(RULES),
    edition=st.sampled_from(list(EDITIONS.values())),
    data=st.data(),
)
def test_worse_values_never_make_a_week_good(
    rule: str, edition: Edition, data: st.DataObject
) -> None:
    nominal = NOMINALS.get(rule, 0)
    is_upwards = st.booleans() if nominal else st.just(True)
    step = st.integers(0, 60_000)
    cells = data.draw(
        st.lists(st.none() | st.tuples(is_upwards, step, step), min_size=1, max_size=40)
    )

    def verdict(*, is_worse: bool) -> Finding:
        series = [
            None
            if cell is None
            else Interval(*[nominal + _departure(*cell, is_worse=is_worse)] * 3)
            for cell in cells
        ]
        findings = judge(edition, {Channel(rule, "l1"): series})
        return next(x for x in findings if x.expected)

    before, after = verdict(is_worse=False), verdict(is_worse=True)
    assert before.is_met is not False or after.is_met is False
    assert before.verdict is not Verdict.KO or after.verdict is Verdict.KO
    assert before.outside <= after.outside <= after.valid == before.valid


def _departure(is_upwards: bool, amount: int, more: int, *, is_worse: bool) -> int:
    amount += more if is_worse else 0
    return amount if is_upwards else -amount
