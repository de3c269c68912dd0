"""Hours of UTC for statistics: the same amounts that consumption answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.legrand_ews.ews.consumption import (
    Directory,
    counted_amounts,
    counted_between,
    hours_of,
)
from custom_components.legrand_ews.ews.model import Installation, ObjectKind
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span

from ..archive.samples import TEN_MINUTES, sample, utc
from .building import BUILDING, HEATING, HOUR, LIGHTING, OTHERS, ask, open_archive
from .test_sub_meters import TREE, WH

NINE = utc("2026-03-15T09:00")
LOAD, GROUP, BOARD = ObjectKind.LOAD, ObjectKind.GROUP, ObjectKind.BOARD
KOLKATA = replace(BUILDING, zone=ZoneInfo("Asia/Kolkata"))


def test_devices_and_totals_by_the_hour(tmp_path: Path) -> None:
    archive = open_archive(tmp_path, TREE)
    archive.write(
        [sample(NINE, wh * 1000, device=d, length=HOUR) for d, wh in WH.items()]
    )
    amounts = counted_amounts(
        Fluid.ELECTRICITY,
        hours_of(Span(NINE - HOUR, NINE + HOUR)),
        installation=TREE,
        directory=Directory(TREE, archive.objects()),
        source=archive,
    )
    assert amounts.devices == {d: [None, wh * 1000] for d, wh in WH.items()}
    answered = ask(archive, TREE, level="load").asked.series
    assert {
        number: values
        for (kind, number), values in amounts.totals.items()
        if kind is LOAD
    } == {s.id: [None, s.total_milli] for s in answered if s.kind == "load"}
    assert amounts.totals[None, None] == [None, 1_007_000]
    assert amounts.totals[GROUP, 1] == [None, 1_000_000]
    assert amounts.totals[GROUP, 2] == [None, 500_000]
    assert amounts.totals[BOARD, 1] == [None, 1_007_000]
    assert amounts.totals.keys() == {
        (None, None),
        (GROUP, 1),
        (GROUP, 2),
        (BOARD, 1),
        *((LOAD, n) for n in (HEATING, LIGHTING, OTHERS, 10)),
    }
    archive.close()


def test_hours_are_those_of_utc_where_the_clock_is_half_an_hour_off(
    tmp_path: Path,
) -> None:
    archive = open_archive(tmp_path, KOLKATA)
    archive.write(sample(NINE + n * TEN_MINUTES, 1000 + n, device=1) for n in range(12))
    amounts = counted_amounts(
        Fluid.ELECTRICITY,
        hours_of(Span(NINE, NINE + timedelta(hours=2))),
        installation=KOLKATA,
        directory=Directory(KOLKATA, archive.objects()),
        source=archive,
    )
    devices: Mapping[int, object] = amounts.devices
    assert devices == {1: [6000 + 15, 6000 + 51]}
    archive.close()


@pytest.mark.parametrize("site", [TREE, KOLKATA])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-15T09:00", "2026-03-15T09:00"),
        ("2026-03-15T09:10", "2026-03-15T09:20"),
        ("2026-03-15T09:00", "2026-03-15T13:00"),
        ("2026-03-15T09:20", "2026-03-15T13:40"),
        ("2026-03-15T09:20", "2026-03-16T13:40"),
        ("2026-03-14T23:00", "2026-03-18T22:50"),
    ],
)
def test_a_whole_span_is_the_sum_of_its_parts(
    tmp_path: Path, site: Installation, start: str, end: str
) -> None:
    """Whatever it is read from: samples, hours or days."""
    archive = open_archive(tmp_path, site)
    numbers = [d for d in (1, 10, 11) if d in site.devices]
    archive.write(
        sample(NINE + n * TEN_MINUTES, 1000 * d + n, device=d)
        for d in numbers
        for n in range(6 * 24 * 3)
    )
    span = Span(utc(start), utc(end))
    parts: dict[str, Any] = {
        "installation": site,
        "directory": Directory(site),
        "source": archive,
    }
    whole = counted_between(Fluid.ELECTRICITY, span, **parts)
    expected = {
        d: sum(
            1000 * d + n
            for n in range(6 * 24 * 3)
            if span.start <= NINE + n * TEN_MINUTES < span.end
        )
        for d in numbers
    }
    if span.start == span.end:
        assert (whole.devices, whole.totals) == ({}, {})
    else:
        assert whole.devices == {d: [milli] for d, milli in expected.items()}
        of_site = expected[10] if site is TREE else sum(expected.values())
        assert whole.totals[None, None] == [of_site]
    archive.close()
