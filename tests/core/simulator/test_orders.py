"""Writes: which orders pass, and what they do, down to the bytes on a socket."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal

import pytest

from custom_components.legrand_ews.ews.catalogue import (
    Command,
    CommandKind,
    Provenance,
    Space,
    Unlock,
    ValueType,
)
from simulator.clock import ManualClock
from simulator.orders import OrderDesk, Value
from simulator.refusal import RefusedError
from simulator.simulation import Simulation, simulate
from simulator.site import load_site, parse_site

from .places import NOON, SITES

PATIENCE_S = 10


def command(key: str, address: int, **changes: object) -> Command:
    given: dict[str, object] = {
        "key": key,
        "kind": CommandKind.NUMBER,
        "space": Space.HOLDING,
        "address": address,
        "type": ValueType.U16,
        "provenance": Provenance.DOCUMENTED,
    }
    return Command(**{**given, **changes})  # type: ignore[arg-type]


PRESS = {"kind": CommandKind.BUTTON}
UNLOCK = Unlock(address=0x2700, value=0x5AA5)
COMMANDS = (
    command("limit", 0x40, minimum=Decimal(7), maximum=Decimal(32)),
    command("offset", 0x41, type=ValueType.S16, multiplier=Decimal("0.1")),
    command("energy", 0x42, type=ValueType.U32),
    command("open", 0x50, values={"press": 1}, **PRESS),
    command("close", 0x50, values={"press": 2}, **PRESS),
    command("reset", 0x2400, values={"press": 1}, unlock=UNLOCK, **PRESS),
    command(
        "relay",
        0x00,
        space=Space.COIL,
        type=ValueType.BIT,
        kind=CommandKind.SWITCH,
        values={"off": 0, "on": 1},
    ),
)


class Recorder:
    """A device that writes down what it is told."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, Value]] = []
        self.desk = OrderDesk(COMMANDS, self.obey)

    def obey(self, command: Command, value: Value, _: object) -> None:
        if value == Decimal(13):
            raise ValueError("not on a Friday")
        self.orders.append((command.key, value))

    def write(self, address: int, *words: int, space: Space = Space.HOLDING) -> int:
        """The exception code, 0 where the request was obeyed."""
        try:
            self.desk.write(space, address, words, NOON)
        except RefusedError as error:
            return error.code
        return 0


@pytest.fixture
def device() -> Recorder:
    return Recorder()


@pytest.mark.parametrize(
    ("address", "words", "orders"),
    [
        (0x40, (10,), [("limit", Decimal(10))]),
        (0x40, (7,), [("limit", Decimal(7))]),
        (0x41, (0xFFFB,), [("offset", Decimal("-0.5"))]),
        (0x42, (0x0001, 0x0002), [("energy", Decimal(65_538))]),
        (0x40, (32, 5), [("limit", Decimal(32)), ("offset", Decimal("0.5"))]),
        (0x50, (1,), [("open", "press")]),
        (0x50, (2,), [("close", "press")]),
    ],
)
def test_an_order_is_understood(
    device: Recorder,
    address: int,
    words: tuple[int, ...],
    orders: list[tuple[str, Value]],
) -> None:
    assert device.write(address, *words) == 0
    assert device.orders == orders


@pytest.mark.parametrize(
    ("address", "words", "code"),
    [
        (0x40, (6,), 3),  # below the minimum
        (0x40, (33,), 3),
        (0x50, (3,), 3),  # no such button
        (0x40, (13,), 3),  # the device itself refuses
        (0x3F, (10,), 2),  # nothing to write there
        (0x41, (5, 1), 2),  # the second value is cut in half
        (0x42, (1,), 2),
        (0x2700, (0x1234,), 3),  # a wrong unlock word
        (0x2400, (1,), 3),  # locked
        (0x2710, (1,), 2),
    ],
)
def test_an_order_is_refused_as_a_whole(
    device: Recorder, address: int, words: tuple[int, ...], code: int
) -> None:
    assert device.write(address, *words) == code
    assert device.orders == []
    assert device.desk.settings == {}


def test_an_unlock_word_opens_the_door_once(device: Recorder) -> None:
    assert device.write(0x2700, 0x5AA5) == 0
    assert device.write(0x2400, 1) == 0
    assert device.write(0x2400, 1) == 3
    assert device.orders == [("reset", "press")]


