"""What Home Assistant's energy dashboard lacks of a site: pure, nothing is changed here.

What the user has set up stays: it is neither removed nor rewritten, and where there is
a source of a kind already, no second one is added beside it. Two meters of the same
current would count it twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import cast

from homeassistant.components.energy.data import (
    DeviceConsumption,
    EnergyPreferences,
    EnergyPreferencesUpdate,
    GasSourceType,
    GridSourceType,
    SourceType,
    WaterSourceType,
)


class Role(StrEnum):
    """As what a statistic stands in the energy dashboard."""

    GRID = "grid"
    GAS = "gas"
    WATER = "water"
    DEVICE = "device"
    WATER_DEVICE = "water_device"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """A device's statistics; ``upstream`` are the meters in front, the nearest first."""

    device_id: int
    statistic_id: str
    rate_id: str | None = None
    upstream: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The statistics of a site by what they are in the energy dashboard.

    ``costs`` are those of what comes in, ``return_cost`` what feeding in earns.
    """

    costs: Mapping[Role, str] = MappingProxyType({})
    return_cost: str | None = None
    grid: str | None = None
    grid_return: str | None = None
    grid_rate: str | None = None
    gas: str | None = None
    water: str | None = None
    devices: Sequence[Meter] = ()
    water_devices: Sequence[Meter] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One entry to be added; ``included_in`` is the meter that counts it too.

    With `Role.COST` only ``cost_id`` is added, to the source that is there.
    """

    role: Role
    statistic_id: str
    cost_id: str | None = None
    return_id: str | None = None
    included_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyPlan:
    """The additions, the kinds of source that are the user's own, and the result."""

    additions: tuple[Addition, ...]
    kept: tuple[Role, ...]
    update: EnergyPreferencesUpdate


def plan_energy(present: EnergyPreferences | None, sources: Sources) -> EnergyPlan:
    """Find what is missing in the preferences; None where there are none yet."""
    known: EnergyPreferences = present or {
        "energy_sources": [],
        "device_consumption": [],
        "device_consumption_water": [],
    }
    additions: list[Addition] = []
    kept: list[Role] = []
    old = list(known["energy_sources"])
    new: list[SourceType] = []
    for role, statistic_id in (
        (Role.GRID, sources.grid),
        (Role.GAS, sources.gas),
        (Role.WATER, sources.water),
    ):
        if statistic_id is None:
            continue
        same = [x for x in known["energy_sources"] if x["type"] == role.value]
        if same:
            ours = next((x for x in same if _names(x, statistic_id)), None)
            if ours is None:
                kept.append(role)
            elif (cost_id := sources.costs.get(role)) and not _has_cost(ours):
                old[old.index(ours)] = _with_cost(ours, cost_id)
                additions.append(
                    Addition(role=Role.COST, statistic_id=statistic_id, cost_id=cost_id)
                )
            continue
        new.append(_source(role, statistic_id, sources))
        return_id = sources.grid_return if role is Role.GRID else None
        additions.append(
            Addition(
                role=role,
                statistic_id=statistic_id,
                cost_id=sources.costs.get(role),
                return_id=return_id,
            )
        )
    electric = known["device_consumption"]
    of_water = known.get("device_consumption_water", [])
    more = list(_devices(Role.DEVICE, electric, sources.devices, additions))
    wet = list(_devices(Role.WATER_DEVICE, of_water, sources.water_devices, additions))
    return EnergyPlan(
        additions=tuple(additions),
        kept=tuple(kept),
        update={
            "energy_sources": [*old, *new],
            "device_consumption": [*electric, *more],
            "device_consumption_water": [*of_water, *wet],
        },
    )


def _names(source: SourceType, statistic_id: str) -> bool:
    return source.get("stat_energy_from") == statistic_id


def _has_cost(source: SourceType) -> bool:
    """Whether the user has said what a source costs."""
    keys = ("stat_cost", "entity_energy_price", "number_energy_price")
    return any(source.get(key) is not None for key in keys)


def _with_cost(source: SourceType, cost_id: str) -> SourceType:
    """Return a source of which only the cost is another."""
    together: dict[str, object] = {**source, "stat_cost": cost_id}
    return cast("SourceType", together)


def _source(role: Role, statistic_id: str, sources: Sources) -> SourceType:
    """Return a source with our costs; without any, prices are the user's to choose."""
    cost_id = sources.costs.get(role)
    if role is Role.GRID:
        grid = GridSourceType(
            type="grid",
            stat_energy_from=statistic_id,
            stat_energy_to=sources.grid_return,
            stat_cost=cost_id,
            entity_energy_price=None,
            number_energy_price=None,
            stat_compensation=sources.return_cost if sources.grid_return else None,
            entity_energy_price_export=None,
            number_energy_price_export=None,
            cost_adjustment_day=0.0,
        )
        if sources.grid_rate is not None:
            grid["stat_rate"] = sources.grid_rate
        return grid
    if role is Role.GAS:
        return GasSourceType(
            type="gas",
            stat_energy_from=statistic_id,
            stat_cost=cost_id,
            entity_energy_price=None,
            number_energy_price=None,
        )
    return WaterSourceType(
        type="water",
        stat_energy_from=statistic_id,
        stat_cost=cost_id,
        entity_energy_price=None,
        number_energy_price=None,
    )


def _devices(
    role: Role,
    present: Sequence[DeviceConsumption],
    meters: Sequence[Meter],
    additions: list[Addition],
) -> list[DeviceConsumption]:
    """Return the devices that are missing, sub-meters inside their main meters."""
    listed = {device["stat_consumption"] for device in present}
    of_meter: Mapping[int, str] = {x.device_id: x.statistic_id for x in meters}
    new: list[DeviceConsumption] = []
    for meter in meters:
        if meter.statistic_id in listed:
            continue
        device = DeviceConsumption(stat_consumption=meter.statistic_id)
        if meter.rate_id is not None:
            device["stat_rate"] = meter.rate_id
        above = next((of_meter[x] for x in meter.upstream if x in of_meter), None)
        if above is not None:
            device["included_in_stat"] = above
        new.append(device)
        additions.append(
            Addition(role=role, statistic_id=meter.statistic_id, included_in=above)
        )
    return new
