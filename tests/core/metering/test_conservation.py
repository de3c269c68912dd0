"""Energy is conserved: what is booked is what the meter counted, to the milli-Wh.

A meter lives through any sequence of consumption, silence, resets, exchanges that are
told or not, misreadings, reloads and kills, while it is read and its bookings are
stored. The ledger beside it knows what can be known of it at all:

* a *course* is a stretch of steady counting. A reset begins one at zero, another
  meter begins one at the first value that is read of it, or where the user says;
* what a course counted after its last reading is unknown, unless the user tells it;
* a reload forgets nothing; a kill forgets what was read since something was stored,
  and that is at least every change of course.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field, replace
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
    Correction,
    CorrectionKind,
    CounterState,
    OpenCount,
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
DAY = timedelta(days=1)


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


@dataclass(frozen=True)
class Exchange:
    """What the fitter has noted of an exchange."""

    course: int
    at: datetime
    old_end: int
    new_start: int


@dataclass
class World:
    """The meter, who reads it, what is stored, and the ledger."""

    value: int
    now: datetime = datetime(2026, 3, 1, 10, 0, 5, tzinfo=UTC)
    courses: list[Course] = field(default_factory=lambda: [Course(first=None)])
    stored: list[Course] = field(default_factory=list)
    note: Exchange | None = None
    states: dict[str, CounterState] = field(default_factory=dict)
    booked: int = 0
    rows: set[tuple[datetime, datetime]] = field(default_factory=set)
    journal: Counter[CorrectionKind] = field(default_factory=Counter)
    corrections: list[Correction] = field(default_factory=list)
    resets: int = 0
    told: int = 0

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
        self.store(self.meter.changes(1))

    def store(self, booking: Booking) -> None:
        for sample in booking.samples:
            amount = sample.amounts_milli[ENERGY]
            assert amount >= 0
            assert (sample.quality is Quality.RECOVERED) <= (sample.length > LENGTH)
            self.booked += amount
            self.rows.add((sample.start, sample.end))
        for state in booking.counter_states:
            count = state.open_count
            if count is not None:
                count = OpenCount.of_text(count.to_text())
            self.states[state.quantity] = replace(state, open_count=count)
            self.stored = deepcopy(self.courses)
        self.journal.update(correction.kind for correction in booking.corrections)
        self.corrections += booking.corrections

    def flow(self, amount: int) -> None:
        self.value += amount
        self.pass_time(1)
        self.read()

    def stay_silent(self, minutes: int, amount: int) -> None:
        self.value += amount * minutes
        self.pass_time(minutes)

    @property
    def is_open_to_change(self) -> bool:
        # Two new courses since something was stored, and then a kill, would hide the
        # first one from everybody. Near either end a fall cannot be told from counting
        # or rolling over.
        is_middle = MODULUS // 10 < self.shown < MODULUS * 9 // 10
        return self.is_settled and len(self.stored) == len(self.courses) and is_middle

    def reset(self, readings: int) -> None:
        if self.is_open_to_change:
            self.note = None
            self.courses.append(Course(first=0, is_reset=True))
            self.value = 0
            self.resets += 1
            self.begin(readings)

    def exchange(self, step: int, unread: int, readings: int) -> None:
        """Another meter, some way off; the old one counted on until it was gone."""
        if not self.is_open_to_change:
            return
        old_end = self.value + unread
        start = old_end + step
        if MODULUS // 10 < start % MODULUS < MODULUS * 9 // 10:
            self.value = start
            self.pass_time(1)
            self.courses.append(Course(first=None))
            self.note = Exchange(
                len(self.courses) - 1, self.now, old_end % MODULUS, self.shown
            )
            self.begin(readings)

    def begin(self, readings: int) -> None:
        for _ in range(readings):
            self.flow(1000)

    def tell(self) -> None:
        """The user passes on what the fitter has noted, sooner or later."""
        note = self.note
        if note is None or not self.stored or self.now - note.at > DAY:
            return
        self.note = None
        self.meter.exchange(1, ENERGY, note.old_end, note.new_start, note.at)
        self.told += 1
        old, new = self.courses[note.course - 1], self.courses[note.course]
        assert old.first is not None
        old.last += (note.old_end - old.last) % MODULUS
        if new.first is None:
            new.last = self.value - (self.shown - note.new_start) % MODULUS
        seen = self.value if new.first is None else new.first
        new.first = seen - (seen - note.new_start) % MODULUS
        new.readings = 3
        self.store(self.meter.changes(1))

    def misread(self) -> None:
        if self.is_settled:
            self.pass_time(1)
            self.observe((self.shown + 4 * MODULUS // 10) % MODULUS)
            self.flow(1000)

    def reload(self) -> None:
        """The site ends in good order and begins anew."""
        self.store(self.meter.keep())
        self.meter = self.new_accumulator()

    def kill(self) -> None:
        """The process is killed: what was not stored is read again, or lost."""
        self.meter = self.new_accumulator()
        begun = self.courses[len(self.stored) :]
        self.courses = deepcopy(self.stored) + [
            Course(first=0, is_reset=True) if course.is_reset else Course(first=None)
            for course in begun
        ]


flows = st.tuples(st.just("flow"), st.integers(0, MOST_A_MINUTE))
silences = st.tuples(
    st.just("silence"), st.integers(1, 600), st.integers(0, MOST_A_MINUTE)
)
readings = st.integers(0, 4)
resets = st.tuples(st.just("reset"), readings)
exchanges = st.tuples(
    st.just("exchange"),
    st.sampled_from([JUMP, -JUMP]),
    st.integers(0, MOST_A_MINUTE),
    readings,
)
events = st.sampled_from([("tell",), ("misread",), ("reload",), ("kill",)])
starts = st.one_of(
    st.integers(0, MODULUS - 1),
    st.integers(MODULUS // 3, 2 * MODULUS // 3),
    st.integers(MODULUS - 100 * MOST_A_MINUTE, MODULUS - 1),
)
stories = st.lists(
    st.one_of(
        flows, flows, silences, resets, exchanges, exchanges, st.just(("tell",)), events
    ),
    max_size=60,
)


@settings(max_examples=600, deadline=None)
@given(starts, st.sampled_from([0, 3, 15]), stories)
def test_what_is_booked_is_what_was_counted(
    start: int, age: int, story: list[tuple[object, ...]]
) -> None:
    world = World(start)
    world.begin(age)
    for event in story:
        match event:
            case ("flow", int(amount)):
                world.flow(amount)
            case ("silence", int(minutes), int(amount)):
                world.stay_silent(minutes, amount)
            case ("reset", int(count)):
                world.reset(count)
            case ("exchange", int(step), int(unread), int(count)):
                world.exchange(step, unread, count)
            case ("tell",):
                world.tell()
            case ("misread",):
                world.misread()
            case ("reload",):
                world.reload()
            case ("kill",):
                world.kill()
    for _ in range(14):
        world.flow(100)
    while (world.now - timedelta(seconds=5)).minute % 10:
        world.flow(100)
    assert world.booked == sum(course.counted for course in world.courses)
    rows = sorted(world.rows)
    assert all(end <= start for (_, end), (start, _) in pairwise(rows))
    # Each decision stands in the journal, once.
    assert world.journal[CorrectionKind.RESET] == world.resets
    assert len(set(world.corrections)) == len(world.corrections)
