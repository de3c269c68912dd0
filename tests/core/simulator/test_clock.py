"""Clocks of the building."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator.clock import ManualClock, RunningClock

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(START)
    assert clock.now() == clock.now() == START

    clock.advance(timedelta(minutes=10))
    assert clock.now() == START + timedelta(minutes=10)

    clock.set(START + timedelta(days=1))
    assert clock.now() == START + timedelta(days=1)


def test_time_does_not_run_backwards() -> None:
    clock, running = ManualClock(START), RunningClock(start=START)

    with pytest.raises(ValueError, match="backwards"):
        clock.set(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="backwards"):
        running.advance(timedelta(seconds=-1))


def test_a_running_clock_runs_at_its_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = 100.0
    monkeypatch.setattr("simulator.clock.monotonic", lambda: real)
    clock = RunningClock(speed=60, start=START)

    real = 110.0
    assert clock.now() == START + timedelta(minutes=10)

    clock.advance(timedelta(hours=1))
    assert clock.now() == START + timedelta(minutes=70)


@pytest.mark.parametrize("speed", [0, -1])
def test_a_clock_does_not_stand_or_run_backwards(speed: float) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        RunningClock(speed=speed)
