"""Reading a question, and the periods it asks for (S161, S162, S174)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from custom_components.legrand_ews.ews.consumption import (
    By,
    Compare,
    ConsumptionQuery,
    Level,
)
from custom_components.legrand_ews.ews.consumption.query import (
    compared_frame_of,
    frame_of,
)
from custom_components.legrand_ews.ews.errors import ConfigurationError
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Bucket, Period, Span

from .building import NOW, PARIS

TEN_MINUTES = timedelta(minutes=10)


def query(**fields: object) -> ConsumptionQuery:
    return ConsumptionQuery.from_request(fields, PARIS)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def asked(**fields: object) -> tuple[datetime, datetime, int]:
    frame = frame_of(query(**fields), PARIS, TEN_MINUTES, NOW)
    return frame.span.start, frame.span.end, len(frame.edges) - 1


def test_the_defaults_are_today_by_hour_of_the_whole_site() -> None:
    assert query() == ConsumptionQuery(
        level=Level.SITE,
        by=None,
        fluid=Fluid.ELECTRICITY,
        period=Period.DAY,
        compare=Compare.NONE,
    )
    assert asked() == (paris("2026-03-15"), paris("2026-03-16"), 24)


def test_every_field_is_read() -> None:
    assert query(
        level="group",
        by="device",
        ids=["1", 2, 2],
        load="3",
        group=4,
        fluid="water",
        period="custom",
        start="2026-03-01T10:00:00+01:00",
        end=datetime(2026, 3, 1, 12, tzinfo=UTC),
        bucket="sample",
        compare="last_year",
        config_entry_id="of no concern",
    ) == ConsumptionQuery(
        level=Level.GROUP,
        by=By.DEVICE,
        ids=(1, 2),
        load=3,
        group=4,
        fluid=Fluid.WATER,
        period=Period.CUSTOM,
        span=Span(
            datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, 12, tzinfo=UTC)
        ),
        bucket=Bucket.SAMPLE,
        compare=Compare.LAST_YEAR,
    )


@pytest.mark.parametrize(
    ("fields", "start", "end", "buckets"),
    [
        ({"date": "2026-03-29"}, "2026-03-29", "2026-03-30", 23),
        ({"date": date(2026, 10, 25)}, "2026-10-25", "2026-10-26", 25),
        ({"period": "month"}, "2026-03-01", "2026-04-01", 31),
        ({"period": "week"}, "2026-03-09", "2026-03-16", 7),
        ({"period": "week", "date": "2026-03-16"}, "2026-03-16", "2026-03-23", 7),
        ({"period": "week", "date": "2026-01-01"}, "2025-12-29", "2026-01-05", 7),
        ({"period": "quarter"}, "2026-01-01", "2026-04-01", 3),
        ({"period": "quarter", "date": "2026-12-31"}, "2026-10-01", "2027-01-01", 3),
        ({"period": "year", "bucket": "week"}, "2026-01-01", "2027-01-01", 53),
        ({"period": "year"}, "2026-01-01", "2027-01-01", 12),
        ({"period": "10_years"}, "2017-01-01", "2027-01-01", 10),
        ({"bucket": "sample"}, "2026-03-15", "2026-03-16", 144),
        ({"period": "year", "bucket": "day"}, "2026-01-01", "2027-01-01", 365),
        (
            {"period": "custom", "start": "2026-02-27", "end": "2026-03-02"},
            "2026-02-27",
            "2026-03-03",
            4,
        ),
        (
            {
                "period": "custom",
                "start": "2026-03-02T10:30",
                "end": "2026-03-02T12:30",
            },
            "2026-03-02T10:30",
            "2026-03-02T12:30",
            1,
        ),
    ],
)
def test_the_period_that_was_asked_for(
    fields: dict[str, object], start: str, end: str, buckets: int
) -> None:
    """A custom period that is given by days includes the last one."""
    assert asked(**fields) == (paris(start), paris(end), buckets)


@pytest.mark.parametrize(
    ("fields", "compare", "start", "end"),
    [
        ({}, "previous", "2026-03-14", "2026-03-15"),
        ({}, "last_year", "2025-03-15", "2025-03-16"),
        ({"date": "2024-02-29"}, "last_year", "2023-02-28", "2023-03-01"),
        ({"period": "month"}, "previous", "2026-02-01", "2026-03-01"),
        ({"period": "month"}, "last_year", "2025-03-01", "2025-04-01"),
        (
            {"period": "month", "date": "2026-01-31"},
            "previous",
            "2025-12-01",
            "2026-01-01",
        ),
        ({"period": "week"}, "previous", "2026-03-02", "2026-03-09"),
        # week 11 of 2025; 2026 has a week 53, 2025 has not
        ({"period": "week"}, "last_year", "2025-03-10", "2025-03-17"),
        (
            {"period": "week", "date": "2026-12-30"},
            "last_year",
            "2025-12-22",
            "2025-12-29",
        ),
        ({"period": "quarter"}, "previous", "2025-10-01", "2026-01-01"),
        ({"period": "quarter"}, "last_year", "2025-01-01", "2025-04-01"),
        ({"period": "year"}, "previous", "2025-01-01", "2026-01-01"),
        ({"period": "10_years"}, "previous", "2007-01-01", "2017-01-01"),
        (
            {"period": "custom", "start": "2026-03-28", "end": "2026-03-30"},
            "previous",
            "2026-03-25",
            "2026-03-28",
        ),
        (
            {"period": "custom", "start": "2026-03-28", "end": "2026-03-30"},
            "last_year",
            "2025-03-28",
            "2025-03-31",
        ),
        (
            {
                "period": "custom",
                "start": "2026-03-02T10:30",
                "end": "2026-03-02T12:00",
            },
            "previous",
            "2026-03-02T09:00",
            "2026-03-02T10:30",
        ),
    ],
)
def test_the_period_beside(
    fields: dict[str, object], compare: str, start: str, end: str
) -> None:
    frame = compared_frame_of(query(**fields, compare=compare), PARIS, TEN_MINUTES, NOW)
    assert frame is not None
    assert (frame.span.start, frame.span.end) == (paris(start), paris(end))


def test_without_comparison_there_is_no_period_beside() -> None:
    assert compared_frame_of(query(), PARIS, TEN_MINUTES, NOW) is None


@pytest.mark.parametrize(
    ("fields", "key", "field"),
    [
        ({"level": "planet"}, "option_unknown", "level"),
        ({"by": "tariff"}, "option_unknown", "by"),
        ({"fluid": "beer"}, "option_unknown", "fluid"),
        ({"period": "decade"}, "option_unknown", "period"),
        ({"bucket": 5}, "option_unknown", "bucket"),
        ({"compare": []}, "option_unknown", "compare"),
        ({"ids": ["one"]}, "number_invalid", "ids"),
        ({"ids": [True]}, "number_invalid", "ids"),
        ({"ids": [1.5]}, "number_invalid", "ids"),
        ({"load": "-1"}, "number_invalid", "load"),
        ({"group": {}}, "number_invalid", "group"),
        ({"date": "2026-02-30"}, "date_invalid", "date"),
        ({"date": 20260230}, "date_invalid", "date"),
        ({"date": "1900-01-01"}, "year_out_of_range", "date"),
        ({"date": "9999-12-31"}, "year_out_of_range", "date"),
        ({"start": "2026-03-01", "end": "2026-03-02"}, "span_not_custom", "start"),
        ({"period": "custom"}, "span_missing", "start"),
        ({"period": "custom", "start": "2026-03-01"}, "span_missing", "end"),
        ({"period": "custom", "end": "2026-03-01"}, "span_missing", "start"),
        (
            {"period": "custom", "start": "yesterday", "end": "2026-03-01"},
            "date_invalid",
            "start",
        ),
        (
            {"period": "custom", "start": 17, "end": "2026-03-01"},
            "date_invalid",
            "start",
        ),
        (
            {"period": "custom", "start": "2026-03-02", "end": "2026-03-01"},
            "end_not_after_start",
            "end",
        ),
        (
            {
                "period": "custom",
                "start": "2026-03-02T10:00",
                "end": "2026-03-02T10:00",
            },
            "end_not_after_start",
            "end",
        ),
        (
            {"period": "custom", "start": "0001-01-01", "end": "2026-03-01"},
            "year_out_of_range",
            "start",
        ),
        (
            {"period": "custom", "start": "2026-03-01", "end": "9999-12-31"},
            "year_out_of_range",
            "end",
        ),
        ({"period": "10_years", "bucket": "sample"}, "too_many_buckets", "bucket"),
    ],
)
def test_a_wrong_field_is_named(
    fields: dict[str, object], key: str, field: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        frame_of(query(**fields), PARIS, TEN_MINUTES, NOW)
    assert (caught.value.key, caught.value.field) == (key, field)
