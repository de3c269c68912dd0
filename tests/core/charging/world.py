"""A building with stations and cars, to run the load management in.

Everything happens in periods of five seconds. A car follows what its station permits
after its lag; a meter sees base load and cars.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
import json

from custom_components.legrand_ews.ews.charging import (
    MAIN,
    Action,
    Charge,
    ChargingConfig,
    Command,
    Inputs,
    MeterReading,
    Reason,
    ReasonKind,
    Request,
    State,
    StationReading,
    StationSpec,
    check_config,
    decode_state,
    encode_state,
    step,
)

PERIOD_S = 5
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
PHASES = (1, 2, 3)
AS_PER_AH = 3600


def station(
    number: int, *, rated: int = 32, phases: tuple[int, ...] = PHASES, **more: object
) -> StationSpec:
    """A station whose cars follow after 10 s."""
    spec = StationSpec(id=number, rated_a=rated, phases=phases, lag_s=10)
    return replace(spec, **more)  # type: ignore[arg-type]


def config(
    *stations: StationSpec, maximum: int, charging: int, **more: object
) -> ChargingConfig:
    """A configuration that passes its checks."""
    made = replace(
        ChargingConfig(maximum_a=maximum, charging_a=charging, stations=stations),
        **more,  # type: ignore[arg-type]
    )
    assert check_config(made) == []
    return made


@dataclass(slots=True, kw_only=True)
class Car:
    """A car at a plug: what it can take, and how much it still wants (Ah, None: any)."""

    highest_a: int = 32
    conductors: int = 3
    wanted_ah: float | None = None
    obeys: bool = True
    is_awake: bool = True
    received_as: float = 0

    @property
    def is_full(self) -> bool:
        return (
            self.wanted_ah is not None
            and self.received_as >= self.wanted_ah * AS_PER_AH
        )


@dataclass(slots=True)
class Plug:
    """One side: what it was told, when, and what flows.

    Where it tells that it permits charging, a vehicle that comes needs no order.
    """

    spec: StationSpec
    car: Car | None = None
    limit_a: int = 0
    drawn_a: int = 0
    orders: list[tuple[int, int]] = field(default_factory=list)
    is_silent: bool = False
    refuses: bool = False
    reading: StationReading | None = None
    is_permitted: bool = False
    tells_permission: bool = False
    is_stubborn: bool = False

    def flow(self, second: int) -> None:
        """Let the car follow the last order that is older than its lag."""
        if self.car is None:
            self.drawn_a = 0
            return
        due = [a for at, a in self.orders if second - at >= self.spec.lag_s]
        if due:
            permitted = due[-1]
            highest = self.car.highest_a
            wanted = min(permitted, highest) if self.car.obeys else highest
            is_hungry = self.car.is_awake and not self.car.is_full
            # The contactor opens, whatever the car would like.
            self.drawn_a = wanted if permitted and is_hungry else 0
        self.car.received_as += self.drawn_a * PERIOD_S

    @property
    def charge(self) -> Charge:
        if self.car is None:
            return Charge.NO_VEHICLE
        if self.drawn_a:
            return Charge.CHARGING
        if self.car.is_full:
            return Charge.FINISHED
        return Charge.CONNECTED if not self.limit_a else Charge.SUSPENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What one step ordered and why."""

    second: int
    commands: tuple[Command, ...]
    reasons: tuple[Reason, ...]


