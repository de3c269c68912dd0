"""The building's past, written through the real archive."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering import CounterState, Sample
from custom_components.legrand_ews.ews.timegrid import (
    Period,
    local_day,
    local_midnight,
    sample_start,
    shifted_day,
)
from simulator.assembly import Meter
from simulator.history import history, recorded_counters
from simulator.simulation import Simulation

MONTHS: Final = 13

type _Key = tuple[int, str]


def write_history(
    path: Path,
    simulation: Simulation,
    ids: Mapping[str, int],
    now: datetime,
    *,
    months: int = MONTHS,
    length: timedelta | None = None,
) -> int:
    """Fill the archive at ``path`` up to the last edge of the sample grid.

    A fresh archive gets ``months`` whole months before the present one; a used one
    goes on where it ends. ``ids`` are the permanent numbers of the
    devices; ``length`` is the recording interval where it is not the site's.
    Returns how many samples were written.
    """
    site = simulation.site
    length = length or timedelta(minutes=site.sample_minutes)
    end = sample_start(now, length, site.zone)
    path.parent.mkdir(parents=True, exist_ok=True)
    archive = Archive(path, site.zone)
    archive.open()
    try:
        states = {(s.device_id, s.quantity): s for s in archive.counter_states()}
        first_day = shifted_day(Period.MONTH, local_day(now, site.zone), -months)
        # A month of which only a part is known would be compared with a whole one.
        beginning = local_midnight(first_day.replace(day=1), site.zone)
        start = min((s.booked_until for s in states.values()), default=beginning)
        start = sample_start(start, length, site.zone)
        if start >= end:
            return 0
        meters = simulation.meters.values()
        written = archive.write_history(
            _samples(simulation, ids, states, start, end, length)
        )
        archive.write([], [s for m in meters for s in _states(m, ids, end)])
    finally:
        archive.close()
    return written


def _samples(
    simulation: Simulation,
    ids: Mapping[str, int],
    states: Mapping[_Key, CounterState],
    start: datetime,
    end: datetime,
    length: timedelta,
) -> Iterator[Sample]:
    """Samples of all devices; those that the archive already holds are left out."""
    already = _booked_beyond_the_edge(simulation, ids, states)
    booked_until = {
        device_id: state.booked_until for (device_id, _), state in states.items()
    }
    for day in history(simulation.meters.values(), start, end, length):
        device_id = ids[day.device]
        known_until = booked_until.get(device_id, start)
        for index, begin in enumerate(day.starts):
            if begin < known_until:
                continue
            yield Sample(
                device_id=device_id,
                start=begin,
                length=length,
                amounts_milli={
                    name: amounts[index] - already.pop((device_id, name), 0)
                    for name, amounts in day.amounts_milli.items()
                },
            )


def _booked_beyond_the_edge(
    simulation: Simulation,
    ids: Mapping[str, int],
    states: Mapping[_Key, CounterState],
) -> dict[_Key, int]:
    """What counters had counted after the edge when they were last booked.

    A counter is read a moment after the edge that it is booked to; the interval
    that follows must not count this moment twice.
    """
    beyond: dict[_Key, int] = {}
    for meter in simulation.meters.values():
        device_id = ids[meter.spec.name]
        own = {name: state for (d, name), state in states.items() if d == device_id}
        for name, state in own.items():
            at_edge = recorded_counters(meter, state.booked_until).get(name)
            if at_edge is not None:
                beyond[device_id, name] = state.value_milli - at_edge
    return beyond


def _states(
    meter: Meter, ids: Mapping[str, int], end: datetime
) -> Iterator[CounterState]:
    for name, value in recorded_counters(meter, end).items():
        yield CounterState(
            device_id=ids[meter.spec.name],
            quantity=name,
            value_milli=value,
            read_at=end,
            booked_until=end,
        )


def utc_now() -> datetime:
    """Return the present instant, as the core wants it."""
    return datetime.now(UTC)
