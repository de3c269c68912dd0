"""Main meters and their sub-meters: everything counts once, the rest is shown (S81)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import override

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.archive.queries import Amounts
from custom_components.legrand_ews.ews.consumption import Answer, Series
from custom_components.legrand_ews.ews.model import Device, Installation, by_id
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import local_midnight

from ..archive.samples import TEN_MINUTES, sample, utc
from .building import (
    BUILDING,
    HEATING,
    HOUR,
    LIFTS,
    LIGHTING,
    OTHERS,
    PARIS,
    ask,
    device,
    open_archive,
)

NINE = utc("2026-03-15T09:00")
TREE = replace(
    BUILDING,
    devices=by_id(
        [
            device(10, groups=(1,)),
            device(11, load=HEATING, upstream=10, groups=(2,)),
            device(12, load=LIGHTING, upstream=10),
            device(13, load=LIFTS, upstream=12, groups=(2,)),
            device(14, load=HEATING, upstream=10, is_excluded=True, gateway=2),
            device(15, load=OTHERS),
        ]
    ),
)
"""10 is the main meter; 12 feeds 13; 14 is a part of the rest that nobody looks at."""
WH = {10: 1000, 11: 300, 12: 250, 13: 200, 14: 90, 15: 7}
REST = 1000 - 300 - 250


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = open_archive(tmp_path, TREE)
    archive.write(
        [sample(NINE, wh * 1000, device=d, length=HOUR) for d, wh in WH.items()]
    )
    yield archive
    archive.close()


def shown(answer: Answer) -> dict[tuple[str, int], int]:
    """Total of each series in Wh, by kind and number."""
    return {
        (series.kind, series.id): int((series.total_milli or 0) // 1000)
        for series in answer.series
    }


@pytest.mark.parametrize(
    ("fields", "expected", "total"),
    [
        pytest.param(
            {},
            {
                ("load", HEATING): 300,
                ("load", LIGHTING): 50,
                ("load", LIFTS): 200,
                ("load", OTHERS): 7,
                ("rest", 10): REST,
            },
            1007,
            id="stacked by load, with what nobody has measured by itself",
        ),
        pytest.param({"by": "level"}, {("site", 0): 1007}, 1007, id="the site"),
        pytest.param(
            {"by": "device"},
            {
                ("device", 11): 300,
                ("rest", 12): 50,
                ("device", 13): 200,
                ("rest", 10): REST,
                ("device", 15): 7,
            },
            1007,
            id="the devices of a whole: main meters stand with their rest",
        ),
        pytest.param(
            {"level": "load", "ids": [OTHERS]},
            {("load", OTHERS): 7},
            7,
            id="the rest is not the load others",
        ),
        pytest.param(
            {"level": "load", "ids": [LIGHTING]},
            {("load", LIGHTING): 50},
            50,
            id="what flows on to the lift is no lighting",
        ),
        pytest.param(
            {"level": "load"},
            {
                ("load", HEATING): 300,
                ("load", LIGHTING): 50,
                ("load", LIFTS): 200,
                ("load", OTHERS): 7,
                ("rest", 10): REST,
            },
            1007,
            id="all loads and the rest are the site",
        ),
        pytest.param(
            {"level": "group"},
            {("group", 1): 1000, ("group", 2): 500},
            1000,
            id="a main meter alone in a group stands for all behind it",
        ),
        pytest.param(
            {"group": 2, "by": "device"},
            {("device", 11): 300, ("device", 13): 200},
            500,
            id="in a group without their main meter they are meters as others",
        ),
        pytest.param({"load": LIFTS}, {("load", LIFTS): 200}, 200, id="a filter"),
        pytest.param(
            {"level": "device"},
            {("device", d): wh for d, wh in WH.items()}
            | {("rest", 10): REST - 90, ("rest", 12): 50},
            1007,
            id="details: readings as they are, then the rests, excluded ones known",
        ),
        pytest.param(
            {"level": "device", "ids": [10]},
            {("device", 10): 1000, ("rest", 10): REST - 90},
            1000,
            id="one main meter and its rest",
        ),
        pytest.param(
            {"level": "device", "ids": [10, 13]},
            {("device", 10): 1000, ("device", 13): 200, ("rest", 10): REST - 90},
            1000,
            id="asked for together they are one consumption",
        ),
        pytest.param({"level": "board"}, {("board", 1): 1007}, 1007, id="a board"),
    ],
)
def test_everything_counts_once(
    archive: Archive,
    fields: dict[str, object],
    expected: Mapping[tuple[str, int], int],
    total: int,
) -> None:
    answer = ask(archive, TREE, **fields).asked
    assert shown(answer) == expected
    assert answer.total_milli == total * 1000


def test_sub_meters_name_their_main_meter(archive: Archive) -> None:
    answer = ask(archive, TREE, level="device").asked.as_dict(PARIS)
    series = answer["series"]
    assert isinstance(series, list)
    upstream = {one["id"]: one.get("upstream") for one in series[:6]}
    assert upstream == {10: None, 11: 10, 12: 10, 13: 12, 14: 10, 15: None}
    assert [(one["kind"], one["excess"]) for one in series[6:]] == [
        ("rest", 0),
        ("rest", 0),
    ]


def test_sub_meters_that_count_more_leave_no_rest_and_say_by_how_much(
    archive: Archive,
) -> None:
    """A photovoltaic plant behind the main meter, or two meters that differ a little."""
    later = NINE + HOUR
    archive.write(
        [
            sample(later, 100_000, device=10, length=HOUR),
            sample(later, 130_000, device=11, length=HOUR),
        ]
    )
    answer = ask(archive, TREE, by="device").asked
    (rest,) = (s for s in answer.series if s.kind == "rest" and s.id == 10)
    assert rest.values_milli[10:12] == (REST * 1000, 0)
    assert rest.excess_milli == 30_000
    assert rest.as_dict()["excess"] == 30
    assert answer.total_milli == 1107 * 1000
    assert by_parts(answer) == 1107 * 1000


def test_sub_meters_stand_for_themselves_where_there_is_no_main_meter_yet(
    tmp_path: Path,
) -> None:
    """The main meter came at 10:40 UTC on the 15th; its sub-meter was there before."""
    archive = open_archive(tmp_path, TREE)
    came = NINE + timedelta(hours=1, minutes=40)
    archive.write(
        [
            sample(NINE - 24 * HOUR, 5_000, device=11, length=HOUR),
            sample(NINE, 6_000, device=11, length=HOUR),
            *(
                sample(NINE + HOUR + n * TEN_MINUTES, 1_000, device=11)
                for n in range(6)
            ),
            sample(came, 50_000, device=10),
            sample(came + TEN_MINUTES, 50_000, device=10),
        ]
    )
    for fields in ({"period": "month"}, {"period": "10_years"}, {"bucket": "sample"}):
        answer = ask(archive, TREE, **fields).asked
        before = 10_000 if "period" not in fields else 15_000
        assert answer.total_milli == before + 100_000, fields
        (rest,) = (s for s in answer.series if s.kind == "rest")
        assert rest.total_milli == 100_000 - 2_000
    archive.close()


def test_a_deleted_meter_keeps_its_place_in_the_past(archive: Archive) -> None:
    """Whether it was the sub-meter or the main meter (Q7)."""
    for gone in (11, 10):
        left = {n: d for n, d in TREE.devices.items() if n != gone}
        smaller = replace(TREE, devices=left)
        archive.remember_objects(smaller, NINE)
        assert shown(ask(archive, smaller).asked) == shown(ask(archive, TREE).asked)
        assert ask(archive, smaller).asked.total_milli == 1007 * 1000


class Watched(Archive):
    """An archive that tells of whom it was asked."""

    asked: Collection[int] | None = ()

    @override
    def amounts(
        self,
        fluid: Fluid,
        edges: Sequence[datetime],
        device_ids: Collection[int] | None = None,
    ) -> Amounts:
        self.asked = device_ids
        return super().amounts(fluid, edges, device_ids)


@pytest.mark.parametrize(
    ("fields", "devices"),
    [
        ({}, None),
        ({"level": "device"}, None),
        ({"level": "device", "ids": [15]}, {15}),
        ({"level": "device", "ids": [12]}, {12, 13}),
        ({"level": "load", "ids": [LIGHTING]}, {12, 13}),
        ({"load": LIFTS}, {13}),
        ({"level": "group", "ids": [1]}, {10, 11, 12, 13, 14}),
    ],
)
def test_only_those_are_read_on_whom_the_answer_depends(
    tmp_path: Path, fields: dict[str, object], devices: set[int] | None
) -> None:
    archive = Watched(tmp_path / "archive.db", PARIS)
    archive.open()
    archive.remember_objects(TREE, NINE)
    ask(archive, TREE, **fields)
    assert archive.asked == devices
    archive.close()


def by_parts(answer: Answer) -> object:
    return sum((s.total_milli or 0) - s.excess_milli for s in answer.series)


SLOTS = 36
"""Ten-minute intervals, from two hours before a midnight on."""
MIDNIGHTS = st.sampled_from(
    [
        date(2026, 3, 29),  # clocks go forward
        date(2026, 10, 25),  # clocks go back
        date(2027, 1, 1),
    ]
)


@st.composite
def installations(draw: st.DrawFn) -> Installation:
    devices: list[Device] = []
    for number in range(1, draw(st.integers(2, 6)) + 1):
        above = st.none() | st.integers(1, number - 1) if number > 1 else st.none()
        devices.append(
            device(
                number,
                load=draw(st.sampled_from([None, HEATING, LIGHTING])),
                groups=tuple(sorted(draw(st.sets(st.integers(1, 2))))),
                gateway=draw(st.integers(1, 2)),
                is_excluded=draw(st.booleans()),
                upstream=draw(above),
            )
        )
    return replace(BUILDING, devices=by_id(devices))


amounts = st.integers(0, 10**6)
records = st.integers(0, SLOTS - 1).flatmap(
    lambda first: st.tuples(
        st.just(first), st.lists(amounts, min_size=1, max_size=SLOTS - first)
    )
)
type Records = Mapping[int, tuple[int, Sequence[int]]]


def main_meter(
    site: Installation, records: Records, number: int, slot: int, *, of_totals: bool
) -> int | None:
    """The nearest meter in front of a device that was recorded at the time."""
    above = site.devices[number].upstream_device_id
    while above is not None:
        first, values = records.get(above, (0, ()))
        is_left_out = of_totals and site.devices[above].is_excluded_from_totals
        if not is_left_out and first <= slot < first + len(values):
            return above
        above = site.devices[above].upstream_device_id
    return None


def expected_total(site: Installation, records: Records) -> int:
    """Count every sample of those that have no recorded meter in front of them."""
    return sum(
        value
        for number, (first, values) in records.items()
        for slot, value in enumerate(values, first)
        if not site.devices[number].is_excluded_from_totals
        and main_meter(site, records, number, slot, of_totals=True) is None
    )


@settings(max_examples=30, deadline=None)
@given(st.data(), installations())
def test_whatever_lies_behind_whatever_all_adds_up(
    data: st.DataObject, site: Installation
) -> None:
    recorded = data.draw(
        st.fixed_dictionaries({}, optional=dict.fromkeys(site.devices, records))
    )
    total = expected_total(site, recorded)
    day = data.draw(MIDNIGHTS)
    first_start = local_midnight(day, PARIS) - 12 * TEN_MINUTES
    eve = day - timedelta(days=1)
    with TemporaryDirectory() as folder:
        archive = open_archive(Path(folder), site)
        archive.write(
            sample(first_start + slot * TEN_MINUTES, value, device=number)
            for number, (first, values) in recorded.items()
            for slot, value in enumerate(values, first)
        )

        def asked(**fields: object) -> Answer:
            span = {"period": "custom", "start": eve, "end": day}
            answer = ask(archive, site, **{"bucket": "day", **span, **fields}).asked
            for series in answer.series:
                assert all((value or 0) >= 0 for value in series.values_milli)
            return answer

        for bucket in ("sample", "hour", "day", "week", "month", "year"):
            for by in ("level", "load", "device"):
                answer = asked(bucket=bucket, by=by)
                assert (answer.total_milli or 0) == total
                assert by_parts(answer) == total
            for level in ("load", "device"):
                assert (asked(bucket=bucket, level=level).total_milli or 0) == total
        assert by_parts(asked(level="load")) == total
        assert by_parts(asked(level="board")) == total
        for group in site.groups:
            whole = asked(level="group", ids=[group])
            for by in ("load", "device"):
                parts = asked(level="group", ids=[group], by=by)
                assert parts.total_milli == whole.total_milli
                assert by_parts(parts) == by_parts(whole) == (whole.total_milli or 0)
        details = asked(level="device")
        check_rests(site, details, recorded)
        archive.close()


def check_rests(site: Installation, details: Answer, recorded: Records) -> None:
    """Rest and sub-meters are the main meter, while it was recorded."""

    def total_of(kind: str) -> dict[int, Series]:
        return {series.id: series for series in details.series if series.kind == kind}

    for number, rest in total_of("rest").items():
        inside = sum(
            value
            for other, (start, counted) in recorded.items()
            for slot, value in enumerate(counted, start)
            if main_meter(site, recorded, other, slot, of_totals=False) == number
        )
        total = (rest.total_milli or 0) - rest.excess_milli
        assert total + inside == sum(recorded[number][1])
