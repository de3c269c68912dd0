"""``python -m benchmarks.watched FOLDER SPEED``: Home Assistant, its loop watched.

``SPEED`` divides the times between two reads of a meter; 1 leaves all as it is.
"""

from importlib import import_module
from pathlib import Path
import runpy
import sys
from types import MappingProxyType

from .files import MARK, REPORT
from .watch import LoopWatch


def main() -> None:
    """Run Home Assistant on a configuration folder, as its own command does."""
    folder, speed = Path(sys.argv[1]), float(sys.argv[2])
    if speed != 1:
        hasten(speed)
    LoopWatch(folder / MARK, folder / REPORT).install()
    sys.argv = ["hass", "--config", str(folder), "--skip-pip", "--log-no-color"]
    runpy.run_module("homeassistant", run_name="__main__")


def hasten(speed: float) -> None:
    """Read every meter ``speed`` times as often."""
    # Home Assistant first: without it only the core of the integration is loaded.
    import_module("homeassistant.core")
    terminal = import_module("custom_components.legrand_ews.ews.bus.terminal")
    intervals = {cadence: span / speed for cadence, span in terminal.INTERVALS.items()}
    vars(terminal)["INTERVALS"] = MappingProxyType(intervals)


if __name__ == "__main__":
    main()