class World:
    """Runs `step` period after period and keeps what happened."""

    def __init__(
        self,
        settings: ChargingConfig,
        *,
        base: Mapping[int, int] | int = 0,
        state: State | None = None,
    ) -> None:
        self.config = settings
        self.base: Callable[[int, int], int] = lambda _second, _phase: 0
        self.load(base)
        self.state = state or State()
        self.plugs = {spec.id: Plug(spec) for spec in settings.stations}
        self.second = 0
        self.clock_offset = timedelta()
        self.is_meter_silent = False
        self.meter: MeterReading | None = None
        self.events: list[Event] = []
        self.requests: list[tuple[int, Request]] = []
        self.refused: frozenset[int] = frozenset()
        self.withheld: frozenset[int] = frozenset()
        self.answers_after = 1
        self._refusals: list[frozenset[int]] = []
        self.caps_a: dict[int, int] = {}
        self.needs_ma: dict[int, int] = {}
        self.external_a: int | None = None
        self.feeders: dict[int, dict[int, int]] = {}

    # What happens

    def load(self, base: Mapping[int, int] | int) -> None:
        """Other loads of the building in A, for each phase."""
        table = dict.fromkeys(PHASES, base) if isinstance(base, int) else base
        self.base = lambda _second, phase: table[phase]

    def plug(self, number: int, **car: object) -> Car:
        arrived = Car(**car)  # type: ignore[arg-type]
        plug = self.plugs[number]
        plug.car = arrived
        if plug.is_permitted and not plug.limit_a:
            plug.limit_a = plug.spec.rated_a
        plug.orders = [(self.second, plug.limit_a)]
        return arrived

    def unplug(self, number: int) -> None:
        self.plugs[number].car = None

    def ask(self, number: int, request: Request) -> None:
        self.requests.append((number, request))

    def restart(self, *, after_s: int = 0) -> None:
        """Home Assistant stops, the state goes to disk, cars go on; then it is back."""
        text = json.dumps(encode_state(self.state))
        for _ in range(after_s // PERIOD_S):
            self._flow()
        self.state = decode_state(json.loads(text))

    # What is seen

    @property
    def limits(self) -> dict[int, int]:
        """Amperes that the stations permit."""
        return {number: plug.limit_a for number, plug in self.plugs.items()}

    @property
    def drawn(self) -> dict[int, int]:
        return {number: plug.drawn_a for number, plug in self.plugs.items()}

    def phase_a(self, phase: int) -> int:
        """What flows on a phase of the main circuit."""
        cars = sum(
            plug.drawn_a
            for plug in self.plugs.values()
            if plug.car is not None and phase in plug.spec.phases[: plug.car.conductors]
        )
        return self.base(self.second, phase) + cars

    def kinds(self, *wanted: ReasonKind) -> list[tuple[ReasonKind, int | None]]:
        """All that happened, or what of some kinds did, with the station."""
        return [
            (reason.kind, reason.station_id)
            for event in self.events
            for reason in event.reasons
            if not wanted or reason.kind in wanted
        ]

    def commands(self) -> list[tuple[int, Action, int]]:
        return [
            (command.station_id, command.action, command.limit_a)
            for event in self.events
            for command in event.commands
        ]

    # Time

    @property
    def now(self) -> datetime:
        return START + timedelta(seconds=self.second) + self.clock_offset

    def run(self, seconds: int) -> World:
        for _ in range(seconds // PERIOD_S):
            self.period()
        return self

    def period(self) -> Event:
        """Let five seconds pass, then decide once."""
        self._flow()
        now = self.now
        if not self.is_meter_silent:
            self.meter = MeterReading(
                read_at=now,
                currents_ma={phase: self.phase_a(phase) * 1000 for phase in PHASES},
            )
        for plug in self.plugs.values():
            if not plug.is_silent:
                plug.reading = self._read(plug, now)
        inputs = Inputs(
            meters={} if self.meter is None else {MAIN: self.meter},
            stations={
                number: plug.reading
                for number, plug in self.plugs.items()
                if plug.reading is not None
            },
            requests=tuple(self.requests),
            refused=self.refused,
            withheld=self.withheld,
            caps_a=self.caps_a,
            needs_ma=self.needs_ma,
            external_limit_a=self.external_a,
        )
        self.requests = []
        self.state, commands, reasons = step(self.config, inputs, self.state, now)
        self._refusals.append(frozenset(self._carry_out(commands)))
        self.refused = frozenset()
        if len(self._refusals) >= self.answers_after:
            self.refused = self._refusals.pop(0)
        event = Event(second=self.second, commands=commands, reasons=reasons)
        self.events.append(event)
        return event

    def _flow(self) -> None:
        self.second += PERIOD_S
        for plug in self.plugs.values():
            plug.flow(self.second)

    def _read(self, plug: Plug, now: datetime) -> StationReading:
        conductors = 0 if plug.car is None else plug.car.conductors
        return StationReading(
            read_at=now,
            charge=plug.charge,
            drawn_ma=tuple(
                plug.drawn_a * 1000 if place < conductors else 0
                for place in range(len(plug.spec.phases))
            ),
            limit_a=plug.limit_a or None,
            is_permitted=plug.is_permitted if plug.tells_permission else None,
        )

    def _carry_out(self, commands: Iterable[Command]) -> list[int]:
        refused = []
        for command in commands:
            plug = self.plugs[command.station_id]
            if plug.refuses or plug.is_silent:
                refused.append(command.station_id)
                continue
            if not plug.is_stubborn:
                plug.is_permitted = command.limit_a > 0
            plug.limit_a = command.limit_a
            plug.orders.append((self.second, command.limit_a))
        return refused
