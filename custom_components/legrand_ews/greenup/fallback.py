"""What stations are told when nothing can be decided for too long."""

from collections.abc import Iterator, Mapping

from ..ews.charging import Action, ChargingConfig, Command, Fallback, Level


def fallback_commands(
    config: ChargingConfig, limits: Mapping[int, int]
) -> Iterator[Command]:
    """Yield what brings every station that may charge down to the fallback (Q33).

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
