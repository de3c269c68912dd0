"""Between any instants, the coarsest rows say what samples say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
import tempfile
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st

from custom_components.legrand_ews.ews.archive import Archive, DataKind, Retention
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import Span, local_day, local_midnight

from .samples import ENERGY, HOUR, PARIS, evenly, sample, utc
from .test_rollup import chains

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def cut(
    archive: Archive, edges: Sequence[datetime], devices: Sequence[int] | None = None
) -> dict[int, dict[int, tuple[int, int, int]]]:
    """Amount, covered and recovered seconds of each device in each piece."""
    found = archive.amounts_in_pieces(Fluid.ELECTRICITY, edges, devices)
    return {
        device: {
            piece: (cell.amount_milli, cell.covered_s, cell.recovered_s)
            for piece, cell in cells.items()
        }
        for device, cells in found.items()
    }


def from_samples(
    archive: Archive, edges: Sequence[datetime], device: int
) -> dict[int, tuple[int, int, int]]:
    """The same, every piece by itself, by the way that knows nothing of rollups."""
    found = {}
    for piece, (start, end) in enumerate(pairwise(edges)):
        inside = sorted({start, start + (end - start) / 2, end})
        cells = archive.amounts(Fluid.ELECTRICITY, inside).get(device, {}).values()
        if cells:
            found[piece] = (
                sum(cell.amount_milli for cell in cells),
                sum(cell.covered_s for cell in cells),
                sum(cell.recovered_s for cell in cells),
            )
    return found


@settings(max_examples=40, deadline=None)
@given(chains(), st.data())
def test_pieces_say_what_samples_say(
    story: tuple[ZoneInfo, list[list[Sample]]], data: st.DataObject
) -> None:
    zone, writes = story
    samples = [one for write in writes for one in write]
    if not samples:
        return
    first = local_midnight(local_day(min(s.start for s in samples), zone), zone)
    length = (max(s.end for s in samples) - first) // MINUTE + 1500
    steps = st.one_of(st.integers(0, length), st.integers(0, length // 60).map(_hours))
    places = data.draw(st.sets(steps, min_size=2, max_size=12))
    edges = [first + place * MINUTE for place in sorted(places)]
    midnights = [local_midnight(local_day(first, zone) + n * DAY, zone) for n in (1, 2)]
    edges = sorted({*edges, *midnights})
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive.db", zone)
        archive.open()
        for write in writes:
            archive.write(write)
        found = cut(archive, edges)
        for device in (1, 2, 3):
            assert found.get(device, {}) == from_samples(archive, edges, device)
            assert cut(archive, edges, [device]).get(device, {}) == found.get(
                device, {}
            )
        for devices in (None, [1, 3]):
            assert summed(archive, edges, devices) == added_up(found, devices)
        archive.close()


def summed(
    archive: Archive, edges: Sequence[datetime], devices: Sequence[int] | None = None
) -> dict[int, int]:
    """Amounts of all devices together, but for pieces in which nothing flowed."""
    found = archive.summed_in_pieces(Fluid.ELECTRICITY, edges, devices)
    return {piece: amount for piece, amount in found.items() if amount}


def added_up(
    found: Mapping[int, Mapping[int, tuple[int, int, int]]],
    devices: Sequence[int] | None = None,
) -> dict[int, int]:
    """The same of one device after the other."""
    sums: Counter[int] = Counter()
    for device, pieces in found.items():
        if devices is None or device in devices:
            sums.update({piece: amount for piece, (amount, _, _) in pieces.items()})
    return {piece: amount for piece, amount in sums.items() if amount}


def _hours(number: int) -> int:
    return number * 60


def test_years_are_read_from_months_days_and_the_hours_of_today(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    start = local_midnight(local_day(utc("2025-01-01T12:00"), PARIS), PARIS)
    history = [sample(start + n * 6 * HOUR, n, length=6 * HOUR) for n in range(2000)]
    archive.write_history(history)
    edges = [
        start - DAY,
        start + 40 * DAY,
        start + 40 * DAY + 7 * HOUR,
        start + 300 * DAY + 30 * MINUTE,
        start + 499 * DAY + 12 * HOUR,
        start + 600 * DAY,
    ]
    (pieces,) = cut(archive, edges).values()
    due = evenly(history, edges)[1]
    amounts = [pieces[piece][0] for piece in range(5)]
    assert sum(amounts) == sum(s.amounts_milli[ENERGY] for s in history)
    assert all(abs(a - b) <= 1 for a, b in zip(amounts, due, strict=True))
    archive.close()


def test_hours_whose_samples_are_gone_are_shared_evenly(tmp_path: Path) -> None:
    """Of 600 and 60 Wh in half an hour each, only the hour's 660 are left."""
    archive = Archive(tmp_path / "archive.db", PARIS)
    archive.open()
    noon = utc("2026-01-10T12:00")
    halves = [(noon, 600_000), (noon + HOUR / 2, 60_000)]
    late = [(noon + 30 * DAY, 600_000), (noon + 30 * DAY + HOUR / 2, 60_000)]
    archive.write_history(
        [sample(at, milli, length=HOUR / 2) for at, milli in halves + late]
    )
    edges = [noon - HOUR, noon + HOUR / 2, noon + 30 * DAY + HOUR / 2, noon + 31 * DAY]
    before = cut(archive, edges)
    assert before == {1: dict(enumerate([_half(600), _both(660), _half(60)]))}
    kept = Retention(kept={DataKind.ENERGY: 7 * DAY})
    archive.apply_retention(kept, noon + 31 * DAY)
    assert not archive.samples(Span(noon - DAY, noon + DAY))
    assert cut(archive, edges) == {
        1: dict(enumerate([_half(330), _both(930), _half(60)]))
    }
    assert summed(archive, edges) == {0: 330_000, 1: 930_000, 2: 60_000}
    archive.close()


def _half(watt_hours: int) -> tuple[int, int, int]:
    return watt_hours * 1000, 1800, 0


def _both(watt_hours: int) -> tuple[int, int, int]:
    return watt_hours * 1000, 3600, 0