def test_another_order_in_between_closes_the_door(device: Recorder) -> None:
    assert device.write(0x2700, 0x5AA5) == 0
    assert device.write(0x40, 10) == 0
    assert device.write(0x2400, 1) == 3


def test_a_space_without_orders_takes_no_writes() -> None:
    with pytest.raises(RefusedError, match="0x01"):
        OrderDesk(COMMANDS[:1]).write(Space.COIL, 0, [1], NOON)


def test_coils_are_written_by_their_bits(device: Recorder) -> None:
    assert device.write(0, 1, space=Space.COIL) == 0
    assert device.write(0, 0, space=Space.COIL) == 0
    assert device.orders == [("relay", "on"), ("relay", "off")]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
async def room(clock: ManualClock) -> AsyncIterator[Simulation]:
    site = SITES / "technical.yaml"
    async with simulate(site, clock, is_timed=False) as simulation:
        yield simulation


async def ask(room: Simulation, gateway: str, request: str) -> str:
    """The reply to unit and PDU in hex, likewise without the header."""
    data = bytes.fromhex(request)
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", room.gateways[gateway].port
    )
    writer.write(bytes.fromhex("00010000") + len(data).to_bytes(2, "big") + data)
    try:
        async with asyncio.timeout(PATIENCE_S):
            header = await reader.readexactly(6)
            reply = await reader.readexactly(int.from_bytes(header[4:], "big"))
    finally:
        writer.close()
    return reply.hex(" ")


EXCHANGES = [
    # Unit 10, 0 261 36: eight inputs, six outputs, settings.
    ("Protection", "0a 02 00 00 00 08", "0a 02 01 00"),
    ("Protection", "0a 02 00 00 00 09", "0a 82 02"),
    ("Protection", "0a 05 00 00 ff 00", "0a 05 00 00 ff 00"),
    ("Protection", "0a 05 00 00 12 34", "0a 85 03"),
    ("Protection", "0a 05 00 06 ff 00", "0a 85 02"),
    ("Protection", "0a 0f 00 00 00 06 01 2a", "0a 0f 00 00 00 06"),
    ("Protection", "0a 0f 00 00 00 06 02 2a 00", "0a 8f 03"),
    ("Protection", "0a 0f 00 00 00 00 00", "0a 8f 03"),
    ("Protection", "0a 06 01 02 00 1e", "0a 06 01 02 00 1e"),
    ("Protection", "0a 06 01 00 00 02", "0a 86 03"),
    (
        "Protection",
        "0a 10 01 00 00 03 06 00 01 00 01 00 1e",
        "0a 10 01 00 00 03",
    ),
    # The fourth word of an output is reserved.
    ("Protection", "0a 10 01 03 00 01 02 00 00", "0a 90 02"),
    ("Protection", "0a 10 01 00 00 02 02 00 01", "0a 90 03"),
    ("Protection", "0a 06 00", "0a 86 03"),
    ("Protection", "0a 16 01 02 00 1e 00 00", "0a 96 01"),
    # A protection unit takes no orders, a meter neither.
    ("Protection", "01 06 30 10 00 01", "01 86 01"),
    ("Meters", "01 10 24 00 00 01 02 00 01", "01 90 01"),
    # Stations: the limit, and what can only be read.
    ("Stations", "01 06 00 40 00 0a", "01 06 00 40 00 0a"),
    ("Stations", "01 06 00 40 00 06", "01 86 03"),
    ("Stations", "01 06 00 10 00 01", "01 86 02"),
    ("Stations", "01 10 00 40 00 02 04 00 10 00 00", "01 10 00 40 00 02"),
    # Another server: one remote id a request, whole, in both functions.
    ("Annexe", "f7 03 27 17 00 01", "f7 83 02"),
    ("Annexe", "f7 03 27 17 00 04", "f7 83 02"),
    ("Annexe", "f7 03 27 16 00 02", "f7 83 02"),
    ("Annexe", "f7 06 27 17 00 00", "f7 86 01"),
]


async def test_requests_are_answered_byte_by_byte(room: Simulation) -> None:
    for gateway, request_hex, reply_hex in EXCHANGES:
        assert await ask(room, gateway, request_hex) == reply_hex, request_hex


