"""One statistic written anew: its sums, and the seams to what stays."""

from datetime import UTC, datetime, timedelta

from homeassistant.components.recorder.models import (
    StatisticMeanType,
    StatisticMetaData,
)
import pytest

from custom_components.legrand_ews.statistics.rows import (
    KnownStatistic,
    StatisticRow,
)
from custom_components.legrand_ews.statistics.series import HOUR, Series

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
END = START + 3 * HOUR
HOURS = [START + n * HOUR for n in range(3)]
KWH = 1000.0
METADATA = StatisticMetaData(
    mean_type=StatisticMeanType.NONE,
    has_sum=True,
    name=None,
    source="recorder",
    statistic_id="sensor.meter",
    unit_class="energy",
    unit_of_measurement="kWh",
)


def row(start: datetime, state: float, total: float) -> StatisticRow:
    return StatisticRow(start=start, state=state, sum=total)


def series(
    *,
    before: StatisticRow | None = None,
    last: StatisticRow | None = None,
    short_term: StatisticRow | None = None,
    offset_wh: int = 0,
) -> Series:
    return Series(
        metadata=METADATA,
        source=1,
        unit_size=KWH,
        start=START,
        end=END,
        known=KnownStatistic(
            metadata=METADATA, before=before, last=last, short_term=short_term
        ),
        offset_milli=offset_wh * 1000,
    )


def wh(*amounts: int | None) -> list[int | None]:
    return [None if amount is None else amount * 1_000_000 for amount in amounts]


def test_sums_go_on_from_what_stays_before() -> None:
    one = series(before=row(START - HOUR, 7, 5.0), offset_wh=7000)
    assert one.rows(HOURS, wh(1, None, 2), {HOURS[1]}) == [
        {"start": HOURS[0], "state": 8, "sum": 6},
        {"start": HOURS[1], "state": 8, "sum": 6},
        {"start": HOURS[2], "state": 10, "sum": 8},
    ]


def test_an_hour_without_data_has_no_row_of_its_own() -> None:
    written = series().rows(HOURS, wh(None, 1, None), ())
    assert [one["start"] for one in written] == [HOURS[1]]


def test_hours_outside_are_left_alone() -> None:
    hours = [START - HOUR, *HOURS, END]
    written = series().rows(hours, wh(9, 1, 1, 1, 9), set(hours))
    assert [one["start"] for one in written] == HOURS
    assert written[-1]["sum"] == 3


def test_a_total_waits_for_its_main_meter_and_never_falls() -> None:
    written = series().rows(HOURS, wh(5, -3, 4), ())
    assert [one["sum"] for one in written] == [5, 5, 6]


@pytest.mark.parametrize(
    ("last", "shift"),
    [
        pytest.param(None, 6, id="nothing was there: the rest begins at zero"),
        pytest.param(row(END - HOUR, 6, 4.0), 2, id="the sum that follows was lower"),
        pytest.param(row(END - HOUR, 6, 6.0), 0, id="it was right"),
        pytest.param(
            row(END - HOUR, 5.5, 4.0),
            1.5,
            id="half of it had not been shown: it is in the rows that follow",
        ),
        pytest.param(
            row(END - 2 * HOUR, 5.5, 4.0), 2, id="an older row says nothing of that"
        ),
        pytest.param(
            row(END - HOUR, 3.0, 4.0), 2, id="more than the last hour has counted"
        ),
        pytest.param(row(END - HOUR, 600, 4.0), 2, id="another meter's reading"),
    ],
)
def test_what_follows_is_moved_to_the_new_sum(
    last: StatisticRow | None, shift: float
) -> None:
    one = series(last=last)
    one.rows(HOURS, wh(2, 2, 2), ())
    assert one.shift == pytest.approx(shift)


def test_the_recorder_is_given_a_place_to_count_on_from() -> None:
    """The latest five minutes are moved with the hours, if they are before the end."""
    five = timedelta(minutes=5)
    fresh = series()
    fresh.rows(HOURS, wh(2, 2, 2), ())
    assert fresh.anchor() == {"start": END - five, "state": 6, "sum": 6}
    known = series(
        last=row(END - HOUR, 5.5, 4.0), short_term=row(END - 2 * five, 5.5, 4.0)
    )
    known.rows(HOURS, wh(2, 2, 2), ())
    assert known.anchor() == {"start": END - 2 * five, "state": 5.5, "sum": 5.5}
    later = series(short_term=row(END, 7, 5))
    later.rows(HOURS, wh(2, 2, 2), ())
    assert later.anchor() is None
