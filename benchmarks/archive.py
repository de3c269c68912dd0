"""What does a large site cost to keep, and how fast do its charts come?

A campus of 255 meters with 60 quantities each (9 counters; 51 gauges with average,
minimum and maximum: 162 values) is recorded every ten minutes. The archive holds a
month of samples, a year of hours and days, ten years of months, on SQLite. Measured:

* bytes a value: the file by the values in it (every average, minimum, maximum and
  amount of samples and rollups is one), and a month of samples with the rollups of
  that month by the samples' values alone;
* bytes written to disk an hour, as the kernel counts them for this process, over
  a day with everything that follows: counters, rollups, log and checkpoints, and the
  close of a day and of a month;
* the time to store an interval of all meters;
* the 95th percentile of every question that charts ask;
* the time to write the largest CSV file of a meter's month (and the first time, when
  its pages have to come from the disk), and the memory that samples
  of all meters take while they are streamed, few and many.

Beside it, with the same values: one SQLite table with a row for every value, and the
statistics of Home Assistant's recorder, filled as the recorder does. Use the ratios:
times on a busy machine vary, and all are taken in one run.
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial
import json
from pathlib import Path
import sqlite3
import sys
import tempfile
from time import perf_counter
import tracemalloc
from typing import Final

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.files import FileDialect, FileTree
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Installation,
    TcpLink,
)
from custom_components.legrand_ews.ews.quantities import Fluid
from custom_components.legrand_ews.ews.timegrid import (
    Bucket,
    Period,
    Span,
    bucket_edges,
    period_span,
)

from .archived.campus import DAY, LENGTH, MODEL, START, Meter, meters
from .archived.filling import RAW_DAYS, ROLLUP_DAYS, ZONE, fill
from .archived.peers import HomeAssistant, Peer, RowPerValue
from .spread import p95

WRITTEN_HOURS: Final = 24
PEER_HOURS: Final = 6
REPEATS: Final = 30
STREAMED_SAMPLES: Final = (30_000, 120_000)
CATALOGUE: Final = load_catalogue()


@dataclass(slots=True, kw_only=True)
class Figures:
    """What one way of keeping the samples costs."""

    name: str
    bytes_a_value: float = 0
    month_bytes_a_value: float | None = None
    bytes_an_hour: float = 0
    interval_s: float = 0
    charts_p95_s: dict[str, float] = field(default_factory=dict)
    month_of_device_s: float | None = None
    month_of_device_first_s: float | None = None
    streamed_bytes: list[float] = field(default_factory=list)


def main() -> int:
    """Measure, print a table and write JSON on request."""
    parser = argparse.ArgumentParser(prog="benchmarks.archive", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--days", type=int, default=RAW_DAYS, help="days of samples")
    parser.add_argument("--folder", type=Path, help="where the databases are made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        every = meters()
        figures = [measure(Path(folder), every, options.days)]
        figures += [
            measure_peer(kind(Path(folder) / f"{name}.db"), name, every)
            for name, kind in (
                ("row a value", RowPerValue),
                ("Home Assistant", HomeAssistant),
            )
        ]
    for one in figures:
        print_figures(one)
    if options.json is not None:
        options.json.write_text(json.dumps([asdict(one) for one in figures], indent=2))
    return 0


def measure(folder: Path, every: list[Meter], days: int) -> Figures:
    """Fill an archive and measure it."""
    path = folder / "archive.db"
    fill(path, every, days, ROLLUP_DAYS)
    figures = Figures(name="archive")
    figures.bytes_a_value, figures.month_bytes_a_value = sizes(path, days)
    archive = Archive(path, ZONE)
    archive.open()
    with written() as traffic:
        figures.interval_s = measure_writing(archive, every, WRITTEN_HOURS)
        archive.checkpoint()
    figures.bytes_an_hour = traffic() / WRITTEN_HOURS
    for name, ask in charts(archive):
        figures.charts_p95_s[name] = percentile(ask)
    span = Span(START - days * DAY, START)
    files = seconds_of(partial(month_file, archive), repeats=20)
    figures.month_of_device_s, figures.month_of_device_first_s = p95(files), files[0]
    figures.streamed_bytes = memory_of_streaming(archive, span)
    archive.close()
    return figures


def sizes(path: Path, days: int) -> tuple[float, float]:
    """Bytes a value of the whole file, and of the month's samples with its rollups."""
    first = int((START - days * DAY).timestamp())
    values = samples_values = 0
    month_bytes = 0.0
    with sqlite3.connect(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in names.fetchall():
            columns = [r[1] for r in database.execute(f"PRAGMA table_info({name})")]
            if "start" not in columns or name.startswith("import"):
                continue
            data = [c for c in columns if c.endswith(("_avg", "_below", "_above"))]
            if not data:
                keys = ("start", "fluid", "device_id", "length", "quality")
                data = [c for c in columns if c not in keys and not c.endswith("_s")]
            counts = ", ".join(f"count({column})" for column in data)
            row = database.execute(f"SELECT count(*), {counts} FROM {name}").fetchone()
            (pages,) = database.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name = ?", (name,)
            ).fetchone()
            values += sum(row[1:])
            if "length" in columns:
                samples_values += sum(row[1:])
            (recent,) = database.execute(
                f"SELECT count(*) FROM {name} WHERE start >= ?", (first,)
            ).fetchone()
            month_bytes += (pages or 0) * recent / max(row[0], 1)
    return path.stat().st_size / values, month_bytes / samples_values


