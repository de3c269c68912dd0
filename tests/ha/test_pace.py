"""Long work in steps: how much of it one turn of the event loop carries."""

import asyncio

from homeassistant.core import HomeAssistant
import pytest

from custom_components.legrand_ews.pace import Pace, pace_of

A_TURN = 1.0
"""Shares of it are exact numbers."""


class Stopwatch:
    """Time that passes only by work."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    monkeypatch.setattr("custom_components.legrand_ews.pace.WORK_A_TURN_S", A_TURN)
    return Stopwatch()


class Turns:
    """Notes in which turn of the loop a thing was done, and how long it worked."""

    def __init__(self, stopwatch: Stopwatch) -> None:
        self._stopwatch = stopwatch
        self._turn = 0
        self.worked: dict[int, float] = {}
        self.done: list[str] = []
        self._begin()

    def _begin(self) -> None:
        self._turn += 1
        self._next = asyncio.get_running_loop().call_soon(self._begin)

    def work(self, name: str, seconds: float) -> None:
        self._stopwatch.now += seconds
        self.worked[self._turn] = self.worked.get(self._turn, 0.0) + seconds
        self.done.append(name)

    def stop(self) -> None:
        self._next.cancel()


@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("share", [0.125, 0.5, 0.875, 3.0])
async def test_a_turn_carries_its_share_of_work_and_one_step_more(
    workers: int, share: float, stopwatch: Stopwatch
) -> None:
    pace, turns, step_s = Pace(stopwatch), Turns(stopwatch), share * A_TURN
    items = range(20)

    async def work(worker: int) -> None:
        async for item in pace.each(items):
            turns.work(f"{worker} {item}", step_s)

    await asyncio.gather(*(work(worker) for worker in range(workers)))
    turns.stop()
    assert max(turns.worked.values()) < A_TURN + step_s
    assert sorted(turns.done) == sorted(
        f"{w} {i}" for w in range(workers) for i in items
    )


async def test_nobody_waits_until_another_is_done(stopwatch: Stopwatch) -> None:
    pace, turns = Pace(stopwatch), Turns(stopwatch)

    async def work(name: str) -> None:
        async for _ in pace.each(range(10)):
            turns.work(name, A_TURN)

    await asyncio.gather(work("first"), work("second"))
    turns.stop()
    half = turns.done[:10]
    assert min(half.count("first"), half.count("second")) >= 4


async def test_work_that_fits_into_a_turn_gives_way_to_nothing() -> None:
    pace, others = Pace(), []
    asyncio.get_running_loop().call_soon(others.append, "other")
    async for _ in pace.each([]):
        pass
    await pace.step()
    assert others == []


async def test_all_sites_share_one_pace(hass: HomeAssistant) -> None:
    assert pace_of(hass) is pace_of(hass)
