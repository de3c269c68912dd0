"""One side of a station while a step is worked out.

What every step does to every session, adding to its quantity, and what one step may do
to all of them, changing their limits, is noted beside the session and put into it once,
when the session is asked for: a session is a value, and a new one costs time.
"""

from typing import Final

from .config import MILLI, Level
from .inputs import Charge, StationReading
from .layout import Place
from .state import Progress, Session, Setting, StationState

_WANTING: Final = frozenset({Charge.CONNECTED, Charge.CHARGING, Charge.SUSPENDED})
_LEVELS: Final = tuple(Level)


class Side:
    """What a step knows of one side, and what it has ordered.

    ``vehicle`` is the session as far as neither time nor a changed limit change it;
    ``is_running``, ``limit_a`` (0 unless it runs) and ``charge_uas`` are up to date.
    ``is_capped_out`` says that it is bounded below its minimum: not now.
    """

    __slots__ = (
        "_changed_ms",
        "_former",
        "_is_behind",
        "_ordered",
        "_reduced_ms",
        "at_rest_ms",
        "before",
        "blocked_ms",
        "cap_a",
        "charge",
        "charge_uas",
        "drawn",
        "drawn_ma",
        "former_drawn_ma",
        "heard_ms",
        "high",
        "is_capped_out",
        "is_fresh",
        "is_lost",
        "is_running",
        "is_settled",
        "is_touched",
        "limit_a",
        "low",
        "number",
        "peak",
        "place",
        "read_at",
        "reading",
        "refusals",
        "vehicle",
    )

    def __init__(self, place: Place, station: StationState, cap_a: int | None) -> None:
        """Begin with what the step before knew."""
        self.place = place
        self.number = place.spec.id
        self.read_at = station.read_at
        self.heard_ms = station.heard_ms
        self.charge = station.charge
        self.drawn_ma = station.drawn_ma
        self.former_drawn_ma = station.former_drawn_ma
        self.is_lost = station.is_lost
        self.refusals = station.refusals
        self.blocked_ms = station.blocked_ms
        self.at_rest_ms = station.at_rest_ms
        self.session = station.session
        self.before = None if self.vehicle is None else self.vehicle.setting
        self.cap_a = place.spec.rated_a if cap_a is None else cap_a
        self.is_capped_out = self.cap_a < place.spec.minimum_a
        self.reading: StationReading | None = None
        self.is_fresh = False
        self.is_touched = False
        self.is_settled = True
        self.drawn = max(self.drawn_ma, default=0)
        self.low: tuple[int, ...] = (0,) * len(place.lines)
        self.high = self.low
        self.peak = 0

    @property
    def session(self) -> Session | None:
        """The process of its vehicle, with all that this step did to it."""
        if self._is_behind and self.vehicle is not None:
            self._catch_up(self.vehicle)
        return self.vehicle

    @session.setter
    def session(self, session: Session | None) -> None:
        self.vehicle = session
        self._is_behind = False
        self._ordered: Setting | None = None
        if session is None:
            self.is_running = False
            self.limit_a = self.charge_uas = 0
        else:
            self.is_running = session.setting.progress is Progress.RUNNING
            self.limit_a = session.setting.limit_a
            self.charge_uas = session.charge_uas

    def receive(self, charge_uas: int) -> None:
        """Add to the quantity of its vehicle."""
        self.charge_uas += charge_uas
        self._is_behind = True

    def change(self, vehicle: Session, setting: Setting, clock_ms: int) -> None:
        """Note another limit for a vehicle that may charge, and goes on to."""
        if self._ordered is None:
            self._former = vehicle.former if self.is_touched else vehicle.setting
            self._reduced_ms = vehicle.reduced_ms
        self._ordered = setting
        self._changed_ms = clock_ms
        self._reduced_ms = since_when_reduced(self._reduced_ms, setting, clock_ms)
        self.limit_a = setting.limit_a
        self._is_behind = True
        self.touch()

    def touch(self) -> None:
        """Note an order: the car needs its time for it, and was not heard since."""
        self.is_touched = True
        self.is_settled = False

    def keep(self) -> None:
        """Take what was ordered last for what holds."""
        session = self.session
        if session is not None:
            self.session = session._replace(former=session.setting)

    def _catch_up(self, vehicle: Session) -> None:
        self.vehicle = vehicle._replace(charge_uas=self.charge_uas)
        if self._ordered is not None:
            self.vehicle = self.vehicle._replace(
                setting=self._ordered,
                former=self._former,
                changed_ms=self._changed_ms,
                reduced_ms=self._reduced_ms,
            )
        self._ordered = None
        self._is_behind = False

    @property
    def is_waiting(self) -> bool:
        """Whether its vehicle is in the queue."""
        vehicle = self.vehicle
        return vehicle is not None and vehicle.setting.progress is Progress.WAITING

    @property
    def wants(self) -> bool:
        """Whether a vehicle is there that asks for current."""
        return (
            self.reading is not None
            and self.reading.is_enabled
            and self.charge in _WANTING
        )

    @property
    def goes_on(self) -> bool:
        """Whether it will draw what it draws, for all one knows."""
        vehicle = self.vehicle
        return vehicle is None or (
            self.is_settled and vehicle.has_drawn and not self.is_lost
        )

    def current_a(self, level: Level) -> int:
        """Return the limit of a level within the bound of this moment."""
        return min(self.place.currents_a[level], self.cap_a)

    @property
    def is_armed(self) -> bool:
        """Whether it is empty, and the next vehicle would charge without asking."""
        return (
            self.vehicle is None
            and self.charge is Charge.NO_VEHICLE
            and self.reading is not None
            and self.reading.is_permitted is True
            and self.place.spec.is_managed
        )

    def need_ma(self, level: Level) -> int:
        """Return what a conductor will carry if it is started at a level."""
        need = min(self.place.currents_a[level], self.cap_a) * MILLI
        vehicle = self.vehicle
        if vehicle is None or vehicle.stubborn_ma < need:
            return need
        return vehicle.stubborn_ma

    def level_of(self, limit_a: int) -> Level:
        """Return the level that a limit amounts to."""
        for level, current in zip(_LEVELS, self.place.currents_a, strict=True):
            if current <= limit_a:
                return level
        return Level.MINIMUM

    def remembered(self) -> StationState:
        """Return what the next step needs of it."""
        return StationState(
            read_at=self.read_at,
            heard_ms=self.heard_ms,
            charge=self.charge,
            drawn_ma=self.drawn_ma,
            former_drawn_ma=self.former_drawn_ma,
            is_lost=self.is_lost,
            refusals=self.refusals,
            blocked_ms=self.blocked_ms,
            at_rest_ms=self.at_rest_ms,
            session=self.session,
        )

    def rank(self) -> tuple[bool, int, int]:
        """Order in which processes give way: normal first, longest connected (Q28)."""
        vehicle = self.vehicle
        assert vehicle is not None  # noqa: S101 - only asked of those that run
        return vehicle.is_priority, vehicle.connected_ms, self.number


def since_when_reduced(
    before_ms: int | None, setting: Setting, clock_ms: int
) -> int | None:
    """Return since when a vehicle has had less than its rated current; None if not."""
    if setting.level is Level.RATED:
        return None
    return clock_ms if before_ms is None else before_ms
