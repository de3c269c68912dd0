"""Times on an RS-485 line, worked out from the serial line specification."""

import pytest

from custom_components.legrand_ews.ews.model import Parity
from simulator.rs485 import Line, read_frame_lengths


@pytest.mark.parametrize(
    ("line", "bits"),
    [
        (Line(), 11),
        (Line(parity=Parity.NONE), 10),
        (Line(parity=Parity.ODD), 11),
        (Line(parity=Parity.NONE, stop_bits=2), 11),
    ],
)
def test_bits_of_a_character(line: Line, bits: int) -> None:
    assert line.character_bits == bits


@pytest.mark.parametrize(
    ("baud", "silence_ms"),
    [
        (9600, 4.010),  # 3.5 x 11 / 9600
        (19_200, 2.005),
        (38_400, 1.75),  # fixed above 19 200 bit/s
        (115_200, 1.75),
    ],
)
def test_silence_that_ends_a_frame(baud: int, silence_ms: float) -> None:
    assert Line(baud_rate=baud).silence_s * 1000 == pytest.approx(silence_ms, abs=0.001)


@pytest.mark.parametrize(
    ("words", "milliseconds"),
    [
        # (8 + 5 + 2n) x 11 / 19200, twice 2.005 ms, 5 ms of turnaround
        (1, 17.604),
        (50, 73.750),
        (112, 144.792),
    ],
)
def test_an_exchange_at_19200_8e1(words: int, milliseconds: float) -> None:
    seconds = Line().exchange_s(*read_frame_lengths(words), 0.005)

    assert seconds * 1000 == pytest.approx(milliseconds, abs=0.001)
