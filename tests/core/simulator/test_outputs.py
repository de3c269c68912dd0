"""Inputs and outputs: orders, ON times, normal states."""

from datetime import timedelta
from itertools import pairwise

import pytest

from simulator.outputs import NormalState, OutputMode, Terminals

from .places import NOON

SECOND = timedelta(seconds=1)


def module() -> Terminals:
    return Terminals(
        seed=1,
        name="I/O",
        inputs=range(1, 9),
        outputs=range(1, 7),
        analogue_inputs=(1, 2),
    )


@pytest.fixture
def terminals() -> Terminals:
    return module()


def test_everything_is_off_at_first(terminals: Terminals) -> None:
    assert terminals.inputs == dict.fromkeys(range(1, 9), False)
    assert not any(output.is_on(NOON) for output in terminals.outputs.values())


@pytest.mark.parametrize(
    ("mode", "on_time_s", "lasts_s"),
    [
        (OutputMode.DIRECT, 0, None),  # ON time 0: maintained
        (OutputMode.DIRECT, 30, 30),
        (OutputMode.PULSE, 30, 30),
        (OutputMode.PULSE, 0, 1),
    ],
)
def test_an_output_stays_on_as_long_as_it_is_set(
    terminals: Terminals, mode: OutputMode, on_time_s: int, lasts_s: int | None
) -> None:
    terminals.configure(2, mode=mode, on_time_s=on_time_s)
    terminals.order(2, is_on=True, now=NOON)
    output = terminals.outputs[2]

    assert output.is_on(NOON)
    if lasts_s is None:
        assert output.is_on(NOON + timedelta(days=300))
    else:
        assert output.is_on(NOON + lasts_s * SECOND - timedelta(microseconds=1))
        assert not output.is_on(NOON + lasts_s * SECOND)


def test_an_order_repeated_starts_the_on_time_again(terminals: Terminals) -> None:
    terminals.configure(1, on_time_s=10)
    terminals.order(1, is_on=True, now=NOON)
    terminals.order(1, is_on=True, now=NOON + 8 * SECOND)

    assert terminals.outputs[1].is_on(NOON + 17 * SECOND)


def test_an_output_is_switched_off_before_its_time(terminals: Terminals) -> None:
    terminals.configure(1, on_time_s=10)
    terminals.order(1, is_on=True, now=NOON)
    terminals.order(1, is_on=False, now=NOON + SECOND)

    assert not terminals.outputs[1].is_on(NOON + 2 * SECOND)


@pytest.mark.parametrize(
    ("normal", "is_on", "is_closed"),
    [
        (NormalState.OPEN, False, False),
        (NormalState.OPEN, True, True),
        (NormalState.CLOSED, False, True),
        (NormalState.CLOSED, True, False),
    ],
)
def test_a_normally_closed_contact_is_the_inverse(
    terminals: Terminals, normal: NormalState, is_on: bool, is_closed: bool
) -> None:
    terminals.configure(1, normal=normal)
    terminals.order(1, is_on=is_on, now=NOON)

    assert terminals.outputs[1].is_contact_closed(NOON) is is_closed


def test_settings_keep_what_is_not_given(terminals: Terminals) -> None:
    terminals.configure(1, normal=NormalState.CLOSED, on_time_s=5)
    terminals.configure(1, mode=OutputMode.PULSE)
    output = terminals.outputs[1]

    assert (output.normal, output.mode, output.on_time_s) == (
        NormalState.CLOSED,
        OutputMode.PULSE,
        5,
    )


def test_analogue_inputs_drift_until_they_are_held(terminals: Terminals) -> None:
    free = [terminals.analogue_inputs(NOON + k * 60 * SECOND)[1] for k in range(30)]
    terminals.set_analogue_input(1, 12.5)

    assert all(300 <= value <= 700 for value in free)
    assert len(set(free)) > 20
    assert max(abs(a - b) for a, b in pairwise(free)) < 30
    assert terminals.analogue_inputs(NOON)[1] == 12.5
    twin = module()
    assert twin.analogue_inputs(NOON)[1] == free[0]


def test_inputs_that_are_not_there_are_named(terminals: Terminals) -> None:
    with pytest.raises(KeyError, match="input 9"):
        terminals.set_input(9, is_on=True)
    with pytest.raises(KeyError, match="analogue input 3"):
        terminals.set_analogue_input(3, 1)
    with pytest.raises(ValueError, match="0 s or more"):
        terminals.configure(1, on_time_s=-1)
