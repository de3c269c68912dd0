"""A gateway that goes mute on an idle bus: noticed in 20 s, back in 15 s."""

from datetime import datetime, timedelta

from modbus_connection import (
    GatewayTargetError,
    ModbusConnectionError,
    ModbusTimeoutError,
)
import pytest

from custom_components.legrand_ews.ews.bus import DeviceStatus, GatewayBus
from custom_components.legrand_ews.ews.bus.readings import GatewayReport

from .world import START, Bus, Clock, device, gateway_bus, u32, words_of

WAIT_S = 0.3
"""How long the gateway waits for a device."""


class _Timed(list[object]):
    """Lets every request of a unit take its time: 20 ms, or that of no answer."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.seconds = 0.02

    def append(self, event: object) -> None:
        self._clock.after(self.seconds)
        super().append(event)


class Line:
    """A gateway with meters 0 046 76, whose bus can go mute as a whole."""

    def __init__(self, meters: int) -> None:
        self.bus, self.clock = Bus(), Clock()
        self.times = {n: _Timed(self.clock) for n in range(1, meters + 1)}
        for number, times in self.times.items():
            unit = self.bus.unit(number)
            unit.holding = words_of({0xC558: u32(23_000)})
            unit.read_events = times  # type: ignore[assignment]
        devices = (device(number, "004676") for number in self.times)
        self.behind: GatewayBus = gateway_bus(self.bus, self.clock, *devices)

    def mute(self, fault: Exception | None, *numbers: int) -> None:
        for number in numbers or self.times:
            self.bus.unit(number).fail_requests(fault)
            self.times[number].seconds = WAIT_S if fault else 0.02

    async def run_until(self, end: datetime) -> GatewayReport:
        """Let cycles follow each other as ``next_due`` says."""
        report = await self.behind.cycle(self.clock())
        while (due := self.clock() + self.behind.next_due(self.clock())) <= end:
            self.clock.now = max(due, self.clock() + timedelta(milliseconds=1))
            report = await self.behind.cycle(self.clock())
        self.clock.now = max(self.clock(), end)
        return report


def statuses(report: GatewayReport) -> set[DeviceStatus]:
    return {one.status for one in report.devices.values()}


@pytest.mark.parametrize("meters", [1, 2, 8, 32])
@pytest.mark.parametrize(
    "fault",
    [ModbusTimeoutError(), GatewayTargetError(), ModbusConnectionError()],
    ids=["nothing comes", "nobody answers it", "the link is lost"],
)
async def test_a_mute_gateway_is_noticed_and_comes_back(
    meters: int, fault: Exception
) -> None:
    line = Line(meters)
    # Everybody has been read and has said who he is; the next round is 20 s away.
    report = await line.run_until(START + timedelta(seconds=100))
    assert statuses(report) == {DeviceStatus.ON}
    began = line.clock()
    line.mute(fault)
    report = await line.run_until(began + timedelta(seconds=21))
    assert statuses(report) == {DeviceStatus.COMMUNICATION_ERROR}
    report = await line.run_until(began + timedelta(minutes=5))
    healed = line.clock()
    line.mute(None)
    report = await line.run_until(healed + timedelta(seconds=15))
    assert statuses(report) == {DeviceStatus.ON}


async def test_half_of_a_bus_that_falls_silent_leaves_the_other_half_alone() -> None:
    line = Line(16)
    await line.run_until(START + timedelta(seconds=100))
    line.mute(ModbusTimeoutError(), *range(1, 9))
    began = line.clock()
    while line.clock() < began + timedelta(minutes=3):
        report = await line.run_until(line.clock() + timedelta(seconds=1))
        alive = {report.devices[number].status for number in range(9, 17)}
        assert alive == {DeviceStatus.ON}
    assert {report.devices[number].status for number in range(1, 9)} == {
        DeviceStatus.COMMUNICATION_ERROR,
    }


async def test_an_idle_bus_is_asked_for_one_value_every_ten_seconds() -> None:
    line = Line(2)
    await line.run_until(START + timedelta(seconds=60))
    for times in line.times.values():
        times.clear()
    await line.run_until(START + timedelta(seconds=118))
    asked = [
        (number, event.count)  # type: ignore[attr-defined]
        for number, times in line.times.items()
        for event in times
    ]
    # In turn, two words each; the line is busy for 0.1 s of the minute by that.
    assert sorted(asked) == [*[(1, 2)] * 3, *[(2, 2)] * 2]


async def test_a_bus_that_is_at_work_is_not_asked() -> None:
    line = Line(2)
    await line.run_until(START + timedelta(seconds=60))
    line.behind.lease([1], line.clock() + timedelta(minutes=2))
    for times in line.times.values():
        times.clear()
    await line.run_until(line.clock() + timedelta(seconds=50))
    assert line.times[2] == []


async def test_one_lost_question_is_no_fault() -> None:
    line = Line(1)
    await line.run_until(START + timedelta(seconds=60))
    began = line.clock()
    line.mute(ModbusTimeoutError())
    await line.run_until(began + timedelta(seconds=12))
    line.mute(None)
    report = await line.run_until(began + timedelta(seconds=20))
    assert statuses(report) == {DeviceStatus.ON}
