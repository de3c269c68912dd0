"""Recognising devices by their answers (registers.md 0.6)."""

import asyncio
from collections.abc import Mapping, Sequence

from modbus_connection import ModbusConnectionError, ModbusTimeoutError
import pytest

from custom_components.legrand_ews.ews.bus import (
    Certainty,
    Found,
    ScanProgress,
    scan,
)
from custom_components.legrand_ews.ews.errors import GatewayUnreachableError

from .world import Bus, catalogue, u32, words_of

SOCO = [ord(letter) for letter in "SOCO"]
A_10 = [ord(letter) for letter in "diris"]

type Dump = Mapping[int, int | Sequence[int]]


def unit_with(bus: Bus, number: int, holding: Dump, input_: Dump | None = None) -> None:
    """A unit that has these registers and refuses all others."""
    unit = bus.unit(number)
    unit.holding = words_of(holding)
    unit.input = words_of(input_ or {})
    unit.known = [
        range(address, address + (1 if isinstance(content, int) else len(content)))
        for dump in (holding, input_ or {})
        for address, content in dump.items()
    ]


async def found_at(holding: Dump, input_: Dump | None = None) -> Found:
    bus = Bus()
    unit_with(bus, 5, holding, input_)
    result = await scan(bus.unit, catalogue(), 5, 5)
    assert result.silent == 0
    return result.found[0]


@pytest.mark.parametrize(
    ("holding", "input_", "expected", "certainty"),
    [
        # SOCO and its class 400: a multimeter. It answers 0x1000 too, with flags.
        (
            {0xC350: SOCO, 0xC354: 400, 0x1000: u32(230_000)},
            {},
            "soco_c550",
            Certainty.CERTAIN,
        ),
        ({0xC350: SOCO, 0xC354: 100}, {}, "soco_counter", Certainty.CERTAIN),
        # 230 V in mV at 0x1000: two maps begin like that, the documented one first.
        ({0x1000: u32(230_000)}, {}, "ime_1000", Certainty.AMBIGUOUS),
        # It answers both: 0x1000 counts.
        (
            {0x1000: u32(230_000), 0x0301: u32(230_000)},
            {},
            "ime_1000",
            Certainty.AMBIGUOUS,
        ),
        ({0x0301: u32(231_000)}, {}, "ime_0300", Certainty.LIKELY),
        ({}, {0x501D: u32(229_500)}, "ems_measure", Certainty.AMBIGUOUS),
        # A number, and no voltage.
        ({0x1000: u32(3)}, {}, None, Certainty.UNKNOWN),
        # SOCO of a class that no map has (200: protection).
        ({0xC350: SOCO, 0xC354: 200}, {}, None, Certainty.UNKNOWN),
        ({0x0000: 17}, {}, None, Certainty.UNKNOWN),
    ],
)
async def test_a_device_is_recognised_by_its_answers(
    holding: Dump, input_: Dump, expected: str | None, certainty: Certainty
) -> None:
    found = await found_at(holding, input_)
    assert (found.map_key, found.certainty) == (expected, certainty)
    assert (found.candidates[:1] or (None,)) == (expected,)


# Devices of maps that nobody has published (T7b, T8, T9, T10.2): what they would answer.
BREAKER = {0x3000: 0b0001, 0x3001: 0, 0x3006: 250}
COILS, STATES = range(0x4800, 0x4801), range(0x4000, 0x4001)
STATION = {0x0003: 32, 0x0004: 1, 0x0010: [1, 0]}


