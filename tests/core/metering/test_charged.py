"""What a vehicle was given lies in the quarters of an hour in which it flowed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.metering.charged import (
    PIECE,
    ChargedSession,
    piece_start,
    spread,
)
from custom_components.legrand_ews.ews.timegrid import Span

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("first", "last", "amount", "expected"),
    [
        (5, 10, 700, [700]),
        (5, 15, 700, [700]),
        (10, 20, 700, [350, 350]),
        # 5 of 40 minutes, 15 of 40, 15 of 40, 5 of 40
        (10, 50, 800, [100, 300, 300, 100]),
        (16, 16, 9, [0, 9]),
        # Before the vehicle came, nothing can have flowed into it.
        (-60, 15, 100, [100]),
        (-60, -30, 100, [100]),
        # Cut down, then added up: nothing is lost.
        (0, 45, 100, [33, 33, 34]),
    ],
)
def test_an_amount_is_spread_evenly(
    first: int, last: int, amount: int, expected: list[int]
) -> None:
    pieces: list[int] = []
    span = Span(NOON + first * MINUTE, NOON + last * MINUTE)
    spread(pieces, NOON + 4 * MINUTE if first < 0 else NOON, amount, span)
    assert pieces == expected


@given(
    start=st.integers(0, 3600),
    flows=st.lists(
        st.tuples(st.integers(0, 90_000), st.integers(0, 9_000), st.integers(0, 10**8)),
        max_size=8,
    ),
)
def test_nothing_is_lost_or_invented(
    start: int, flows: list[tuple[int, int, int]]
) -> None:
    began, pieces = NOON + timedelta(seconds=start), [0]
    until = began
    for at, length, amount in flows:
        first = began + timedelta(seconds=at)
        last = first + timedelta(seconds=length)
        until = max(until, last)
        spread(pieces, began, amount, Span(first, last))
    session = ChargedSession(
        device_id=1,
        side=None,
        start=began,
        until=until,
        end=until + timedelta(seconds=1),
        pieces_milli_wh=tuple(pieces),
    )
    assert session.energy_milli_wh == sum(amount for _, _, amount in flows)
    parts = list(session.amounts())
    assert sum(amount for _, amount in parts) == session.energy_milli_wh
    for span, _ in parts:
        assert began <= span.start < span.end
        assert piece_start(span.start) + PIECE >= span.end
