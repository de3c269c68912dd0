"""Commands: what goes over the wire, what is read back, and what is never sent."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType

from modbus_connection import (
    IllegalDataAddressError,
    ModbusTimeoutError,
    ServerDeviceFailureError,
)
from modbus_connection.mock import WriteEvent
import pytest

from custom_components.legrand_ews.ews.bus import DeviceStatus, GatewayBus
from custom_components.legrand_ews.ews.bus.decoding import decode_raw, encode_raw
from custom_components.legrand_ews.ews.catalogue import ValueType, WordOrder
from custom_components.legrand_ews.ews.errors import (
    BusError,
    ConfigurationError,
    DeviceSilentError,
)
from custom_components.legrand_ews.ews.model import Device
from custom_components.legrand_ews.ews.quantities import QUANTITIES

from .world import Bus, Clock, catalogue, device, gateway, gateway_bus, u32, words_of

IO_MODULE = "026136"
STATION = "059003"


def confirmed(model: str, parameters: Mapping[str, str] | None = None) -> Device:
    return replace(device(1, model), is_map_confirmed=True, parameters=parameters or {})


async def bus_with(*devices: Device) -> tuple[Bus, Clock, GatewayBus, list[WriteEvent]]:
    bus, clock = Bus(), Clock()
    written: list[WriteEvent] = []
    bus.unit(1).on_write(written.append)
    behind = gateway_bus(bus, clock, *devices)
    await behind.cycle(clock())
    return bus, clock, behind, written


async def test_an_output_is_switched_and_read_back() -> None:
    bus, clock, behind, written = await bus_with(confirmed(IO_MODULE))
    bus.requests(1)
    result = await behind.write(1, "output_3", "on")
    # T9: coil 2 is output 3; function 05.
    assert written == [WriteEvent("coil", 2, [True], 5)]
    assert bus.requests(1) == [(2, 1)]
    assert (result.value, result.shown, result.at) == ("on", Decimal(1), clock())
    report = await behind.cycle(clock())
    assert report.devices[1].readings["output_3"].value == 1


@pytest.mark.parametrize(
    ("key", "value", "address", "word"),
    [
        ("output_2_mode", "pulse", 0x0105, 1),
        ("output_1_normal_state", "normally_closed", 0x0100, 1),
        ("output_6_on_time", Decimal(90), 0x0116, 90),
    ],
)
async def test_settings_are_written_as_single_words(
    key: str, value: str | Decimal, address: int, word: int
) -> None:
    _, _, behind, written = await bus_with(confirmed(IO_MODULE))
    await behind.write(1, key, value)
    assert written == [WriteEvent("holding", address, [word], 6)]


async def test_the_unlocking_word_goes_right_before() -> None:
    whole = catalogue()
    model = replace(whole.models["412045"], commands=("reset_partial_energies",))
    own = replace(whole, models=MappingProxyType({model.key: model}))
    bus, clock = Bus(), Clock()
    bus.unit(1).holding = words_of({0x1000: u32(230_000)})
    written: list[WriteEvent] = []
    bus.unit(1).on_write(written.append)
    behind = GatewayBus(gateway(), [confirmed("412045")], own, bus.unit, clock)
    result = await behind.write(1, "reset_partial_energies", "press")
    # T1.4: 0x5AA5 to 0x2700, then 0x0060 to 0x2400.
    assert [(e.address, e.values) for e in written] == [
        (0x2700, [0x5AA5]),
        (0x2400, [0x0060]),
    ]
    assert result.shown is None


async def test_a_guessed_map_is_not_written_before_it_is_confirmed() -> None:
    _, _, behind, written = await bus_with(device(1, IO_MODULE))
    with pytest.raises(ConfigurationError) as caught:
        await behind.write(1, "output_1", "on")
    assert caught.value.key == "command_unconfirmed"
    assert written == []


@pytest.mark.parametrize(
    ("model", "key", "value", "error"),
    [
        (IO_MODULE, "no_such_command", "on", "command_unknown"),
        ("412045", "output_1", "on", "command_unknown"),
        (IO_MODULE, "output_1", "maybe", "command_value_refused"),
        (IO_MODULE, "output_1", Decimal(1), "command_value_refused"),
        (IO_MODULE, "output_1_on_time", Decimal(-1), "command_value_refused"),
        (IO_MODULE, "output_1_on_time", Decimal(65536), "command_value_refused"),
        (IO_MODULE, "output_1_on_time", Decimal("1.5"), "command_value_refused"),
        (IO_MODULE, "output_1_on_time", Decimal("NaN"), "command_value_refused"),
        (STATION, "current_limit", Decimal(6), "command_value_refused"),
        (STATION, "current_limit", Decimal(33), "command_value_refused"),
    ],
)
async def test_what_cannot_be_written_is_never_sent(
    model: str, key: str, value: str | Decimal, error: str
) -> None:
    _, _, behind, written = await bus_with(confirmed(model))
    with pytest.raises(ConfigurationError) as caught:
        await behind.write(1, key, value)
    assert caught.value.key == error
    assert written == []


@pytest.mark.parametrize(
    ("refusal", "code"),
    [(IllegalDataAddressError(), "2"), (ServerDeviceFailureError(), "4")],
)
async def test_a_refusal_is_told(refusal: Exception, code: str) -> None:
    bus, _, behind, _ = await bus_with(confirmed(IO_MODULE))
    bus.unit(1).fail_write(0, refusal, register_type="coil")
    with pytest.raises(BusError) as caught:
        await behind.write(1, "output_1", "on")
    assert caught.value.key == "write_refused"
    assert caught.value.placeholders["code"] == code


async def test_a_device_that_does_not_obey_is_told() -> None:
    bus, _, behind, _ = await bus_with(confirmed(IO_MODULE))
    unit = bus.unit(1)
    unit.on_write(lambda _: unit.coil.update({0: False}))
    with pytest.raises(BusError) as caught:
        await behind.write(1, "output_1", "on")
    assert caught.value.key == "write_not_confirmed"
    assert caught.value.placeholders["value"] == "on"
    assert caught.value.placeholders["shown"] == "off"


async def test_a_slow_device_gets_a_second_look() -> None:
    bus, _, behind, _ = await bus_with(confirmed(IO_MODULE))
    unit = bus.unit(1)
    looks = iter([False, True])
    unit.on_write(lambda _: unit.coil.update({0: lambda: next(looks)}))
    result = await behind.write(1, "output_1", "on")
    assert result.shown == 1


# T8: 0x3010 takes 1 open, 2 close, 3 reset; 0x3000 shows b0 closed, b1 open, b2
# tripped.
CLOSED, OPEN, TRIPPED = 0b001, 0b010, 0b100
STATES = QUANTITIES["breaker_state"].options


def breaker() -> tuple[Bus, GatewayBus, list[WriteEvent]]:
    """A breaker whose owner's file gives it the commands of its map."""
    whole = catalogue()
    model = replace(
        whole.models["x_dpx3_250_meas"],
        commands=("breaker_open", "breaker_close", "breaker_reset"),
    )
    own = replace(whole, models=MappingProxyType({model.key: model}))
    bus = Bus()
    written: list[WriteEvent] = []
    bus.unit(1).on_write(written.append)
    behind = GatewayBus(gateway(), [confirmed(model.key)], own, bus.unit, Clock())
    return bus, behind, written


