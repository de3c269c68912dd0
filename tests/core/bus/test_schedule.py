"""Timelines of a bus: who is asked when, and what one fault does to the others."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
import logging

from hypothesis import given, settings, strategies as st
from modbus_connection import (
    GatewayTargetError,
    ModbusConnectionError,
    ModbusDesyncError,
    ModbusProtocolError,
    ModbusTimeoutError,
    ServerDeviceFailureError,
)
import pytest

from custom_components.legrand_ews.ews.bus import (
    DeviceStatus,
    GatewayBus,
    GatewayReport,
)

from .world import (
    START,
    Bus,
    Clock,
    catalogue,
    device,
    gateway,
    gateway_bus,
    u32,
    words_of,
)

ON = DeviceStatus.ON
ERROR = DeviceStatus.COMMUNICATION_ERROR
METROLOGY = 0xC550


def socomec_bus(*numbers: int) -> tuple[Bus, Clock, GatewayBus]:
    """Meters 0 046 76 that answer everything, on one bus."""
    bus, clock = Bus(), Clock()
    for number in numbers:
        bus.unit(number).holding = words_of({0xC558: u32(23_000)})
        bus.unit(number).require_timeout(0.3)
    meters = (device(number, "004676") for number in numbers)
    return bus, clock, gateway_bus(bus, clock, *meters)


async def test_everybody_is_asked_who_he_is_in_the_first_seconds() -> None:
    bus, clock, behind = socomec_bus(1, 2, 3)
    for unit in bus.units.values():
        unit.holding |= words_of({0xC38A: [ord(c) for c in "diris"]})
    await behind.cycle(clock())
    reports = await run(behind, clock, 10)
    assert asked_at(reports) == [1, 2]
    names = {d.identity["model"] for d in reports[-1][1].devices.values()}
    assert names == {"diris"}


async def test_a_meter_that_comes_back_is_asked_anew_who_it_is() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    unit = bus.unit(2)
    unit.holding |= words_of({0xC355: 17})
    await behind.cycle(clock())
    reports = await run(behind, clock, 2)
    assert reports[-1][1].devices[2].identity["product_id"] == "17"
    unit.fail_requests(ModbusTimeoutError())
    await run(behind, clock, 70)
    unit.fail_requests(None)
    unit.holding |= words_of({0xC355: 18})
    reports = await run(behind, clock, 120)
    assert reports[-1][1].devices[2].identity["product_id"] == "18"


async def test_cycles_that_overlap_follow_each_other() -> None:
    bus, clock, behind = socomec_bus(1)
    reports = await asyncio.gather(behind.cycle(clock()), behind.cycle(clock()))
    assert [report.devices[1].status for report in reports] == [ON, ON]
    metrology = [a for a, _ in bus.requests(1) if a == METROLOGY]
    assert len(metrology) == 1


async def run(
    behind: GatewayBus, clock: Clock, seconds: float
) -> list[tuple[float, GatewayReport]]:
    """Let cycles follow each other as ``next_due`` says, for so long."""
    reports: list[tuple[float, GatewayReport]] = []
    end = clock() + timedelta(seconds=seconds)
    while True:
        due = behind.next_due(clock())
        if clock() + due > end:
            clock.now = end
            return reports
        # A cycle takes time; without it a fault that is due at once would spin.
        clock.after(max(due.total_seconds(), 0.001))
        at = (clock() - START).total_seconds()
        reports.append((at, await behind.cycle(clock())))


def asked_at(reports: list[tuple[float, GatewayReport]]) -> list[int]:
    return [round(at) for at, _ in reports]


async def test_the_first_cycle_reads_everything_and_then_once_a_minute() -> None:
    bus, clock, behind = socomec_bus(1)
    report = await behind.cycle(clock())
    assert report.devices[1].status is ON
    assert report.devices[1].readings["voltage_l1"].value == 230
    assert report.devices[1].readings["voltage_l1"].read_at == START
    bus.requests(1)
    reports = await run(behind, clock, 185)
    read_at = {r.devices[1].readings["voltage_l1"].read_at for _, r in reports}
    assert {round((at - START).total_seconds()) for at in read_at} == {0, 60, 120, 180}
    addresses = {address for address, _ in whole_blocks(bus, 1)}
    # Energies from 0xC65C: the totals before are reserved on this meter.
    assert addresses == {METROLOGY, 0xC65C, 0xC950}


def whole_blocks(bus: Bus, number: int) -> list[tuple[int, int]]:
    """Reads of values; a question whether the bus is there takes two words at most."""
    return [(address, count) for address, count in bus.requests(number) if count > 2]


class _SlowRecorder(list[object]):
    """Lets every read take its time, half a second if nothing else is said."""

    def __init__(self, clock: Clock, seconds: float = 0.5) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = seconds

    def append(self, event: object) -> None:
        self._clock.after(self._seconds)
        super().append(event)


def slow_bus(meters: int) -> tuple[Clock, GatewayBus]:
    """A bus that is behind: its meters together take longer than their minute."""
    bus, clock, behind = socomec_bus(*range(1, meters + 1))
    for unit in bus.units.values():
        unit.read_events = _SlowRecorder(clock)  # type: ignore[assignment]
    return clock, behind


async def test_a_long_cycle_reports_what_it_has_and_goes_on_at_once() -> None:
    clock, behind = slow_bus(8)
    known: set[int] = set()
    for _ in range(8):
        before = clock()
        report = await behind.cycle(before)
        # Two seconds, and at most the one device that was under way.
        assert clock() - before <= timedelta(seconds=2 + 4)
        now_known = {n for n, device in report.devices.items() if device.status is ON}
        assert known <= now_known
        known = now_known
        if len(known) < 8:
            assert behind.next_due(clock()) == timedelta()
    assert known == set(range(1, 9))


def blocks_of(bus: Bus) -> int:
    """How many reads of values there were so far."""
    events = (event for unit in bus.units.values() for event in unit.read_events)
    return sum(event.count > 2 for event in events)


async def test_a_round_is_one_cycle_and_one_report() -> None:
    """Meters are read one after the other; what was a round stays one."""
    bus, clock, behind = socomec_bus(*range(1, 9))
    for unit in bus.units.values():
        unit.read_events = _SlowRecorder(clock, 0.04)  # type: ignore[assignment]
    for _ in range(9):  # and once, one a cycle, who they are
        await behind.cycle(clock.after(0.5))
    for number in bus.units:
        bus.requests(number)

    cycles = 0
    while clock() < START + timedelta(minutes=4, seconds=30):
        asked = blocks_of(bus)
        await behind.cycle(clock())
        cycles += asked < blocks_of(bus)
        clock.now += max(behind.next_due(clock()), timedelta(milliseconds=50))
    assert cycles == 4
    for number in bus.units:
        addresses = [address for address, _ in whole_blocks(bus, number)]
        assert addresses.count(METROLOGY) == 4


async def test_who_was_never_read_goes_before_who_is_due_again() -> None:
    clock, behind = slow_bus(60)
    for _ in range(200):
        report = await behind.cycle(clock())
    assert {device.status for device in report.devices.values()} == {ON}


async def test_requested_counters_wait_over_several_cycles() -> None:
    clock, behind = slow_bus(8)
    while behind.next_due(clock()) == timedelta():
        await behind.cycle(clock())
    behind.request_counters()
    asked = clock()
    while behind.are_counters_due:
        report = await behind.cycle(clock())
    counters = [d.readings["active_energy_import"] for d in report.devices.values()]
    assert len(counters) == 8
    assert all(counter.read_at >= asked for counter in counters)


async def test_tariffs_and_statistics_follow_the_sample_edge() -> None:
    bus, clock, behind = socomec_bus(1)
    await behind.cycle(clock())
    bus.requests(1)
    behind.request_counters()
    assert behind.next_due(clock()) == timedelta()
    await behind.cycle(clock.after(10))
    requests = [address for address, _ in bus.requests(1)]
    # Counters first (of both tariffs too), the slow blocks after them, nothing else.
    assert requests[:2] == [0xC65C, 0xC6A2]
    assert requests[2:] == [0xC75E]


async def test_counters_of_all_devices_are_read_before_anything_else() -> None:
    bus, clock, behind = socomec_bus(1, 2, 3)
    await behind.cycle(clock())
    order: list[tuple[int, int]] = []
    for number, unit in bus.units.items():
        unit.read_events = _Recorder(number, order)  # type: ignore[assignment]
    behind.request_counters()
    await behind.cycle(clock.after(60))
    first_others = min(
        n for n, (_, address) in enumerate(order) if address == METROLOGY
    )
    readers = {number for number, _ in order[:first_others]}
    assert readers == {1, 2, 3}
    assert all(address >= 0xC65C for _, address in order[:first_others])


class _Recorder(list[object]):
    """Takes note of reads across units, in order."""

    def __init__(self, number: int, order: list[tuple[int, int]]) -> None:
        super().__init__()
        self._number = number
        self._order = order

    def append(self, event: object) -> None:
        self._order.append((self._number, event.address))  # type: ignore[attr-defined]


async def test_a_lease_reads_its_devices_every_five_seconds() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    await behind.cycle(clock())
    await behind.cycle(clock())  # the second meter says who it is
    behind.lease([1], clock() + timedelta(seconds=20))
    bus.requests(1)
    bus.requests(2)
    reports = await run(behind, clock, 59)
    assert asked_at(reports)[:4] == [5, 10, 15, 20]
    assert len([a for a, _ in whole_blocks(bus, 1) if a == METROLOGY]) == 4
    assert whole_blocks(bus, 2) == []
    # The lease has ended: back to the minute.
    reports = await run(behind, clock, 30)
    read_at = {r.devices[1].readings["voltage_l1"].read_at for _, r in reports}
    assert {round((at - START).total_seconds()) for at in read_at} == {20, 80}


async def test_a_silent_device_costs_its_neighbours_one_request() -> None:
    bus, clock, behind = socomec_bus(1, 2, 3)
    bus.unit(2).fail_requests(ModbusTimeoutError())
    report = await behind.cycle(clock())
    assert [report.devices[n].status for n in (1, 2, 3)] == [ON, ERROR, ON]
    assert report.devices[2].error == "device_silent"
    assert report.devices[2].readings == {}
    assert len(bus.requests(2)) == 1
    assert report.is_reachable


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (ModbusTimeoutError(), [5.0] * 20),
        # It answers, and is read whole each time: it is asked less and less often.
        (ServerDeviceFailureError(), [5, 10, 20, 40, 60, 60, 60]),
    ],
    ids=["silent", "refusing"],
)
async def test_a_device_in_fault_is_asked_again_with_one_short_probe(
    fault: Exception, expected: list[float]
) -> None:
    bus, clock, behind = socomec_bus(1, 2)
    bus.unit(2).fail_requests(fault)
    await behind.cycle(clock())
    bus.requests(2)
    probes: list[float] = []
    end = START + timedelta(seconds=sum(expected))
    while clock() < end:
        clock.after(max(behind.next_due(clock()).total_seconds(), 0.001))
        await behind.cycle(clock())
        if requests := bus.requests(2):
            assert len(requests) == 1
            assert requests[0][1] <= 2
            probes.append((clock() - START).total_seconds())
    waits = [b - a for a, b in zip([0.0, *probes], probes, strict=False)]
    assert waits == pytest.approx(expected, abs=0.5)


async def test_the_neighbours_keep_their_minute_beside_a_silent_device() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    bus.unit(2).fail_requests(ModbusTimeoutError())
    await behind.cycle(clock())
    reports = await run(behind, clock, 200)
    read_at = {r.devices[1].readings["voltage_l1"].read_at for _, r in reports}
    assert {round((at - START).total_seconds()) for at in read_at} == {0, 60, 120, 180}


async def test_a_device_comes_back_whole_with_the_next_probe() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    bus.unit(2).fail_requests(ModbusTimeoutError())
    await behind.cycle(clock())
    bus.unit(2).fail_requests(None)
    reports = await run(behind, clock, 6)
    assert asked_at(reports)[0] == 5
    last = reports[0][1].devices[2]
    assert last.status is ON
    assert last.readings["voltage_l1"].value == 230


async def test_one_lost_reply_is_no_fault() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    await behind.cycle(clock())
    bus.unit(2).fail_requests(ModbusTimeoutError())
    report = await behind.cycle(clock.after(60))
    assert report.devices[2].status is ON
    assert report.devices[2].error == "device_silent"
    report = await behind.cycle(clock.after(5))
    assert report.devices[2].status is ERROR
    assert report.devices[2].readings == {}


@pytest.mark.parametrize(
    ("error", "links"),
    # After a reply that never came another one may still be half way; what the
    # gateway says itself (exception 0x0B) leaves nothing behind.
    [(ModbusTimeoutError(), 1), (GatewayTargetError(), 0)],
)
async def test_an_unexpected_silence_begins_a_new_link(
    error: Exception, links: int
) -> None:
    bus, clock, behind = socomec_bus(1, 2)
    await behind.cycle(clock())
    dropped: list[str] = []
    drop = bus.connection.disconnect

    async def and_count() -> None:
        dropped.append("link")
        await drop()

    bus.connection.disconnect = and_count  # type: ignore[method-assign]
    bus.unit(2).fail_requests(error)
    report = await behind.cycle(clock.after(60))
    assert len(dropped) == links
    await run(behind, clock, 400)
    assert len(dropped) <= 2 * links
    assert report.devices[1].status is ON


async def test_a_device_behind_a_silent_one_gets_another_chance() -> None:
    """The gateway may still wait for the silent device when we have given up."""
    bus, clock, behind = socomec_bus(1, 2, 3)
    await behind.cycle(clock())
    bus.unit(1).fail_requests(ModbusTimeoutError())
    late = iter([ModbusTimeoutError(), ModbusTimeoutError()])
    unit = bus.unit(2)
    answer = unit.read_holding_registers

    async def twice_late(address: int, count: int) -> list[int]:
        await bus.connection.connect()
        for failure in late:
            raise failure
        return await answer(address, count)

    unit.read_holding_registers = twice_late  # type: ignore[method-assign]
    report = await behind.cycle(clock.after(60))
    read_at = report.devices[2].readings["voltage_l1"].read_at
    assert read_at == clock()
    assert report.devices[2].error is None


async def test_silent_devices_are_asked_one_after_the_other() -> None:
    bus, clock, behind = socomec_bus(1, 2, 3)
    for number in (2, 3):
        bus.unit(number).fail_requests(ModbusTimeoutError())
    await behind.cycle(clock())
    bus.requests(2)
    bus.requests(3)
    await behind.cycle(clock.after(5))
    assert [len(bus.requests(n)) for n in (2, 3)] == [1, 1]
    await behind.cycle(clock())
    assert [len(bus.requests(n)) for n in (2, 3)] == [0, 0]


class _Waiting(list[object]):
    """Lets every read of a silent unit take the time that nobody answers in."""

    def __init__(self, clock: Clock, at: list[float]) -> None:
        super().__init__()
        self._clock = clock
        self._at = at

    def append(self, event: object) -> None:
        self._at.append((self._clock() - START).total_seconds())
        self._clock.after(0.3)
        super().append(event)


def half_silent_bus(silent: int, answering: int) -> tuple[Bus, Clock, GatewayBus]:
    """Units 1 ... ``silent`` never answer and cost 0.3 s each time."""
    bus, clock, behind = socomec_bus(*range(1, silent + answering + 1))
    for number in range(1, silent + 1):
        bus.unit(number).fail_requests(ModbusTimeoutError())
        bus.unit(number).read_events = _Waiting(clock, [])  # type: ignore[assignment]
    return bus, clock, behind


async def test_silent_devices_take_idle_time_only() -> None:
    bus, clock, behind = half_silent_bus(16, 16)
    await run(behind, clock, 30)
    for number in range(17, 33):
        bus.requests(number)
    reports = await run(behind, clock, 245)
    late = []
    for _, report in reports:
        for number in range(17, 33):
            at = report.devices[number].readings["voltage_l1"].read_at
            late.append(((at - START).total_seconds() + 30) % 60 - 30)
    # Reads begin with the minute that the first cycle set, 16 x 0.3 s of questions
    # that were never asked before included: no later question delays them.
    assert max(late) - min(late) < 7


async def test_a_silent_device_of_many_is_asked_within_fifteen_seconds() -> None:
    bus, clock, behind = half_silent_bus(16, 16)
    asked: list[float] = []
    bus.unit(7).read_events = _Waiting(clock, asked)  # type: ignore[assignment]
    await run(behind, clock, 300)
    gaps = [b - a for a, b in pairwise(asked)]
    assert 9 < max(gaps) < 15


async def test_on_a_bus_without_idle_time_questions_take_next_to_nothing() -> None:
    bus, clock, behind = socomec_bus(*range(1, 61))
    asked: list[float] = []
    for number, unit in bus.units.items():
        if number > 4:
            unit.read_events = _SlowRecorder(clock)  # type: ignore[assignment]
        else:
            unit.fail_requests(ModbusTimeoutError())
            unit.read_events = _Waiting(clock, asked)  # type: ignore[assignment]
    await run(behind, clock, 120)
    asked.clear()
    began = clock()
    while clock() - began < timedelta(seconds=600):
        await behind.cycle(clock())
    assert 0 < 0.3 * len(asked) <= 0.03 * 600


async def test_two_silences_in_a_row_let_everybody_be_asked_at_once() -> None:
    bus, clock, behind = socomec_bus(*range(1, 33))
    await run(behind, clock, 3)
    for unit in bus.units.values():
        unit.fail_requests(ModbusTimeoutError())
        unit.read_events = _Waiting(clock, [])  # type: ignore[assignment]
    reports = await run(behind, clock, 56 + 15)
    first_fault = next(
        at for at, r in reports if any(d.error for d in r.devices.values())
    )
    all_down = next(
        at for at, r in reports if all(d.status is ERROR for d in r.devices.values())
    )
    assert all_down - first_fault < 15


async def test_a_single_answer_ends_the_suspicion() -> None:
    bus, clock, behind = socomec_bus(1, 2, 3, 4)
    await run(behind, clock, 5)
    for number in (1, 2):
        bus.unit(number).fail_requests(ModbusTimeoutError())
    reports = await run(behind, clock, 62)
    statuses = [[d.status for d in r.devices.values()] for _, r in reports]
    assert all(status[2:] == [ON, ON] for status in statuses)
    assert statuses[-1][:2] == [ERROR, ERROR]


async def test_where_nobody_answers_the_bus_is_tried_every_five_seconds() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    for number in (1, 2):
        bus.unit(number).fail_requests(ModbusTimeoutError())
    await behind.cycle(clock())
    reports = await run(behind, clock, 600)
    assert asked_at(reports)[-3:] == [590, 595, 600]
    for number in (1, 2):
        bus.unit(number).fail_requests(None)
    reports = await run(behind, clock, 6)
    assert [reports[-1][1].devices[n].status for n in (1, 2)] == [ON, ON]


async def test_a_gateway_that_is_gone_takes_all_its_devices_and_gives_them_back() -> (
    None
):
    bus, clock, behind = socomec_bus(1, 2)
    await behind.cycle(clock())
    for number in (1, 2):
        bus.unit(number).fail_requests(ModbusConnectionError())
    bus.requests(1)
    bus.requests(2)
    report = await behind.cycle(clock.after(60))
    assert not report.is_reachable
    assert [report.devices[n].status for n in (1, 2)] == [ERROR, ERROR]
    assert {report.devices[n].error for n in (1, 2)} == {"gateway_unreachable"}
    assert asked_at(await run(behind, clock, 21)) == [65, 70, 75, 80]
    for number in (1, 2):
        bus.unit(number).fail_requests(None)
    reports = await run(behind, clock, 15)
    back = reports[0][1]
    assert back.is_reachable
    assert [back.devices[n].status for n in (1, 2)] == [ON, ON]
    read_at = back.devices[2].readings["voltage_l1"].read_at
    assert read_at == START + timedelta(seconds=reports[0][0])
    assert reports[0][0] < 90


async def test_a_recovering_gateway_clears_every_back_off() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    bus.unit(2).fail_requests(ModbusTimeoutError())
    await behind.cycle(clock())
    await run(behind, clock, 150)  # unit 2 now waits for minutes
    bus.unit(1).fail_requests(ModbusConnectionError())
    bus.unit(2).fail_requests(ModbusConnectionError())
    await run(behind, clock, 65)
    bus.unit(1).fail_requests(None)
    bus.unit(2).fail_requests(None)
    reports = await run(behind, clock, 6)
    assert [reports[-1][1].devices[n].status for n in (1, 2)] == [ON, ON]


async def test_a_link_closed_while_idle_is_opened_anew_without_a_fault() -> None:
    bus, clock, behind = socomec_bus(1)
    await behind.cycle(clock())
    unit = bus.unit(1)
    failures = iter([ModbusConnectionError("reset by peer")])
    answer = unit.read_holding_registers

    async def once_reset(address: int, count: int) -> list[int]:
        for failure in failures:
            raise failure
        return await answer(address, count)

    unit.read_holding_registers = once_reset  # type: ignore[method-assign]
    report = await behind.cycle(clock.after(60))
    assert report.is_reachable
    assert report.devices[1].status is ON


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (ModbusTimeoutError(), "device_silent"),
        (GatewayTargetError(), "device_silent"),
        (ModbusProtocolError("truncated"), "device_reply_invalid"),
        (ModbusDesyncError("wrong unit"), "device_reply_invalid"),
    ],
)
async def test_faults_of_one_device(error: Exception, key: str) -> None:
    bus, clock, behind = socomec_bus(1, 2)
    bus.unit(2).fail_requests(error)
    report = await behind.cycle(clock())
    assert report.devices[1].status is ON
    assert report.devices[2].status is ERROR
    assert report.devices[2].error == key


async def test_one_line_down_and_one_line_up(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bus, clock, behind = socomec_bus(1, 2)
    await behind.cycle(clock())
    bus.unit(2).fail_requests(ModbusTimeoutError())
    await run(behind, clock, 400)
    bus.unit(2).fail_requests(None)
    await run(behind, clock, 310)
    own = [r for r in caplog.records if "ews.bus" in r.name]
    assert [(r.levelname, "Device 2" in r.message) for r in own] == [
        ("WARNING", True),
        ("INFO", True),
    ]
    caplog.clear()
    for number in (1, 2):
        bus.unit(number).fail_requests(ModbusConnectionError())
    await run(behind, clock, 100)
    for number in (1, 2):
        bus.unit(number).fail_requests(None)
    await run(behind, clock, 60)
    own = [r for r in caplog.records if "ews.bus" in r.name]
    assert [r.levelname for r in own] == ["WARNING", "INFO"]


async def test_load_error_rate_and_round_trip() -> None:
    bus, clock, behind = socomec_bus(1, 2)
    report = await behind.cycle(clock())
    assert report.error_rate == 0
    assert report.round_trip_ms is not None
    bus.unit(2).fail_requests(ModbusTimeoutError())
    reports = await run(behind, clock, 301)
    last = reports[-1][1]
    assert 0 < last.error_rate < 1
    # Three reads a minute of at most 62 words are 0.2 s a minute, and a question to
    # the silent one is 0.3 s every five seconds: 6 % of idle time.
    assert 0 < last.bus_load < 0.07
    # The questions tell nothing new: two of some twenty requests were lost.
    assert last.error_rate < 0.2


async def test_what_cannot_or_must_not_be_read_is_told_apart() -> None:
    bus, clock = Bus(), Clock()
    behind = gateway_bus(
        bus,
        clock,
        device(1, None),
        device(2, "no_such_model"),
        device(3, "412090", position=1, concentrator="412045"),
        device(4, "x_generic_modbus", register="zz"),
        device(5, is_enabled=False),
    )
    report = await behind.cycle(clock())
    found = {n: (r.status, r.error) for n, r in report.devices.items()}
    configuration = DeviceStatus.CONFIGURATION
    # The generic meter's register is none: the flow's rules say what is wrong.
    assert found.pop(4)[0] is configuration
    assert found == {
        1: (configuration, "device_without_model"),
        2: (configuration, "model_unknown"),
        3: (configuration, "concentrator_unknown"),
        5: (DeviceStatus.OFF, None),
    }
    assert bus.units == {}
    assert behind.next_due(clock()) > timedelta()


async def test_a_disabled_gateway_is_left_alone() -> None:
    bus, clock = Bus(), Clock()
    disabled = replace(gateway(), is_enabled=False)
    of_it = GatewayBus(disabled, [device(1)], catalogue(), bus.unit, clock)
    report = await of_it.cycle(clock())
    assert report.devices[1].status is DeviceStatus.OFF
    assert not report.is_reachable
    assert bus.units == {}


async def test_meters_on_one_concentrator_share_its_reads() -> None:
    bus, clock = Bus(), Clock()
    bus.unit(9).holding = words_of({0xC668: [*u32(10), *u32(20), *u32(30)]})
    meters = [
        device(n, "412090", unit=9, position=n, concentrator="004687")
        for n in (1, 2, 3)
    ]
    behind = gateway_bus(bus, clock, *meters)
    report = await behind.cycle(clock())
    values = [
        report.devices[n].readings["active_energy_import"].value for n in (1, 2, 3)
    ]
    assert values == [10, 20, 30]
    bus.requests(9)
    await behind.cycle(clock.after(60))
    assert bus.requests(9) == [(0xC666, 8)]


async def test_a_meter_with_a_pulse_input_serves_both_in_one_poll() -> None:
    bus, clock = Bus(), Clock()
    bus.unit(4).holding = words_of({0x1080: u32(5), 0x03F0: u32(77)})
    behind = gateway_bus(
        bus,
        clock,
        device(1, "412091", unit=4),
        device(
            2, "x_pulse_water", unit=4, position=1, concentrator="412091", weight="10"
        ),
    )
    report = await behind.cycle(clock())
    # T1c: 0x1080 in 10 Wh; T6b: 0x03F0 counts pulses
    assert report.devices[1].readings["active_energy_import"].value == 50
    assert report.devices[2].readings["water_volume"].value == 770
    assert list(report.devices[2].readings) == ["water_volume"]


async def test_counters_asked_for_during_a_cycle_come_with_the_next() -> None:
    bus, clock, behind = socomec_bus(1)
    await behind.cycle(clock())
    unit = bus.unit(1)
    answer = unit.read_holding_registers

    async def and_an_edge_passes(address: int, count: int) -> list[int]:
        behind.request_counters()
        return await answer(address, count)

    behind.request_counters()
    unit.read_holding_registers = and_an_edge_passes  # type: ignore[method-assign]
    await behind.cycle(clock.after(10))
    unit.read_holding_registers = answer  # type: ignore[method-assign]
    bus.requests(1)
    assert behind.next_due(clock()) == timedelta()
    await behind.cycle(clock.after(1))
    assert 0xC65C in {address for address, _ in bus.requests(1)}
    assert behind.next_due(clock()) > timedelta()


FAULTS = st.sampled_from(
    [
        None,
        ModbusTimeoutError(),
        ModbusConnectionError(),
        ModbusProtocolError("truncated"),
        GatewayTargetError(),
    ]
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(FAULTS, FAULTS, FAULTS, st.integers(1, 400)), min_size=1, max_size=6
    )
)
def test_whatever_happened_all_are_back_in_time(
    episodes: list[tuple[Exception | None, Exception | None, Exception | None, int]],
) -> None:
    # Whoever was silent is seen within 15 s, whoever gave nonsense within a minute.
    async def story() -> None:
        bus, clock, behind = socomec_bus(1, 2, 3)
        await behind.cycle(clock())
        for *faults, seconds in episodes:
            for unit, fault in zip(bus.units.values(), faults, strict=True):
                unit.fail_requests(fault)
            await run(behind, clock, seconds)
        gave_nonsense = any(
            isinstance(fault, ModbusProtocolError)
            for *faults, _ in episodes
            for fault in faults
        )
        for unit in bus.units.values():
            unit.fail_requests(None)
        # A report a minute where nothing has changed.
        reports = [(0.0, await behind.cycle(clock()))]
        reports += await run(behind, clock, 75 if gave_nonsense else 15)
        assert all(d.status is ON for d in reports[-1][1].devices.values())

    asyncio.run(story())
