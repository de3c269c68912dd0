"""What one device recorded as decimal numbers is what its samples hold."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive, CourseRow
from custom_components.legrand_ews.ews.metering import Quality, Sample, Statistic
from custom_components.legrand_ews.ews.timegrid import Span

from .samples import PARIS, TEN_MINUTES, utc

START = utc("2024-06-01 00:00")
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
    expected = [
        CourseRow(one.start, one.length, one.quality, ";".join(numbers))
        for one in sorted(samples, key=lambda sample: sample.start)
        if one.device_id == 1 and any(numbers := list(_numbers(one, asked)))
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
    assert found == expected


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
