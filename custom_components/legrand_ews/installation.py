"""A configuration entry with its subentries and options, and the site it describes."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from .const import (
    SUBENTRY_BOARD,
    SUBENTRY_CHARGER,
    SUBENTRY_DEVICE,
    SUBENTRY_GATEWAY,
    SUBENTRY_GROUP,
    SUBENTRY_LOAD,
)
from .ews.model import Installation, Load, ObjectKind, PredefinedLoad, by_id
from .ews.model.charger_codec import decode_charger
from .ews.model.codec import (
    decode_board,
    decode_device,
    decode_gateway,
    decode_group,
    decode_link,
    decode_load,
    numbered_together,
    take_id,
)
from .ews.model.defaults import SAMPLE_MINUTES, predefined_load
from .ews.model.gas import decode_gas_factors

CONF_NEXT_IDS: Final = "next_ids"
CONF_ID: Final = "id"
OPTION_SAMPLE_MINUTES: Final = "sample_minutes"
OPTION_RECORD_HARMONICS: Final = "record_harmonics"
OPTION_PREDEFINED_LOADS: Final = "predefined_loads"
OPTION_GAS_FACTOR: Final = "gas_factor"
OPTION_LINKS: Final = "links"

SUBENTRY_TYPES: Final[Mapping[ObjectKind, str]] = MappingProxyType(
    {
        ObjectKind.GATEWAY: SUBENTRY_GATEWAY,
        ObjectKind.DEVICE: SUBENTRY_DEVICE,
        ObjectKind.LOAD: SUBENTRY_LOAD,
        ObjectKind.GROUP: SUBENTRY_GROUP,
        ObjectKind.BOARD: SUBENTRY_BOARD,
        ObjectKind.CHARGER: SUBENTRY_CHARGER,
    }
)


def installation_of(hass: HomeAssistant, entry: ConfigEntry) -> Installation:
    """Return the site that an entry describes; its time zone is Home Assistant's.

    Raises ConfigurationError at the field where what is stored cannot be read.
    """

    def decoded[T](
        kind: ObjectKind, decode: Callable[[Mapping[str, object]], T]
    ) -> list[T]:
        return [decode(subentry.data) for subentry in subentries_of(entry, kind)]

    return Installation(
        name=entry.title,
        zone=ZoneInfo(hass.config.time_zone),
        sample_length=timedelta(
            minutes=entry.options.get(OPTION_SAMPLE_MINUTES, SAMPLE_MINUTES)
        ),
        gateways=by_id(decoded(ObjectKind.GATEWAY, decode_gateway)),
        devices=by_id(decoded(ObjectKind.DEVICE, decode_device)),
        loads=by_id([*predefined_loads(entry), *decoded(ObjectKind.LOAD, decode_load)]),
        groups=by_id(decoded(ObjectKind.GROUP, decode_group)),
        boards=by_id(decoded(ObjectKind.BOARD, decode_board)),
        chargers=by_id(decoded(ObjectKind.CHARGER, decode_charger)),
        gas_factors=decode_gas_factors(entry.options.get(OPTION_GAS_FACTOR, [])),
        links=tuple(decode_link(x) for x in entry.options.get(OPTION_LINKS, ())),
    )


def predefined_loads(entry: ConfigEntry) -> list[Load]:
    """Return the loads of every site as the options colour and switch them (S95, S99)."""
    chosen = entry.options.get(OPTION_PREDEFINED_LOADS, {})
    return [
        predefined_load(
            key,
            color=chosen.get(key, {}).get("color"),
            is_enabled=chosen.get(key, {}).get("enabled", True),
        )
        for key in PredefinedLoad
    ]


def subentries_of(entry: ConfigEntry, kind: ObjectKind) -> list[ConfigSubentry]:
    """Return the subentries that hold objects of one kind."""
    return entry.get_subentries_of_type(SUBENTRY_TYPES[kind])


def subentry_ids(entry: ConfigEntry) -> dict[tuple[ObjectKind, int], str]:
    """Return the subentries of all objects of a site by kind and permanent number."""
    return {
        (kind, int(subentry.data[CONF_ID])): subentry.subentry_id
        for kind in SUBENTRY_TYPES
        for subentry in subentries_of(entry, kind)
    }


def subentry_of(
    entry: ConfigEntry, kind: ObjectKind, number: int
) -> ConfigSubentry | None:
    """Return the subentry of one object by its permanent number."""
    subentries = subentries_of(entry, kind)
    return next((x for x in subentries if x.data[CONF_ID] == number), None)


def subentry_unique_id(kind: ObjectKind, number: int) -> str:
    """Return the unique id of an object's subentry, unique over all kinds."""
    return f"{SUBENTRY_TYPES[kind]}_{number}"


@callback
def async_take_id(hass: HomeAssistant, entry: ConfigEntry, kind: ObjectKind) -> int:
    """Give out the next permanent number of a kind and remember that it is gone (S80)."""
    used = (
        subentry.data[CONF_ID]
        for together in numbered_together(kind)
        for subentry in subentries_of(entry, together)
    )
    number, counters = take_id(entry.data.get(CONF_NEXT_IDS, {}), kind, used)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, CONF_NEXT_IDS: counters}
    )
    return number
