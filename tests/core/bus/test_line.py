"""Turns on the line: the most urgent first, nobody left out, nothing leaked."""

import asyncio

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.legrand_ews.ews.bus import BusLine, Rank


async def served(line: BusLine, ranks: list[Rank]) -> list[Rank]:
    """Order in which requests come to their turn that all wait together."""
    order: list[Rank] = []

    async def request(rank: Rank) -> None:
        async with line.turn(rank):
            order.append(rank)
            await asyncio.sleep(0)

    async with line.turn(Rank.NORMAL):
        requests = [asyncio.ensure_future(request(rank)) for rank in ranks]
        await asyncio.sleep(0)
        assert order == []
    await asyncio.gather(*requests)
    return order


async def test_the_most_urgent_request_goes_first() -> None:
    ranks = [Rank.PROBE, Rank.SLOW, Rank.NORMAL, Rank.COUNTERS, Rank.FAST, Rank.WRITE]
    assert await served(BusLine(), ranks) == list(Rank)


async def test_requests_of_one_rank_keep_their_order() -> None:
    line, order = BusLine(), []

    async def request(number: int) -> None:
        async with line.turn(Rank.NORMAL):
            order.append(number)

    async with line.turn(Rank.NORMAL):
        requests = [asyncio.ensure_future(request(n)) for n in range(5)]
        await asyncio.sleep(0)
    await asyncio.gather(*requests)
    assert order == list(range(5))


@pytest.mark.parametrize("rank", [Rank.WRITE, Rank.FAST])
async def test_an_urgent_request_waits_for_the_frame_under_way_only(
    rank: Rank,
) -> None:
    line = BusLine()
    frames: list[str] = []
    asked = asyncio.Event()

    async def poll() -> None:
        for number in range(10):
            async with line.turn(Rank.NORMAL):
                frames.append(f"frame {number}")
                if number == 3:
                    asked.set()
                await asyncio.sleep(0.001)

    async def urgent() -> None:
        await asked.wait()
        async with line.turn(rank):
            frames.append("urgent")

    await asyncio.gather(poll(), urgent())
    assert frames.index("urgent") == frames.index("frame 3") + 1


async def test_several_watches_leave_turns_to_the_rest() -> None:
    ranks = [Rank.FAST] * 12 + [Rank.NORMAL] * 2
    order = await served(BusLine(), ranks)
    assert [n for n, rank in enumerate(order) if rank is Rank.NORMAL] == [4, 9]


async def test_a_write_is_never_held_back_by_them() -> None:
    ranks = [Rank.FAST] * 6 + [Rank.NORMAL] * 6 + [Rank.WRITE] * 6
    assert (await served(BusLine(), ranks))[:6] == [Rank.WRITE] * 6


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(Rank), st.integers(0, 3), st.booleans()),
        min_size=1,
        max_size=20,
    )
)
def test_whoever_gives_up_the_line_goes_on(
    requests: list[tuple[Rank, int, bool]],
) -> None:
    async def story() -> None:
        line = BusLine()
        inside = 0

        async def request(rank: Rank, turns: int) -> None:
            nonlocal inside
            async with line.turn(rank):
                inside += 1
                assert inside == 1
                try:
                    for _ in range(turns):
                        await asyncio.sleep(0)
                finally:
                    inside -= 1

        tasks = [asyncio.ensure_future(request(r, n)) for r, n, _ in requests]
        for task, (_, turns, gives_up) in zip(tasks, requests, strict=True):
            for _ in range(turns):
                await asyncio.sleep(0)
            if gives_up:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        # Free again: the next one has it at once.
        async with asyncio.timeout(1), line.turn(Rank.PROBE):
            pass

    asyncio.run(story())
