"""Load and error rate of a line over the last five minutes (S53)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.bus.traffic import SLICE, WINDOW, Traffic

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """Return an instant by its distance from noon."""
    return NOON + timedelta(seconds=seconds)


def answer(traffic: Traffic, seconds: float, busy_s: float) -> None:
    """Count an answer that came so many seconds after noon."""
    traffic.answered(at(seconds), busy_s=busy_s, round_trip_s=busy_s, frames_s=busy_s)


def test_nothing_is_known_of_a_line_that_was_never_used() -> None:
    traffic = Traffic()
    assert (traffic.bus_load(NOON), traffic.error_rate(NOON)) == (0, 0)
    assert traffic.round_trip_ms() is None


def test_half_of_the_time_is_half_of_the_load_from_the_first_seconds_on() -> None:
    traffic = Traffic()
    for second in range(1, 1201):
        answer(traffic, second, busy_s=0.5)
        if second >= 10:
            assert traffic.bus_load(at(second)) == pytest.approx(0.5, abs=0.03)


def test_a_burst_is_forgotten_after_the_window() -> None:
    traffic = Traffic()
    for tenth in range(100):
        answer(traffic, tenth / 10, busy_s=0.1)
    answer(traffic, 400, busy_s=0.3)
    # Of the window's 300 s, and of the slice that it began in, 0.3 s were busy.
    assert traffic.bus_load(at(400)) == pytest.approx(0.3 / 300, rel=0.02)


def test_an_idle_line_has_no_load() -> None:
    traffic = Traffic()
    answer(traffic, 0, busy_s=1)
    traffic.failed(at(1), busy_s=1)
    late = at(WINDOW.total_seconds() + 2 * SLICE.total_seconds())
    assert (traffic.bus_load(late), traffic.error_rate(late)) == (0, 0)


@pytest.mark.parametrize(
    ("answered", "failed", "expected", "rate"),
    [(3, 1, 0, 0.25), (3, 1, 4, 0.25), (0, 2, 0, 1), (0, 0, 5, 0), (10, 0, 0, 0)],
)
def test_silences_that_were_to_be_expected_are_no_errors(
    answered: int, failed: int, expected: int, rate: float
) -> None:
    traffic = Traffic()
    for n in range(answered):
        answer(traffic, n, busy_s=0.1)
    for n in range(failed):
        traffic.failed(at(20 + n), busy_s=0.1)
    for n in range(expected):
        traffic.failed(at(40 + n), busy_s=0.1, is_expected=True)
    assert traffic.error_rate(at(60)) == rate


def test_an_expected_silence_keeps_the_line_busy() -> None:
    traffic = Traffic()
    for second in range(1, 101):
        traffic.failed(at(second), busy_s=1, is_expected=True)
    assert traffic.bus_load(at(100)) == 1


def test_a_clock_that_is_set_back_begins_anew() -> None:
    traffic = Traffic()
    for second in range(1, 61):
        traffic.failed(at(second), busy_s=1)
    for second in range(-3600, -3540):
        answer(traffic, second, busy_s=0.25)
    assert traffic.error_rate(at(-3541)) == 0
    assert traffic.bus_load(at(-3541)) == pytest.approx(0.25, rel=0.05)


@given(
    st.lists(
        st.tuples(
            st.floats(min_value=0.01, max_value=90), st.floats(0, 1), st.booleans()
        ),
        max_size=200,
    )
)
def test_shares_stay_shares(requests: list[tuple[float, float, bool]]) -> None:
    traffic, seconds = Traffic(), 0.0
    for pause, share, has_failed in requests:
        seconds += pause
        if has_failed:
            traffic.failed(at(seconds), busy_s=share * pause)
        else:
            answer(traffic, seconds, busy_s=share * pause)
        assert 0 <= traffic.bus_load(at(seconds)) <= 1
        assert 0 <= traffic.error_rate(at(seconds)) <= 1
