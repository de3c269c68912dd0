"""Garbled replies, ten thousand for every register map: nothing is invented.

Replies are random words, too few or too many of them, another unit's, half a frame,
Modbus exceptions of every code, or nothing; healthy ones come between, so that the
reader gets to know its device. Everything passes through the reader, the metering
point and the counters.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import cast
from zoneinfo import ZoneInfo

from modbus_connection import (
    ModbusDesyncError,
    ModbusError,
    ModbusExceptionError,
    ModbusProtocolError,
    ModbusTimeoutError,
)
import pytest

from custom_components.legrand_ews.ews.bus import ModbusUnit
from custom_components.legrand_ews.ews.bus.assembly import point_of, profile_of
from custom_components.legrand_ews.ews.bus.profile import EVERYTHING
from custom_components.legrand_ews.ews.bus.reader import DeviceReader
from custom_components.legrand_ews.ews.bus.readings import DeviceReport, DeviceStatus
from custom_components.legrand_ews.ews.bus.rs485 import Line
from custom_components.legrand_ews.ews.errors import BusError
from custom_components.legrand_ews.ews.metering import Accumulator, hourly_limit_milli
from custom_components.legrand_ews.ews.model import Device
from custom_components.legrand_ews.ews.quantities import QUANTITIES, Kind

from .world import Clock, catalogue, device

GARBLED = 10_000
LIFE = 500
"""Garbled replies until the next device takes the place of this one."""
RATED_W = 10_000
HEALTHY_SHARE = 0.2
ODD = frozenset({"ems_iface"})
"""Maps that no model reads."""


class GarbledUnit:
    """Stands for a unit on a terrible line; every healthy word is the same."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.garbled = 0
        self.asked = 0
        self.connected = True

    def require_timeout(self, seconds: float | None) -> None:
        """The line takes no time."""

    def set_message_spacing(self, seconds: float) -> None:
        """Nor does it rest."""

    async def disconnect(self) -> None:
        """The link is always there."""

    async def read_holding_registers(self, address: int, count: int) -> list[int]:
        return self._reply(count, 0xFFFF)

    read_input_registers = read_holding_registers

    async def read_coils(self, address: int, count: int) -> list[bool]:
        return [bool(word) for word in self._reply(count, 1)]

    read_discrete_inputs = read_coils

    def _reply(self, count: int, highest: int) -> list[int]:
        random = self._random
        self.asked += 1
        if random.random() < HEALTHY_SHARE:
            return [1] * count
        self.garbled += 1
        match random.randrange(6):
            case 0 | 1:
                return [random.randint(0, highest) for _ in range(count)]
            case 2:
                wrong = random.choice([0, count // 2, count - 1, count + 1, 2 * count])
                return [random.randint(0, highest) for _ in range(wrong)]
            case 3:
                raise random.choice(_FRAMES)
            case 4:
                raise ModbusExceptionError.from_code(random.randint(1, 12), "garbled")
            case _:
                raise ModbusTimeoutError


_FRAMES: Sequence[ModbusError] = (
    ModbusDesyncError("the reply of another unit"),
    ModbusProtocolError("half a frame"),
    ModbusProtocolError("a wrong check sum"),
)


def device_with(map_key: str) -> Device:
    """A device that is read by a map."""
    whole = catalogue()
    models = whole.models.values()
    model = next((m for m in models if m.map_key == map_key), None)
    if model is None:
        # The user's choice for a meter of another model.
        chosen = {"map": map_key}
        model = next(
            m for m in models if whole.model_of(m.key, chosen).map_key == map_key
        )
        return device(1, model.key, **chosen)
    if not model.is_metering_point:
        pulse = next(m for m in whole.models.values() if m.is_pulse)
        return device(1, pulse.key, position=1, concentrator=model.key)
    parameters = {spec.name: spec.default or "" for spec in model.parameters}
    parameters |= {"register": "10"} if "register" in parameters else {}
    parameters |= {"remote_id": "10001"} if "remote_id" in parameters else {}
    return device(1, model.key, **{k: v for k, v in parameters.items() if v})


@pytest.mark.parametrize(
    "map_key", sorted(key for key in catalogue().maps if key not in ODD)
)
async def test_ten_thousand_garbled_replies(map_key: str) -> None:
    unit = GarbledUnit(Random(map_key))
    meter = device_with(map_key)
    point, model = point_of(meter, catalogue())
    profile = profile_of([point], model, catalogue())
    clock = Clock()
    while unit.garbled < GARBLED:
        begin, life_began = clock(), unit.garbled
        reader = DeviceReader(
            cast("ModbusUnit", unit),
            profile,
            line=Line(),
            timeout_s=0.3,
            clock=clock,
        )
        counters = Accumulator(
            length=timedelta(minutes=10),
            zone=ZoneInfo("Europe/Paris"),
            rating_of=lambda _: RATED_W,
        )
        booked: dict[str, int] = {}
        while unit.garbled < life_began + LIFE:
            now = clock.after(60)
            asked = unit.asked
            try:
                poll = await reader.poll(EVERYTHING)
            except BusError:
                if unit.asked == asked:
                    # It has refused every register by now.
                    break
                continue
            if unit.asked == asked:
                break
            readings = point.readings_of(reader, poll.readings)
            for key, reading in readings.items():
                quantity = QUANTITIES[key]
                assert reading.value.is_finite()
                if quantity.kind is Kind.STATE:
                    assert reading.value in map(Decimal, range(len(quantity.options)))
            if readings:
                counters.observe(
                    DeviceReport(
                        device_id=1,
                        at=now,
                        status=DeviceStatus.ON,
                        readings=readings,
                    )
                )
            for sample in counters.close(now).samples:
                for key, amount in sample.amounts_milli.items():
                    assert amount >= 0
                    booked[key] = booked.get(key, 0) + amount
        # No more than the meter can have counted in that time, and an hour of it.
        hours = (clock() - begin) / timedelta(hours=1) + 1
        for key, amount in booked.items():
            limit = hourly_limit_milli(QUANTITIES[key], RATED_W)
            assert amount <= limit * hours, (key, amount, limit, hours)
