"""What the demo remembers from one run to the next, in its configuration folder."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
import json
from pathlib import Path
import shutil
from typing import Final

from .client import DemoError

_FILE: Final = "demo.json"
_MARK: Final = ".made-by-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A site that was entered: its ports, its entry, its devices by name."""

    base_port: int
    entry_id: str
    device_ids: Mapping[str, int]


def load_state(folder: Path) -> State | None:
    """Return what an earlier run left, None when there is nothing whole."""
    path = folder / _FILE
    if not path.exists():
        return None
    return State(**json.loads(path.read_text(encoding="utf-8")))


def save_state(folder: Path, state: State) -> None:
    """Remember a site that is entered and has its past."""
    (folder / _FILE).write_text(json.dumps(asdict(state)), encoding="utf-8")


def forget(folder: Path) -> None:
    """Empty the folder for a first run, if the demo made it or it is empty.

    Raises DemoError where there is somebody else's configuration.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise DemoError(f"{folder} was not made by the demo: choose another folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()
