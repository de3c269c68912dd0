"""How near to the physical limit of an RS-485 line is a cycle of reads?

A simulated gateway (a process of its own: its work must not slow the client) has
eight EMDX3 meters 4 120 45 on a line of 19200 bit/s, 8E1. Of each meter 50 values are
read, all from the block at 0x1000; the meters refuse the fixed-scale blocks, as some
models do, so that everybody reads the same registers.

**Physical limit.** The shortest time in which the line can carry those registers: for
every set of reads of at most 112 registers (what the meter accepts) that covers them,
each read costs (13 + 2N) characters of 11 bits for N registers, two silences of 3.5
characters and the turnaround of the meter; the cheapest set counts. No client can be
faster on this line. Where the meters want a longer silence before the next request
(IME: 20 ms), it takes the place of one of the silences of 3.5 characters.

**Who is measured**, over Modbus TCP on the loopback interface:

* ours: ``GatewayBus.cycle``, its first cycles (learning, identification) left out;
* planned: ``modbus_connection.model.ManualComponent`` with its own defaults, except
  that ``max_span`` must be told the 112 registers;
* single: what YAML configuration of Home Assistant's ``modbus`` does, one request for
  each value through pymodbus' ``AsyncModbusTcpClient``.

Both planners are given by their quickest cycle of several taken in turn, one request per
value by a single cycle: whatever else runs on the machine only adds. Two scenes: 5 ms turnaround; and 20 ms turnaround with the 20 ms of silence that the
makers of these meters ask for, respected by all three. Use the ratios: times on a busy
machine vary, and all are taken in one run.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
import json
from pathlib import Path
import re
import subprocess
import sys
import tempfile
from time import perf_counter
from types import MappingProxyType
from typing import Final

from modbus_connection import ModbusTcpParams
from modbus_connection.model import ManualComponent, integer, uint32
from modbus_connection.tmodbus import ModbusConnection
from pymodbus.client import AsyncModbusTcpClient

from custom_components.legrand_ews.ews.bus import DeviceStatus, GatewayBus
from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    TcpLink,
)

METERS: Final = 8
VALUES: Final = 50
MODEL: Final = "412045"
BLOCK: Final = "measurements"
BIT_RATE: Final = 19_200
CHARACTER_S: Final = 11 / BIT_RATE
SILENCE_S: Final = 3.5 * CHARACTER_S
TIMEOUT_S: Final = 1.0
_REFUSED: Final = (
    "fixed_energies",
    "fixed_powers",
    "fixed_averages",
    "din_energies",
    "din_powers",
    "averages",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A line with meters that take ``turnaround_ms`` and want ``silence_ms``."""

    turnaround_ms: int
    silence_ms: int
    cycles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Seconds for one cycle of all meters, by who reads; ``limit`` is the line's."""

    turnaround_ms: int
    silence_ms: int
    limit_s: float
    ours_s: float
    planned_s: float
    single_s: float

    def share(self, seconds: float) -> float:
        """Return what part of the physical limit's speed is reached."""
        return self.limit_s / seconds


