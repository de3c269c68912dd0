"""One object of an installation, whatever its kind: finding, putting in, taking out."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from ..catalogue import Catalogue
from ..catalogue.places import (
    counted_fluid,
    may_share_address,
    measures_quality,
)
from ..charging.charger_rules import check_charger, check_entities
from ..model import (
    Charger,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    by_id,
)
from ..model.charger import MAIN_CIRCUIT
from ..model.problems import Problem
from ..model.rules import (
    check_board,
    check_device,
    check_gateway,
    check_group,
    check_load,
)
from .rows import Part

type Gone = Collection[tuple[ObjectKind, int]]
"""Kinds and permanent numbers of objects that go."""


def parts_of(site: Installation, kind: ObjectKind) -> Mapping[int, Part]:
    """Return the objects of one kind by their permanent number."""
    match kind:
        case ObjectKind.GATEWAY:
            return site.gateways
        case ObjectKind.DEVICE:
            return site.devices
        case ObjectKind.LOAD:
            return site.loads
        case ObjectKind.GROUP:
            return site.groups
        case ObjectKind.BOARD:
            return site.boards
        case ObjectKind.CHARGER:
            return site.chargers


def with_part(site: Installation, part: Part) -> Installation:
    """Return the installation with an object added, or put in the place of its number."""
    match part:
        case PanelBoard():
            return replace(site, boards=_with(site.boards, part))
        case Load():
            return replace(site, loads=_with(site.loads, part))
        case MeasureGroup():
            return replace(site, groups=_with(site.groups, part))
        case Gateway():
            return replace(site, gateways=_with(site.gateways, part))
        case Device():
            return replace(site, devices=_with(site.devices, part))
        case Charger():
            return replace(site, chargers=_with(site.chargers, part))


def without_parts(site: Installation, gone: Gone) -> Installation:
    """Return the installation without some objects; others may still speak of them."""
    return replace(
        site,
        boards=_without(gone, ObjectKind.BOARD, site.boards),
        loads=_without(gone, ObjectKind.LOAD, site.loads),
        groups=_without(gone, ObjectKind.GROUP, site.groups),
        gateways=_without(gone, ObjectKind.GATEWAY, site.gateways),
        devices=_without(gone, ObjectKind.DEVICE, site.devices),
        chargers=_without(gone, ObjectKind.CHARGER, site.chargers),
    )


def check_part(part: Part, site: Installation, catalogue: Catalogue) -> list[Problem]:
    """Hold one object against the rules of its kind."""
    match part:
        case PanelBoard():
            return check_board(part, site)
        case Load():
            return check_load(part, site)
        case MeasureGroup():
            return check_group(part, site)
        case Gateway():
            return check_gateway(part, site, has_quality=measures_quality(catalogue))
        case Device():
            return check_device(
                part,
                site,
                may_share=may_share_address(catalogue),
                fluid_of=counted_fluid(catalogue),
            )
        case Charger():
            # Which circuits there are is a matter of the load management.
            alone = replace(part, circuit_id=MAIN_CIRCUIT)
            return [*check_charger(alone, site, None), *check_entities(part, site)]


def _with[T: (Gateway, Device, Load, MeasureGroup, PanelBoard, Charger)](
    parts: Mapping[int, T], part: T
) -> Mapping[int, T]:
    return by_id({**parts, part.id: part}.values())


def _without[T: (Gateway, Device, Load, MeasureGroup, PanelBoard, Charger)](
    gone: Gone, kind: ObjectKind, parts: Mapping[int, T]
) -> Mapping[int, T]:
    return by_id(part for part in parts.values() if (kind, part.id) not in gone)
