"""What a device teaches: refused registers, the longest read, the better source."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

from modbus_connection import (
    IllegalDataAddressError,
    ModbusProtocolError,
    ModbusTimeoutError,
    ServerDeviceFailureError,
)
import pytest

from custom_components.legrand_ews.ews.bus.polling import Poll
from custom_components.legrand_ews.ews.bus.profile import EVERYTHING
from custom_components.legrand_ews.ews.errors import (
    DeviceRefusedError,
    DeviceSilentError,
)

from .world import (
    Bus,
    Clock,
    PassingUnit,
    StrictUnit,
    catalogue,
    device,
    gateway_bus,
    reader_of,
    u32,
    words_of,
)

T1 = [range(0x1000, 0x107C), range(0x1200, 0x1208)]
FIXED = range(0x1500, 0x153E)
ENERGY = ("active_energy_import", None)


def t1_unit(*tables: range) -> tuple[Bus, StrictUnit]:
    """A 4 120 45 with 12 345 678 Wh: 1 234 567 counts of 10 Wh in T1.1."""
    bus = Bus()
    unit = bus.unit(1)
    unit.holding = words_of(
        {
            0x1000: u32(230_000),
            0x101C: u32(1_234_567),
            0x1200: 1,
            0x1207: 100,
            0x1500: [*u32(345_678), *u32(12)],
        }
    )
    unit.known = [*T1, *tables]
    return bus, unit


def energy(poll: Poll) -> int:
    return int(poll.readings[ENERGY].value)


async def test_a_refused_block_is_asked_for_once() -> None:
    bus, unit = t1_unit()
    reader = reader_of(unit, device(1))
    assert energy(await reader.poll(EVERYTHING)) == 12_345_670
    assert 0x1500 in {address for address, _ in bus.requests(1)}
    assert energy(await reader.poll(EVERYTHING)) == 12_345_670
    assert all(address < 0x1500 for address, _ in bus.requests(1))


async def test_what_a_better_block_supplies_is_not_read_twice() -> None:
    bus, unit = t1_unit(FIXED)
    reader = reader_of(unit, device(1))
    await reader.poll(EVERYTHING)
    bus.requests(1)
    await reader.poll(EVERYTHING)
    addresses = [address for address, _ in bus.requests(1)]
    # No 0x1070 (averages) and no 0x1700 (copy of the fixed blocks).
    assert 0x1070 not in addresses
    assert all(address < 0x1700 for address in addresses)


@pytest.mark.parametrize(
    "fault", [ModbusTimeoutError(), ModbusProtocolError("truncated")]
)
async def test_a_counter_never_hops_to_another_register_on_a_fault(
    fault: Exception,
) -> None:
    _, unit = t1_unit(FIXED)
    reader = reader_of(unit, device(1))
    assert energy(await reader.poll(EVERYTHING)) == 12_345_678
    unit.fail_read(0x1500, fault)
    with suppress(DeviceSilentError):
        await reader.poll(EVERYTHING)
    for _ in range(5):
        # The block in trouble is read last by now and takes nothing else with it.
        poll = await reader.poll(EVERYTHING)
        assert ENERGY not in poll.readings
        assert ("voltage_l1", None) in poll.readings
        assert poll.error is not None
    unit.fail_read(0x1500, None)
    assert energy(await reader.poll(EVERYTHING)) == 12_345_678


async def test_a_counter_is_not_taken_from_elsewhere_before_the_better_is_known() -> (
    None
):
    _, unit = t1_unit(FIXED)
    unit.fail_read(0x1500, ModbusTimeoutError())
    reader = reader_of(unit, device(1))
    for _ in range(2):
        poll = await reader.poll(EVERYTHING)
        assert ("voltage_l1", None) in poll.readings
        assert ENERGY not in poll.readings
    unit.fail_read(0x1500, None)
    assert energy(await reader.poll(EVERYTHING)) == 12_345_678


async def test_scaled_values_wait_for_the_ratios() -> None:
    _, unit = t1_unit()
    unit.fail_read(0x1200, ModbusTimeoutError())
    reader = reader_of(unit, device(1))
    poll = await reader.poll(EVERYTHING)
    assert ("voltage_l1", None) in poll.readings
    assert ENERGY not in poll.readings
    unit.fail_read(0x1200, None)
    await reader.poll(EVERYTHING)
    assert energy(await reader.poll(EVERYTHING)) == 12_345_670


async def test_a_block_that_is_passed_over_in_silence_is_given_up() -> None:
    bus, unit = t1_unit()
    unit.known.append(FIXED)
    unit.fail_read(0x1500, ModbusTimeoutError())
    reader = reader_of(unit, device(1))
    polls = [await reader.poll(EVERYTHING) for _ in range(4)]
    assert energy(polls[-1]) == 12_345_670
    bus.requests(1)
    assert (await reader.poll(EVERYTHING)).error is None
    assert 0x1500 not in {address for address, _ in bus.requests(1)}


@pytest.mark.parametrize("fault", [ModbusTimeoutError, ServerDeviceFailureError])
@pytest.mark.parametrize("model", ["412045", "412048", "412052"])
async def test_a_meter_that_answers_only_what_it_knows_has_everything_soon(
    model: str, fault: type[Exception]
) -> None:
    """Identifier, energy mode, fixed blocks: all unknown to it, never refused."""
    bus, clock = Bus(), Clock()
    unit = bus.units[1] = PassingUnit(bus.connection, 1)
    unit.fault = fault
    unit.known = list(T1)
    unit.holding = {address: 0 for table in T1 for address in table}
    unit.holding |= words_of(
        {0x1000: u32(230_000), 0x1024: 95, 0x1200: 1, 0x1204: 0x0010, 0x1207: 100}
    )
    behind = gateway_bus(bus, clock, device(1, model))
    promised = set(catalogue().models[model].quantities)
    seen: set[str] = set()
    waited = timedelta()
    while seen != promised:
        assert waited <= timedelta(seconds=40), promised - seen
        pause = behind.next_due(clock())
        waited += pause
        report = await behind.cycle(clock.after(pause.total_seconds()))
        seen = set(report.devices[1].readings)
    bus.requests(1)
    report = await behind.cycle(clock.after(60))
    assert all(address < 0x1208 for address, _ in bus.requests(1))
    assert report.devices[1].error is None


async def test_a_slow_value_that_was_lost_is_read_again_in_seconds() -> None:
    """Not only at the next sample, when slow values fall due."""
    bus, clock = Bus(), Clock()
    unit = bus.unit(1)
    unit.holding = words_of({0xC558: u32(23_000), 0xC77E: u32(41_000)})
    behind = gateway_bus(bus, clock, device(1, "004676"))
    await behind.cycle(clock())
    behind.request_counters()
    unit.fail_read(0xC75E, ModbusTimeoutError())
    await behind.cycle(clock.after(60))
    assert behind.next_due(clock()) == timedelta(seconds=5)
    unit.fail_read(0xC75E, None)
    unit.holding |= words_of({0xC77E: u32(42_000)})
    report = await behind.cycle(clock.after(5))
    assert report.devices[1].readings["current_l1_maximum"].value == 42
    bus.requests(1)
    await behind.cycle(clock.after(20))
    assert 0xC75E not in {address for address, _ in bus.requests(1)}


async def test_what_stays_away_is_asked_for_ever_more_rarely() -> None:
    bus, clock = Bus(), Clock()
    unit = bus.unit(1)
    unit.holding = words_of({0xC558: u32(23_000), 0xC77E: u32(41_000)})
    behind = gateway_bus(bus, clock, device(1, "004676"))
    await behind.cycle(clock())
    behind.request_counters()
    unit.fail_read(0xC75E, ModbusTimeoutError())
    asked = []
    for second in range(600):
        bus.requests(1)
        await behind.cycle(clock.after(1))
        if any(address == 0xC75E for address, _ in bus.requests(1)):
            asked.append(second)
    gaps = [later - sooner for sooner, later in pairwise(asked)]
    assert gaps[:5] == [5, 5, 10, 20, 40]
    assert set(gaps[5:]) == {60}


@pytest.mark.parametrize("longest", [50, 60, 100, 111])
async def test_reads_are_shortened_until_the_device_accepts_them(longest: int) -> None:
    bus, unit = t1_unit()
    unit.longest = longest
    reader = reader_of(unit, device(1))
    assert energy(await reader.poll(EVERYTHING)) == 12_345_670
    bus.requests(1)
    poll = await reader.poll(EVERYTHING)
    assert len(poll.readings) > 40
    requests = bus.requests(1)
    assert max(count for _, count in requests) <= longest
    # Nothing is refused any more, and the block takes no more reads than halving does.
    assert len([a for a, _ in requests if 0x1000 <= a < 0x1070]) <= 4


async def test_one_missing_register_costs_only_its_own_value() -> None:
    bus, unit = t1_unit()
    missing = IllegalDataAddressError()
    unit.fail_read(0x106E, missing)
    reader = reader_of(unit, device(1))
    poll = await reader.poll(EVERYTHING)
    assert ("run_hours", None) not in poll.readings
    assert energy(poll) == 12_345_670
    for _ in range(3):
        await reader.poll(EVERYTHING)
    bus.requests(1)
    await reader.poll(EVERYTHING)
    reads = [(a, n) for a, n in bus.requests(1) if 0x1000 <= a < 0x1070]
    assert all(not a <= 0x106E < a + n for a, n in reads)
    assert len(reads) <= 2


async def test_a_block_that_must_answer_is_asked_again() -> None:
    _, unit = t1_unit()
    unit.known = [range(0)]
    reader = reader_of(unit, device(1))
    with pytest.raises(DeviceRefusedError):
        await reader.poll(EVERYTHING)
    unit.known = list(T1)
    assert energy(await reader.poll(EVERYTHING)) == 12_345_670


async def test_a_value_that_goes_away_is_not_kept() -> None:
    meter = Bus().unit(2)
    meter.holding = words_of({0xC558: u32(23_000)})
    reader = reader_of(meter, device(2, "004676"))
    assert ("voltage_l1", None) in (await reader.poll(EVERYTHING)).readings
    meter.holding = words_of({0xC558: u32(0xFFFFFFFF)})
    assert ("voltage_l1", None) in (await reader.poll(EVERYTHING)).gone


async def test_pulses_wait_for_the_unit_of_their_input() -> None:
    bus = Bus()
    unit = bus.unit(1)
    unit.holding = words_of({0xC668: u32(12), 0x9B0A: 10})
    unit.fail_read(0x9B0A, OSError())
    behind = device(1, "412090", position=1, concentrator="004687")
    reader = reader_of(unit, behind)
    register = next(
        field
        for block in reader.profile.blocks
        for field in block.fields
        if field.position == 1
    )
    assert reader.is_unit_code_awaited(register)
    unit.fail_read(0x9B0A, None)
    await reader.poll(EVERYTHING)
    assert not reader.is_unit_code_awaited(register)


async def test_the_map_sets_timeout_and_silence() -> None:
    _, unit = t1_unit()
    reader_of(unit, device(1))
    # 0.5: IME meters answer within 300 ms and want 20 ms of silence.
    assert unit.message_spacing == 0.02
    assert unit.required_timeout is not None
    assert unit.required_timeout >= 0.3
