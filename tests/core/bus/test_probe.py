"""The answers of the Test buttons (S52, S59)."""

from modbus_connection import (
    IllegalDataAddressError,
    ModbusConnectionError,
    ModbusTimeoutError,
    ServerDeviceFailureError,
)
import pytest

from custom_components.legrand_ews.ews.bus import probe
from custom_components.legrand_ews.ews.catalogue import Provenance

from .world import Bus, LosingUnit, PassingUnit, catalogue, device, u32, words_of


async def test_a_device_says_who_it_is_and_what_it_measures() -> None:
    bus = Bus()
    bus.unit(1).holding = words_of(
        {
            0xC350: [ord(c) for c in "SOCO"],
            0xC357: 315,
            0xC382: [ord(a) << 8 | ord(b) for a, b in ("DI", "RI", "S ")],
            0xC558: u32(23_000),
        }
    )
    answer = await probe.test_device(device(1, "004676"), catalogue(), bus.unit)
    assert answer.is_reachable
    assert answer.error is None
    assert answer.identity["product"] == "DIRIS"
    assert answer.identity["firmware"] == "3.15"
    assert answer.map_key == answer.recognised == "soco_c550"
    assert answer.provenance is Provenance.INFERRED
    assert answer.readings["voltage_l1"].value == 230


async def test_another_map_is_recognised() -> None:
    bus = Bus()
    # A counter of the IME kind, V1 = 230 V at 0x1000, behind a Socomec model.
    bus.unit(1).holding = words_of({0x1000: u32(230_000)})
    bus.unit(1).known = [range(0x1000, 0x1027)]
    answer = await probe.test_device(device(1, "004680"), catalogue(), bus.unit)
    assert answer.is_reachable
    assert answer.error == "device_refused"
    assert answer.placeholders == {"code": "2"}
    assert answer.recognised == "ime_counter"


@pytest.mark.parametrize("lost", range(6))
async def test_a_lost_frame_makes_no_other_model_of_a_device(lost: int) -> None:
    bus = Bus()
    await bus.connection.connect()
    unit = bus.units[1] = LosingUnit(bus.connection, 1, lost)
    # An IME counter of another map would answer so, too.
    unit.holding = dict.fromkeys(range(0x3000), 0) | words_of({0x1000: u32(230_000)})
    answer = await probe.test_device(device(1, "412045"), catalogue(), bus.unit)
    assert answer.recognised == answer.map_key == "ime_1000"


@pytest.mark.parametrize("fault", [ModbusTimeoutError, ServerDeviceFailureError])
async def test_a_meter_that_passes_over_what_it_does_not_know_shows_its_energy(
    fault: type[Exception],
) -> None:
    bus = Bus()
    unit = bus.units[1] = PassingUnit(bus.connection, 1)
    unit.fault = fault
    unit.known = [range(0x1000, 0x107C), range(0x1200, 0x1208)]
    unit.holding = {address: 0 for table in unit.known for address in table}
    unit.holding |= words_of(
        {0x1000: u32(230_000), 0x101C: u32(123), 0x1200: 1, 0x1207: 100}
    )
    answer = await probe.test_device(device(1, "412045"), catalogue(), bus.unit)
    assert answer.error is None
    assert answer.readings["active_energy_import"].value == 1230


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (ModbusTimeoutError(), "device_silent"),
        (ModbusConnectionError(), "gateway_unreachable"),
    ],
)
async def test_a_fault_is_part_of_the_answer(error: Exception, key: str) -> None:
    bus = Bus()
    bus.unit(1).fail_requests(error)
    answer = await probe.test_device(device(1), catalogue(), bus.unit)
    assert not answer.is_reachable
    assert answer.error == key
    assert answer.readings == {}


async def test_a_device_without_a_model() -> None:
    answer = await probe.test_device(device(1, None), catalogue(), Bus().unit)
    assert (answer.is_reachable, answer.error) == (False, "device_without_model")


async def test_a_gateway_and_the_units_behind_it() -> None:
    bus = Bus()
    bus.unit(2).fail_requests(ModbusTimeoutError())
    bus.unit(3).fail_requests(IllegalDataAddressError())
    answer = await probe.test_gateway(bus.unit, [3, 2, 1])
    assert answer.is_reachable
    assert answer.answering == (1, 3)
    assert answer.latency_ms is not None


async def test_a_gateway_with_nobody_behind_it() -> None:
    bus = Bus()
    await bus.connection.connect()
    bus.unit(1).fail_requests(ModbusTimeoutError())
    answer = await probe.test_gateway(bus.unit, ())
    assert answer.is_reachable
    assert answer.answering == ()
    assert answer.latency_ms is None


async def test_a_gateway_that_is_not_there() -> None:
    bus = Bus()
    bus.unit(1).fail_requests(ModbusConnectionError())
    answer = await probe.test_gateway(bus.unit, ())
    assert (answer.is_reachable, answer.error) == (False, "gateway_unreachable")
