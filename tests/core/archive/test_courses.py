"""What one device recorded as decimal numbers is what its samples hold."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import (
    Archive,
    CourseRow,
    DataKind,
    Retention,
)
from custom_components.legrand_ews.ews.metering import Quality, Sample, Statistic
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import HOUR, PARIS, TEN_MINUTES, utc

START = utc("2024-06-01 00:00")
MIDNIGHT = utc("2024-05-31 22:00")
"""The same day begins in Paris."""
# Of three tables of gauges and three of counters.
GAUGES = ("active_power", "voltage_l1", "frequency", "thd_voltage_l1")
COUNTERS = ("active_energy_import", "active_energy_import_l1", "run_hours")

_MILLI = st.integers(-(10**9), 10**12)
_STATISTICS = st.tuples(_MILLI, _MILLI, _MILLI).map(
    lambda three: Statistic(sorted(three)[1], min(three), max(three))
)
_SAMPLES = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.integers(0, 4_000),  # four weeks: several pieces are read
        st.dictionaries(st.sampled_from(COUNTERS), _MILLI),
        st.dictionaries(st.sampled_from(GAUGES), _STATISTICS),
        st.sampled_from(list(Quality)),
    ),
    max_size=12,
    unique_by=lambda drawn: drawn[:2],
)


@given(
    drawn=_SAMPLES,
    asked=st.lists(st.sampled_from(GAUGES + COUNTERS), min_size=1, unique=True),
)
@settings(max_examples=25, deadline=None)
def test_courses_are_the_samples(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[int, int, dict[str, int], dict[str, Statistic], Quality]],
    asked: list[str],
) -> None:
    samples = [
        Sample(
            device_id=device,
            start=START + place * TEN_MINUTES,
            length=TEN_MINUTES,
            amounts_milli=amounts,
            statistics=statistics,
            quality=quality,
        )
        for device, place, amounts, statistics, quality in drawn
    ]
    path: Path = tmp_path_factory.mktemp("courses") / "archive.db"
    archive = Archive(path, PARIS)
    archive.open()
    try:
        archive.write(samples)
        span = Span(START, START + timedelta(days=28))
        found = [row for row in archive.course(span, 1, asked) if row.is_measured]
    finally:
        archive.close()
    assert found == _rows(samples, asked)


def _numbers(sample: Sample, asked: list[str]) -> Iterator[str]:
    for quantity in asked:
        values: Iterable[int | None]
        if quantity in COUNTERS:
            values = [sample.amounts_milli.get(quantity)]
        else:
            values = sample.statistics.get(quantity, (None, None, None))
        yield from ("" if value is None else _decimal(value) for value in values)


def _decimal(milli: int) -> str:
    """Thousandths without an exponent and without zeros at the end."""
    text = f"{Decimal(milli).scaleb(-3):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Fault(StrEnum):
    """What makes a day another than steady."""

    GONE = "gone"
    LATE = "late"
    """The row begins and ends at no full interval."""
    TORN = "torn"
    """Two shorter rows stand for one."""
    APART = "apart"
    """One gauge has a row of its own that begins at the same time."""
    LACKING = "lacking"
    """One gauge of another table was not read."""
    BESIDE = "beside"
    """A gauge of another table has a row where the first has none."""


DAYS = 10
_FAULTS = st.dictionaries(
    st.integers(0, DAYS * 24 - 1), st.sampled_from(list(Fault)), max_size=5
)


@given(
    faults=_FAULTS,
    asked=st.permutations(GAUGES),
    first_hour=st.integers(0, 30),
    last_hour=st.integers(DAYS * 24 - 40, DAYS * 24),
)
@settings(max_examples=40, deadline=None)
def test_courses_of_steady_days_are_the_samples_whatever_interrupts_them(
    tmp_path_factory: pytest.TempPathFactory,
    faults: dict[int, Fault],
    asked: list[str],
    first_hour: int,
    last_hour: int,
) -> None:
    samples = [
        one
        for place in range(first_hour, last_hour)
        for one in _hour(place, faults.get(place))
    ]
    archive = Archive(tmp_path_factory.mktemp("courses") / "archive.db", PARIS)
    archive.open()
    try:
        archive.write(samples)
        # The day that runs, and weeks of which there is nothing yet.
        span = Span(MIDNIGHT, MIDNIGHT + timedelta(days=28))
        found = [row for row in archive.course(span, 1, asked) if row.is_measured]
    finally:
        archive.close()
    assert found == _rows(samples, asked)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    yield archive
    archive.close()


def test_courses_are_the_samples_that_are_kept(archive: Archive) -> None:
    samples = [one for place in range(DAYS * 24) for one in _hour(place, None)]
    end = MIDNIGHT + timedelta(days=DAYS)
    archive.write(samples)
    archive.apply_retention(
        Retention(kept={DataKind.STATISTICS: timedelta(days=4)}), end
    )
    found = list(archive.course(Span(MIDNIGHT, end), 1, ["active_power"]))
    kept = [one for one in samples if one.start >= end - timedelta(days=4)]
    assert found == _rows(kept, ["active_power"])


def test_courses_are_the_samples_while_history_is_written(archive: Archive) -> None:
    steady = [one for place in range(DAYS * 24) for one in _hour(place, None)]
    between = [
        replace(one, start=one.start + TEN_MINUTES, length=TEN_MINUTES)
        for one in steady[1:]
    ]

    def history() -> Iterator[Sample]:
        yield from between
        # As many as are written at once.
        for place in range(10_000):
            yield Sample(device_id=2, start=START + place * HOUR, length=HOUR)
        raise RuntimeError("the file ends here")

    archive.write(steady)
    with pytest.raises(RuntimeError):
        archive.write_history(history())
    span = Span(MIDNIGHT, MIDNIGHT + timedelta(days=DAYS))
    found = list(archive.course(span, 1, list(GAUGES)))
    assert found == _rows(steady + between, list(GAUGES))


def _hour(place: int, fault: Fault | None) -> Iterator[Sample]:
    """What is recorded in an hour: all gauges in a row, or what a fault makes of it."""
    statistics = {
        gauge: Statistic(place * 10 + number, -place, place * 1_000 + number + 1)
        for number, gauge in enumerate(GAUGES)
    }
    whole = Sample(
        device_id=1,
        start=MIDNIGHT + place * HOUR,
        length=HOUR,
        amounts_milli={},
        statistics=statistics,
    )
    first, *others = GAUGES
    match fault:
        case None:
            yield whole
        case Fault.GONE:
            return
        case Fault.LATE:
            late = timedelta(minutes=7)
            yield replace(whole, start=whole.start + late, length=HOUR - late)
        case Fault.TORN:
            yield replace(whole, length=TEN_MINUTES)
            rest = HOUR - TEN_MINUTES
            yield replace(whole, start=whole.start + TEN_MINUTES, length=rest)
        case Fault.APART:
            apart = {first: statistics[first]}
            yield replace(whole, length=TEN_MINUTES, statistics=apart)
            kept = {key: statistics[key] for key in others}
            yield replace(whole, statistics=kept)
        case Fault.LACKING:
            yield replace(whole, statistics={first: statistics[first]})
        case Fault.BESIDE:
            yield replace(whole, statistics={others[-1]: statistics[others[-1]]})


def _rows(samples: Iterable[Sample], asked: list[str]) -> list[CourseRow]:
    return [
        CourseRow(one.start, one.length, one.quality, ";".join(numbers))
        for one in sorted(samples, key=lambda sample: (sample.start, sample.length))
        if one.device_id == 1 and any(numbers := list(_numbers(one, asked)))
    ]