def measure_writing(archive: Archive, every: list[Meter], hours: int) -> float:
    """Store hours of intervals; the 95th percentile of the time of each."""
    times: list[float] = []
    for number in range(int(timedelta(hours=hours) / LENGTH)):
        start = START + number * LENGTH
        samples = [meter.sample(start) for meter in every]
        states = [state for meter in every for state in meter.states(start + LENGTH)]
        before = perf_counter()
        archive.write(samples, states)
        times.append(perf_counter() - before)
    return p95(times)


def charts(archive: Archive) -> Iterator[tuple[str, Callable[[], object]]]:
    """Questions that charts ask of the archive, by name."""
    fluid = Fluid.ELECTRICITY
    last = date(2025, 12, 31)
    month, year = (
        period_span(period, last, ZONE) for period in (Period.MONTH, Period.YEAR)
    )
    day = Span(START - DAY, START)
    decade = period_span(Period.TEN_YEARS, last, ZONE)
    gauges = ["active_power", "voltage_l1"]
    for name, span, bucket in (
        ("day by hour", day, Bucket.HOUR),
        ("month by day", month, Bucket.DAY),
        ("year by month", year, Bucket.MONTH),
        ("ten years by year", decade, Bucket.YEAR),
    ):
        edges = bucket_edges(span, bucket, ZONE, LENGTH)
        yield f"site, {name}", partial(archive.amounts, fluid, edges)
        yield f"device, {name}", partial(archive.amounts, fluid, edges, [77])
    edges = bucket_edges(day, Bucket.SAMPLE, ZONE, LENGTH)
    yield "device, day by sample", partial(archive.amounts, fluid, edges, [77])
    for name, span, bucket in (
        ("day by sample", day, Bucket.SAMPLE),
        ("month by hour", month, Bucket.HOUR),
        ("month by day", month, Bucket.DAY),
        ("year by day", year, Bucket.DAY),
    ):
        edges = bucket_edges(span, bucket, ZONE, LENGTH)
        yield (
            f"gauges, {name}",
            partial(archive.statistics, [77], gauges, edges),
        )


