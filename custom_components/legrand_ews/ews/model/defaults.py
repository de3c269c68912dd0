"""Factory defaults of a new site, in one place (S270).

The defaults of a gateway's line and of a device's supply stand at their fields.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .grouping import PREDEFINED_LOAD_IDS, Load, PredefinedLoad

SAMPLE_MINUTES: Final = 10
"""Recording interval (S113)."""
LOCAL_GATEWAY_NAME: Final = "Local"
"""Name of the gateway on this machine's own RS-485 port (S50)."""

_PREDEFINED: Final[Mapping[PredefinedLoad, tuple[str, str]]] = MappingProxyType(
    {
        PredefinedLoad.HEATING: ("Heating", "#d1495b"),
        PredefinedLoad.COOLING: ("Air conditioning", "#2f8fc4"),
        PredefinedLoad.HOT_WATER: ("Hot water", "#e8853d"),
        PredefinedLoad.LIGHTING: ("Lighting", "#e6b422"),
        PredefinedLoad.SOCKETS: ("Sockets", "#5c9e54"),
        PredefinedLoad.VENTILATION: ("Ventilation", "#3fb0a6"),
        PredefinedLoad.OTHERS: ("Others", "#8a8f98"),
        PredefinedLoad.GAS: ("Gas", "#8c6bb1"),
        PredefinedLoad.WATER: ("Water", "#3a5fcd"),
    }
)


def predefined_load(
    key: PredefinedLoad, *, color: str | None = None, is_enabled: bool = True
) -> Load:
    """Return a load of every site (S95); without ``color`` in its factory colour."""
    name, factory_color = _PREDEFINED[key]
    return Load(
        id=PREDEFINED_LOAD_IDS[key],
        name=name,
        color=color or factory_color,
        key=key,
        is_enabled=is_enabled,
    )
