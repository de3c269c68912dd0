"""Gateways over real sockets: framing, refusals, faults, the line."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusIOException
from pymodbus.framer import FramerType
import pytest

from custom_components.legrand_ews.ews.catalogue import Space
from simulator.clock import ManualClock
from simulator.faults import Fault, FaultKind
from simulator.gateway import SimulatedGateway
from simulator.rs485 import Line, read_frame_lengths
from simulator.simulation import Simulation, simulate

from .places import NOON, SITES, one_device

PATIENCE_S = 0.4
READ_V1 = bytes.fromhex("0001 0000 0006 01 03 1000 0002")
"""Modbus TCP: transaction 1, unit 1, function 03, two words from 0x1000."""


@pytest.fixture
async def home() -> AsyncIterator[Simulation]:
    async with simulate(
        SITES / "home.yaml", ManualClock(NOON), is_timed=False
    ) as simulation:
        yield simulation


async def connect(
    gateway: SimulatedGateway, framer: FramerType = FramerType.SOCKET
) -> AsyncModbusTcpClient:
    client = AsyncModbusTcpClient(
        "127.0.0.1", port=gateway.port, framer=framer, timeout=PATIENCE_S, retries=0
    )
    assert await client.connect()
    return client


async def read(
    gateway: SimulatedGateway, unit: int = 1, address: int = 0x1000, count: int = 2
) -> list[int] | int | None:
    """Words, the exception code, or None for silence or nonsense."""
    client = await connect(gateway)
    try:
        answer = await client.read_holding_registers(
            address, count=count, device_id=unit
        )
    except ModbusIOException:
        return None
    finally:
        client.close()
    return answer.exception_code if answer.isError() else list(answer.registers)


async def raw(gateway: SimulatedGateway, request: bytes, patience_s: float) -> bytes:
    """Bytes that come back within ``patience_s``."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(request)
    answer = b""
    try:
        async with asyncio.timeout(patience_s):
            while data := await reader.read(300):
                answer += data
    except TimeoutError:
        pass
    finally:
        writer.close()
    return answer


