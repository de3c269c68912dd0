"""Runs a watched Home Assistant and reads what it costs."""

import asyncio
from dataclasses import dataclass
import json
import os
from pathlib import Path
import sys
from typing import Any, Final, Self, override

from demo.home_assistant import HomeAssistant

from .files import MARK, REPORT

ROOT: Final = Path(__file__).resolve().parent.parent.parent
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_KIB: Final = 1024
_CPU_FIELD: Final = 11
"""utime behind the name in /proc/PID/stat; stime follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """MiB that a process holds; ``pss`` counts shared pages by their share."""

    rss_mib: float
    pss_mib: float | None


class Watched(HomeAssistant):
    """A Home Assistant that keeps account of its event loop in its folder."""

    _folder: Path

    @classmethod
    @override
    async def launch(cls, folder: Path, port: int, *, speed: float = 1) -> Self:
        """Start Home Assistant on ``folder`` and do not wait for it."""
        for name in (MARK, REPORT):
            (folder / name).unlink(missing_ok=True)
        with (folder / "home-assistant.out").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.watched"),
                *(str(folder), str(speed)),
                stdout=log,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
            )
        watched = cls(f"http://127.0.0.1:{port}", process)
        watched._folder = folder
        return watched

    async def begin(self, phase: str) -> None:
        """Begin a phase; returns when the process has."""
        (self._folder / MARK).write_text(phase, encoding="utf-8")
        async with asyncio.timeout(30):
            while self.phase(phase) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    def phase(self, name: str) -> dict[str, Any] | None:
        """What the process saw in a phase, half a second old at most."""
        file = self._folder / REPORT
        phases = json.loads(file.read_text("utf-8")) if file.exists() else []
        return next((one for one in phases if one["name"] == name), None)

    def cpu_s(self) -> float:
        """Seconds of a processor used so far."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text("ascii")
        fields = stat.rpartition(")")[2].split()
        return sum(int(x) for x in fields[_CPU_FIELD : _CPU_FIELD + 2]) / _TICKS

    def memory(self) -> Memory:
        """Memory held now."""
        folder = Path(f"/proc/{self._process.pid}")
        rollup = folder / "smaps_rollup"
        return Memory(
            rss_mib=_mib(folder / "status", "VmRSS:"),
            pss_mib=_mib(rollup, "Pss:") if rollup.exists() else None,
        )


def _mib(file: Path, key: str) -> float:
    line = next(x for x in file.read_text("ascii").splitlines() if x.startswith(key))
    return int(line.split()[1]) / _KIB
