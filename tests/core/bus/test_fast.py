"""Watching a few values beside the cycle."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal

from modbus_connection import ModbusConnectionError, ModbusTimeoutError

from custom_components.legrand_ews.ews.bus import DeviceStatus, GatewayBus, Reading
from custom_components.legrand_ews.ews.model import Supply

from .world import Bus, Clock, device, gateway_bus, u32, words_of

CURRENTS = ("current_l1", "current_l2", "current_l3")
OFTEN = timedelta(milliseconds=2)


def watched_bus(supply: Supply = Supply.UPSTREAM) -> tuple[Bus, Clock, GatewayBus]:
    """A meter 0 046 76 at address 1 with 1, 2 and 3 A, importing 700 W."""
    bus, clock = Bus(), Clock()
    bus.unit(1).holding = words_of(
        {
            0xC558: u32(23_000),
            0xC560: [*u32(1_000), *u32(2_000), *u32(3_000)],
            0xC568: u32(70),
        }
    )
    return bus, clock, gateway_bus(bus, clock, device(1, "004676", supply=supply))


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_a_watch_reads_its_quantities_and_nothing_else() -> None:
    bus, clock, behind = watched_bus()
    await behind.cycle(clock())
    bus.requests(1)
    told: list[Mapping[str, Reading]] = []
    watch = behind.watch_fast(1, CURRENTS, OFTEN, told.append)
    await until(lambda: len(told) >= 3)
    await watch.stop()
    assert {q: r.value for q, r in watch.readings.items()} == {
        "current_l1": Decimal(1),
        "current_l2": Decimal(2),
        "current_l3": Decimal(3),
    }
    assert set(bus.requests(1)) == {(0xC560, 6)}


async def test_its_values_are_in_the_reports_too() -> None:
    bus, clock, behind = watched_bus()
    await behind.cycle(clock())
    clock.after(1)
    bus.unit(1).holding |= words_of({0xC560: u32(9_000)})
    watch = behind.watch_fast(1, CURRENTS, OFTEN)
    await until(lambda: watch.readings)
    await watch.stop()
    reading = (await behind.cycle(clock())).devices[1].readings["current_l1"]
    assert (reading.value, reading.read_at) == (Decimal(9), clock())


async def test_a_watch_sees_the_site_and_not_the_sensor() -> None:
    _, clock, behind = watched_bus(Supply.DOWNSTREAM)
    report = await behind.cycle(clock())
    power = report.devices[1].readings["active_power"].value
    assert power < 0
    watch = behind.watch_fast(1, ["active_power"], OFTEN)
    await until(lambda: watch.readings)
    await watch.stop()
    assert watch.readings["active_power"].value == power


async def test_a_stopped_watch_leaves_no_task_behind() -> None:
    bus, clock, behind = watched_bus()
    await behind.cycle(clock())
    before = asyncio.all_tasks()
    watches = [behind.watch_fast(1, CURRENTS, OFTEN) for _ in range(3)]
    await until(lambda: all(watch.readings for watch in watches))
    for watch in watches:
        await watch.stop()
    assert asyncio.all_tasks() == before
    bus.requests(1)
    await asyncio.sleep(0.02)
    assert bus.requests(1) == []
    # The line is free: a cycle goes on.
    report = await behind.cycle(clock.after(60))
    assert report.devices[1].status is DeviceStatus.ON


async def test_a_lost_reply_costs_a_watch_nothing_but_that() -> None:
    bus, clock, behind = watched_bus()
    await behind.cycle(clock())
    bus.unit(1).fail_requests(ModbusTimeoutError())
    watch = behind.watch_fast(1, CURRENTS, OFTEN)
    await until(lambda: bus.unit(1).read_events[-1:] and bus.requests(1))
    bus.unit(1).fail_requests(None)
    await until(lambda: watch.readings)
    await watch.stop()
    report = await behind.cycle(clock())
    assert report.devices[1].status is DeviceStatus.ON


async def test_a_watch_notices_that_the_gateway_is_gone() -> None:
    bus, clock, behind = watched_bus()
    await behind.cycle(clock())
    bus.unit(1).fail_requests(ModbusConnectionError())
    watch = behind.watch_fast(1, CURRENTS, OFTEN)
    await until(lambda: behind.next_due(clock()) == timedelta(seconds=5))
    assert not (await behind.cycle(clock())).is_reachable
    bus.unit(1).fail_requests(None)
    assert (await behind.cycle(clock.after(5))).is_reachable
    await until(lambda: watch.readings)
    await watch.stop()


async def test_a_listener_that_fails_does_not_end_the_watch() -> None:
    _, clock, behind = watched_bus()
    await behind.cycle(clock())
    calls = 0

    def fail(_: Mapping[str, Reading]) -> None:
        nonlocal calls
        calls += 1
        raise ValueError

    watch = behind.watch_fast(1, CURRENTS, OFTEN, fail)
    await until(lambda: calls >= 2)
    await watch.stop()
