"""Orders: each station by itself, decreases before increases, the newest counts."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.legrand_ews.const import DOMAIN
from custom_components.legrand_ews.ews.charging import (
    Action,
    Command,
    StationReading,
    StationSpec,
)
from custom_components.legrand_ews.greenup import orders as orders_module
from custom_components.legrand_ews.greenup.failure import Failure
from custom_components.legrand_ews.greenup.orders import Order, Orders


class SlowStation:
    """A station that obeys when it is let, or refuses; it notes what it did."""

    def __init__(self, number: int, phases: tuple[int, ...] = (1,)) -> None:
        self.spec = StationSpec(id=number, rated_a=32, phases=phases)
        self.energy_milli_wh = None
        self.conductors = 3
        self.may_go = asyncio.Event()
        self.is_refusing = False
        self.error: Exception = HomeAssistantError("no")
        self.done: list[int] = []

    def read(self, now: datetime) -> StationReading | None:
        return None

    async def apply(self, command: Command) -> None:
        await self.may_go.wait()
        if self.is_refusing:
            raise self.error
        self.done.append(command.limit_a)

    async def switch_phases(self, conductors: int) -> None:
        self.conductors = conductors


def order(station: SlowStation, limit_a: int, *, is_increase: bool) -> Order:
    return Order(
        command=Command(
            station_id=station.spec.id, action=Action.SET_LIMIT, limit_a=limit_a
        ),
        station=station,
        is_increase=is_increase,
    )


class Desk:
    """Orders, and what was told of them."""

    def __init__(self, hass: HomeAssistant) -> None:
        entry = MockConfigEntry(domain=DOMAIN)
        entry.add_to_hass(hass)
        self.refused: list[int] = []
        self.withheld: list[int] = []
        self.orders = Orders(hass, entry, self.refused.append, self.withheld.append)

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)


@pytest.fixture
async def desk(hass: HomeAssistant) -> AsyncIterator[Desk]:
    desk = Desk(hass)
    yield desk
    await desk.orders.async_stop()


async def test_an_increase_waits_for_every_decrease(desk: Desk) -> None:
    """Also for one of another bus that is slower; a decrease waits for nobody."""
    slow, quick, third = SlowStation(1), SlowStation(2), SlowStation(3)
    quick.may_go.set()
    third.may_go.set()
    desk.orders.give(
        [
            order(slow, 10, is_increase=False),
            order(third, 8, is_increase=False),
            order(quick, 20, is_increase=True),
        ]
    )
    await desk.settle()
    assert (slow.done, third.done, quick.done) == ([], [8], [])
    assert desk.orders.under_way == {1, 2}
    slow.may_go.set()
    await desk.settle()
    assert (slow.done, quick.done) == ([10], [20])
    assert desk.orders.under_way == frozenset()
    assert (desk.refused, desk.withheld) == ([], [])


async def test_a_newer_order_takes_the_place_of_one_that_waits(desk: Desk) -> None:
    """What is under way is seen to its end; only the newest follows."""
    station = SlowStation(1)
    desk.orders.give([order(station, 10, is_increase=False)])
    await desk.settle()
    desk.orders.give([order(station, 20, is_increase=True)])
    desk.orders.give([order(station, 16, is_increase=True)])
    station.may_go.set()
    await desk.settle()
    assert station.done == [10, 16]
    station.is_refusing = True
    station.may_go.clear()
    desk.orders.give([order(station, 8, is_increase=False)])
    await desk.settle()
    desk.orders.give([order(station, 7, is_increase=False)])
    station.may_go.set()
    await desk.settle()
    assert desk.refused == [1]  # of the latest only
    assert desk.orders.failures == {1: Failure(text="no")}


async def test_a_decrease_in_the_place_of_an_increase_waits_for_nobody(
    desk: Desk,
) -> None:
    """Also where the increase was waiting for a station that is slow to give way."""
    slow, quick = SlowStation(1), SlowStation(2)
    quick.may_go.set()
    desk.orders.give(
        [order(slow, 10, is_increase=False), order(quick, 20, is_increase=True)]
    )
    await desk.settle()
    desk.orders.give([order(quick, 6, is_increase=False)])
    await desk.settle()
    assert (slow.done, quick.done) == ([], [6])
    slow.may_go.set()
    await desk.settle()
    assert (slow.done, quick.done) == ([10], [6])


@pytest.mark.parametrize(
    "error", [ValueError("odd"), ConnectionError("odd"), HomeAssistantError("odd")]
)
async def test_an_integration_fails_in_its_own_way(
    desk: Desk, error: Exception
) -> None:
    """It is a refusal like any other, and holds nobody up."""
    broken, other = SlowStation(1), SlowStation(2, (2,))
    broken.is_refusing, broken.error = True, error
    other.may_go.set()
    desk.orders.give(
        [order(broken, 10, is_increase=False), order(other, 20, is_increase=True)]
    )
    await desk.settle()
    broken.may_go.set()
    await desk.settle()
    assert desk.refused == [1]
    assert desk.orders.failures == {1: Failure(text="odd")}
    assert other.done == [20]
    assert desk.orders.under_way == frozenset()


async def test_an_increase_is_withheld_where_a_decrease_has_failed(desk: Desk) -> None:
    """On the same phase; on another it is of no concern."""
    stubborn = SlowStation(1, (1, 2, 3))
    same, other = SlowStation(2, (2,)), SlowStation(3, (1,))
    stubborn.spec = StationSpec(id=1, rated_a=32, phases=(2,))
    stubborn.is_refusing = True
    for station in (same, other):
        station.may_go.set()
    desk.orders.give(
        [
            order(stubborn, 8, is_increase=False),
            order(same, 20, is_increase=True),
            order(other, 20, is_increase=True),
        ]
    )
    await desk.settle()
    stubborn.may_go.set()
    await desk.settle()
    assert (same.done, other.done) == ([], [20])
    assert (desk.refused, desk.withheld) == ([1], [2])


async def test_a_station_that_never_answers(
    hass: HomeAssistant, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_module, "PATIENCE_S", 0.01)
    station = SlowStation(1)
    desk.orders.give([order(station, 8, is_increase=False)])
    await hass.async_block_till_done(wait_background_tasks=True)
    assert desk.refused == [1]
    assert desk.orders.failures[1].key == "station_too_slow"
    desk.orders.switch(1, station, 1)
    await desk.settle()
    assert station.conductors == 1
    assert desk.orders.failures == {}


async def test_at_the_end_stations_that_leave_may_charge(desk: Desk) -> None:
    """Whatever was under way; one that refuses keeps nobody from leaving."""
    leaving, stubborn, staying = SlowStation(1), SlowStation(2), SlowStation(3)
    stubborn.is_refusing = True
    desk.orders.give(order(x, 8, is_increase=False) for x in (leaving, staying))
    await desk.settle()
    for station in (leaving, stubborn, staying):
        station.may_go.set()
    interrupted = await desk.orders.async_stop([leaving, stubborn])
    assert interrupted == {3}
    assert (leaving.done, stubborn.done, staying.done) == ([32], [], [])
    assert desk.orders.failures == {2: Failure(text="no")}
