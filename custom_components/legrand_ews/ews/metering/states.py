"""Notes when breakers, contacts, stations and inputs change what they show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ..bus.readings import DeviceReport, Reading
from ..quantities import QUANTITIES, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """From ``since`` (UTC) on, a device showed this state.

    ``value`` is the place in the quantity's ``options``; None while it is unknown.
    """

    device_id: int
    quantity: str
    since: datetime
    value: int | None


class ObservedStates(NamedTuple):
    """What a report changes; ``is_news`` where a known state became another one.

    What is seen for the first time, and what falls silent, can wait for the interval.
    """

    changes: tuple[StateChange, ...]
    is_news: bool


class StateWatch:
    """Compares each report with what its device showed last."""

    def __init__(self) -> None:
        """Begin without knowing anything."""
        self._shown: dict[int, dict[str, StateChange]] = {}

    def observe(self, report: DeviceReport) -> ObservedStates:
        """Take a device's report; a silent device's states are unknown."""
        shown = self._shown.setdefault(report.device_id, {})
        changes = []
        is_news = False
        for change in _states(report, shown):
            before = shown.get(change.quantity)
            if before is not None and before.value == change.value:
                continue
            is_news |= None not in (before and before.value, change.value)
            shown[change.quantity] = change
            changes.append(change)
        return ObservedStates(tuple(changes), is_news)


def _states(
    report: DeviceReport, shown: dict[str, StateChange]
) -> Iterator[StateChange]:
    for quantity in shown.keys() - report.readings.keys():
        yield StateChange(
            device_id=report.device_id,
            quantity=quantity,
            since=max(report.at, shown[quantity].since),
            value=None,
        )
    for quantity, reading in report.readings.items():
        its = QUANTITIES[quantity]
        if its.kind is not Kind.STATE or not its.is_archived:
            continue
        # A value may be told again that was read before the device fell silent.
        earliest = shown[quantity].since if quantity in shown else reading.read_at
        yield StateChange(
            device_id=report.device_id,
            quantity=quantity,
            since=max(reading.read_at, earliest),
            value=_option(reading),
        )


def _option(reading: Reading) -> int | None:
    """The place among the options; None for a value that has no name."""
    value = int(reading.value)
    return value if 0 <= value < len(QUANTITIES[reading.quantity].options) else None
