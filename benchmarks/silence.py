"""What do silent devices cost those that answer, and when are they back?

A simulated gateway (a process of its own) has 32 EMDX3 meters 4 120 45 on a line of
19200 bit/s, 8E1, with 20 ms turnaround and the silence their maker asks for. The
gateway waits 100 ms for an answer, five times what these meters need, and so do we:
what a gateway waits for a silent unit, no client can give back to the line. Units 17
to 32 are silent. Everything below is measured in one run, over Modbus TCP on the
loopback interface:

* **growth**: how much longer a round of all 16 answering meters takes than on a second
  line without the 16 silent ones, after the third round, both at the same time. Ours has no idle time meanwhile (somebody
  looks at all 16 meters, whose values are due every five seconds and take longer).
  Beside it, with their defaults, pymodbus' ``AsyncModbusTcpClient`` and
  modbus-connection, which read one block of each meter in turn; they learn nothing, so
  that their first round with silent meters is like every other.
* **revival**: seconds from the moment in which a silent meter is well until its
  values are there, at the usual cadence of a minute; the longest of several.
* **write wait**: how long a write waits for its turn while the full poll runs and
  silent meters are asked, beside the longest exchange of one frame that the line has
  seen meanwhile. It sends nothing: meters take no writes.
* **age**: how old the currents of the main meter are, watched every 100 ms while that
  same full poll runs; 99 of 100 looks at them find them younger.
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
import json
import logging
from pathlib import Path
import sys
from time import perf_counter
from typing import Final

from modbus_connection import ModbusError, ModbusTcpParams
from modbus_connection.tmodbus import ModbusConnection
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusIOException

from custom_components.legrand_ews.ews.bus import (
    DeviceStatus,
    GatewayBus,
    ModbusUnit,
    Rank,
)
from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue
from custom_components.legrand_ews.ews.model import Address, Device, Gateway, TcpLink

from .simulated import Endpoints, simulated

HOST: Final = "127.0.0.1"
MODEL: Final = "412045"
ANSWERING: Final = 16
UNITS: Final = 32
GATEWAY_TIMEOUT_MS: Final = 100
TURNAROUND_MS: Final = 20
CURRENTS: Final = ("current_l1", "current_l2", "current_l3")
BLOCK: Final = (0x1000, 100)
ROUNDS: Final = 10
SETTLED: Final = 3
REVIVALS: Final = 4
LOOK_S: Final = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Figures of one run; ``growth`` is a share of the round without silent ones."""

    ours_growth: float
    pymodbus_growth: float
    modbus_connection_growth: float
    ours_round_s: float
    pymodbus_round_s: float
    modbus_connection_round_s: float
    revival_s: float
    write_wait_ms: float
    longest_frame_ms: float
    age_p99_ms: float


