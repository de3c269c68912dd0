"""Energy is conserved: what is booked is what the meter counted, to the milli-Wh.

A meter lives through any sequence of consumption, silence, resets, exchanges,
misreadings and restarts, while it is read and its bookings are stored. The ledger
beside it knows what can be known of it at all:

* a *course* is a stretch of steady counting. A reset begins one at zero, another
  meter begins one at the first value that is read of it;
* what a course counted after its last reading is unknown to everybody;
* a restart forgets what was read since the last booking that was stored.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings, strategies as st

from custom_components.legrand_ews.ews.bus.readings import (
    DeviceReport,
    DeviceStatus,
    Reading,
)
from custom_components.legrand_ews.ews.metering import (
    Accumulator,
    Booking,
    CounterState,
    Quality,
)
from custom_components.legrand_ews.ews.timegrid import sample_start

from .timeline import ENERGY, PARIS

LENGTH = timedelta(minutes=10)
MODULUS = 10_000_000_000
"""In mWh: the counter shows 10 MWh and starts again."""
RATED_POWER_W = 10_000
MOST_A_MINUTE = 150_000
"""In mWh: 9 kW, below the rating."""
JUMP = 3 * MODULUS // 10
"""Another meter stands that far away: more than flows in any gap below."""


@dataclass
class Course:
    """One stretch of steady counting, as far as it was read."""

    first: int | None
    last: int = 0
    readings: int = 0
    is_reset: bool = False

    @property
    def counted(self) -> int:
        return 0 if self.first is None else self.last - self.first


@dataclass
class World:
    """The meter, who reads it, what is stored, and the ledger."""

    value: int
    now: datetime = datetime(2026, 3, 1, 10, 0, 5, tzinfo=UTC)
    courses: list[Course] = field(default_factory=lambda: [Course(first=None)])
    course_at: dict[datetime, tuple[int, int]] = field(default_factory=dict)
    states: dict[str, CounterState] = field(default_factory=dict)
    booked: int = 0
    rows: set[tuple[datetime, datetime]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.meter = self.new_accumulator()

    def new_accumulator(self) -> Accumulator:
        return Accumulator(
            length=LENGTH,
            zone=PARIS,
            states=self.states.values(),
            rating_of=lambda _: RATED_POWER_W,
        )

    @property
    def shown(self) -> int:
        return self.value % MODULUS

    @property
    def is_settled(self) -> bool:
        return self.courses[-1].readings >= 3

    @property
    def stored_course(self) -> int:
        state = self.states.get(ENERGY)
        return -1 if state is None else self.course_at[state.read_at][0]

    def pass_time(self, minutes: int) -> None:
        """Time goes on; the sampler closes the edges that go by."""
        end = self.now + timedelta(minutes=minutes)
        edge = sample_start(self.now, LENGTH, PARIS) + LENGTH
        while edge + timedelta(seconds=5) < end:
            self.store(self.meter.close(edge))
            edge += LENGTH
        self.now = end

    def read(self) -> None:
        """The meter answers; at an edge the interval is closed afterwards."""
        course = self.courses[-1]
        if course.first is None:
            course.first = self.value
        course.last = self.value
        course.readings += 1
        self.course_at[self.now] = (len(self.courses) - 1, self.value)
        self.observe(self.shown)
        edge = sample_start(self.now, LENGTH, PARIS)
        if self.now - edge < timedelta(seconds=30):
            self.store(self.meter.close(edge))

    def observe(self, shown: int) -> None:
        reading = Reading(
            quantity=ENERGY,
            value=Decimal(shown) / 1000,
            read_at=self.now,
            modulus=Decimal(MODULUS) / 1000,
        )
        self.meter.observe(
            DeviceReport(
                device_id=1,
                at=self.now,
                status=DeviceStatus.ON,
                readings={ENERGY: reading},
            )
        )

    def store(self, booking: Booking) -> None:
        for sample in booking.samples:
            amount = sample.amounts_milli[ENERGY]
            assert amount >= 0
            assert (sample.quality is Quality.RECOVERED) <= (sample.length > LENGTH)
            self.booked += amount
            self.rows.add((sample.start, sample.end))
        for state in booking.counter_states:
            self.states[state.quantity] = state

    def flow(self, amount: int) -> None:
        self.value += amount
        self.pass_time(1)
        self.read()

    def stay_silent(self, minutes: int, amount: int) -> None:
        self.value += amount * minutes
        self.pass_time(minutes)

    def begin(self, course: Course, value: int) -> None:
        # Two new courses since the last booking, and then a kill, would hide the first
        # one from everybody.
        if not self.is_settled or self.stored_course < len(self.courses) - 1:
            return
        self.courses.append(course)
        self.value = value
        for _ in range(3):
            self.flow(1000)

    def reset(self) -> None:
        # Near either end a reset cannot be told from counting or rolling over.
        if MODULUS // 10 < self.shown < MODULUS * 9 // 10:
            self.begin(Course(first=0, is_reset=True), 0)

    def exchange(self, *, is_higher: bool) -> None:
        step = JUMP if is_higher else -JUMP
        if MODULUS // 10 < self.shown + step < MODULUS * 9 // 10:
            self.begin(Course(first=None), self.shown + step)

    def misread(self) -> None:
        if self.is_settled:
            self.pass_time(1)
            self.observe((self.shown + 4 * MODULUS // 10) % MODULUS)
            self.flow(1000)

    def restart(self) -> None:
        """The process is killed: what was not stored is read again, or lost."""
        self.meter = self.new_accumulator()
        current = len(self.courses) - 1
        stored = self.stored_course
        if stored >= 0:
            self.courses[stored].last = self.course_at[self.states[ENERGY].read_at][1]
        latest = self.courses[current]
        latest.readings = 0
        if current > stored and not latest.is_reset:
            self.courses[current] = Course(first=None)


flows = st.tuples(st.just("flow"), st.integers(0, MOST_A_MINUTE))
silences = st.tuples(
    st.just("silence"), st.integers(1, 600), st.integers(0, MOST_A_MINUTE)
)
events = st.sampled_from(
    [("reset",), ("higher",), ("lower",), ("misread",), ("restart",)]
)
starts = st.one_of(
    st.integers(0, MODULUS - 1), st.integers(MODULUS - 100 * MOST_A_MINUTE, MODULUS - 1)
)
stories = st.lists(st.one_of(flows, flows, silences, events), max_size=60)


@settings(max_examples=300, deadline=None)
@given(starts, stories)
def test_what_is_booked_is_what_was_counted(
    start: int, story: list[tuple[object, ...]]
) -> None:
    world = World(start)
    for event in story:
        match event:
            case ("flow", int(amount)):
                world.flow(amount)
            case ("silence", int(minutes), int(amount)):
                world.stay_silent(minutes, amount)
            case ("reset",):
                world.reset()
            case ("higher",):
                world.exchange(is_higher=True)
            case ("lower",):
                world.exchange(is_higher=False)
            case ("misread",):
                world.misread()
            case ("restart",):
                world.restart()
    for _ in range(14):
        world.flow(100)
    while (world.now - timedelta(seconds=5)).minute % 10:
        world.flow(100)
    assert world.booked == sum(course.counted for course in world.courses)
    rows = sorted(world.rows)
    assert all(end <= start for (_, end), (start, _) in pairwise(rows))
