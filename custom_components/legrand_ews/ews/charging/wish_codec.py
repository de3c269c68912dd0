"""How settings of the wishes are stored: text, whole numbers and flags."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ..model.codec import Plain
from ..model.encoded import Encoded, choice_at, decimal_at, flag_at, invalid, whole_at
from .external import ExternalLimit
from .wish_settings import TIMES, Solar, StationWish, WishSettings

_NUMBERS: Final = ("voltage_v", "grid_reserve_w", *TIMES)
_DEFAULTS: Final = WishSettings()


def encode_wishes(settings: WishSettings) -> dict[str, Plain]:
    """Encode the settings; see `decode_wishes`."""
    external = settings.external
    return {
        **{name: getattr(settings, name) for name in _NUMBERS},
        "external": None
        if external is None
        else {"safe_a": external.safe_a, "timeout_s": external.timeout_s},
        "stations": {
            str(number): {
                "solar": wished.solar.value,
                "price_limit": None
                if wished.price_limit is None
                else str(wished.price_limit),
                "can_switch_phases": wished.can_switch_phases,
            }
            for number, wished in settings.stations.items()
        },
    }


def decode_wishes(data: Encoded) -> WishSettings:
    """Decode the settings; what is not stored is off.

    Raises ConfigurationError ``data_invalid`` at the field that is wrong.
    """
    numbers: dict[str, Any] = {
        name: whole_at(data, name, getattr(_DEFAULTS, name)) for name in _NUMBERS
    }
    stations = {}
    for number, row in _row(data.get("stations", {}), "stations").items():
        if not number.isdecimal():
            raise invalid("stations")
        stations[int(number)] = _station(_row(row, "stations"))
    return WishSettings(
        **numbers,
        stations=MappingProxyType(stations),
        external=_external(data.get("external")),
    )


def _station(row: Encoded) -> StationWish:
    has_limit = row.get("price_limit") is not None
    return StationWish(
        solar=choice_at(Solar, row, "solar", Solar.OFF),
        price_limit=decimal_at(row, "price_limit", "0") if has_limit else None,
        can_switch_phases=flag_at(row, "can_switch_phases", default=False),
    )


def _external(row: object) -> ExternalLimit | None:
    if row is None:
        return None
    found = _row(row, "external")
    return ExternalLimit(
        safe_a=whole_at(found, "safe_a"),
        timeout_s=whole_at(found, "timeout_s", ExternalLimit(safe_a=0).timeout_s),
    )


def _row(row: object, at: str) -> Encoded:
    if not isinstance(row, Mapping):
        raise invalid(at)
    return row
