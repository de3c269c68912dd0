"""What stations are told when nothing can be decided for too long."""

from collections.abc import Iterator, Mapping
import logging

from ..ews.charging import Action, ChargingConfig, Command, Fallback, Level, State

_LOGGER = logging.getLogger(__name__)


class FailSafe:
    """Watches over steps that fail: told once, and a fallback when that lasts (Q33)."""

    def __init__(self) -> None:
        """All is well."""
        self._since: float | None = None
        self._has_fallen_back = False

    def worked(self) -> None:
        """Take note of a step that has worked."""
        if self._since is not None:
            _LOGGER.info("The load management works again")
        self._since, self._has_fallen_back = None, False

    def failed(
        self,
        error: Exception,
        config: ChargingConfig | None,
        state: State,
        loop_time: float,
    ) -> tuple[Command, ...]:
        """Take note of a step that has failed; return what to order now.

        Until the fallback is due stations go on by their last orders.
        """
        if self._since is None:
            _LOGGER.error(
                "The load management failed; it goes on trying", exc_info=error
            )
            self._since = loop_time
        if (
            config is None
            or not config.is_enabled
            or self._has_fallen_back
            or loop_time - self._since < config.fallback_after_s
        ):
            return ()
        self._has_fallen_back = True
        return tuple(fallback_commands(config, limits_of(state)))


def limits_of(state: State) -> Mapping[int, int]:
    """Return what stations were told last, in A, 0 for those that do not run."""
    return {
        number: station.session.setting.limit_a
        for number, station in state.stations.items()
        if station.session is not None
    }


def fallback_commands(
    config: ChargingConfig, limits: Mapping[int, int]
) -> Iterator[Command]:
    """Yield what brings every station that may charge down to the fallback.

    ``limits`` are the present ones in A by station, 0 for those that do not run.
    """
    for spec in config.stations:
        if config.fallback is Fallback.PAUSE:
            aim = 0
        elif config.fallback is Fallback.MINIMUM:
            aim = spec.minimum_a
        else:
            aim = config.currents_a(spec)[Level.SECOND]
        if limits.get(spec.id, 0) > aim:
            action = Action.SET_LIMIT if aim else Action.STOP
            yield Command(station_id=spec.id, action=action, limit_a=aim)
