"""What 255 meters behind 8 gateways cost a Home Assistant, and what its loop feels.

Three Home Assistants run one after the other, each a process of its own, against the
same simulated campus (Modbus TCP on loopback, lines of 19200 bit/s; the simulator is a
process too, and what it costs is not counted):

* without: nothing but what is always there;
* legrand_ews: the campus, entered by the action ``import_installation``. It reads every
  value of every meter once a minute and archives them all;
* yaml modbus: Home Assistant's own ``modbus`` in YAML, one sensor for each value that
  the integration's entities show from the start, once a minute.

Every one is started twice and measured the second time. **Start** is the time until
Home Assistant says that it runs. **Steady** begins when every meter was read: memory at
its end, processor time a minute.

A fourth process, **the hour**, is the integration again with everything hastened ten
times: meters are read every 6 s instead of every 60 s, an interval ends every minute
instead of every ten, the building lives ten times as fast, and the lines carry ten
times as many bytes. So an hour of reads and intervals passes in six minutes. What it
tells is how long the loop is blocked, no more: what happens at once is the same as in a
real hour, only more often. Its processor time is no measure of anything.

**Blocked** is exact: how long the loop did not look at its sockets, each time; and how
much of it was work, for on a busy machine other processes make it longer. Named are the
callbacks that took longest, and where they were seen. The import of the site and the
start are told apart from steady work.
"""

import argparse
import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field, replace
import json
from pathlib import Path
import sys
import tempfile
from time import perf_counter
from typing import Any, Final

import aiohttp

from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue
from custom_components.legrand_ews.ews.inventory import ENGLISH, FileFormat, write
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    Installation,
    TcpLink,
    by_id,
)
from demo.client import DemoError
from demo.home_assistant import Place, free_port, write_configuration
from demo.installation import enter_site
from simulator.campus import campus_file
from simulator.site import SiteSpec, parse_site

from .simulated import Endpoints, simulated
from .watched.process import ROOT, Watched
from .watched.watch import EDGES_MS
from .watched.yaml_modbus import configuration, sensors