async def test_many_units_answer_behind_one_gateway(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    for unit, address in ((1, 0x1000), (2, 0x1000), (3, 0xC350), (4, 0xC668)):
        words = await read(gateway, unit, address)
        assert words == list(
            gateway.units[unit].read(Space.HOLDING, address, 2, NOON)
        ), unit
    assert gateway.statistics.by_unit == {1: 1, 2: 1, 3: 1, 4: 1}


@pytest.mark.parametrize(
    ("address", "count", "code"),
    [
        (0x2000, 2, 0x02),  # no such table
        (0x0FFF, 2, 0x02),  # begins before the table
        (0x1000, 113, 0x03),  # longer than the device answers at once
        (0x107A, 4, 0x02),  # ends behind the table
    ],
)
async def test_a_wrong_read_is_refused(
    home: Simulation, address: int, count: int, code: int
) -> None:
    assert await read(home.gateways["Gateway"], 1, address, count) == code


@pytest.mark.parametrize(
    ("request_hex", "reply_hex"),
    [
        ("0007 0000 0006 01 06 0100 0004", "0007 0000 0003 01 86 01"),
        ("0007 0000 0005 01 2b 0e 01 00", "0007 0000 0003 01 ab 01"),
        ("0007 0000 0006 01 03 1000 0000", "0007 0000 0003 01 83 03"),
        ("0007 0000 0004 01 03 1000", "0007 0000 0003 01 83 03"),
    ],
)
async def test_writes_and_broken_requests_are_refused(
    home: Simulation, request_hex: str, reply_hex: str
) -> None:
    reply = await raw(home.gateways["Gateway"], bytes.fromhex(request_hex), PATIENCE_S)

    assert reply == bytes.fromhex(reply_hex)


async def test_requests_sent_at_once_are_answered_in_turn(home: Simulation) -> None:
    second = b"\x00\x02" + READ_V1[2:]
    reply = await raw(home.gateways["Gateway"], READ_V1 + second, PATIENCE_S)

    assert len(reply) == 2 * 13
    assert (reply[:2], reply[13:15]) == (b"\x00\x01", b"\x00\x02")
    assert reply[2:13] == reply[15:26]


async def test_a_request_in_two_pieces_is_one_request(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(READ_V1[:5])
    await writer.drain()
    await asyncio.sleep(0.02)
    writer.write(READ_V1[5:])

    async with asyncio.timeout(PATIENCE_S):
        assert len(await reader.readexactly(13)) == 13
    writer.close()


async def test_noise_is_thrown_away(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    writer.write(b"\xff" * 300)
    await asyncio.sleep(0.05)
    writer.write(READ_V1)

    async with asyncio.timeout(PATIENCE_S):
        assert (await reader.readexactly(13))[:2] == b"\x00\x01"
    writer.close()


async def test_rtu_frames_over_a_socket() -> None:
    """Check sums as in Modbus over serial line 6.2.2, low byte first."""
    site = one_device({"model": "412045"}, framing="rtu_over_tcp")
    async with simulate(site, ManualClock(NOON), is_timed=False) as simulation:
        client = await connect(simulation.gateways["G"], FramerType.RTU)
        answer = await client.read_holding_registers(0x1200, count=1, device_id=5)
        client.close()
        silent = await raw(
            simulation.gateways["G"], bytes.fromhex("05 03 1200 0001 0000"), 0.1
        )

    assert answer.registers == [1]
    assert silent == b""  # a wrong check sum is no request


async def test_input_registers_are_a_space_of_their_own() -> None:
    async with simulate(
        one_device({"model": "414920"}), ManualClock(NOON), is_timed=False
    ) as simulation:
        gateway = simulation.gateways["G"]
        client = await connect(gateway)
        answer = await client.read_input_registers(0x501D, count=2, device_id=5)
        client.close()

        volts = (answer.registers[0] << 16 | answer.registers[1]) / 1000
        assert 220 < volts < 240
        assert await read(gateway, 5, 0x501D) == 0x02


async def test_an_absent_unit_is_silent(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]

    assert await read(gateway, unit=99) is None
    assert gateway.statistics.silences == 1
    assert await read(gateway) is not None


async def test_some_gateways_answer_for_a_silent_unit() -> None:
    site = one_device({"model": "412045"}, answers_for_silent=True)
    async with simulate(site, ManualClock(NOON), is_timed=False) as simulation:
        gateway = simulation.gateways["G"]

        assert await read(gateway, unit=9) == 0x0B
        gateway.set_fault(Fault(kind=FaultKind.SILENT))
        assert await read(gateway, unit=9) is None


async def test_a_silent_unit_leaves_its_neighbours_alone(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    home.set_device_fault(Fault(kind=FaultKind.SILENT), "Main supply")

    assert await read(gateway, unit=1) is None
    assert await read(gateway, unit=2) is not None
    home.clear_device_fault("Main supply")
    assert await read(gateway, unit=1) is not None


async def test_a_silent_gateway_accepts_but_never_answers(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    home.set_fault(Fault(kind=FaultKind.SILENT), gateway="Gateway")

    assert await read(gateway) is None
    assert gateway.statistics.connections == 1
    home.clear_faults()
    assert await read(gateway) is not None


async def test_a_stopped_gateway_refuses_and_comes_back_on_its_port(
    home: Simulation,
) -> None:
    gateway = home.gateways["Gateway"]
    port = gateway.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await gateway.stop()
    await gateway.stop()

    async with asyncio.timeout(PATIENCE_S):
        # Aborted: the client sees the end, or a reset.
        ended = await asyncio.gather(reader.read(1), return_exceptions=True)
    assert ended == [b""] or isinstance(ended[0], ConnectionError)
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)

    await gateway.start()
    await gateway.start()
    assert gateway.port == port
    assert await read(gateway) is not None


@pytest.mark.parametrize("code", [0x01, 0x02, 0x04, 0x06, 0x0B])
async def test_exceptions_on_demand(home: Simulation, code: int) -> None:
    home.set_device_fault(Fault(kind=FaultKind.EXCEPTION, code=code), "Main supply")

    assert await read(home.gateways["Gateway"]) == code
    assert home.gateways["Gateway"].statistics.exceptions == 1


async def test_a_reply_with_the_wrong_unit(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    whole = await raw(gateway, READ_V1, 0.1)
    home.set_device_fault(Fault(kind=FaultKind.WRONG_UNIT), "Main supply")
    wrong = await raw(gateway, READ_V1, 0.1)

    assert (whole[6], wrong[6]) == (1, 2)
    assert whole[:6] + whole[7:] == wrong[:6] + wrong[7:]


async def test_half_a_reply(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    whole = await raw(gateway, READ_V1, 0.1)
    home.set_device_fault(Fault(kind=FaultKind.TRUNCATED), "Main supply")

    assert await raw(gateway, READ_V1, 0.1) == whole[:6]


async def test_a_late_reply(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    home.set_device_fault(
        Fault(kind=FaultKind.DELAYED, seconds=PATIENCE_S * 1.5), "Main supply"
    )

    assert await read(gateway) is None
    assert len(await raw(gateway, READ_V1, PATIENCE_S * 5)) == 13


async def test_a_fault_ends_after_so_many_replies(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    home.set_device_fault(Fault(kind=FaultKind.EXCEPTION, replies=2), "Main supply")

    answers = [await read(gateway) for _ in range(3)]

    assert answers[:2] == [4, 4]
    assert isinstance(answers[2], list)
    assert gateway.statistics.spoilt == 2


async def test_faults_are_told_and_need_a_unit_that_is_there(home: Simulation) -> None:
    gateway = home.gateways["Gateway"]
    fault = Fault(kind=FaultKind.SILENT)
    gateway.set_fault(fault, 2)

    assert gateway.faults == {2: fault}
    with pytest.raises(KeyError):
        gateway.set_fault(fault, 77)


async def test_counters_move_with_the_building_s_time(home: Simulation) -> None:
    gateway, clock = home.gateways["Gateway"], home.clock
    before = await read(gateway, 2, 0x1080)
    clock.advance(timedelta(days=1))
    after = await read(gateway, 2, 0x1080)

    assert isinstance(before, list)
    assert isinstance(after, list)
    assert before[0] << 16 | before[1] < after[0] << 16 | after[1]


async def test_statistics_count_the_time_of_the_line() -> None:
    """A timed line: 19200 8E1, 5 ms of turnaround, reads of 50 words."""
    site = one_device({"model": "412045"}, turnaround_ms=5)
    async with simulate(site, ManualClock(NOON)) as simulation:
        gateway = simulation.gateways["G"]
        begin = asyncio.get_running_loop().time()
        for _ in range(3):
            assert await read(gateway, 5, 0x1000, 50)
        elapsed = asyncio.get_running_loop().time() - begin

    expected = 3 * Line().exchange_s(*read_frame_lengths(50), 0.005)
    assert gateway.statistics.busy_s == pytest.approx(expected)
    assert elapsed >= expected


async def test_one_line_carries_one_request_at_a_time() -> None:
    site = one_device({"model": "412045"}, turnaround_ms=5)
    async with simulate(site, ManualClock(NOON)) as simulation:
        gateway = simulation.gateways["G"]
        begin = asyncio.get_running_loop().time()
        answers = await asyncio.gather(
            *(read(gateway, 5, 0x1000, 20) for _ in range(4))
        )
        elapsed = asyncio.get_running_loop().time() - begin

    assert all(isinstance(answer, list) for answer in answers)
    assert elapsed >= 4 * Line().exchange_s(*read_frame_lengths(20), 0.005)


async def test_a_gateway_waits_for_an_absent_unit_and_a_serial_server_does_not() -> (
    None
):
    busy = {}
    for framing in ("tcp", "rtu_over_tcp"):
        site = one_device({"model": "412045"}, framing=framing, timeout_ms=200)
        async with simulate(site, ManualClock(NOON)) as simulation:
            gateway = simulation.gateways["G"]
            frame = bytes.fromhex("0001 0000 0006 09 03 1000 0002")
            if framing == "rtu_over_tcp":
                frame = bytes.fromhex("09 03 1000 0002 c183")
            await raw(gateway, frame, 0.3)
            busy[framing] = gateway.statistics.busy_s

    request = Line().frame_s(8)
    assert busy == {
        "tcp": pytest.approx(request + 0.2),
        "rtu_over_tcp": pytest.approx(request),
    }


async def test_a_line_survives_a_meter_that_fails(
    home: Simulation, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = home.gateways["Gateway"]

    def fail(_: object) -> None:
        raise ZeroDivisionError

    gateway.units[1]._measure = fail
    assert await read(gateway, unit=1) is None
    assert "ZeroDivisionError" in caplog.text
    assert await read(gateway, unit=2) is not None


async def test_a_strict_device_needs_its_silence() -> None:
    """IME meters: 20 ms after an answer; what comes earlier is lost."""
    site = one_device({"model": "412045"}, strict=True)
    async with simulate(site, ManualClock(NOON)) as simulation:
        gateway = simulation.gateways["G"]
        request = READ_V1[:6] + b"\x05" + READ_V1[7:]
        at_once = await raw(gateway, 2 * request, PATIENCE_S)
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        for _ in range(2):
            await asyncio.sleep(0.025)
            writer.write(request)
            await reader.readexactly(13)
        writer.close()

    assert len(at_once) == 13
    assert gateway.statistics.replies == 3
    assert gateway.statistics.hurried == gateway.statistics.silences == 1


async def test_a_patient_device_answers_at_once() -> None:
    async with simulate(
        one_device({"model": "412045"}), ManualClock(NOON)
    ) as simulation:
        request = READ_V1[:6] + b"\x05" + READ_V1[7:]
        reply = await raw(simulation.gateways["G"], 2 * request, PATIENCE_S)

    assert len(reply) == 26
