"""Charging sessions of the past, from the timetable of the simulated cars."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from custom_components.legrand_ews.ews.archive import Archive
from custom_components.legrand_ews.ews.metering.charged import (
    PIECE,
    ChargedSession,
    SessionEnd,
    piece_start,
)
from simulator.charging import session_charge_ah
from simulator.simulation import Simulation
from simulator.station import StationCurve

PAST: Final = timedelta(days=90)
_MICRO_IN_MILLI: Final = 1000
_MILLI: Final = 1000


def write_sessions(
    path: Path,
    simulation: Simulation,
    ids: Mapping[str, int],
    now: datetime,
    *,
    past: timedelta = PAST,
) -> int:
    """Put the sessions that were over by ``now`` into the archive at ``path``.

    Returns how many there were.
    """
    sessions = list(_sessions(simulation, ids, now - past, now))
    archive = Archive(path, simulation.site.zone)
    archive.open()
    try:
        archive.write_sessions(sessions)
    finally:
        archive.close()
    return len(sessions)


def _sessions(
    simulation: Simulation, ids: Mapping[str, int], start: datetime, now: datetime
) -> Iterator[ChargedSession]:
    for device in simulation.site.devices:
        for circuit in simulation.site.circuits_of(device):
            curve = simulation.building.circuits[circuit.name].curve
            if simulation.meters[device.name].equipment.station is None:
                continue
            assert isinstance(curve, StationCurve)  # noqa: S101 (what feeds a station)
            day = curve.calendar.holding(start)
            while day.start < now:
                for visit in curve.visits(day):
                    if visit.leaves < now:
                        yield _session(
                            curve,
                            ids[device.name],
                            visit.arrives,
                            visit.leaves,
                            visit.car.wanted,
                        )
                day = curve.calendar.holding(day.end)


def _session(
    curve: StationCurve, device_id: int, start: datetime, end: datetime, wanted: int
) -> ChargedSession:
    edges = [start]
    edge = piece_start(start) + PIECE
    while edge < end:
        edges.append(edge)
        edge += PIECE
    totals = [curve.total(instant) for instant in (*edges, end)]
    delivered = totals[-1] - totals[0]
    milli = [(total - totals[0]) // _MICRO_IN_MILLI for total in totals]
    return ChargedSession(
        device_id=device_id,
        side=None,
        start=start,
        until=end,
        end=end,
        reason=SessionEnd.FINISHED if delivered >= wanted else SessionEnd.UNPLUGGED,
        charge_mah=round(session_charge_ah(delivered, curve.course.side) * _MILLI),
        pieces_milli_wh=tuple(after - before for before, after in pairwise(milli)),
    )
