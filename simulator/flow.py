"""What really flows in a circuit: its curve, less what interruptions took.

A curve is the undisturbed course, a pure function of (seed, instant), and
stays so: history is written from it. A flow follows it until somebody
interferes, and changes from that instant on. Its total never falls.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, override

from .weather import SLOT, Day


class Flow(Protocol):
    """Total and rate of a circuit at any instant since its installation."""

    def total(self, instant: datetime) -> int:
        """Millionths of a Wh or dm³ counted up to ``instant``."""
        raise NotImplementedError

    def rate(self, instant: datetime) -> float:
        """W or dm³/h at ``instant``."""
        raise NotImplementedError

    def slot_totals(self, day: Day) -> Sequence[int]:
        """Totals at the edges of the day's slots, midnight to midnight."""
        raise NotImplementedError


class Switchable(Flow, Protocol):
    """A flow behind switches; nothing flows while one of them is open."""

    def cut(self, switch: str, instant: datetime) -> None:
        """Let ``switch`` be open from ``instant`` on."""
        raise NotImplementedError

    def restore(self, switch: str, instant: datetime) -> None:
        """Let ``switch`` be closed from ``instant`` on."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edge:
    """An instant at which the flow stopped or went on.

    ``passed`` is the curve's total there, ``lost`` what was lost before it.
    """

    at: datetime
    is_open: bool
    passed: int
    lost: int


class SwitchedFlow(Switchable):
    """A curve behind any number of switches, all closed at first."""

    def __init__(self, curve: Flow) -> None:
        """Follow ``curve`` until a switch opens."""
        self._curve = curve
        self._edges: list[_Edge] = []
        self._open: set[str] = set()

    @override
    def cut(self, switch: str, instant: datetime) -> None:
        """Let ``switch`` be open from ``instant`` on."""
        if not self._open:
            self._add_edge(instant, is_open=True)
        self._open.add(switch)

    @override
    def restore(self, switch: str, instant: datetime) -> None:
        """Let ``switch`` be closed from ``instant`` on."""
        if self._open == {switch}:
            self._add_edge(instant, is_open=False)
        self._open.discard(switch)

    @override
    def total(self, instant: datetime) -> int:
        """Millionths of a Wh or dm³ that really flowed up to ``instant``."""
        passed = self._curve.total(instant)
        return passed - self._lost(instant, passed)

    @override
    def rate(self, instant: datetime) -> float:
        """W or dm³/h at ``instant``; 0 behind an open switch."""
        edge = self._edge(instant)
        if edge is not None and edge.is_open:
            return 0.0
        return self._curve.rate(instant)

    @override
    def slot_totals(self, day: Day) -> Sequence[int]:
        """Totals at the edges of the day's slots, midnight to midnight."""
        edges = self._curve.slot_totals(day)
        if not self._edges or day.end <= self._edges[0].at:
            return edges
        return [
            passed - self._lost(day.start + slot * SLOT, passed)
            for slot, passed in enumerate(edges)
        ]

    def _lost(self, instant: datetime, passed: int) -> int:
        edge = self._edge(instant)
        if edge is None:
            return 0
        return edge.lost + (passed - edge.passed if edge.is_open else 0)

    def _edge(self, instant: datetime) -> _Edge | None:
        """The last edge at or before ``instant``."""
        index = bisect_right(self._edges, instant, key=lambda edge: edge.at)
        return self._edges[index - 1] if index else None

    def _add_edge(self, instant: datetime, *, is_open: bool) -> None:
        passed = self._curve.total(instant)
        lost = self._lost(instant, passed)
        self._edges.append(_Edge(at=instant, is_open=is_open, passed=passed, lost=lost))
