"""Reads that carry everything in the least time on the line."""

from itertools import pairwise

from hypothesis import given, strategies as st
import pytest

from custom_components.legrand_ews.ews.bus.plan import (
    Read,
    atoms_of,
    plan_reads,
    span_of,
)
from custom_components.legrand_ews.ews.bus.rs485 import Line, line_of, patience_s
from custom_components.legrand_ews.ews.model import Parity, SerialLink, TcpLink

QUICK = Line(turnaround_s=0.003)


def plan(
    *reads: tuple[int, int], line: Line = QUICK, longest: int = 125, cut: int = -1
) -> list[tuple[int, int]]:
    atoms = atoms_of([(Read(*read),) for read in reads], longest)
    parts = plan_reads(atoms, max_words=longest, cost=line.read_s, cuts=(cut,))
    return [(span_of(part).address, span_of(part).words) for part in parts]


@pytest.mark.parametrize(
    ("turnaround_ms", "bridged"),
    # 13 characters and two silences of 3.5 are 20 characters = 11.46 ms at 19200 8E1;
    # a register is 1.146 ms: a hole pays below 10 + turnaround / 1.146 registers.
    [(3, 12), (30, 36), (100, 97)],
)
def test_a_hole_is_bridged_while_that_is_cheaper(
    turnaround_ms: int, bridged: int
) -> None:
    line = Line(turnaround_s=turnaround_ms / 1000)
    assert plan((0, 2), (2 + bridged, 2), line=line) == [(0, 4 + bridged)]
    assert plan((0, 2), (3 + bridged, 2), line=line) == [(0, 2), (3 + bridged, 2)]


def test_the_longest_read_is_respected_and_values_stay_whole() -> None:
    values = [(n, 2) for n in range(0, 124, 2)]
    assert sum(words for _, words in plan(*values, longest=112)) == 124
    assert all(address % 2 == 0 for address, _ in plan(*values, longest=51))


def test_no_read_crosses_a_cut() -> None:
    assert plan((0, 4), (4, 4), cut=4) == [(0, 4), (4, 4)]


def test_a_value_and_its_sign_are_read_at_one_moment() -> None:
    power, sign = Read(0, 2), Read(90, 1)
    atoms = atoms_of([(power, sign), (Read(50, 2),), (Read(91, 2),)], 100)
    assert atoms == [Read(0, 91), Read(91, 2)]


def test_what_no_read_can_hold_together_is_taken_apart() -> None:
    assert atoms_of([(Read(0, 2), Read(90, 1))], 50) == [Read(0, 2), Read(90, 1)]
    assert atoms_of([(Read(0, 8),)], 4) == []


@given(
    st.sets(st.integers(0, 300), min_size=1, max_size=40),
    st.integers(4, 125),
    st.integers(0, 100),
)
def test_every_register_is_read_once_and_no_plan_is_dearer_than_single_reads(
    addresses: set[int], longest: int, turnaround_ms: int
) -> None:
    line = Line(turnaround_s=turnaround_ms / 1000)
    reads = plan(*((address, 1) for address in addresses), line=line, longest=longest)
    covered = [n for address, words in reads for n in range(address, address + words)]
    assert addresses <= set(covered)
    assert len(covered) == len(set(covered))
    assert all(words <= longest for _, words in reads)
    assert all(a[0] < b[0] for a, b in pairwise(reads))
    cost = sum(line.read_s(words) for _, words in reads)
    assert cost <= len(addresses) * line.read_s(1) + 1e-9


@pytest.mark.parametrize(
    ("words", "milliseconds"),
    # (13 + 2N) x 0.573 ms + two silences of 3.5 characters + 0 turnaround
    [(2, 13.75), (125, 154.69)],
)
def test_frame_time_at_19200_8e1(words: int, milliseconds: float) -> None:
    line = line_of(TcpLink(host="192.0.2.1"), turnaround_s=0)
    assert line.read_s(words) * 1000 == pytest.approx(milliseconds, abs=0.05)


@pytest.mark.parametrize(
    ("parity", "stop_bits", "bits"),
    [(Parity.EVEN, 1, 11), (Parity.NONE, 1, 10), (Parity.NONE, 2, 11)],
)
def test_characters_of_a_serial_line(parity: Parity, stop_bits: int, bits: int) -> None:
    link = SerialLink(
        port="/dev/null", baud_rate=9600, parity=parity, stop_bits=stop_bits
    )
    assert line_of(link).character_s == pytest.approx(bits / 9600)


def test_a_slow_serial_port_gets_the_time_of_its_frames() -> None:
    slow = SerialLink(port="/dev/null", baud_rate=1200)
    # (13 + 2 x 125) characters of 11 bits and two silences of 3.5 characters
    assert patience_s(slow, 300, 125) == pytest.approx(0.3 + 270 * 11 / 1200)
    assert patience_s(TcpLink(host="192.0.2.1"), 300, 125) == 0.3