INTEGRATION: Final = ROOT / "custom_components" / "legrand_ews"
DOMAIN: Final = "legrand_ews"
SPEED: Final = 10
LIMIT_MS: Final = 50
_WITHOUT, _OURS, _YAML, _HOUR = "without", "legrand_ews", "yaml modbus", "the hour"
_LONGEST_WAIT_S: Final = 300.0
_SETTLE_S: Final = 5.0
"""Between the last meter's first values and steady work."""
_NO_VALUE: Final = frozenset({"unknown", "unavailable"})
_PLACE: Final = Place(
    name="Campus",
    time_zone="Europe/Paris",
    country="FR",
    currency="EUR",
    latitude=48.78,
    longitude=2.45,
)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """Figures of one Home Assistant; phases as `benchmarks.watched.watch` tells."""

    name: str
    start_s: float = 0.0
    read_s: float = 0.0
    """From the start until every meter was read."""
    rss_mib: float = 0.0
    pss_mib: float | None = None
    cpu_s_a_minute: float = 0.0
    states: int = 0
    requests_a_minute: float = 0.0
    phases: list[dict[str, Any]] = field(default_factory=list)

    def phase(self, name: str) -> dict[str, Any]:
        """Return what was seen in a phase; KeyError if there was none."""
        for phase in self.phases:
            if phase["name"] == name:
                return phase
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Campus:
    """The site: what the simulator is told, and how fast everything goes."""

    file: Mapping[str, object]
    site: SiteSpec
    speed: int = 1

    @classmethod
    def of(cls, devices: int, gateways: int, speed: int = 1) -> Campus:
        """Lay out a campus whose lines carry ``speed`` times as many bytes."""
        file = campus_file(devices=devices, gateways=gateways)
        site = parse_site(file)
        if speed != 1:
            file["gateways"] = [
                {
                    "name": gateway.name,
                    "baud_rate": 19_200 * speed,
                    "turnaround_ms": 2,
                    "timeout_ms": gateway.timeout_ms,
                }
                for gateway in site.gateways
            ]
            site = parse_site(file)
        return cls(file=file, site=site, speed=speed)

    def installation(self, endpoints: Endpoints) -> Installation:
        """The site as the integration holds it."""
        numbers = {x.name: n for n, x in enumerate(self.site.gateways, start=1)}
        return Installation(
            name=self.site.name,
            zone=self.site.zone,
            gateways=by_id(
                Gateway(
                    id=number,
                    name=name,
                    link=TcpLink(host="127.0.0.1", port=endpoints.ports[name]),
                )
                for name, number in numbers.items()
            ),
            devices=by_id(
                Device(
                    id=number,
                    name=spec.name,
                    gateway_id=numbers[spec.gateway],
                    address=Address(unit=spec.address),
                    model=spec.model,
                    supply=spec.supply,
                    parameters=spec.parameters,
                )
                for number, spec in enumerate(self.site.devices, start=1)
            ),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print a table, and write JSON on request."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.home_assistant",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--devices", type=int, default=255, metavar="N")
    parser.add_argument("--gateways", type=int, default=8, metavar="N")
    parser.add_argument(
        "--minutes",
        type=float,
        default=11,
        metavar="N",
        help="length of steady work; 11 holds an end of an interval (default)",
    )
    parser.add_argument(
        "--only",
        choices=(_WITHOUT, _OURS, _YAML, _HOUR),
        action="append",
        help="measure this one; may be repeated",
    )
    options = parser.parse_args(arguments)
    wanted = options.only or (_WITHOUT, _OURS, _YAML, _HOUR)
    outcomes: list[Outcome] = []
    for name in wanted:
        is_hour = name == _HOUR
        speed = SPEED if is_hour else 1
        campus = Campus.of(options.devices, options.gateways, speed)
        minutes = 60 / SPEED if is_hour else options.minutes
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        with simulated(campus.file, speed=speed) as endpoints:
            outcomes.append(asyncio.run(measure(name, campus, endpoints, minutes)))
    print(table(outcomes))
    if options.json is not None:
        figures = [asdict(outcome) for outcome in outcomes]
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


async def measure(
    name: str, campus: Campus, endpoints: Endpoints, minutes: float
) -> Outcome:
    """Set a Home Assistant up, start it again and look at it for some minutes."""
    outcome = Outcome(name=name)
    catalogue = load_catalogue()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port = free_port()
        write_configuration(folder, _PLACE, port, INTEGRATION)
        if name == _YAML:
            with (folder / "configuration.yaml").open("a", encoding="utf-8") as file:
                file.write(configuration(campus.site, catalogue, endpoints.ports))
        await _set_up(outcome, campus, endpoints, catalogue, folder, port)
        began = perf_counter()
        server = await Watched.launch(folder, port, speed=campus.speed)
        stack.push_async_callback(server.stop)
        await server.wait_until_answering()
        await server.sign_in()
        await server.wait_until_running()
        outcome.start_s = perf_counter() - began
        await _wait_until_read(server, _awaited(name, campus.site, catalogue))
        outcome.read_s = perf_counter() - began
        await asyncio.sleep(_SETTLE_S)
        await _look_at(server, outcome, endpoints, minutes)
    return outcome


async def _look_at(
    server: Watched, outcome: Outcome, endpoints: Endpoints, minutes: float
) -> None:
    await server.begin("steady")
    cpu_s, requests, began = server.cpu_s(), endpoints.requests(), perf_counter()
    await asyncio.sleep(60 * minutes)
    passed = (perf_counter() - began) / 60
    outcome.cpu_s_a_minute = (server.cpu_s() - cpu_s) / passed
    outcome.requests_a_minute = (endpoints.requests() - requests) / passed
    memory = server.memory()
    outcome.rss_mib, outcome.pss_mib = memory.rss_mib, memory.pss_mib
    # Only now: our own questions would be among what is measured.
    for phase in ("start", "steady"):
        if (seen := server.phase(phase)) is not None:
            outcome.phases.append(seen)
    outcome.states = len(await server.get("/api/states"))


async def _set_up(
    outcome: Outcome,
    campus: Campus,
    endpoints: Endpoints,
    catalogue: Catalogue,
    folder: Path,
    port: int,
) -> None:
    """Start for the first time: the user, and the site as a user enters it."""
    server = await Watched.launch(folder, port)
    try:
        await server.wait_until_answering()
        await server.onboard(_PLACE.language)
        await server.wait_until_running()
        if outcome.name not in (_OURS, _HOUR):
            return
        empty = replace(
            campus.site, gateways=campus.site.gateways[:1], devices=(), groups=()
        )
        entry_id = await enter_site(server, empty, catalogue, endpoints.ports)
        if campus.speed != 1:
            await _hasten(server, entry_id)
        content = write(
            campus.installation(endpoints), catalogue, FileFormat.YAML, ENGLISH
        )
        await server.begin("import")
        answer = await server.command(
            f"{DOMAIN}/import_installation", content=content, config_entry_id=entry_id
        )
        if not answer["applied"]:
            raise DemoError(f"the site was refused: {answer['problems']}")
        awaited = _awaited(outcome.name, campus.site, catalogue)
        await _wait_until_read(server, awaited)
        await asyncio.sleep(_SETTLE_S)
        if (seen := server.phase("import")) is not None:
            outcome.phases.append(seen)
    finally:
        await server.stop()


async def _hasten(server: Watched, entry_id: str) -> None:
    """Let an interval end every minute."""
    answers = {"init": "sampling", "sampling": {"sample_minutes": "1"}}
    await server.walk("options/flow", entry_id, answers)


async def _wait_until_read(server: Watched, entity_ids: Sequence[str]) -> None:
    """Wait until every entity has shown a value, asking for one after the other."""
    async with asyncio.timeout(_LONGEST_WAIT_S):
        for entity_id in entity_ids:
            while not await _has_value(server, entity_id):  # noqa: ASYNC110
                await asyncio.sleep(0.5)


async def _has_value(server: Watched, entity_id: str) -> bool:
    try:
        state = await server.get(f"/api/states/{entity_id}")
    except aiohttp.ClientResponseError:
        return False  # not there yet
    return state["state"] not in _NO_VALUE


def _awaited(name: str, site: SiteSpec, catalogue: Catalogue) -> list[str]:
    """Entities that tell whether every meter was read, one for each meter."""
    if name == _WITHOUT:
        return []
    if name != _YAML:
        return [f"sensor.{_slug(device.name)}_status" for device in site.devices]
    lasts = [list(sensors(device, catalogue))[-1]["name"] for device in site.devices]
    return [f"sensor.{_slug(str(name))}" for name in lasts]


def _slug(name: str) -> str:
    return name.lower().replace(" ", "_").replace("-", "_")


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the figures as text."""
    lines = [
        f"\n{'':14}{'start':>8}{'all read':>10}{'RSS':>10}{'PSS':>10}"
        f"{'CPU a minute':>14}{'requests':>10}{'states':>8}{'blocked':>10}"
    ]
    for one in outcomes:
        pss = "" if one.pss_mib is None else f"{one.pss_mib:.0f} MiB"
        cpu = "" if one.name == _HOUR else f"{one.cpu_s_a_minute:.2f} s"
        lines.append(
            f"{one.name:14}{one.start_s:>6.1f} s{one.read_s:>8.1f} s"
            f"{one.rss_mib:>6.0f} MiB{pss:>10}{cpu:>14}"
            f"{one.requests_a_minute:>10.0f}{one.states:>8}"
            f"{one.phase('steady')['longest_turn_ms']:>7.0f} ms"
        )
    for one in outcomes:
        for phase in one.phases:
            lines += _told(one.name, phase)
    return "\n".join(lines)


def _told(name: str, phase: Mapping[str, Any]) -> list[str]:
    """The turns of a phase as a histogram, and its longest callbacks."""
    bounds = [f"<{edge}" for edge in EDGES_MS] + [f">={EDGES_MS[-1]}"]
    counts = zip(bounds, phase["turns"], strict=True)
    histogram = "  ".join(f"{bound} {count}" for bound, count in counts if count)
    lines = [
        f"\n{name}, {phase['name']}: blocked for {phase['longest_turn_ms']:.0f} ms at "
        f"most, by own work for {phase['longest_work_ms']:.0f} ms; garbage collection {phase['longest_collection_ms']:.0f} ms; "
        f"turns by ms: {histogram}"
    ]
    lines += [
        f"  {one['milliseconds']:7.1f} ms  ({one['work_ms']:.1f} of own work) "
        f"garbage collection of generation "
        f"{one['generation']} after {one['at_s']:.0f} s"
        for one in phase["collections"]
    ]
    for block in phase["blocks"]:
        if block["milliseconds"] >= LIMIT_MS / 2:
            lines.append(
                f"  {block['milliseconds']:7.1f} ms  after {block['at_s']:.0f} s, "
                f"{block['work_ms']:.1f} ms of own work, of which {block['kernel_ms']:.1f} "
                f"in the kernel, {block['faults']} page faults: {block['name']}"
            )
            lines += [f"{'':14}{place}" for place in block["where"]]
    return lines


if __name__ == "__main__":
    sys.exit(main())