@pytest.mark.parametrize(
    ("holding", "input_", "bits", "expected", "certainty"),
    [
        (BREAKER, {}, {}, ["legrand_breaker"], Certainty.LIKELY),
        # tripped, with a pre-alarm
        (
            {**BREAKER, 0x3000: 0b1100, 0x3001: 5},
            {},
            {},
            ["legrand_breaker"],
            Certainty.LIKELY,
        ),
        # closed and open at once is no state, and 10 is no cause of a trip
        ({**BREAKER, 0x3000: 0b0011}, {}, {}, [], Certainty.UNKNOWN),
        ({**BREAKER, 0x3001: 10}, {}, {}, [], Certainty.UNKNOWN),
        # one that measures answers like a meter as well: both are named
        (
            {**BREAKER, 0x1000: u32(230_000)},
            {},
            {},
            ["ime_1000", "ime_counter", "legrand_breaker"],
            Certainty.AMBIGUOUS,
        ),
        (STATION, {}, {}, ["greenup"], Certainty.LIKELY),
        ({**STATION, 0x0004: 2}, {}, {}, [], Certainty.UNKNOWN),
        ({**STATION, 0x0010: [1, 6]}, {}, {}, [], Certainty.UNKNOWN),
        (
            {0x0100: [0, 1, 30, 0]},
            {},
            {"coil": range(6)},
            ["legrand_io"],
            Certainty.LIKELY,
        ),
        ({0x0100: [7, 7]}, {}, {"coil": range(6)}, [], Certainty.UNKNOWN),
        ({}, {}, {"discrete": STATES}, ["ems_state"], Certainty.LIKELY),
        ({}, {}, {"coil": COILS}, ["ems_command"], Certainty.LIKELY),
        ({}, {0x6000: u32(77)}, {}, ["ems_pulse"], Certainty.LIKELY),
        # EMS modules at one address: measuring, state and control
        (
            {},
            {0x501D: u32(229_500)},
            {"discrete": STATES, "coil": COILS},
            ["ems_measure", "ime_5000", "ems_command", "ems_state"],
            Certainty.AMBIGUOUS,
        ),
        # who says his name is not asked for more
        (
            {**BREAKER, 0xC350: SOCO, 0xC354: 400},
            {},
            {},
            ["soco_c550"],
            Certainty.CERTAIN,
        ),
    ],
)
async def test_a_device_of_a_guessed_map_is_named_as_a_guess(
    holding: Dump,
    input_: Dump,
    bits: Mapping[str, range],
    expected: Sequence[str],
    certainty: Certainty,
) -> None:
    bus = Bus()
    unit_with(bus, 5, holding, input_)
    unit = bus.unit(5)
    for space, registers in (("holding", holding), ("input", input_)):
        unit.tables[space] = unit.known if registers else []
    for space in ("coil", "discrete"):
        unit.tables[space] = [bits[space]] if space in bits else []
    (found,) = (await scan(bus.unit, catalogue(), 5, 5)).found
    assert (list(found.candidates), found.certainty) == (expected, certainty)
    assert found.map_key == (expected[0] if expected else None)


async def test_who_answers_everything_with_nothing_fits_several_maps() -> None:
    (found,) = (await scan(Bus().unit, catalogue(), 5, 5)).found
    assert found.certainty is Certainty.AMBIGUOUS
    assert set(found.candidates) == {
        *("ems_command", "ems_pulse", "ems_state", "legrand_io"),
    }


async def test_it_says_who_it_is() -> None:
    found = await found_at({0xC350: SOCO, 0xC354: 400, 0xC38A: [*A_10, 0, 0, 0]})
    assert found.identity == {"model": "diris"}


async def test_who_passes_over_what_he_does_not_know_is_found() -> None:
    bus = Bus()
    unit_with(bus, 1, {0x1000: u32(230_000)})
    bus.unit(1).fail_read(0xC350, ModbusTimeoutError())
    result = await scan(bus.unit, catalogue(), 1, 1)
    assert [found.map_key for found in result.found] == ["ime_1000"]


async def test_progress_is_told_address_by_address() -> None:
    bus = Bus()
    for number in (1, 2, 4):
        bus.unit(number).fail_requests(ModbusTimeoutError())
    unit_with(bus, 3, {0x1000: u32(230_000)})
    told: list[ScanProgress] = []
    result = await scan(bus.unit, catalogue(), 1, 4, told.append)
    assert [(p.address, p.asked, p.total, len(p.found)) for p in told] == [
        (1, 1, 4, 0),
        (2, 2, 4, 0),
        (3, 3, 4, 1),
        (4, 4, 4, 1),
    ]
    assert (result.silent, [found.address for found in result.found]) == (3, [3])


async def test_a_scan_can_be_ended() -> None:
    bus = Bus()
    for number in range(1, 248):
        bus.unit(number).fail_requests(ModbusTimeoutError())
    task: asyncio.Task[object]

    def end_at_ten(progress: ScanProgress) -> None:
        if progress.address == 10:
            task.cancel()

    task = asyncio.ensure_future(scan(bus.unit, catalogue(), 1, 247, end_at_ten))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert bus.unit(20).read_events == []


async def test_a_gateway_that_is_gone_ends_it_with_an_error() -> None:
    bus = Bus()
    bus.unit(1).fail_requests(ModbusConnectionError())
    with pytest.raises(GatewayUnreachableError):
        await scan(bus.unit, catalogue(), 1, 3)
