"""The three ways to put devices together: by load, by group, by board."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class PredefinedLoad(StrEnum):
    """Loads that every site has; the six of RT 2012, others, gas, water (S95, Q8)."""

    HEATING = "heating"
    COOLING = "cooling"
    HOT_WATER = "hot_water"
    LIGHTING = "lighting"
    SOCKETS = "sockets"
    VENTILATION = "ventilation"
    OTHERS = "others"
    GAS = "gas"
    WATER = "water"


PREDEFINED_LOAD_IDS: Final = {key: n for n, key in enumerate(PredefinedLoad, start=1)}
"""Permanent numbers of the predefined loads; users' loads follow."""
FIRST_USER_LOAD_ID: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A category of use; each device has at most one (S95, S96).

    ``key`` is set for predefined loads, whose ``name`` is only the fallback of
    its translation. ``color`` is ``#rrggbb``.
    """

    id: int
    name: str
    color: str
    key: PredefinedLoad | None = None
    is_enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """A logical part of the site; a device may be in several (S97, S98)."""

    id: int
    name: str
    description: str = ""
    is_enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelBoard:
    """A physical board; gateways, and so their devices, belong to it (S93, S94)."""

    id: int
    name: str
    description: str = ""
    is_enabled: bool = True