@pytest.fixture
def _no_settling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at once: these breakers move in no time."""

    async def at_once(_: float) -> None:
        return

    monkeypatch.setattr("asyncio.sleep", at_once)


@pytest.mark.usefixtures("_no_settling")
@pytest.mark.parametrize(
    ("key", "order", "after"),
    [
        ("breaker_open", 1, OPEN),
        ("breaker_close", 2, CLOSED),
        ("breaker_reset", 3, OPEN),
        ("breaker_reset", 3, CLOSED),
    ],
)
async def test_a_press_is_confirmed_by_what_it_leads_to(
    key: str, order: int, after: int
) -> None:
    bus, behind, written = breaker()
    bus.unit(1).on_write(lambda _: bus.unit(1).holding.update({0x3000: after}))
    result = await behind.write(1, key, "press")
    assert written == [WriteEvent("holding", 0x3010, [order], 6)]
    assert result.shown == STATES.index("open" if after == OPEN else "closed")


@pytest.mark.usefixtures("_no_settling")
@pytest.mark.parametrize(
    ("key", "after", "wanted", "shown"),
    [
        ("breaker_open", CLOSED, "open", "closed"),
        ("breaker_close", OPEN, "closed", "open"),
        ("breaker_close", TRIPPED, "closed", "tripped"),
        ("breaker_reset", TRIPPED, "open / closed", "tripped"),
        ("breaker_open", 0, "open", "unknown"),
    ],
)
async def test_a_press_without_effect_is_told(
    key: str, after: int, wanted: str, shown: str
) -> None:
    bus, behind, _ = breaker()
    bus.unit(1).holding[0x3000] = after
    with pytest.raises(BusError) as caught:
        await behind.write(1, key, "press")
    assert caught.value.key == "write_not_confirmed"
    assert (caught.value.placeholders["value"], caught.value.placeholders["shown"]) == (
        wanted,
        shown,
    )


async def test_silence_is_no_confirmation() -> None:
    bus, _, behind, _ = await bus_with(confirmed(IO_MODULE))
    bus.unit(1).fail_requests(ModbusTimeoutError())
    with pytest.raises(DeviceSilentError):
        await behind.write(1, "output_1", "on")


async def test_a_write_goes_before_the_reads_of_a_cycle() -> None:
    devices = [confirmed(IO_MODULE), *(device(n, "004676") for n in (2, 3, 4))]
    bus, clock, behind, _ = await bus_with(*devices)
    order: list[str] = []
    for number in (2, 3, 4):
        unit = bus.unit(number)
        read = unit.read_holding_registers

        async def slowly(
            address: int, count: int, number: int = number, read: object = read
        ) -> list[int]:
            order.append(f"read {number}")
            await asyncio.sleep(0.002)
            return await read(address, count)  # type: ignore[operator, no-any-return]

        unit.read_holding_registers = slowly  # type: ignore[method-assign]
    bus.unit(1).on_write(lambda _: order.append("write"))
    cycle = asyncio.ensure_future(behind.cycle(clock.after(60)))
    while not order:  # noqa: ASYNC110
        await asyncio.sleep(0)
    await behind.write(1, "output_1", "on")
    report = await cycle
    assert order.index("write") <= 1
    assert order[-1] != "write"
    assert {d.status for d in report.devices.values()} == {DeviceStatus.ON}
    assert behind.next_due(clock()) <= timedelta(minutes=1)


@pytest.mark.parametrize("order", WordOrder)
@pytest.mark.parametrize(
    ("value_type", "raw"),
    [
        (ValueType.U16, 0xABCD),
        (ValueType.S16, -2),
        (ValueType.U32, 0x12345678),
        (ValueType.S32, -3),
        (ValueType.U64, 0x0123456789ABCDEF),
    ],
)
def test_encoding_is_the_reverse_of_decoding(
    value_type: ValueType, raw: int, order: WordOrder
) -> None:
    words = encode_raw(raw, value_type, order)
    assert all(0 <= word <= 0xFFFF for word in words)
    assert decode_raw(words, value_type, order) == raw


def test_words_of_a_number_in_each_order() -> None:
    raw = 0x11223344
    assert encode_raw(raw, ValueType.U32, WordOrder.BIG) == [0x1122, 0x3344]
    assert encode_raw(raw, ValueType.U32, WordOrder.SWAPPED) == [0x3344, 0x1122]
    assert encode_raw(raw, ValueType.U32, WordOrder.LITTLE) == [0x4433, 0x2211]