async def test_outputs_follow_what_is_written(
    room: Simulation, clock: ManualClock
) -> None:
    # 0x2a: outputs 2, 4 and 6 on.
    await ask(room, "Protection", "0a 0f 00 00 00 06 01 2a")
    assert await ask(room, "Protection", "0a 01 00 00 00 06") == "0a 01 01 2a"

    # Output 2: 30 s from the order on.
    await ask(room, "Protection", "0a 06 01 06 00 1e")
    await ask(room, "Protection", "0a 05 00 01 ff 00")
    clock.advance(timedelta(seconds=29))
    assert await ask(room, "Protection", "0a 01 00 01 00 01") == "0a 01 01 01"
    clock.advance(timedelta(seconds=1))
    assert await ask(room, "Protection", "0a 01 00 00 00 06") == "0a 01 01 28"
    read_back = await ask(room, "Protection", "0a 03 01 04 00 03")
    assert read_back == "0a 03 06 00 00 00 00 00 1e"


async def test_a_contactor_cuts_its_circuit(room: Simulation) -> None:
    assert await ask(room, "EMS CX3", "21 02 40 00 00 01") == "21 02 01 01"
    await ask(room, "EMS CX3", "21 05 48 00 00 00")

    assert await ask(room, "EMS CX3", "21 01 48 00 00 01") == "21 01 01 00"
    assert await ask(room, "EMS CX3", "21 02 40 00 00 01") == "21 02 01 00"
    assert room.states("Outdoor contactor")["contact_state"] == "open"
    assert room.building.circuits["outdoor"].flow.rate(NOON) == 0


async def test_each_side_of_a_station_has_registers_of_its_own(
    room: Simulation,
) -> None:
    await ask(room, "Stations", "05 06 01 40 00 0a")

    assert await ask(room, "Stations", "05 03 00 40 00 01") == "05 03 02 00 20"
    assert await ask(room, "Stations", "05 03 01 40 00 01") == "05 03 02 00 0a"
    # Nobody reads across from one side to the other.
    assert await ask(room, "Stations", "05 03 00 40 01 00") == "05 83 03"


async def test_a_station_obeys(room: Simulation, clock: ManualClock) -> None:
    """Limit 10 A, wait, start, EV plug off; then its states at 0x0010."""
    flow = room.building.circuits["new left"].flow
    for _ in range(2):
        if room.states("Premium left")["charge_state"] != "no_vehicle":
            room.unplug("Premium left")
    room.plug_in("Premium left", wanted_wh=50_000)
    await ask(room, "Stations", "0b 06 00 40 00 0a")
    assert await ask(room, "Stations", "0b 03 00 10 00 03") == (
        "0b 03 06 00 02 00 02 00 01"
    )
    assert flow.rate(NOON) == pytest.approx(3 * 226.32 * 10 * 0.99 * 0.99, abs=1)

    clock.advance(timedelta(hours=1))
    await ask(room, "Stations", "0b 06 00 41 00 00")
    assert await ask(room, "Stations", "0b 03 00 10 00 02") == "0b 03 04 00 03 00 03"
    assert flow.rate(clock.now()) == 0
    await ask(room, "Stations", "0b 06 00 41 00 01")
    await ask(room, "Stations", "0b 06 00 42 00 00")
    assert flow.rate(clock.now()) == 0
    await ask(room, "Stations", "0b 06 00 42 00 01")
    assert flow.rate(clock.now()) > 0
    room.set_station_error("Premium left", "dc_leakage")
    assert await ask(room, "Stations", "0b 03 00 10 00 05") == (
        "0b 03 0a 00 04 00 05 00 01 00 0f 00 00"
    )


async def test_a_trip_is_read_and_felt_everywhere(room: Simulation) -> None:
    """State bits, cause, 812.5 A, one trip, one operation, 250 A."""
    room.trip("Pump breaker", "short_delay", 812.5)

    assert await ask(room, "Protection", "01 03 30 00 00 07") == (
        "01 03 0e 00 04 00 02 00 0c 65 d4 00 01 00 01 00 fa"
    )
    assert await ask(room, "Protection", "01 03 10 06 00 06") == "01 03 0c" + " 00" * 12
    pumps = room.building.circuits["pumps"]
    assert pumps.flow.rate(NOON) == 0 < pumps.curve.rate(NOON)
    main = room.meters["Main supply"].feed
    missing = main.undisturbed.total(NOON + timedelta(hours=1)) - main.total(
        NOON + timedelta(hours=1)
    )
    assert missing == pumps.curve.total(NOON + timedelta(hours=1)) - pumps.curve.total(
        NOON
    )


