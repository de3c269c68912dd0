"""Watches a world and objects as soon as a promise of the load management is broken.

What it knows it takes from cars, stations and meters of the world, not from the logic.
"""

from collections import defaultdict

from custom_components.legrand_ews.ews.charging import Action, ReasonKind, Sharing

from .world import AS_PER_AH, PERIOD_S, PHASES, Event, Plug, World

LONGEST_WAIT_S = 60
FOLLOWING_S = 20
"""One period, the lag of a car, and one period until a meter shows it."""
_MORE = {ReasonKind.STARTED, ReasonKind.RESUMED, ReasonKind.RAISED}
_MAY_STOP_EARLY = {ReasonKind.HELD_BY_USER, ReasonKind.SESSION_ENDED, ReasonKind.CAPPED}


class Watch:
    """Runs a world period by period and checks each."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.could_start_s: defaultdict[int, int] = defaultdict(int)
        self.over_s: defaultdict[int, int] = defaultdict(int)
        self.hard_stops = 0

    def run(self, seconds: int) -> None:
        for _ in range(seconds // PERIOD_S):
            before = {n: plug.limit_a for n, plug in self.world.plugs.items()}
            event = self.world.period()
            self._commands_are_possible(event)
            self._one_is_given_more_at_a_time(event)
            self._nobody_starts_outside_green(event, before)
            self._guarantees_are_kept(event)
            self._nobody_waits_in_vain(before)
            self._no_phase_stays_over()

    def _commands_are_possible(self, event: Event) -> None:
        """IEC 61851-1: nothing between 0 and the minimum; and never above the rating."""
        for command in event.commands:
            spec = self.world.plugs[command.station_id].spec
            if command.action is Action.STOP:
                assert command.limit_a == 0
            else:
                assert spec.minimum_a <= command.limit_a <= spec.rated_a

    def _one_is_given_more_at_a_time(self, event: Event) -> None:
        """S277: one action a period; fair sharing may give many their shares at once."""
        if self.world.config.sharing is Sharing.STEPS:
            more = [reason for reason in event.reasons if reason.kind in _MORE]
            assert len(more) <= 1

    def _nobody_starts_outside_green(
        self, event: Event, before: dict[int, int]
    ) -> None:
        for command in event.commands:
            if command.action is Action.START and not before[command.station_id]:
                for phase in self.world.plugs[command.station_id].spec.phases:
                    load = self.world.phase_a(phase)
                    assert load <= self.world.config.charging_a

    def _guarantees_are_kept(self, event: Event) -> None:
        """S123: only the hard limit stops before, and it counts."""
        guarantee = self.world.config.guaranteed_ah * AS_PER_AH
        reasons = defaultdict(set)
        for reason in event.reasons:
            reasons[reason.station_id].add(reason.kind)
        for command in event.commands:
            if command.action is not Action.STOP:
                continue
            plug = self.world.plugs[command.station_id]
            car = plug.car
            if car is None or reasons[command.station_id] & _MAY_STOP_EARLY:
                continue
            # What flows since the last reading is not known yet.
            if car.received_as - plug.drawn_a * PERIOD_S < guarantee:
                assert ReasonKind.HARD_LIMIT_STOPPED in reasons[command.station_id]
                self.hard_stops += 1
        assert self.world.state.hard_stops == self.hard_stops

    def _nobody_waits_in_vain(self, before: dict[int, int]) -> None:
        """Nobody waits for over a minute while his phases have room for him."""
        config = self.world.config
        queue = set(self.world.state.queue)
        for number, plug in self.world.plugs.items():
            second_step = config.currents_a(plug.spec)[2]
            has_room = all(
                self.world.phase_a(phase) + second_step <= config.charging_a
                and self.world.state.lines[0, phase].zone.value == "green"
                for phase in plug.spec.phases
            )
            if number in queue and has_room and not before[number]:
                self.could_start_s[number] += PERIOD_S
            else:
                self.could_start_s[number] = 0
            assert self.could_start_s[number] <= LONGEST_WAIT_S, number

    def _no_phase_stays_over(self) -> None:
        """Above the maximum all is done at once that may be done."""
        config = self.world.config
        for phase in PHASES:
            if self.world.phase_a(phase) <= config.maximum_a:
                self.over_s[phase] = 0
                continue
            self.over_s[phase] += PERIOD_S
            drawing = [
                plug for plug in self.world.plugs.values() if _loads(plug, phase)
            ]
            over = self.over_s[phase]
            if config.sharing is Sharing.STEPS and over > FOLLOWING_S:
                for plug in drawing:
                    assert plug.drawn_a <= config.currents_a(plug.spec)[2]
            stops = 2 * len(self.world.plugs) * PERIOD_S
            if over > config.hard_limit_after_s + 2 * FOLLOWING_S + stops:
                assert drawing == []


def _loads(plug: Plug, phase: int) -> bool:
    return (
        plug.car is not None
        and plug.drawn_a > 0
        and phase in plug.spec.phases[: plug.car.conductors]
    )