def month_file(archive: Archive) -> int:
    """Make the largest file of a meter's month; return its bytes."""
    device = Device(
        id=77, name="Meter", gateway_id=1, address=Address(unit=77), model=MODEL
    )
    gateway = Gateway(id=1, name="Gateway", link=TcpLink(host="gateway"))
    site = Installation(
        name="Campus", zone=ZONE, gateways={1: gateway}, devices={77: device}
    )
    tree = FileTree(site, CATALOGUE, archive, FileDialect(), START)
    month = f"{START - DAY:%Y-%m}"
    return sum(map(len, tree.open(f"devices/77/77_statistics_{month}.csv")))


def memory_of_streaming(archive: Archive, span: Span) -> list[float]:
    """Peaks of memory while more and more samples of all meters go by, in bytes."""
    peaks: list[float] = []
    tracemalloc.start()
    try:
        for number, _ in enumerate(archive.stream_samples(span)):
            if number in STREAMED_SAMPLES:
                peaks.append(float(tracemalloc.get_traced_memory()[1]))
            if number == STREAMED_SAMPLES[-1]:
                break
    finally:
        tracemalloc.stop()
    return peaks


def measure_peer(peer: Peer, name: str, every: list[Meter]) -> Figures:
    """Give another database the same intervals and ask it for a chart."""
    figures = Figures(name=name)
    times: list[float] = []
    with written() as traffic:
        for number in range(int(timedelta(hours=PEER_HOURS) / LENGTH)):
            samples: list[Sample] = [m.sample(START + number * LENGTH) for m in every]
            before = perf_counter()
            peer.write(samples)
            times.append(perf_counter() - before)
        peer.checkpoint()
    figures.interval_s = p95(times)
    figures.bytes_an_hour = traffic() / PEER_HOURS
    figures.bytes_a_value = peer.size() / peer.values
    peer.fill_month()
    figures.charts_p95_s["site, month by day"] = percentile(peer.month_of_days, 5)
    peer.close()
    return figures


@contextmanager
def written() -> Iterator[Callable[[], int]]:
    """Count the bytes that this process sends to disks."""
    before = _write_bytes()
    yield lambda: _write_bytes() - before


def _write_bytes() -> int:
    for line in Path("/proc/self/io").read_text().splitlines():
        if line.startswith("write_bytes:"):
            return int(line.split()[1])
    raise RuntimeError("the kernel does not count what is written")


def percentile(ask: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the 95th percentile of the seconds that an answer takes."""
    return p95(seconds_of(ask, repeats))


def seconds_of(ask: Callable[[], object], repeats: int) -> list[float]:
    """Return the seconds that an answer takes, time after time."""
    times: list[float] = []
    for _ in range(repeats):
        before = perf_counter()
        ask()
        times.append(perf_counter() - before)
    return times


def print_figures(figures: Figures) -> None:
    """Print what was measured, in people's units."""
    print(f"\n{figures.name}")
    lines = [("bytes a value", f"{figures.bytes_a_value:.2f}")]
    if figures.month_bytes_a_value is not None:
        month = f"{figures.month_bytes_a_value:.2f}"
        lines.append(("  a month with its rollups, by samples' values", month))
    lines.append(("written an hour", f"{figures.bytes_an_hour / 1e6:.2f} MB"))
    lines.append(("an interval of all meters", f"{figures.interval_s * 1e3:.0f} ms"))
    for name, seconds in figures.charts_p95_s.items():
        lines.append((f"chart {name}", f"{seconds * 1e3:.1f} ms"))
    if figures.month_of_device_s is not None:
        month = f"{figures.month_of_device_s * 1e3:.0f} ms"
        lines.append(("CSV of a month of one meter's gauges", month))
    if figures.month_of_device_first_s is not None:
        first = f"{figures.month_of_device_first_s * 1e3:.0f} ms"
        lines.append(("  the first, with pages that were not in memory", first))
    for count, peak in zip(STREAMED_SAMPLES, figures.streamed_bytes, strict=False):
        title = f"memory when {count} samples were streamed"
        lines.append((title, f"{peak / 1e6:.1f} MB"))
    for title, value in lines:
        print(f"  {title:46} {value:>12}")


if __name__ == "__main__":
    sys.exit(main())
