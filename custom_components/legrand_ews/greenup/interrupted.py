"""Orders that were under way when a site ended: has the station heard them?"""

from collections.abc import Collection, Mapping

from ..ews.charging import Charge, State, StationReading
from ..ews.charging.state import Progress, Session


def unheard(
    numbers: Collection[int], state: State, readings: Mapping[int, StationReading]
) -> set[int]:
    """Return the stations that have not heard their order, as far as one can tell.

    To be asked with their first readings. An order to wait that was not heard shows by
    itself: the vehicle draws current.
    """
    found = set()
    for number in numbers:
        station, reading = state.stations.get(number), readings.get(number)
        session = None if station is None else station.session
        if session is None or reading is None or not session.is_running:
            continue
        if not _has_heard(session, reading):
            found.add(number)
    return found


def _has_heard(session: Session, reading: StationReading) -> bool:
    is_permitted = reading.is_permitted
    if is_permitted is None:
        is_permitted = reading.charge is Charge.CHARGING
    if not is_permitted:
        return False
    if reading.limit_a is not None:
        return reading.limit_a == session.setting.limit_a
    # It does not say to which limit it keeps, but it was told to start.
    return session.former.progress is not Progress.RUNNING
