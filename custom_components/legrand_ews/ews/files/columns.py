"""The columns of the files of a whole site: its devices, groups and loads (S201-S205).

Which objects they are is noted as rosters: a file gets a new version when its columns
change, and each version keeps its own part of the month.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..archive import Roster
from ..catalogue import Catalogue
from ..model import Device, Installation, ObjectKind, PredefinedLoad
from ..power_quality import eq_devices
from ..quantities import FLUID_COUNTERS, Fluid
from ..timegrid import (
    Span,
    sample_start,
)

FOLDER_FLUIDS: Final[Mapping[str, Fluid]] = {
    "energy": Fluid.ELECTRICITY,
    "gas": Fluid.GAS,
    "water": Fluid.WATER,
}
"""Folders of the tree, and what their files add up."""
LIST_KINDS: Final[Mapping[str, ObjectKind]] = {
    "devices": ObjectKind.DEVICE,
    "groups": ObjectKind.GROUP,
    "loads": ObjectKind.LOAD,
}


EQ_ROSTER: Final = "eqcheck"
"""The power-quality devices, on which the versions of their files depend (S202)."""


def lists_of(folder: str) -> tuple[str, ...]:
    """The files of a folder: loads are for electricity alone (S201, S203, S204)."""
    names = tuple(LIST_KINDS)
    return names if folder == "energy" else names[:-1]


def rosters_of(site: Installation, catalogue: Catalogue) -> Mapping[str, list[int]]:
    """The columns that an installation gives to each file, by ``folder/list``."""
    lists = {
        f"{folder}/{name}": list(_members(site, catalogue, folder, name))
        for folder in FOLDER_FLUIDS
        for name in lists_of(folder)
    }
    return lists | {EQ_ROSTER: list(eq_devices(site))}


def _members(
    site: Installation, catalogue: Catalogue, folder: str, name: str
) -> Iterator[int]:
    counter = FLUID_COUNTERS[FOLDER_FLUIDS[folder]]
    counting = [x for x in site.devices.values() if counter in _delivers(catalogue, x)]
    match LIST_KINDS[name]:
        case ObjectKind.DEVICE:
            yield from (device.id for device in counting)
        case ObjectKind.GROUP if folder == "energy":
            yield from (group.id for group in site.groups.values() if group.is_enabled)
        case ObjectKind.GROUP:
            of_fluid = {number for x in counting for number in x.group_ids}
            yield from sorted(of_fluid & site.groups.keys())
        case _:
            for load in site.loads.values():
                is_fluid = load.key in {PredefinedLoad.GAS, PredefinedLoad.WATER}
                if load.is_enabled and not is_fluid:
                    yield load.id


def _delivers(catalogue: Catalogue, device: Device) -> Collection[str]:
    if device.model is None or device.model not in catalogue.models:
        return ()
    return catalogue.model_of(device.model, device.parameters).quantities


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A part of a month in which the columns of a file were the same."""

    number: int
    span: Span
    members: tuple[int, ...]


def versions(
    rosters: Sequence[Roster], month: Span, site: Installation
) -> Iterator[Version]:
    """Cut a month where the columns changed; the first part is version 0.

    A change counts from the start of the interval in which it was made. What is before
    the first roster has the columns of that one.
    """
    known = list(rosters) or [Roster(since=month.start, members=())]
    starts = [_floor(roster.since, site) for roster in known]
    starts[0] = min(starts[0], month.start)
    number = 0
    for index, roster in enumerate(known):
        end = starts[index + 1] if index + 1 < len(known) else month.end
        span = Span(max(starts[index], month.start), min(end, month.end))
        if span.start < span.end:
            yield Version(number=number, span=span, members=roster.members)
            number += 1


def _floor(instant: datetime, site: Installation) -> datetime:
    return sample_start(instant, site.sample_length, site.zone)
