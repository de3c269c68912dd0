"""Which devices are in a load or a measure group, and which chargers in a circuit."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..ews.model import Charger, Device, Installation, ObjectKind, PredefinedLoad
from ..ews.model.charger import MAIN_CIRCUIT
from ..ews.model.charger_codec import encode_charger
from ..ews.model.codec import encode_device
from ..ews.model.grouping import PREDEFINED_LOAD_IDS
from ..installation import installation_of, subentry_of

_FLUID_LOADS = frozenset(
    PREDEFINED_LOAD_IDS[key] for key in (PredefinedLoad.GAS, PredefinedLoad.WATER)
)


def load_candidates(site: Installation, load_id: int) -> dict[str, str]:
    """Return the devices that a load can take, each with the load it would leave.

    Gas and water meters stay in their own loads (S70). Without a load of its own, a
    device counts in *others* and leaves nothing (S95).
    """
    labels = {}
    for device in site.devices.values():
        if device.load_id in _FLUID_LOADS:
            continue
        present = site.loads.get(device.load_id or 0)
        is_elsewhere = present is not None and present.id != load_id
        labels[str(device.id)] = (
            f"{device.name} ({present.name})"
            if present is not None and is_elsewhere
            else device.name
        )
    return labels


def group_candidates(site: Installation) -> dict[str, str]:
    """Return the devices that a measure group can have: all of them (S98)."""
    return {str(device.id): device.name for device in site.devices.values()}


@callback
def async_put_in_load(
    hass: HomeAssistant, entry: ConfigEntry, load_id: int, chosen: set[int]
) -> None:
    """Give the chosen devices a load; one that is left out has none any more."""

    def moved(device: Device) -> Device:
        if device.id in chosen:
            return replace(device, load_id=load_id)
        return replace(device, load_id=None) if device.load_id == load_id else device

    _async_change(hass, entry, moved)


@callback
def async_put_in_group(
    hass: HomeAssistant, entry: ConfigEntry, group_id: int, chosen: set[int]
) -> None:
    """Put the chosen devices into a group, and only those; other groups stay."""

    def moved(device: Device) -> Device:
        if (device.id in chosen) is (group_id in device.group_ids):
            return device
        others = tuple(x for x in device.group_ids if x != group_id)
        groups = (*others, group_id) if device.id in chosen else others
        return replace(device, group_ids=groups)

    _async_change(hass, entry, moved)


def on_main(chargers: Mapping[int, Charger]) -> dict[int, Charger]:
    """Return chargers as they are fed where there are no circuits inside the building."""
    return {key: replace(one, circuit_id=MAIN_CIRCUIT) for key, one in chargers.items()}


@callback
def async_put_on_main(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Take all chargers from circuits inside the building, which are no more."""
    chargers = installation_of(hass, entry).chargers
    for number, charger in on_main(chargers).items():
        subentry = subentry_of(entry, ObjectKind.CHARGER, number)
        if subentry is not None and charger != chargers[number]:
            hass.config_entries.async_update_subentry(
                entry, subentry, data=encode_charger(charger)
            )


@callback
def _async_change(
    hass: HomeAssistant, entry: ConfigEntry, moved: Callable[[Device], Device]
) -> None:
    for device in installation_of(hass, entry).devices.values():
        subentry = subentry_of(entry, ObjectKind.DEVICE, device.id)
        changed = moved(device)
        if subentry is not None and changed != device:
            hass.config_entries.async_update_subentry(
                entry, subentry, data=encode_device(changed)
            )
