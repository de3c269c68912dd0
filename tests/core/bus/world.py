"""A bus in memory: units with registers, a clock that tests move, real catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

from modbus_connection import (
    IllegalDataAddressError,
    IllegalDataValueError,
    ModbusTimeoutError,
)
from modbus_connection.mock import MockModbusConnection, MockModbusUnit

from custom_components.legrand_ews.ews.bus import GatewayBus, Reading
from custom_components.legrand_ews.ews.bus.assembly import point_of, profile_of
from custom_components.legrand_ews.ews.bus.profile import EVERYTHING
from custom_components.legrand_ews.ews.bus.reader import DeviceReader
from custom_components.legrand_ews.ews.bus.rs485 import Line
from custom_components.legrand_ews.ews.catalogue import Catalogue, load_catalogue
from custom_components.legrand_ews.ews.model import (
    Address,
    Device,
    Gateway,
    PulseInput,
    Supply,
    TcpLink,
)

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LAST_ADDRESS = 0xFFFF


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def after(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


def u32(value: int) -> list[int]:
    """Two words, high word first; a negative number as two's complement."""
    value &= 0xFFFFFFFF
    return [value >> 16, value & 0xFFFF]


def words_of(dump: Mapping[int, int | Sequence[int]]) -> dict[int, int]:
    """Spread a dump {address: word or words} over single addresses."""
    words: dict[int, int] = {}
    for address, content in dump.items():
        run = [content] if isinstance(content, int) else content
        words |= {address + n: word for n, word in enumerate(run)}
    return words


class StrictUnit(MockModbusUnit):
    """Refuses what it does not have: exception 02 outside ``known`` tables.

    ``longest`` is the longest read it accepts (exception 03 above it). ``tables`` are
    those of single spaces, instead of ``known``.
    """

    def __init__(self, connection: MockModbusConnection, unit_id: int) -> None:
        super().__init__(connection, unit_id)
        self.known: list[range] = [range(LAST_ADDRESS + 1)]
        self.tables: dict[str, list[range]] = {}
        self.longest = 125

    async def _dispatch_read(
        self, register_type: str, address: int, count: int
    ) -> None:
        await super()._dispatch_read(register_type, address, count)
        if count > self.longest:
            raise IllegalDataValueError
        known = self.tables.get(register_type, self.known)
        if not any(
            address in table and address + count - 1 in table for table in known
        ):
            raise IllegalDataAddressError


class PassingUnit(StrictUnit):
    """Does not refuse what it does not have: it passes over it, or calls it a failure."""

    fault: type[Exception] = ModbusTimeoutError

    async def _dispatch_read(
        self, register_type: str, address: int, count: int
    ) -> None:
        try:
            await super()._dispatch_read(register_type, address, count)
        except IllegalDataAddressError:
            raise self.fault from None


class LosingUnit(StrictUnit):
    """Answers everything but one request: that frame is lost on the line."""

    def __init__(
        self, connection: MockModbusConnection, unit_id: int, lost: int
    ) -> None:
        super().__init__(connection, unit_id)
        self._left = lost

    async def _dispatch_read(
        self, register_type: str, address: int, count: int
    ) -> None:
        self._left -= 1
        if self._left == -1:
            raise ModbusTimeoutError
        await super()._dispatch_read(register_type, address, count)


@dataclass
class Bus:
    """Units on one connection, and the order in which they were asked."""

    connection: MockModbusConnection = field(default_factory=MockModbusConnection)
    units: dict[int, StrictUnit] = field(default_factory=dict)

    def unit(self, number: int) -> StrictUnit:
        if number not in self.units:
            self.units[number] = StrictUnit(self.connection, number)
        return self.units[number]

    def requests(self, number: int) -> list[tuple[int, int]]:
        """Address and length of every read so far; forgets them."""
        events = self.unit(number).read_events
        found = [(event.address, event.count) for event in events]
        events.clear()
        return found


def device(
    number: int,
    model: str | None = "412045",
    *,
    unit: int | None = None,
    position: int | None = None,
    concentrator: str | None = None,
    weight: str = "1",
    start: str = "0",
    supply: Supply = Supply.UPSTREAM,
    is_enabled: bool = True,
    **parameters: str,
) -> Device:
    pulse_input = None
    if concentrator is not None:
        pulse_input = PulseInput(
            concentrator=concentrator, weight=Decimal(weight), start=Decimal(start)
        )
    return Device(
        id=number,
        name=f"Device {number}",
        gateway_id=1,
        address=Address(unit=unit or number, position=position),
        model=model,
        pulse_input=pulse_input,
        supply=supply,
        parameters=parameters,
        is_enabled=is_enabled,
    )


def gateway(timeout_ms: int = 300) -> Gateway:
    return Gateway(
        id=1, name="Test", link=TcpLink(host="192.0.2.1"), timeout_ms=timeout_ms
    )


def gateway_bus(bus: Bus, clock: Clock, *devices: Device) -> GatewayBus:
    return GatewayBus(gateway(), devices, catalogue(), bus.unit, clock)


def reader_of(unit: StrictUnit, of: Device, clock: Clock | None = None) -> DeviceReader:
    point, model = point_of(of, catalogue())
    return DeviceReader(
        unit,
        profile_of([point], model, catalogue()),
        line=Line(),
        timeout_s=0.3,
        clock=clock or Clock(),
    )


async def readings_of(unit: StrictUnit, of: Device) -> dict[str, Reading]:
    """Read a device once, whole."""
    point, _ = point_of(of, catalogue())
    reader = reader_of(unit, of)
    poll = await reader.poll(EVERYTHING)
    return point.readings_of(reader, poll.readings)


async def values_of(unit: StrictUnit, of: Device) -> dict[str, Decimal]:
    """Values of a device that is read once."""
    found = await readings_of(unit, of)
    return {quantity: reading.value for quantity, reading in found.items()}
