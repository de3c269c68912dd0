"""A file space over an archive, and its files as rows of cells."""

from collections.abc import Iterable
from contextlib import closing
import csv
from datetime import datetime, timedelta
import io
from pathlib import Path
import sqlite3

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.catalogue import load_catalogue
from custom_components.legrand_ews.ews.files import FileDialect, FileTree
from custom_components.legrand_ews.ews.metering import Sample
from custom_components.legrand_ews.ews.model import Installation

from ..archive.samples import sample, utc
from ..consumption.building import BUILDING

CATALOGUE = load_catalogue()
CONFIGURED_AT = utc("2026-01-02T08:00")
ENGLISH = FileDialect(decimal_sign="point", separator="comma", has_mark=False)

type Rows = list[list[str]]


def open_archive(folder: Path, installation: Installation = BUILDING) -> Archive:
    archive = Archive(folder / "archive.db", installation.zone)
    archive.open()
    archive.remember_objects(installation, CONFIGURED_AT)
    return archive


def tree(
    archive: Archive,
    dialect: FileDialect = ENGLISH,
    installation: Installation = BUILDING,
) -> FileTree:
    return FileTree(installation, CATALOGUE, archive, dialect, CONFIGURED_AT)


def content(files: FileTree, path: str) -> bytes:
    return b"".join(files.open(path))


def rows_of(text: bytes, delimiter: str = ",") -> Rows:
    return list(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter))


def cells(files: FileTree, path: str) -> dict[str, dict[str, str]]:
    """Rows by their local start with its offset, each by heading."""
    heading, *rows = rows_of(content(files, path))
    found = {f"{row[0]}{row[1]}": dict(zip(heading, row, strict=True)) for row in rows}
    assert len(found) == len(rows), "two rows start together"
    return found


def column(files: FileTree, path: str, heading: str) -> list[str]:
    return [row[heading] for row in cells(files, path).values()]


def total(texts: Iterable[str]) -> float:
    return sum(float(text) for text in texts if text)


def every(
    start: str | datetime,
    end: str,
    *,
    device: int = 1,
    minutes: int = 10,
    quantity: str = "active_energy_import",
    base: int = 1000,
) -> list[Sample]:
    """Samples of a span, each with another amount of full and broken Wh."""
    length = timedelta(minutes=minutes)
    at = utc(start) if isinstance(start, str) else start
    made = []
    while at < utc(end):
        milli = base * (len(made) % 7 + 1) + device * 100
        made.append(sample(at, milli, device=device, length=length, quantity=quantity))
        at += length
    return made


def plain_sum(
    path: Path, column_name: str, device: int, start: datetime, end: datetime
) -> int:
    """What the archive holds of a device, by SQL alone."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        table = {"gas_volume": "gas", "water_volume": "water"}.get(
            column_name, "energy"
        )
        (found,) = database.execute(
            f"SELECT coalesce(sum({column_name}), 0) FROM {table}"
            " WHERE device_id = ? AND start >= ? AND start < ?",
            (device, int(start.timestamp()), int(end.timestamp())),
        ).fetchone()
    return int(found)
