"""A simulated building behind a real Home Assistant process, seen from outside.

The simulator runs in the event loop of the tests, so that they hold its gateways and
meters in their hands; Home Assistant is a process of its own, set up through its flows.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
import contextlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
import time
from typing import Final

from custom_components.legrand_ews.ews.catalogue import load_catalogue
from demo.history import utc_now, write_history
from demo.home_assistant import HomeAssistant, Place, free_port, write_configuration
from demo.installation import archive_path, device_ids, enter_site, forget_archive
from simulator.simulation import Simulation
from simulator.site import load_site

ROOT: Final = Path(__file__).resolve().parent.parent
SITES: Final = ROOT / "simulator" / "sites"
INTEGRATION: Final = ROOT / "custom_components" / "legrand_ews"
FAST_POLL_S: Final = 5


@dataclass(slots=True, kw_only=True)
class RunningSite:
    """One building; ``server`` changes when Home Assistant is started again."""

    simulation: Simulation
    folder: Path
    port: int
    entry_id: str
    device_ids: Mapping[str, int]
    server: HomeAssistant

    @property
    def archive(self) -> Path:
        """The file with the samples."""
        return archive_path(self.folder, self.entry_id)

    @property
    def log(self) -> str:
        """Everything that Home Assistant has printed since the first start."""
        return (self.folder / "home-assistant.out").read_text(encoding="utf-8")


@contextlib.asynccontextmanager
async def running_site(
    name: str, folder: Path, *, months: int = 0, configuration: str = ""
) -> AsyncIterator[RunningSite]:
    """Enter ``simulator/sites/<name>.yaml`` and run it with 1-minute samples.

    ``months`` of past are recorded by the hour, which keeps them cheap; the last hour
    by 10 minutes. ``configuration`` is put into Home Assistant's own.
    """
    spec = load_site(SITES / f"{name}.yaml")
    catalogue = load_catalogue()
    simulation = Simulation(spec, catalogue=catalogue)
    port = free_port()
    place = Place(
        name=spec.name,
        time_zone=spec.zone.key,
        country="FR",
        currency="EUR",
        latitude=48.78,
        longitude=2.45,
    )
    write_configuration(folder, place, port, INTEGRATION, configuration)
    await simulation.start()
    try:
        server = await HomeAssistant.start(folder, port)
        try:
            await server.onboard("en")
            ports = {name: g.port for name, g in simulation.gateways.items()}
            entry_id = await enter_site(server, spec, catalogue, ports)
            await server.walk(
                "options/flow",
                entry_id,
                {"init": "sampling", "sampling": {"sample_minutes": "1"}},
            )
            ids = await device_ids(server, entry_id)
        finally:
            await server.stop()
        if months:
            forget_archive(folder, entry_id)
            path = archive_path(folder, entry_id)
            for minutes in (60, 10):
                await asyncio.to_thread(
                    write_history,
                    path,
                    simulation,
                    ids,
                    utc_now(),
                    months=months,
                    length=timedelta(minutes=minutes),
                )
        site = RunningSite(
            simulation=simulation,
            folder=folder,
            port=port,
            entry_id=entry_id,
            device_ids=ids,
            server=await HomeAssistant.start(folder, port),
        )
        try:
            await site.server.sign_in()
            await site.server.wait_until_running()
            yield site
        finally:
            await site.server.stop()
    finally:
        await simulation.stop()


async def eventually[T](
    look: Callable[[], Awaitable[T]],
    is_good: Callable[[T], bool],
    *,
    timeout_s: float = 60,
    pause_s: float = 0.3,
) -> T:
    """Look until what is seen is good; TimeoutError tells what was seen last."""
    deadline = time.monotonic() + timeout_s
    while True:
        seen = await look()
        if is_good(seen):
            return seen
        if time.monotonic() > deadline:
            raise TimeoutError(f"after {timeout_s:.0f} s still: {seen!r}")
        await asyncio.sleep(pause_s)