async def test_remote_ids_next_to_each_other_are_told_apart(room: Simulation) -> None:
    for name, remote_id in (
        ("Annexe offices meter", "27 17"),
        ("Annexe heating meter", "27 18"),
        ("Annexe heating load", "4e 23"),
        ("Annexe group", "75 31"),
        ("Annexe all", "75 2f"),
    ):
        watt_hours = room.meters[name].feed.total(NOON) // 1_000_000
        number = watt_hours.to_bytes(4, "big").hex(" ")
        for function in ("03", "04"):
            reply = await ask(room, "Annexe", f"f7 {function} {remote_id} 00 02")
            assert reply == f"f7 {function} 04 {number}", name


async def test_a_state_module_shows_contact_and_trip(room: Simulation) -> None:
    """Bits from 0x4000: contact, trip; the code there: 0 open, 1 closed, 2 tripped."""
    bits, code = "1f 02 40 00 00 03", "1f 04 40 00 00 01"

    assert await ask(room, "EMS CX3", bits) == "1f 02 01 01"
    assert await ask(room, "EMS CX3", code) == "1f 04 02 00 01"
    room.trip("Server breaker state")
    assert await ask(room, "EMS CX3", bits) == "1f 02 01 02"
    assert await ask(room, "EMS CX3", code) == "1f 04 02 00 02"
    room.close("Server breaker state")
    room.open("Server breaker state")
    assert await ask(room, "EMS CX3", bits) == "1f 02 01 00"
    assert await ask(room, "EMS CX3", code) == "1f 04 02 00 00"


async def test_the_inputs_of_a_state_module_are_its_contacts(room: Simulation) -> None:
    bits = "20 02 40 00 00 03"

    room.set_input("Door contacts", 1, is_on=False)
    room.set_input("Door contacts", 3, is_on=True)
    assert await ask(room, "EMS CX3", bits) == "20 02 01 04"
    room.set_input("Door contacts", 1, is_on=True)
    room.set_input("Door contacts", 2, is_on=True)
    assert await ask(room, "EMS CX3", bits) == "20 02 01 06"
    room.set_input("Door contacts", 2, is_on=False)
    assert await ask(room, "EMS CX3", bits) == "20 02 01 04"


def test_an_import_meter_counts_whichever_way_its_sensor_sits(
    clock: ManualClock,
) -> None:
    meter = Simulation(load_site(SITES / "technical.yaml"), clock).meters[
        "Fan protection"
    ]
    counters = meter.unit.counters(NOON)

    assert counters["active_energy_import"] == meter.feed.total(NOON) > 0
    assert counters["active_energy_export"] == 0


def test_modules_that_share_an_address_answer_each_for_itself(
    clock: ManualClock,
) -> None:
    """EMS CX3: one supervisor's address for measure, state and command."""
    place = {"gateway": "G", "address": 5}
    site = parse_site(
        {
            "name": "Bench",
            "installed": "2026-01-01",
            "gateways": [{"name": "G"}],
            "circuits": [
                {"name": "c", "profile": "standby", "rated_w": 1000, "phase": 1}
            ],
            "devices": [
                {"name": "meter", "model": "414919", "circuits": ["c"], **place},
                {"name": "state", "model": "414929", "circuits": ["c"], **place},
                {"name": "relays", "model": "414932", **place},
            ],
        }
    )
    simulation = Simulation(site, clock)
    unit = simulation.gateways["G"].units[5]

    assert list(unit.read(Space.DISCRETE, 0x4000, 2, NOON)) == [1, 0]
    assert unit.read(Space.INPUT, 0x5000, 2, NOON)[1] > 0
    unit.write(Space.COIL, 0x4800, [1], NOON)
    assert list(unit.read(Space.COIL, 0x4800, 2, NOON)) == [1, 0]
    simulation.trip("state")
    assert list(unit.read(Space.DISCRETE, 0x4000, 2, NOON)) == [0, 1]
    assert list(unit.read(Space.INPUT, 0x5000, 2, NOON)) == [0, 0]
    with pytest.raises(RefusedError, match="0x02"):
        unit.read(Space.HOLDING, 0x4000, 1, NOON)
