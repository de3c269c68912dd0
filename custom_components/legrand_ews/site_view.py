"""A site as the dashboards see it: objects, names in the user's language, entities."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations

from .const import DOMAIN
from .entities.quality import SENSOR as QUALITY_SENSOR
from .entity import device_identifier
from .ews.model import Device, Gateway, Load, ObjectKind, PredefinedLoad, TcpLink
from .ews.model.linking import linked_devices
from .ews.model.scaling import unit_of
from .ews.quantities import QUANTITIES
from .runtime import EwsConfigEntry

_READING: Final = (Platform.SENSOR, Platform.BINARY_SENSOR)
"""Domains whose entities show; those of commands set."""
_PRIORITY: Final = "charging_priority"
"""A setting of ours that stands with the commands of a station (S125)."""


async def async_load_names(
    hass: HomeAssistant, language: str
) -> dict[PredefinedLoad, str]:
    """Return the names of the predefined loads in a language."""
    texts = await async_get_translations(hass, language, "device", {DOMAIN})
    names = {
        key: texts.get(f"component.{DOMAIN}.device.load_{key}.name")
        for key in PredefinedLoad
    }
    return {key: name for key, name in names.items() if name is not None}


async def async_describe_site(
    hass: HomeAssistant, entry: EwsConfigEntry, language: str
) -> dict[str, Any]:
    """Return the answer of the command ``legrand_ews/site``."""
    view = _SiteView(hass, entry, language, await async_load_names(hass, language))
    site = entry.runtime_data.installation
    return {
        "config_entry_id": entry.entry_id,
        "name": site.name,
        "currency": hass.config.currency,
        "time_zone": site.zone.key,
        "sample_length": int(site.sample_length.total_seconds()),
        "has_gas_factor": bool(site.gas_factors),
        "gateways": [view.gateway(x) for x in site.gateways.values()],
        "boards": [
            {
                "id": x.id,
                "name": x.name,
                "description": x.description,
                "enabled": x.is_enabled,
                "device_id": view.device_id(ObjectKind.BOARD, x.id),
            }
            for x in site.boards.values()
        ],
        "loads": [view.load(x) for x in site.loads.values()],
        "groups": [
            {
                "id": x.id,
                "name": x.name,
                "description": x.description,
                "enabled": x.is_enabled,
            }
            for x in site.groups.values()
        ],
        "devices": [view.device(x) for x in site.devices.values()],
        "quantities": _quantities(entry.runtime_data.quantities.values()),
    }


def _quantities(present: Iterable[Iterable[str]]) -> dict[str, dict[str, Any]]:
    """Unit, digits and named values of every quantity that some device has."""
    keys = sorted(set(chain.from_iterable(present)))
    return {
        key: {
            "unit": QUANTITIES[key].unit,
            "decimals": QUANTITIES[key].decimals,
            "options": list(QUANTITIES[key].options),
        }
        for key in keys
    }


class _SiteView:
    """Looks up what objects are called in the registries and in a language."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: EwsConfigEntry,
        language: str,
        load_names: Mapping[PredefinedLoad, str],
    ) -> None:
        self._entry = entry
        self._runtime = entry.runtime_data
        self._language = language
        self._linked = linked_devices(entry.runtime_data.installation)
        self._load_names = load_names
        entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        self._entity_ids = {
            (entity.domain, entity.unique_id): entity.entity_id
            for entity in entities
            if entity.disabled_by is None
        }

    def device_id(self, kind: ObjectKind, object_id: int) -> str | None:
        return self._runtime.tree.id_of(kind, object_id)

    def entity_id(
        self, domains: Iterable[str], kind: ObjectKind, object_id: int, key: str
    ) -> str | None:
        """The entity of one of the domains that shows or sets ``key``."""
        _, name = device_identifier(self._entry, kind, object_id)
        found = (self._entity_ids.get((domain, f"{name}_{key}")) for domain in domains)
        return next((entity_id for entity_id in found if entity_id), None)

    def gateway(self, gateway: Gateway) -> dict[str, Any]:
        link = gateway.link
        address = f"{link.host}:{link.port}" if isinstance(link, TcpLink) else link.port
        return {
            "id": gateway.id,
            "name": gateway.name,
            "description": gateway.description,
            "address": address,
            "board": gateway.board_id,
            "enabled": gateway.is_enabled,
            "device_id": self.device_id(ObjectKind.GATEWAY, gateway.id),
            "status_entity": self.entity_id(
                _READING, ObjectKind.GATEWAY, gateway.id, "connectivity"
            ),
        }

    def load(self, load: Load) -> dict[str, Any]:
        return {
            "id": load.id,
            "key": load.key,
            "name": self._load_names.get(load.key, load.name)
            if load.key is not None
            else load.name,
            "color": load.color,
            "enabled": load.is_enabled,
        }

    def _waiting_commands(self, device: Device) -> list[str]:
        """Commands that exist once the user has confirmed the register map (D9)."""
        checked = replace(device, is_map_confirmed=True)
        known = {command.key for command in self._runtime.commands_of(device)}
        return [
            command.key
            for command in self._runtime.commands_of(checked)
            if command.key not in known
        ]

    def _quality_entity(self, device: Device) -> str | None:
        """The sensor of the weekly check of a power-quality device (S88).

        One that a former power-quality device left in the registry has no state.
        """
        if device.id not in self._runtime.power_quality.devices:
            return None
        return self.entity_id(
            [Platform.SENSOR], ObjectKind.DEVICE, device.id, QUALITY_SENSOR.key
        )

    def device(self, device: Device) -> dict[str, Any]:
        site = self._runtime.installation
        catalogue = self._runtime.catalogue
        model = self._runtime.model_of(device)
        source = self._runtime.source_of(device)
        family = None if model is None else catalogue.families.get(model.family)
        board = site.board_of(device)
        entities = {
            quantity: self.entity_id(_READING, ObjectKind.DEVICE, device.id, quantity)
            for quantity in self._runtime.quantities[device.id]
        }
        units = {
            quantity: unit
            for quantity in entities
            if (unit := unit_of(quantity, device.parameters)) is not None
        }
        commands = {
            command.key: self.entity_id(
                [command.kind], ObjectKind.DEVICE, device.id, command.key
            )
            for command in self._runtime.commands_of(device)
        }
        known = list(commands)
        priority = self.entity_id(
            [Platform.SELECT], ObjectKind.DEVICE, device.id, _PRIORITY
        )
        if priority is not None:
            known.append(_PRIORITY)
            commands[_PRIORITY] = priority
        return {
            "id": device.id,
            "name": device.name,
            "gateway": device.gateway_id,
            "address": device.place,
            "family": None if family is None else family.key,
            "family_name": None if family is None else family.title(self._language),
            "model": device.model,
            "printed": None if model is None else model.printed,
            "description": (
                None if model is None else model.description(self._language)
            ),
            "load": site.load_of(device).id,
            "groups": list(device.group_ids),
            "board": None if board is None else board.id,
            "fluid": None if model is None else model.fluid,
            "provenance": None if source is None else source.provenance,
            "confidence": None if source is None else source.confidence,
            "enabled": device.is_enabled,
            "excluded_from_totals": device.is_excluded_from_totals,
            "upstream": device.upstream_device_id,
            "is_linked": device.id in self._linked,
            "is_priority": device.is_priority,
            "has_harmonics": model is not None and bool(model.harmonics),
            "functions": [] if model is None else list(model.functions),
            "map_confirmed": device.is_map_confirmed,
            "channels": dict(device.channel_names),
            "quantities": list(self._runtime.quantities[device.id]),
            "known_commands": known,
            "waiting_commands": self._waiting_commands(device),
            "device_id": self.device_id(ObjectKind.DEVICE, device.id),
            "status_entity": self.entity_id(
                _READING, ObjectKind.DEVICE, device.id, "status"
            ),
            "power_quality_entity": self._quality_entity(device),
            "units": units,
            "entities": {key: name for key, name in entities.items() if name},
            "commands": {key: name for key, name in commands.items() if name},
        }
