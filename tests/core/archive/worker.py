"""Processes that tidy an archive up, bring it up to date or move it until killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from custom_components.legrand_ews.ews.archive import Archive

from .writer import ZONE


def optimise(path: Path, progress: Connection) -> None:
    """Tidy the archive up again and again."""
    archive = Archive(path, ZONE)
    archive.open()
    while True:
        progress.send(None)
        archive.optimise()


def migrate(path: Path, progress: Connection) -> None:
    """Bring an archive of an earlier release up to date."""
    archive = Archive(path, ZONE)
    progress.send(None)
    archive.open()
    progress.send(None)
    archive.close()


def move(path: Path, progress: Connection) -> None:
    """Move the archive into a file beside it."""
    archive = Archive(path, ZONE)
    archive.open()
    progress.send(None)
    archive.move_to(target_of(path), lambda _: progress.send(None))
    archive.close()


def target_of(path: Path) -> Path:
    """Where `move` puts the archive."""
    return path.with_name("target.db")
