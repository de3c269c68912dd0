"""Running totals: they grow with their devices and never jump when those change."""

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.recording.totals import RunningTotal

DEVICES = st.integers(min_value=1, max_value=4)
EACH = dict.fromkeys(range(1, 5), 1)
SUMS = st.dictionaries(DEVICES, st.integers(min_value=0, max_value=10**12))


@pytest.mark.parametrize(
    ("counted", "now", "growth"),
    [
        ({1: 10}, {1: 15}, 5),
        ({1: 10, 2: 20}, {1: 15, 2: 27}, 12),
        # a newcomer brings nothing of its past
        ({1: 10}, {1: 10, 2: 500}, 0),
        # who leaves takes nothing along
        ({1: 10, 2: 500}, {1: 11}, 1),
        # old samples were purged
        ({1: 500}, {1: 100}, 0),
        ({}, {}, 0),
    ],
)
def test_growth(counted: dict[int, int], now: dict[int, int], growth: int) -> None:
    total = RunningTotal(value_milli=1000, counted_milli=counted).grown(now, EACH)
    assert total.value_milli == 1000 + growth
    assert total.counted_milli == now


def test_a_first_total_is_all_that_was_recorded() -> None:
    assert RunningTotal.first({1: 10, 2: 5}, EACH).value_milli == 15


@given(
    st.lists(SUMS, min_size=1),
    st.fixed_dictionaries(dict.fromkeys(EACH, st.sampled_from([1, -1]))),
)
def test_a_total_never_falls(
    course: list[dict[int, int]], weights: dict[int, int]
) -> None:
    total = RunningTotal.first(course[0], weights)
    for sums in course[1:]:
        grown = total.grown(sums, weights)
        assert grown.value_milli >= total.value_milli
        total = grown


@given(
    st.dictionaries(DEVICES, st.lists(st.integers(min_value=0, max_value=10**6))),
    st.integers(min_value=0, max_value=5),
)
def test_a_total_counts_every_amount_once(
    amounts: dict[int, list[int]], restarts: int
) -> None:
    total = RunningTotal.first(dict.fromkeys(amounts, 0), EACH)
    sums = dict.fromkeys(amounts, 0)
    for device_id, parts in amounts.items():
        for part in parts:
            sums[device_id] += part
            total = total.grown(dict(sums), EACH)
            for _ in range(restarts):
                stored = RunningTotal.from_dict(total.as_dict())
                assert stored is not None
                total = stored.grown(dict(sums), EACH)
    assert total.value_milli == sum(sum(parts) for parts in amounts.values())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"value_milli": "1"},
        {"value_milli": 1},
        {"value_milli": 1, "counted_milli": 2},
    ],
)
def test_what_makes_no_sense_is_no_total(data: dict[str, object]) -> None:
    assert RunningTotal.from_dict(data) is None


def test_sub_meters_that_are_ahead_wait_for_their_main_meter() -> None:
    """A main meter of coarse pulses: what its sub-meter counts is not counted twice."""
    weights = {1: 1, 2: -1}
    total = RunningTotal.first({1: 100, 2: 40}, weights)
    assert total.value_milli == 60
    ahead = total.grown({1: 100, 2: 70}, weights)
    assert (ahead.value_milli, ahead.owed_milli) == (60, 30)
    stored = RunningTotal.from_dict(ahead.as_dict())
    assert stored == ahead
    assert ahead.grown({1: 120, 2: 70}, weights).value_milli == 60
    assert ahead.grown({1: 200, 2: 80}, weights).value_milli == 120


def test_a_total_that_was_stored_before_there_were_sub_meters() -> None:
    """Owing nothing, it goes on as it was."""
    stored = RunningTotal.from_dict({"value_milli": 5, "counted_milli": {"1": 3}})
    assert stored == RunningTotal(value_milli=5, counted_milli={1: 3})
