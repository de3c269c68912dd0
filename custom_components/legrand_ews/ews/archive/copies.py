"""The archive's own copies, one a day, of which the last ones are kept (S241)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from .tending import ArchiveUpkeep

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_PREFIX: Final = "archive-"
_SUFFIX: Final = ".db"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCopy:
    """A copy as one SQLite file, and the instant (UTC) that it shows."""

    path: Path
    at: datetime


def copies_in(folder: Path) -> Sequence[ArchiveCopy]:
    """Every complete copy in a folder, the latest first."""
    found = []
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        stamp = path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
        with suppress(ValueError):
            at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            found.append(ArchiveCopy(path=path, at=at))
    return sorted(found, key=lambda copy: copy.at, reverse=True)


def make_copy(
    archive: ArchiveUpkeep, folder: Path, now: datetime, kept: int
) -> ArchiveCopy:
    """Copy an archive; older copies beyond ``kept`` go once the new one is complete.

    Raises ArchiveError ``archive_copy_failed``; then all older copies stay.
    """
    path = folder / f"{_PREFIX}{now.astimezone(UTC):{_STAMP}}{_SUFFIX}"
    archive.snapshot(path)
    for copy in copies_in(folder)[max(kept, 1) :]:
        with suppress(OSError):
            copy.path.unlink()
    return ArchiveCopy(path=path, at=now)
