"""The session log: one record a vehicle, and every watt-hour in its quarter of an hour.

Timelines of steps of five seconds, as the load management takes them.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json

import pytest

from custom_components.legrand_ews.ews.charging import (
    Charge,
    ChargingConfig,
    Inputs,
    MeterReading,
    Request,
    State,
    StationReading,
    StationSpec,
    step,
)
from custom_components.legrand_ews.ews.charging.sessions import SessionLog
from custom_components.legrand_ews.ews.metering.charged import (
    ChargedSession,
    SessionEnd,
)

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
STEP = timedelta(seconds=5)
QUARTER = timedelta(minutes=15)
STATION = 31
KWH = 1_000_000
"""In thousandths of a Wh."""


@dataclass(kw_only=True)
class Bay:
    """A station of 16 A on one phase whose car draws what is said, step by step."""

    now: datetime = START
    state: State = field(default_factory=State)
    log: SessionLog = field(default_factory=SessionLog)
    counter: int | None = None
    charge: Charge = Charge.NO_VEHICLE
    drawn_a: int = 0
    base_a: int = 0
    ended: list[ChargedSession] = field(default_factory=list)
    requests: tuple[tuple[int, Request], ...] = ()
    is_silent: bool = False
    is_there: bool = True
    reading: StationReading | None = None

    def run(self, length: timedelta, **changes: object) -> Bay:
        for name, value in changes.items():
            setattr(self, name, value)
        for _ in range(length // STEP):
            self.now += STEP
            self._step()
        return self

    def _step(self) -> None:
        specs = (StationSpec(id=STATION, rated_a=16, phases=(1,)),)
        config = ChargingConfig(
            maximum_a=100, charging_a=90, stations=specs if self.is_there else ()
        )
        if not self.is_silent:
            self.reading = StationReading(
                read_at=self.now, charge=self.charge, drawn_ma=(self.drawn_a * 1000,)
            )
        currents = dict.fromkeys((1, 2, 3), (self.base_a + self.drawn_a) * 1000)
        inputs = Inputs(
            meters={0: MeterReading(read_at=self.now, currents_ma=currents)},
            stations={} if self.reading is None else {STATION: self.reading},
            requests=self.requests,
        )
        self.requests = ()
        self.state, _, _ = step(config, inputs, self.state, self.now)
        counters = {} if self.counter is None else {STATION: self.counter}
        self.ended += self.log.observe(
            config, self.state, counters, {STATION: 2}, self.now
        )

    @property
    def running(self) -> ChargedSession:
        found = self.log.running_at(STATION)
        assert found is not None
        return found


def counting(bay: Bay, length: timedelta, watts: int, every: timedelta = STEP) -> Bay:
    """Let a car draw; its counter moves on at the end of every ``every``."""
    assert bay.counter is not None
    began = bay.counter
    for number in range(1, length // every + 1):
        bay.run(every - STEP, charge=Charge.CHARGING, drawn_a=round(watts / 230))
        hours = number * every / timedelta(hours=1)
        bay.run(STEP, counter=began + round(watts * 1000 * hours))
    return bay


def test_a_vehicle_from_plugging_in_to_unplugging() -> None:
    """S278: 16 A for two hours are 32 Ah; at 230 V that is 7.36 kWh."""
    bay = Bay(counter=5 * KWH).run(QUARTER)
    assert bay.log.running == {}
    bay.run(10 * STEP, charge=Charge.CONNECTED)
    counting(bay, timedelta(hours=2), 3_680)
    bay.run(QUARTER, charge=Charge.FINISHED, drawn_a=0)
    session = bay.running
    assert (session.device_id, session.side, session.end) == (STATION, 2, None)
    assert session.start == START + QUARTER + STEP
    assert session.energy_milli_wh == 7_360 * 1000
    assert session.charge_mah == pytest.approx(32_000, abs=25)
    # 50 s of waiting, then 920 Wh in each whole quarter of an hour
    assert session.pieces_milli_wh[1:8] == pytest.approx([920_000] * 7, rel=0.01)
    assert not session.is_estimated
    assert bay.ended == []
    bay.run(STEP, charge=Charge.NO_VEHICLE)
    (ended,) = bay.ended
    assert bay.log.running == {}
    assert ended.reason is SessionEnd.FINISHED
    assert ended.end == bay.now
    assert ended.energy_milli_wh == 7_360 * 1000


def test_without_a_counter_energy_is_worked_out_of_currents() -> None:
    bay = Bay().run(STEP, charge=Charge.CONNECTED)
    bay.run(timedelta(hours=1), charge=Charge.CHARGING, drawn_a=10)
    assert bay.running.energy_milli_wh == 10 * 230 * 1000
    assert bay.running.is_estimated


def test_a_coarse_counter_is_spread_over_the_time_in_which_it_flowed() -> None:
    """A tenth of a kWh every quarter of an hour, told at the end of each."""
    bay = Bay(counter=0).run(QUARTER, charge=Charge.CONNECTED)
    counting(bay, timedelta(hours=1), 400, every=QUARTER)
    assert bay.running.pieces_milli_wh == pytest.approx([0, *[100_000] * 4], abs=600)


def test_what_a_coarse_counter_has_not_told_yet_is_expected() -> None:
    """It is shown meanwhile, and booked as the counter tells it."""
    bay = Bay(counter=0).run(STEP, charge=Charge.CONNECTED)
    bay.run(QUARTER, charge=Charge.CHARGING, drawn_a=16)
    assert bay.running.energy_milli_wh == 0
    assert bay.running.expected_milli_wh == pytest.approx(920_000, rel=0.01)
    bay.run(STEP, counter=900_000)
    assert (bay.running.energy_milli_wh, bay.running.expected_milli_wh) == (900_000, 0)
    bay.run(QUARTER).run(STEP, charge=Charge.NO_VEHICLE, drawn_a=0)
    assert (bay.ended[0].energy_milli_wh, bay.ended[0].expected_milli_wh) == (
        900_000,
        0,
    )


def test_what_is_only_told_at_the_end_belongs_to_the_session() -> None:
    bay = Bay(counter=0).run(QUARTER, charge=Charge.CHARGING, drawn_a=16)
    bay.run(STEP, charge=Charge.NO_VEHICLE, drawn_a=0, counter=900_000)
    (ended,) = bay.ended
    assert ended.energy_milli_wh == 900_000


@pytest.mark.parametrize("old", [0, 8 * KWH])
def test_a_counter_of_sessions_begins_anew(old: int) -> None:
    """Before or after the vehicle is seen, as the station likes."""
    bay = Bay(counter=old).run(STEP)
    bay.run(2 * STEP, charge=Charge.CONNECTED)
    bay.run(STEP, counter=0)
    counting(bay, QUARTER, 3_680)
    assert bay.running.energy_milli_wh == 920_000


def test_what_no_station_can_give_is_not_counted() -> None:
    bay = Bay(counter=900 * KWH).run(STEP, charge=Charge.CONNECTED)
    bay.run(QUARTER, charge=Charge.CHARGING, drawn_a=16)
    bay.run(STEP, counter=0)
    bay.run(STEP, counter=900 * KWH)
    assert bay.running.energy_milli_wh == 0
    counting(bay, QUARTER, 3_680)
    assert bay.running.energy_milli_wh == 920_000


def test_a_silent_station_catches_up() -> None:
    bay = Bay(counter=0).run(STEP, charge=Charge.CONNECTED)
    counting(bay, QUARTER, 3_680)
    bay.run(2 * QUARTER, is_silent=True)
    bay.run(STEP, is_silent=False, counter=3 * 920_000)
    # What it says on its return has flowed while it was silent.
    assert bay.running.pieces_milli_wh == pytest.approx([920_000] * 3 + [0], abs=12_000)


def test_what_has_ended_waits_to_be_stored() -> None:
    bay = Bay(counter=0).run(QUARTER, charge=Charge.CONNECTED)
    bay.run(STEP, charge=Charge.NO_VEHICLE).run(QUARTER, charge=Charge.CONNECTED)
    assert bay.log.waiting == bay.ended
    assert len(bay.ended) == 1
    again = SessionLog()
    again.restore(json.loads(json.dumps(bay.log.as_data())))
    assert again.waiting == bay.ended
    assert again.running == bay.log.running
    again.stored(bay.ended)
    assert again.waiting == []


def test_home_assistant_is_restarted() -> None:
    bay = Bay(counter=0).run(STEP, charge=Charge.CONNECTED)
    counting(bay, QUARTER, 3_680)
    kept = json.dumps(bay.log.as_data())
    bay.now += 3 * QUARTER
    bay.log = SessionLog()
    bay.log.restore(json.loads(kept))
    assert bay.running.energy_milli_wh == 920_000
    bay.run(STEP, counter=4 * 920_000)
    pieces = bay.running.pieces_milli_wh
    assert sum(pieces) == 4 * 920_000
    assert pieces[:4] == pytest.approx([920_000] * 4, rel=0.01)
    assert bay.running.start == START + STEP
    for broken in (None, {}, {"version": 1}, {"version": 1, "open": [{"side": 1}]}):
        bay.log.restore(broken)
        assert bay.log.running == {}


def test_a_vehicle_that_left_while_nobody_looked_ended_when_last_seen() -> None:
    bay = Bay(counter=0).run(STEP, charge=Charge.CONNECTED)
    counting(bay, QUARTER, 3_680)
    seen = bay.now
    bay.now += timedelta(hours=5)
    bay.run(STEP, charge=Charge.NO_VEHICLE, drawn_a=0, counter=2 * KWH)
    (ended,) = bay.ended
    assert (ended.end, ended.reason) == (seen, SessionEnd.UNSEEN)
    assert ended.energy_milli_wh == 920_000


def test_a_restart_is_brief() -> None:
    bay = Bay(counter=0).run(QUARTER, charge=Charge.FINISHED)
    bay.now += timedelta(minutes=3)
    bay.run(STEP, charge=Charge.NO_VEHICLE)
    assert [each.reason for each in bay.ended] == [SessionEnd.FINISHED]
    assert bay.ended[0].end == bay.now


def test_a_station_that_is_taken_away_ends_its_session() -> None:
    bay = Bay(counter=0).run(QUARTER, charge=Charge.CONNECTED, is_there=True)
    bay.run(STEP, is_there=False)
    assert [each.reason for each in bay.ended] == [SessionEnd.UNSEEN]


def test_a_forgotten_state_begins_a_session_of_its_own() -> None:
    """Without it, nobody knows whether the vehicle is still the same."""
    bay = Bay(counter=0).run(QUARTER).run(QUARTER, charge=Charge.CONNECTED)
    bay.state = State()
    bay.run(STEP)
    assert [each.reason for each in bay.ended] == [SessionEnd.UNSEEN]
    assert bay.running.start == bay.now


@pytest.mark.parametrize(
    ("charge", "drawn_a", "request_", "reason"),
    [
        (Charge.CHARGING, 16, None, SessionEnd.UNPLUGGED),
        (Charge.SUSPENDED, 0, None, SessionEnd.UNPLUGGED),
        (Charge.CONNECTED, 0, Request.WAIT, SessionEnd.HELD),
        (Charge.FAULT, 0, None, SessionEnd.FAULT),
        (Charge.FINISHED, 0, Request.WAIT, SessionEnd.FINISHED),
    ],
)
def test_why_a_session_ended(
    charge: Charge, drawn_a: int, request_: Request | None, reason: SessionEnd
) -> None:
    bay = Bay().run(10 * STEP, charge=Charge.CONNECTED)
    if request_ is not None:
        bay.requests = ((STATION, request_),)
    bay.run(10 * STEP, charge=charge, drawn_a=drawn_a)
    bay.run(STEP, charge=Charge.NO_VEHICLE, drawn_a=0)
    assert [each.reason for each in bay.ended] == [reason]


def test_who_never_got_a_turn_was_waiting() -> None:
    bay = Bay(base_a=90).run(QUARTER, charge=Charge.CONNECTED)
    bay.run(STEP, charge=Charge.NO_VEHICLE)
    assert [each.reason for each in bay.ended] == [SessionEnd.WAITING]
