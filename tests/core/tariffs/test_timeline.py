"""Which tariff applies when (S105, S108-S110, Q9-Q12, Q22-Q25)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.tariffs import (
    CostRule,
    Mode,
    TariffPlan,
    TariffTimeline,
    disagreements,
)
from custom_components.legrand_ews.ews.timegrid import Span, local_midnight

from .oracle import minutes, verdicts
from .plans import (
    CHRISTMAS,
    DAY_RULE,
    EVENING_RULE,
    EXCEPTION,
    MANUAL,
    MARCH_2020,
    OFF_PEAK,
    PEAK,
    WORKDAYS,
    plan,
    plans,
    rule,
    tariff,
)

ROME = ZoneInfo("Europe/Rome")
WEEKEND = frozenset({5, 6})


def at(clock: str, zone: ZoneInfo = ROME, *, fold: int = 0) -> datetime:
    """An instant by the wall clock."""
    return datetime.fromisoformat(clock).replace(tzinfo=zone, fold=fold).astimezone(UTC)


def tariff_at(rules: tuple[CostRule, ...], when: datetime, mode: Mode) -> int | None:
    return TariffTimeline(plan(*rules, mode=mode), ROME).at(when).tariff_id


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("2019-05-06T00:00", PEAK),  # a Monday, first minute
        ("2019-05-06T18:59:59", PEAK),
        ("2019-05-06T19:00", OFF_PEAK),
        ("2019-05-06T23:59:59", OFF_PEAK),
        ("2019-05-11T12:00", None),  # a Saturday: no rule is true
        ("2019-12-25T10:00", OFF_PEAK),  # Christmas 2019, a Wednesday
        ("2021-12-25T10:00", OFF_PEAK),  # a Saturday
        ("2020-02-29T23:59:59", None),  # a Saturday
        ("2020-03-01T00:00", EXCEPTION),  # a Sunday
        ("2020-03-31T23:59:59", EXCEPTION),
        ("2020-04-01T00:00", PEAK),
        ("2021-03-15T10:00", PEAK),  # March 2020 holds once
    ],
)
def test_the_manuals_examples_in_the_right_order(
    mode: Mode, clock: str, expected: int | None
) -> None:
    assert tariff_at(MANUAL, at(clock), mode) == expected


@pytest.mark.parametrize(
    ("order", "clock", "continuous", "ews"),
    [
        # Exceptions last: on weekdays the daily rules are found first.
        ((DAY_RULE, EVENING_RULE, CHRISTMAS, MARCH_2020), "2019-12-25T10:00", 1, 1),
        ((DAY_RULE, EVENING_RULE, CHRISTMAS, MARCH_2020), "2020-03-02T10:00", 1, 1),
        ((DAY_RULE, EVENING_RULE, CHRISTMAS, MARCH_2020), "2020-03-01T10:00", 3, 3),
        # Evening before an exception of the whole day: from 19:00 the higher rule is
        # true, but who reads to the end of a frame is still in the exception.
        ((EVENING_RULE, CHRISTMAS, DAY_RULE, MARCH_2020), "2019-12-25T20:00", 2, 2),
        ((EVENING_RULE, MARCH_2020, DAY_RULE, CHRISTMAS), "2020-03-02T20:00", 2, 3),
        ((EVENING_RULE, MARCH_2020, DAY_RULE, CHRISTMAS), "2020-03-02T10:00", 3, 3),
    ],
)
def test_wrong_orders_charge_what_they_say(
    order: tuple[CostRule, ...], clock: str, continuous: int, ews: int
) -> None:
    assert tariff_at(order, at(clock), Mode.CONTINUOUS) == continuous
    assert tariff_at(order, at(clock), Mode.EWS) == ews


NIGHT = rule(OFF_PEAK, "22:00", "05:59", weekdays=WORKDAYS)
FEBRUARY_29 = rule(EXCEPTION, start="2024-02-29", end="2024-02-29", yearly=True)
AROUND_FEBRUARY_29 = rule(EXCEPTION, start="2024-02-28", end="2024-03-01", yearly=True)
NEW_YEAR = rule(EXCEPTION, start="2019-12-24", end="2020-01-06", yearly=True)
ONE_MINUTE = rule(EXCEPTION, "12:00", "12:00")


@pytest.mark.parametrize(
    ("rules", "clock", "expected"),
    [
        # Q10: a frame across midnight asks the day on which it began.
        ((NIGHT,), "2024-01-05T23:00", OFF_PEAK),  # Friday
        ((NIGHT,), "2024-01-06T05:59:59", OFF_PEAK),  # Saturday morning
        ((NIGHT,), "2024-01-06T06:00", None),
        ((NIGHT,), "2024-01-06T23:00", None),
        ((NIGHT,), "2024-01-08T01:00", None),  # Monday morning belongs to Sunday
        # Q11
        ((FEBRUARY_29,), "2024-02-29T00:00", EXCEPTION),
        ((FEBRUARY_29,), "2025-02-28T12:00", None),
        ((FEBRUARY_29,), "2025-03-01T12:00", None),
        ((FEBRUARY_29,), "2028-02-29T23:59:59", EXCEPTION),
        ((AROUND_FEBRUARY_29,), "2024-02-29T12:00", EXCEPTION),
        ((AROUND_FEBRUARY_29,), "2025-02-28T12:00", EXCEPTION),
        # Q25
        ((ONE_MINUTE,), "2024-01-01T11:59:59", None),
        ((ONE_MINUTE,), "2024-01-01T12:00", EXCEPTION),
        ((ONE_MINUTE,), "2024-01-01T12:00:59", EXCEPTION),
        ((ONE_MINUTE,), "2024-01-01T12:01", None),
        ((NEW_YEAR,), "2023-12-23T23:59:59", None),
        ((NEW_YEAR,), "2023-12-24T00:00", EXCEPTION),
        ((NEW_YEAR,), "2024-01-06T23:59:59", EXCEPTION),
        ((NEW_YEAR,), "2024-01-07T00:00", None),
        # open ends
        ((rule(PEAK, end="2024-01-31"), rule(OFF_PEAK)), "2024-01-31T23:59", PEAK),
        ((rule(PEAK, end="2024-01-31"), rule(OFF_PEAK)), "2024-02-01T00:00", OFF_PEAK),
        ((rule(PEAK, start="2024-02-01"),), "2024-01-31T23:59:59", None),
        ((rule(PEAK, start="2024-02-01"),), "2024-02-01T00:00", PEAK),
        # no rules at all (Q12)
        ((), "2024-02-01T00:00", None),
    ],
)
@pytest.mark.parametrize("mode", Mode)
def test_edges_of_rules(
    rules: tuple[CostRule, ...], clock: str, expected: int | None, mode: Mode
) -> None:
    assert tariff_at(rules, at(clock), mode) == expected


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("clock", "fold", "expected"),
    [
        # 31 March 2024: 02:00 is followed by 03:00 (Q24).
        ("2024-03-31T01:59:59", 0, None),
        ("2024-03-31T03:00", 0, None),
        # 27 October 2024: the hour from 02:00 comes twice, and so does the frame.
        ("2024-10-27T02:14:59", 0, None),
        ("2024-10-27T02:15", 0, PEAK),
        ("2024-10-27T02:44:59", 0, PEAK),
        ("2024-10-27T02:45", 0, None),
        ("2024-10-27T02:14:59", 1, None),
        ("2024-10-27T02:15", 1, PEAK),
        ("2024-10-27T02:45", 1, None),
    ],
)
def test_frames_are_wall_clock_times(
    mode: Mode, clock: str, fold: int, expected: int | None
) -> None:
    rules = (rule(PEAK, "02:15", "02:44"),)
    assert tariff_at(rules, at(clock, fold=fold), mode) == expected


def test_a_day_is_as_long_as_it_is() -> None:
    """The night tariff of the days on which the clock is changed: 7 and 9 hours."""
    timeline = TariffTimeline(plan(rule(OFF_PEAK, "22:00", "05:59")), ROME)
    for evening, hours in (("2024-03-30", 7), ("2024-10-26", 9), ("2024-06-01", 8)):
        night = timeline.at(at(f"{evening}T23:00"))
        assert night.end - night.start == timedelta(hours=hours)


def test_prices_change_at_local_midnight() -> None:
    """Also inside a frame that crosses it (Q23)."""
    priced = TariffPlan(
        fluid=Fluid.ELECTRICITY,
        tariffs=(tariff(1, ("2024-01-01", "0.20"), ("2024-07-01", "0.25")),),
        rules=(rule(1, "22:00", "05:59"), rule(1)),
    )
    timeline = TariffTimeline(priced, ROME)
    before = timeline.at(at("2024-06-30T23:00"))
    after = timeline.at(at("2024-07-01T00:00"))
    assert (before.price, before.rule) == (Decimal("0.20"), 0)
    assert (after.price, after.rule) == (Decimal("0.25"), 0)
    assert before.end == after.start == at("2024-07-01T00:00")
    # Before the first date the first price holds (Q9).
    assert timeline.at(at("2020-01-01T12:00")).price == Decimal("0.20")


@pytest.mark.parametrize(
    "zone",
    [
        "UTC",
        "Europe/Paris",
        "Asia/Kolkata",
        "Australia/Lord_Howe",  # changes by half an hour
        "America/Santiago",  # changes at midnight
        "Pacific/Apia",
    ],
)
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_segments_agree_with_every_minute(zone: str, data: st.DataObject) -> None:
    """Random rules over random weeks, many of them with a clock change."""
    place = ZoneInfo(zone)
    rules = data.draw(plans())
    day = data.draw(
        st.one_of(
            st.dates(date(2023, 1, 5), date(2025, 12, 20)),
            st.sampled_from(
                [date(2024, m, d) for m, d in ((3, 29), (4, 5), (9, 6), (10, 25))]
                + [date(2023, 12, 29), date(2024, 2, 27)]
            ),
        )
    )
    # A rule that holds is known from New Year on.
    year = local_midnight(date(day.year, 1, 1), place)
    start = local_midnight(day, place)
    end = local_midnight(day + timedelta(days=6), place)
    origin = year if rules.mode is Mode.EWS else start
    if rules.mode is Mode.EWS and (start - year).days > 40:  # long to walk
        origin = start = year
        end = local_midnight(date(day.year, 1, 20), place)
    expected = list(verdicts(rules, minutes(origin, end, place)))
    skipped = (start - origin) // timedelta(minutes=1)
    timeline = TariffTimeline(rules, place)
    found = [
        (segment.rule, segment.price)
        for segment in timeline.segments(Span(start, end))
        for _ in range((segment.end - segment.start) // timedelta(minutes=1))
    ]
    assert found == expected[skipped:]


@given(data=st.data())
@settings(max_examples=4, deadline=None)
def test_whole_years_agree_with_every_minute(data: st.DataObject) -> None:
    rules = data.draw(plans())
    year = data.draw(st.sampled_from([2023, 2024]))
    start = local_midnight(date(year, 1, 1), ROME)
    end = local_midnight(date(year + 1, 1, 1), ROME)
    found = [
        (segment.rule, segment.price)
        for segment in TariffTimeline(rules, ROME).segments(Span(start, end))
        for _ in range((segment.end - segment.start) // timedelta(minutes=1))
    ]
    assert found == list(verdicts(rules, minutes(start, end, ROME)))


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_segments_have_no_gaps_and_do_not_depend_on_the_span(
    data: st.DataObject,
) -> None:
    timeline = TariffTimeline(data.draw(plans()), ROME)
    first = data.draw(st.datetimes(datetime(2023, 12, 1), datetime(2024, 12, 1)))
    start = first.replace(tzinfo=UTC, second=0, microsecond=0)
    span = Span(start, start + timedelta(minutes=data.draw(st.integers(1, 90_000))))
    segments = list(timeline.segments(span))
    assert segments[0].start == span.start
    assert segments[-1].end == span.end
    for one, other in pairwise(segments):
        assert one.end == other.start
    for segment in segments[:5]:
        whole = timeline.at(segment.start)
        assert (whole.rule, whole.price) == (segment.rule, segment.price)


def frame_of(cost_rule: CostRule) -> set[int]:
    length = (cost_rule.last_minute - cost_rule.first_minute) % 1440 + 1
    return {(cost_rule.first_minute + n) % 1440 for n in range(length)}


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_modes_agree_where_no_higher_frame_starts_inside_a_lower(
    data: st.DataObject,
) -> None:
    """Q22, on days on which the clock is not changed."""
    rules = data.draw(plans(Mode.CONTINUOUS)).rules
    for lower, one in enumerate(rules):
        inside = frame_of(one) - {one.first_minute}
        for higher in rules[:lower]:
            if higher.first_minute in inside:
                return
            # A date or weekday that begins at midnight lets a higher frame that
            # is there before start inside the lower one, too.
            if higher.crosses_midnight or one.crosses_midnight:
                return
    assert disagreements(plan(*rules), date(2024, 4, 1), ZoneInfo("UTC")) == []


def test_where_modes_differ_the_user_is_shown_when() -> None:
    found = disagreements(
        plan(EVENING_RULE, rule(EXCEPTION)), date(2024, 1, 1), ZoneInfo("UTC")
    )
    # The rule of the whole day holds to midnight, so the evening never comes.
    assert found[0] == Span(
        datetime(2024, 1, 1, 19, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC)
    )
    assert sum((s.length for s in found), timedelta()) == timedelta(hours=5 * 261)
