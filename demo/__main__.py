"""``python -m demo``: see ``scripts/demo`` for how it is started."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
import contextlib
from dataclasses import dataclass
from pathlib import Path
import signal
import sys
import time
from typing import Final
import webbrowser

from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue
from simulator.simulation import Simulation
from simulator.site import load_site

from .car_park import CarPark
from .charging import enter_charging
from .client import DemoError
from .history import MONTHS, utc_now, write_history
from .home_assistant import (
    HomeAssistant,
    Place,
    free_port,
    running,
    write_configuration,
)
from .installation import archive_path, device_ids, enter_site, forget_archive
from .sessions import write_sessions
from .state import State, forget, load_state, save_state
from .tariffs import enter_tariffs
from .wallbox import CONFIGURATION as WALLBOX

ROOT: Final = Path(__file__).resolve().parent.parent
SITE: Final = ROOT / "simulator" / "sites" / "company.yaml"
INTEGRATION: Final = ROOT / "custom_components" / "legrand_ews"
DASHBOARD: Final = "/energy-web-server"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line asks for."""

    port: int
    folder: Path
    is_headless: bool
    base_port: int
    language: str
    months: int


class Progress:
    """Says what is being done, with the seconds since the start."""

    def __init__(self) -> None:
        """Start the watch."""
        self._started = time.monotonic()

    def say(self, text: str) -> None:
        """Print one step."""
        print(f"{time.monotonic() - self._started:6.1f} s  {text}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo until it is interrupted; return the exit code."""
    parsed = _parser().parse_args(arguments)
    options = Options(
        port=parsed.port or free_port(),
        folder=parsed.config.resolve(),
        is_headless=parsed.headless,
        base_port=parsed.base_port,
        language=parsed.language,
        months=parsed.months,
    )
    try:
        if parsed.reset:
            forget(options.folder)
        asyncio.run(_run(options))
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    return 0


async def _run(options: Options) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    work = asyncio.create_task(_demonstrate(options, stop))
    interrupted = asyncio.create_task(stop.wait())
    await asyncio.wait({work, interrupted}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        work.cancel()
    interrupted.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def _demonstrate(options: Options, stop: asyncio.Event) -> None:
    progress = Progress()
    site = load_site(SITE)
    catalogue = load_catalogue()
    simulation = Simulation(site, catalogue=catalogue)
    state = load_state(options.folder)
    if state is None:
        forget(options.folder)  # the rest of a first run that did not finish
    place = Place(
        name=site.name,
        time_zone=site.zone.key,
        country="FR",
        currency="EUR",
        latitude=48.78,
        longitude=2.45,
        language=options.language,
    )
    write_configuration(options.folder, place, options.port, INTEGRATION, WALLBOX)
    base_port = options.base_port if state is None else state.base_port
    async with _simulator(base_port) as (ports, control):
        progress.say(f"{len(ports)} gateways with {len(site.devices)} devices answer")
        progress.say(f"faults and cars on demand (simulator/README.md): {control}")
        is_first = state is None
        if state is None:
            entry_id, ids = await _set_up(
                options, simulation, catalogue, ports, progress
            )
            state = State(base_port=base_port, entry_id=entry_id, device_ids=ids)
        path = archive_path(options.folder, state.entry_id)
        samples = await asyncio.to_thread(
            write_history,
            path,
            simulation,
            state.device_ids,
            utc_now(),
            months=options.months,
        )
        if is_first:
            await asyncio.to_thread(
                write_sessions, path, simulation, state.device_ids, utc_now()
            )
        save_state(options.folder, state)
        progress.say(f"{samples:,} samples of the past written".replace(",", " "))
        async with running(options.folder, options.port) as server:
            await server.sign_in()
            await server.wait_until_running()
            progress.say("Home Assistant runs; sign in as demo with password demo")
            url = server.url + DASHBOARD
            print(f"ready: {url}", flush=True)
            if not options.is_headless:
                webbrowser.open(url)
            cars = asyncio.create_task(CarPark(control, server).live())
            try:
                await _until_either(server, stop)
            finally:
                cars.cancel()


async def _until_either(server: HomeAssistant, stop: asyncio.Event) -> None:
    """Wait for the interruption; DemoError when the server ends before it."""
    ended = asyncio.create_task(server.wait())
    interrupted = asyncio.create_task(stop.wait())
    await asyncio.wait({ended, interrupted}, return_when=asyncio.FIRST_COMPLETED)
    if not interrupted.done():
        interrupted.cancel()
        raise DemoError("Home Assistant ended by itself; see home-assistant.out")
    ended.cancel()


async def _set_up(
    options: Options,
    simulation: Simulation,
    catalogue: Catalogue,
    ports: Mapping[str, int],
    progress: Progress,
) -> tuple[str, dict[str, int]]:
    """Sign up and enter the site; returns entry and device numbers."""
    async with running(options.folder, options.port) as server:
        progress.say("Home Assistant answers; the building is entered in its flows")
        await server.onboard(options.language)
        entry_id = await enter_site(server, simulation.site, catalogue, ports)
        ids = await device_ids(server, entry_id)
        progress.say(f"{len(ids)} devices entered and tested")
        await enter_tariffs(server, entry_id)
        progress.say("tariffs and cost rules entered")
        await enter_charging(server, entry_id, ids)
        progress.say("load management of the charging stations entered")
    forget_archive(options.folder, entry_id)
    return entry_id, ids


@contextlib.asynccontextmanager
async def _simulator(base_port: int) -> AsyncIterator[tuple[Mapping[str, int], str]]:
    """Run the simulator beside us; yields every gateway's port and how to steer it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        str(SITE),
        "--base-port",
        str(base_port),
        "--control-port",
        "0",
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    assert process.stdout is not None  # noqa: S101 (asked for above)
    try:
        line = (await process.stdout.readline()).decode().strip()
        if not line.startswith("ready: "):
            raise DemoError(
                f"the simulator did not start on port {base_port} and following; "
                "is another demo running?"
            )
        endpoints = {
            name: url
            for name, _, url in (
                endpoint.partition(" = ")
                for endpoint in line.removeprefix("ready: ").split("; ")
            )
        }
        control = endpoints.pop("control")
        ports = {n: int(url.rpartition(":")[2]) for n, url in endpoints.items()}
        yield ports, control
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description=(
            "Show a small company in Home Assistant: meters on simulated buses, "
            "13 months of history, the dashboard. Runs until interrupted."
        ),
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8123,
        metavar="N",
        help="port of Home Assistant (default 8123; 0: a free one)",
    )
    parser.add_argument(
        "--config",
        type=Path,
        default=ROOT / ".demo",
        metavar="DIR",
        help="configuration folder (default .demo); kept for the next run",
    )
    parser.add_argument(
        "--reset", action="store_true", help="begin anew: remove the folder first"
    )
    parser.add_argument(
        "--headless",
        action="store_true",
        help="only print; do not open a web browser",
    )
    parser.add_argument(
        "--base-port",
        type=int,
        default=15020,
        metavar="N",
        help="port of the first simulated gateway on a first run (default 15020)",
    )
    parser.add_argument(
        "--language", default="en", choices=("en", "fr"), help="language of the user"
    )
    parser.add_argument(
        "--months",
        type=int,
        default=MONTHS,
        metavar="N",
        help=f"how long the past of a first run is (default {MONTHS})",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