SCENES: Final = (
    Scene(turnaround_ms=5, silence_ms=0, cycles=8),
    Scene(turnaround_ms=20, silence_ms=20, cycles=6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value to read: a quantity and its registers."""

    quantity: str
    address: int
    words: int


def main() -> int:
    """Measure, print a table and write JSON on request."""
    parser = argparse.ArgumentParser(prog="benchmarks.bus", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    catalogue = load_catalogue()
    outcomes = [asyncio.run(measure(scene, catalogue)) for scene in SCENES]
    for outcome in outcomes:
        print(table(outcome))
    if options.json is not None:
        figures = [
            asdict(outcome) | {"ours_of_limit": outcome.share(outcome.ours_s)}
            for outcome in outcomes
        ]
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def table(outcome: Outcome) -> str:
    """Return the figures as a small table."""
    rows = (
        ("physical limit", outcome.limit_s),
        ("Energy Web Server", outcome.ours_s),
        ("modbus-connection, planned", outcome.planned_s),
        ("one request per value", outcome.single_s),
    )
    head = (
        f"\n{METERS} meters x {VALUES} values, {BIT_RATE} bit/s 8E1, "
        f"turnaround {outcome.turnaround_ms} ms, silence {outcome.silence_ms} ms\n"
        f"{'':28}{'cycle':>10}{'of the limit':>15}"
    )
    lines = [
        f"{name:28}{seconds:>8.3f} s{outcome.share(seconds):>14.1%}"
        for name, seconds in rows
    ]
    return "\n".join([head, *lines])


async def measure(scene: Scene, catalogue: Catalogue) -> Outcome:
    """Measure all three on a simulated gateway."""
    values = wanted_values(catalogue)
    longest = catalogue.map_of(catalogue.models[MODEL]).max_words
    limit = METERS * shortest_time(values, longest, scene)
    with simulator(scene) as port:
        async with (
            ours_on(port, catalogue, values, scene) as ours,
            planned_on(port, values, longest, scene) as planned,
            single_on(port, values, scene) as single,
        ):
            # In turn, so that a busy moment of this machine meets both.
            rounds = [
                (await timed(ours), await timed(planned)) for _ in range(scene.cycles)
            ]
            single_s = await timed(single)
    ours_s, planned_s = (min(seconds) for seconds in zip(*rounds, strict=True))
    return Outcome(
        turnaround_ms=scene.turnaround_ms,
        silence_ms=scene.silence_ms,
        limit_s=limit,
        ours_s=ours_s,
        planned_s=planned_s,
        single_s=single_s,
    )


def wanted_values(catalogue: Catalogue) -> tuple[Value, ...]:
    """Return the first 50 quantities of the block that have registers of their own."""
    blocks = catalogue.blocks_of(catalogue.models[MODEL])
    block = next(block for block in blocks if block.key == BLOCK)
    found: dict[str, Value] = {}
    for field in block.fields:
        if field.quantity is not None and not field.parts:
            value = Value(
                quantity=field.quantity, address=field.address, words=field.type.words
            )
            found.setdefault(field.quantity, value)
    values = tuple(found.values())[:VALUES]
    if len(values) < VALUES:
        raise ValueError(f"the map has only {len(values)} values")
    return values


def shortest_time(values: tuple[Value, ...], longest: int, scene: Scene) -> float:
    """Seconds of the cheapest reads that cover ``values`` of one meter."""
    spans = sorted((value.address, value.address + value.words) for value in values)
    pause = max(SILENCE_S, scene.silence_ms / 1000)
    fixed = 13 * CHARACTER_S + SILENCE_S + pause + scene.turnaround_ms / 1000

    @cache
    def from_here(first: int) -> float:
        if first == len(spans):
            return 0.0
        start = spans[first][0]
        return min(
            fixed + 2 * (spans[last][1] - start) * CHARACTER_S + from_here(last + 1)
            for last in range(first, len(spans))
            if spans[last][1] - start <= longest
        )

    return from_here(0)


@contextmanager
def simulator(scene: Scene) -> Iterator[int]:
    """Run the simulated gateway in a process of its own; yield its port."""
    site = {
        "name": "Benchmark",
        "installed": "2024-01-01",
        "gateways": [{"name": "Line", "turnaround_ms": scene.turnaround_ms}],
        "circuits": [{"name": "rest", "profile": "standby", "rated_w": 20_000}],
        "devices": [
            {
                "name": f"Meter {number}",
                "gateway": "Line",
                "address": number,
                "model": MODEL,
                "ratios": {"ct": 20},
                "circuits": ["rest"],
                "refuses": list(_REFUSED),
            }
            for number in range(1, METERS + 1)
        ],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "site.yaml")
        file.write_text(json.dumps(site), encoding="utf-8")  # JSON is YAML
        command = [sys.executable, "-m", "simulator", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                ready = process.stdout.readline() if process.stdout else ""
                port = re.search(r"tcp://127\.0\.0\.1:(\d+)", ready)
                if port is None:
                    raise RuntimeError(f"the simulator did not start: {ready}")
                yield int(port[1])
            finally:
                process.terminate()


type Cycle = Callable[[], Awaitable[None]]
"""Reads every value of every meter once."""


async def timed(cycle: Cycle) -> float:
    """Seconds of one cycle."""
    started = perf_counter()
    await cycle()
    return perf_counter() - started


@asynccontextmanager
async def ours_on(
    port: int, catalogue: Catalogue, values: tuple[Value, ...], scene: Scene
) -> AsyncIterator[Cycle]:
    """Our bus: every cycle is a minute later, when everything is due again."""
    model = replace(
        catalogue.models[MODEL],
        quantities=tuple(value.quantity for value in values),
        excluded=catalogue.models[MODEL].excluded | frozenset({"energy_mode"}),
    )
    own = replace(catalogue.map_of(model), spacing_ms=scene.silence_ms)
    narrowed = replace(
        catalogue,
        models=MappingProxyType({MODEL: model}),
        maps=MappingProxyType({own.key: own}),
    )
    devices = [
        Device(
            id=number,
            name=f"Meter {number}",
            gateway_id=1,
            address=Address(unit=number),
            model=MODEL,
        )
        for number in range(1, METERS + 1)
    ]
    async with connection(port) as link:
        bus = GatewayBus(
            Gateway(id=1, name="Line", link=TcpLink(host="127.0.0.1", port=port)),
            devices,
            narrowed,
            link.for_unit,
            lambda: datetime.now(UTC),
        )
        now = datetime.now(UTC)
        for _ in range(METERS + 2):  # learning, and one meter identified a cycle
            await bus.cycle(now)
        for _ in range(METERS):  # a busy machine makes replies come too late
            now += timedelta(minutes=10)
            report = await bus.cycle(now)
            if all(len(x.readings) >= VALUES for x in report.devices.values()):
                break

        async def cycle() -> None:
            nonlocal now
            now += bus.next_due(now)  # as the clock of Home Assistant does
            began = datetime.now(UTC)
            report = await bus.cycle(now)
            for device in report.devices.values():
                if (
                    device.status is not DeviceStatus.ON
                    or len(device.readings) < VALUES
                ):
                    raise RuntimeError(f"{device.status}: {len(device.readings)}")
                if min(r.read_at for r in device.readings.values()) < began:
                    raise RuntimeError("a value was not read anew")

        yield cycle


@asynccontextmanager
async def planned_on(
    port: int, values: tuple[Value, ...], longest: int, scene: Scene
) -> AsyncIterator[Cycle]:
    """modbus-connection's component, planned from the values by its defaults."""
    async with connection(port) as link:
        components: list[ManualComponent] = []
        for number in range(1, METERS + 1):
            unit = link.for_unit(number)
            unit.require_timeout(TIMEOUT_S)
            unit.set_message_spacing(scene.silence_ms / 1000)
            component = ManualComponent(unit, max_span=longest)
            for value in values:
                kind = integer if value.words == 1 else uint32
                component.add(value.quantity, kind(value.address))
            components.append(component)

        async def cycle() -> None:
            for component in components:
                await component.async_update()

        yield cycle


@asynccontextmanager
async def single_on(
    port: int, values: tuple[Value, ...], scene: Scene
) -> AsyncIterator[Cycle]:
    """One request for each value."""
    client = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=TIMEOUT_S)
    await client.connect()
    try:

        async def cycle() -> None:
            for number in range(1, METERS + 1):
                for value in values:
                    reply = await client.read_holding_registers(
                        value.address, count=value.words, device_id=number
                    )
                    if reply.isError():
                        raise RuntimeError(f"{value}: {reply}")
                    if scene.silence_ms:
                        await asyncio.sleep(scene.silence_ms / 1000)

        yield cycle
    finally:
        client.close()


@asynccontextmanager
async def connection(port: int) -> AsyncIterator[ModbusConnection]:
    """A connection as Home Assistant shares it."""
    link = ModbusConnection(ModbusTcpParams(host="127.0.0.1", port=port))
    try:
        yield link
    finally:
        await link.close()


if __name__ == "__main__":
    sys.exit(main())
