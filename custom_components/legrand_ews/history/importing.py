"""History from elsewhere: what the actions import_history and undo_import do.

An import runs in a worker thread, in one transaction: it is there as a whole or not
at all. Running totals do not grow by it; Home Assistant's statistics are written anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
import logging
from pathlib import Path
from secrets import token_hex
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import CONF_CONFIG_ENTRY_ID, DOMAIN, STORAGE_FOLDER
from ..errors import invalid
from ..ews.archive import FluidTotal, ImportOutcome, ImportRow, OnConflict
from ..ews.errors import ArchiveError
from ..ews.importing import (
    FileMapping,
    HistoryTable,
    Noted,
    checked,
    decode_mapping,
    listed_rows,
)
from ..ews.inventory import RowProblem
from ..files.imported import async_worded, own_file
from ..runtime import EwsConfigEntry
from ..statistics.rebuilding import async_rebuild_statistics

_LOGGER = logging.getLogger(__name__)

EVENT_IMPORT: Final = f"{DOMAIN}_import"
"""Tells how far an import has come: ``config_entry_id`` and ``rows``."""
_ROWS_A_STEP: Final = 20_000
_ENCODINGS: Final = ("utf-8-sig", "cp1252")

type Rows = Iterator[ImportRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRequest:
    """What to import: ``rows`` yields it, and notes what cannot be read."""

    rows: Callable[[Noted], Rows]
    on_conflict: OnConflict = OnConflict.KEEP
    dry_run: bool = False


async def async_import_history(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    asked: Mapping[str, Any],
    *,
    language: str,
) -> dict[str, Any]:
    """Answer the action: samples or a file of our folder.

    Raises ServiceValidationError where there is nothing to read or the mapping is
    wrong, and as `async_run_import`.
    """
    request = HistoryRequest(
        rows=_rows_of(hass, entry, asked),
        on_conflict=OnConflict(asked["on_conflict"]),
        dry_run=asked["dry_run"],
    )
    return await async_run_import(hass, entry, request, language=language)


async def async_run_import(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    request: HistoryRequest,
    *,
    language: str,
) -> dict[str, Any]:
    """Import history, all of it or nothing, and say what that does.

    With ``dry_run``, and where a row cannot be read, nothing is written. Raises
    ArchiveError.
    """
    noted = Noted()
    work = partial(_import, hass, entry, request, noted)
    if request.dry_run:
        outcome, token = await hass.async_add_executor_job(work)
    else:
        outcome, token = await entry.runtime_data.upkeep.async_run(work)
    problems = [*noted.problems, *_overlaps(outcome)]
    return {
        "rows": outcome.rows,
        "written": outcome.written if token or request.dry_run else 0,
        "conflicts": outcome.conflicts,
        "problems": await async_worded(hass, problems, language),
        "problem_count": noted.count + outcome.overlapping,
        "undo": token,
        "statistics": await _async_statistics(hass, entry, outcome.first, token),
    }


async def async_undo_import(
    hass: HomeAssistant, entry: EwsConfigEntry, token: str
) -> dict[str, Any]:
    """Take an import away again; raises ArchiveError where that cannot be."""
    site = entry.runtime_data.site
    gone = await hass.async_add_executor_job(site.recorded)
    undo = partial(site.undo_import, token)
    span = await entry.runtime_data.upkeep.async_run(undo)
    first = None if span is None else span.start.timestamp()
    return {
        "start": None if span is None else span.start.isoformat(),
        "end": None if span is None else span.end.isoformat(),
        "statistics": await _async_statistics(hass, entry, first, token, gone),
    }


async def _async_statistics(
    hass: HomeAssistant,
    entry: EwsConfigEntry,
    first: float | None,
    token: str | None,
    gone: Sequence[FluidTotal] = (),
) -> int | None:
    """Write Home Assistant's statistics anew from ``first`` on; return their hours.

    None where nothing was changed, or where there is no recorder that could do it:
    the archive is right all the same, and ``rebuild_statistics`` can follow.
    """
    if first is None or token is None:
        return None
    start = dt_util.utc_from_timestamp(first)
    try:
        rebuilt = await async_rebuild_statistics(
            hass, entry, start, None, lambda _: None, gone=gone
        )
        await entry.runtime_data.cost_statistics.async_rewrite(start)
    except (HomeAssistantError, ArchiveError) as error:
        _LOGGER.info("The statistics were not written anew: %s", error)
        return None
    return rebuilt.hours


def _import(
    hass: HomeAssistant, entry: EwsConfigEntry, request: HistoryRequest, noted: Noted
) -> tuple[ImportOutcome, str | None]:
    """Try first: what has a problem anywhere is not written at all (blocking)."""
    site = entry.runtime_data.site
    now = dt_util.utcnow()

    def rows(into: Noted) -> Rows:
        return _told(hass, entry, checked(request.rows(into), now, into))

    foreseen = site.import_history(rows(noted), now, request.on_conflict, token=None)
    is_clear = not noted.count and not foreseen.overlapping
    if request.dry_run or not is_clear:
        return foreseen, None
    if foreseen.conflicts and request.on_conflict is OnConflict.REFUSE:
        raise ArchiveError("import_conflicts", count=foreseen.conflicts)
    if not foreseen.written:
        return foreseen, None
    token = token_hex(8)
    again = rows(Noted())
    return site.import_history(again, now, request.on_conflict, token=token), token


def _told(
    hass: HomeAssistant, entry: EwsConfigEntry, rows: Iterable[ImportRow]
) -> Rows:
    for count, row in enumerate(rows, start=1):
        if count % _ROWS_A_STEP == 0:
            hass.bus.fire(
                EVENT_IMPORT, {CONF_CONFIG_ENTRY_ID: entry.entry_id, "rows": count}
            )
        yield row


def _rows_of(
    hass: HomeAssistant, entry: EwsConfigEntry, asked: Mapping[str, Any]
) -> Callable[[Noted], Rows]:
    installation = entry.runtime_data.site.installation
    devices = installation.devices.keys()
    samples, file = asked.get("samples"), asked.get("file")
    if (samples is None) == (file is None):
        raise invalid("import_history_source")
    if samples is not None:
        return lambda noted: listed_rows(samples, devices, installation.zone, noted)
    mapping, problems = decode_mapping(asked.get("mapping", {}), list(devices))
    if problems:
        first = problems[0]
        raise invalid(first.key, **first.placeholders, at=f"mapping.{first.field}")

    def rows(noted: Noted) -> Rows:
        path = own_file(hass, str(file))
        if path is None:
            raise invalid("import_file_missing", file=file, folder=STORAGE_FOLDER)
        return table_rows(path, mapping, entry, noted)

    return rows


def table_rows(
    path: Path, mapping: FileMapping, entry: EwsConfigEntry, noted: Noted
) -> Rows:
    """Read the rows of a table of history (blocking)."""
    zone = entry.runtime_data.site.installation.zone
    with path.open(encoding=_encoding_of(path), newline="") as text:
        yield from HistoryTable(text, mapping, zone, noted).rows()


def header_of(path: Path) -> list[str]:
    """Return the names of a table's columns (blocking); empty where it is none."""
    mapping = FileMapping(time_column="", columns=())
    with path.open(encoding=_encoding_of(path), newline="") as text:
        return HistoryTable(text, mapping, ZoneInfo("UTC"), Noted()).header()


def _encoding_of(path: Path) -> str:
    """Old spreadsheets write the encoding of Windows."""
    for encoding in _ENCODINGS[:-1]:
        try:
            with path.open(encoding=encoding) as text:
                for _ in text:
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    return _ENCODINGS[-1]


def _overlaps(outcome: ImportOutcome) -> list[RowProblem]:
    return [
        RowProblem(row=number, field="start", key="import_overlap")
        for number in outcome.overlaps
    ]
