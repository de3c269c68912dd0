"""From settings and stations to what the core needs, and what stands in the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from ..ews.charging import ChargingConfig, StationSpec, check_config
from ..ews.charging.settings import ChargingSettings, config_of
from ..ews.model import Installation
from ..ews.model.problems import Problem, problem
from .crew import Crew
from .members import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """What can be decided upon: ``config`` is None where nothing can.

    ``unfit`` are the stations that are left out, each with the first reason why.
    """

    specs: tuple[StationSpec, ...]
    config: ChargingConfig | None
    problems: tuple[Problem, ...]
    unfit: Mapping[int, Problem]


def specs_of(members: Collection[Member]) -> tuple[StationSpec, ...]:
    """Return what is known by now of the stations; some are counted, but not told."""
    return tuple(replace(x.station.spec, is_managed=x.problem is None) for x in members)


def configured(
    settings: ChargingSettings, members: Collection[Member], missing: Collection[int]
) -> Configured:
    """Make the configuration; ``missing`` are the circuits without their meter."""
    specs = specs_of(members)
    config = config_of(settings, specs)
    found = [] if config is None else check_config(config)
    unfit = {
        spec.id: own[0]
        for spec in specs
        if (own := [x for x in found if x.field.startswith(f"stations.{spec.id}.")])
    }
    if config is not None:
        is_sound = all(x.field.startswith("stations.") for x in found)
        fit = tuple(x for x in specs if x.id not in unfit)
        config = replace(config, stations=fit) if is_sound else None
    gone = (
        problem(f"circuits.{circuit}.meter", "charging_meter_missing")
        for circuit in missing
    )
    untold = {x.number: x.problem for x in members if x.problem is not None}
    return Configured(
        specs=specs,
        config=config,
        problems=(*gone, *found, *untold.values()),
        unfit=unfit | untold,
    )


class Setup:
    """What a site has decided, who takes part, and what can be decided upon now.

    ``config`` is None where nothing can; ``problems`` say what is wrong with the
    settings or the site.
    """

    def __init__(
        self, crew: Crew, settings: ChargingSettings, installation: Installation
    ) -> None:
        """Begin with what the site has decided."""
        self.crew = crew
        self.take(settings, installation)

    def take(
        self, settings: ChargingSettings, installation: Installation | None = None
    ) -> None:
        """Go on by other settings, and with stations that are otherwise the same."""
        self.settings = settings
        if installation is not None:
            self.installation = installation
        self.crew.take(settings, self.installation)
        self._configure()

    def look(self) -> None:
        """Make the configuration anew where more is known of a station by now."""
        if self._made.specs != specs_of(self.crew.members.values()):
            self._configure()

    @property
    def config(self) -> ChargingConfig | None:
        """What the core needs."""
        return self._made.config

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong."""
        return self._made.problems

    @property
    def unfit(self) -> Mapping[int, Problem]:
        """The stations that are left out, each with the first reason why."""
        return self._made.unfit

    def _configure(self) -> None:
        members = self.crew.members.values()
        self._made = configured(self.settings, members, self.crew.missing)