def main() -> int:
    """Measure, print a table and write JSON on request."""
    parser = argparse.ArgumentParser(prog="benchmarks.silence", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    options = parser.parse_args()
    # Silence is what is wanted here; nobody needs to be warned of it.
    for name in ("pymodbus", "custom_components"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    outcome = asyncio.run(measure(load_catalogue()))
    print(table(outcome))
    if options.json is not None:
        figures = json.dumps(asdict(outcome), indent=2)
        options.json.write_text(figures + "\n", encoding="utf-8")
    return 0


def table(outcome: Outcome) -> str:
    """Return the figures as a small table."""
    rows = (
        ("Energy Web Server", outcome.ours_round_s, outcome.ours_growth),
        ("pymodbus, defaults", outcome.pymodbus_round_s, outcome.pymodbus_growth),
        (
            "modbus-connection, defaults",
            outcome.modbus_connection_round_s,
            outcome.modbus_connection_growth,
        ),
    )
    lines = [
        f"\n{ANSWERING} of {UNITS} meters silent, 19200 bit/s 8E1, turnaround "
        f"{TURNAROUND_MS} ms, the gateway waits {GATEWAY_TIMEOUT_MS} ms",
        f"{'':30}{'round':>10}{'growth':>12}",
        *(f"{name:30}{s:>8.2f} s{growth:>12.1%}" for name, s, growth in rows),
        f"{'a revived meter is back in':40}{outcome.revival_s:>8.1f} s",
        f"{'a write waits at most':40}{outcome.write_wait_ms:>8.0f} ms"
        f"   (longest frame {outcome.longest_frame_ms:.0f} ms)",
        f"{'age of the main currents, p99':40}{outcome.age_p99_ms:>8.0f} ms",
    ]
    return "\n".join(lines)


async def measure(catalogue: Catalogue) -> Outcome:
    """Measure ours on one simulator while the others wait on another."""
    with simulated(site("Line", "Alone")) as ours, simulated(site("A", "B")) as others:
        silence(ours, "Line")
        peers = asyncio.gather(
            peer(others, "A", by_pymodbus), peer(others, "B", by_modbus_connection)
        )
        bus, link, frames = our_bus(ours.ports["Line"], catalogue, UNITS)
        try:
            both_s, alone_s = await asyncio.gather(
                rounds(bus), our_round(ours.ports["Alone"], catalogue, ANSWERING)
            )
            frames.clear()
            write_wait_s, ages = await look(bus)
            longest_s = max(frames)
            revival_s = await revival(bus, ours)
        finally:
            await link.close()
        (pymodbus_s, pymodbus_growth), (library_s, library_growth) = await peers
    return Outcome(
        ours_growth=both_s / alone_s - 1,
        pymodbus_growth=pymodbus_growth,
        modbus_connection_growth=library_growth,
        ours_round_s=both_s,
        pymodbus_round_s=pymodbus_s,
        modbus_connection_round_s=library_s,
        revival_s=revival_s,
        write_wait_ms=1000 * write_wait_s,
        longest_frame_ms=1000 * longest_s,
        age_p99_ms=1000 * sorted(ages)[int(0.99 * len(ages))],
    )


def site(*gateways: str) -> dict[str, object]:
    """Return a site with 32 meters behind each gateway."""
    return {
        "name": "Benchmark",
        "installed": "2024-01-01",
        "gateways": [
            {
                "name": name,
                "turnaround_ms": TURNAROUND_MS,
                "timeout_ms": GATEWAY_TIMEOUT_MS,
            }
            for name in gateways
        ],
        "circuits": [{"name": "rest", "profile": "standby", "rated_w": 20_000}],
        "devices": [
            {
                "name": f"{gateway} {number}",
                "gateway": gateway,
                "address": number,
                "model": MODEL,
                "ratios": {"ct": 20},
                "circuits": ["rest"],
            }
            for gateway in gateways
            for number in range(1, UNITS + 1)
        ],
    }


def silence(endpoints: Endpoints, gateway: str) -> None:
    """Let the second half of a gateway's meters fall silent."""
    for unit in range(ANSWERING + 1, UNITS + 1):
        endpoints.tell("fault", {"gateway": gateway, "unit": unit, "kind": "silent"})


def our_bus(
    port: int, catalogue: Catalogue, units: int
) -> tuple[GatewayBus, ModbusConnection, list[float]]:
    """Our bus with so many units, the connection it shares, and its frames' times."""
    link = ModbusConnection(ModbusTcpParams(host=HOST, port=port))
    devices = [
        Device(
            id=number,
            name=f"Meter {number}",
            gateway_id=1,
            address=Address(unit=number),
            model=MODEL,
        )
        for number in range(1, units + 1)
    ]
    gateway = Gateway(
        id=1,
        name="Line",
        link=TcpLink(host=HOST, port=port),
        timeout_ms=GATEWAY_TIMEOUT_MS,
    )
    frames: list[float] = []

    def unit_for(number: int) -> ModbusUnit:
        return recorded(link.for_unit(number), frames)

    bus = GatewayBus(gateway, devices, catalogue, unit_for, utc_now)
    return bus, link, frames


def recorded(unit: ModbusUnit, frames: list[float]) -> ModbusUnit:
    """Let a unit write down how long each of its reads kept the line."""
    read = unit.read_holding_registers

    async def timed(address: int, count: int) -> list[int]:
        began = perf_counter()
        try:
            return await read(address, count)
        finally:
            frames.append(perf_counter() - began)

    unit.read_holding_registers = timed  # type: ignore[method-assign]
    return unit


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


async def our_round(port: int, catalogue: Catalogue, units: int) -> float:
    """Seconds of a round of our bus with so many units."""
    bus, link, _ = our_bus(port, catalogue, units)
    try:
        return await rounds(bus)
    finally:
        await link.close()


async def rounds(bus: GatewayBus) -> float:
    """Mean seconds in which every answering meter comes round once, after three.

    A bus that is watched everywhere is behind all the time.
    """
    ends: list[float] = []
    last: dict[int, datetime] = {}
    fresh: set[int] = set()
    while len(ends) < ROUNDS:
        report = await step(bus, is_watched=True)
        for number in range(1, ANSWERING + 1):
            reading = report.get(number)
            if reading is not None and reading != last.get(number):
                last[number] = reading
                fresh.add(number)
        if len(fresh) == ANSWERING:
            fresh.clear()
            ends.append(perf_counter())
    return (ends[-1] - ends[SETTLED - 1]) / (ROUNDS - SETTLED)


async def step(bus: GatewayBus, *, is_watched: bool = False) -> dict[int, datetime]:
    """Run the cycle that is due next; return when each meter's voltage was read.

    Where somebody looks at all meters, values are due every five seconds.
    """
    if is_watched:
        bus.lease(range(1, ANSWERING + 1), utc_now() + timedelta(seconds=10))
    await asyncio.sleep(bus.next_due(utc_now()).total_seconds())
    report = await bus.cycle(utc_now())
    return {
        number: device.readings["voltage_l1"].read_at
        for number, device in report.devices.items()
        if device.status is DeviceStatus.ON and "voltage_l1" in device.readings
    }


async def look(bus: GatewayBus) -> tuple[float, list[float]]:
    """Watch the main meter and take turns for writes while the full poll runs.

    Returns the longest wait for a turn and the ages of the currents at each look,
    in seconds.
    """
    end = perf_counter() + LOOK_S

    async def poll() -> None:
        while perf_counter() < end:
            await step(bus, is_watched=True)

    waits: list[float] = []

    async def write() -> None:
        number = 0
        while perf_counter() < end:
            # At another moment of a frame each time.
            number += 1
            await asyncio.sleep(0.9 + 0.037 * (number % 7))
            asked = perf_counter()
            async with bus.line.turn(Rank.WRITE):
                waits.append(perf_counter() - asked)

    ages: list[float] = []
    watch = bus.watch_fast(1, CURRENTS, timedelta(milliseconds=100))

    async def see() -> None:
        while not watch.readings:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        while perf_counter() < end:
            oldest = min(reading.read_at for reading in watch.readings.values())
            ages.append((utc_now() - oldest).total_seconds())
            await asyncio.sleep(0.005)

    try:
        await asyncio.gather(poll(), write(), see())
    finally:
        await watch.stop()
    return max(waits), ages


async def revival(bus: GatewayBus, endpoints: Endpoints) -> float:
    """Longest time until a meter that is well again is read, at the usual cadence."""
    longest = 0.0
    for unit in range(UNITS - REVIVALS + 1, UNITS + 1):
        endpoints.tell("heal", {"gateway": "Line", "unit": unit})
        healed = perf_counter()
        while unit not in await step(bus):
            pass
        longest = max(longest, perf_counter() - healed)
        await asyncio.sleep(1.7)
    return longest


type Ask = Callable[[int], Awaitable[bool]]
"""Reads one block of a unit; tells whether it answered."""


async def peer(
    endpoints: Endpoints,
    gateway: str,
    connect: Callable[[int], Awaitable[tuple[Ask, Callable[[], Awaitable[None]]]]],
) -> tuple[float, float]:
    """Seconds of a round with silent meters, and its growth by them."""
    ask, close = await connect(endpoints.ports[gateway])
    try:
        alone_s = await peer_round(ask, ANSWERING)
        await asyncio.to_thread(silence, endpoints, gateway)
        both_s = await peer_round(ask, UNITS)
    finally:
        await close()
    return both_s, both_s / alone_s - 1


async def peer_round(ask: Ask, units: int) -> float:
    """Seconds in which so many units were asked, and all that are well answered."""
    started = perf_counter()
    answers = [await ask(unit) for unit in range(1, units + 1)]
    if not all(answers[:ANSWERING]) or any(answers[ANSWERING:]):
        raise RuntimeError(f"not as expected: {answers}")
    return perf_counter() - started


async def by_pymodbus(port: int) -> tuple[Ask, Callable[[], Awaitable[None]]]:
    """Ask as pymodbus does by default."""
    client = AsyncModbusTcpClient(HOST, port=port)
    await client.connect()
    address, count = BLOCK

    async def ask(unit: int) -> bool:
        if not client.connected:
            await client.connect()
        try:
            reply = await client.read_holding_registers(
                address, count=count, device_id=unit
            )
        except ModbusIOException:
            return False
        return not reply.isError()

    async def close() -> None:
        client.close()

    return ask, close


async def by_modbus_connection(port: int) -> tuple[Ask, Callable[[], Awaitable[None]]]:
    """Ask as modbus-connection does by default."""
    link = ModbusConnection(ModbusTcpParams(host=HOST, port=port))
    address, count = BLOCK

    async def ask(unit: int) -> bool:
        try:
            await link.for_unit(unit).read_holding_registers(address, count)
        except ModbusError:
            return False
        return True

    return ask, link.close


if __name__ == "__main__":
    sys.exit(main())
