"""The site's tree in Home Assistant's device registry."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final, TypedDict

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.typing import UNDEFINED

from .entity import SITE, device_identifier
from .ews.bus.readings import GatewayReport
from .ews.catalogue import Catalogue
from .ews.model import (
    Charger,
    Device,
    Gateway,
    Installation,
    Load,
    MeasureGroup,
    ObjectKind,
    PanelBoard,
    TcpLink,
)
from .installation import subentry_ids
from .pace import pace_of

type ObjectKey = tuple[ObjectKind, int]
"""Kind and permanent number of an object of a site."""

_LEGRAND: Final = "Legrand"


class _Place(TypedDict):
    """Where an object belongs, and what the registry knows it by."""

    config_entry_id: str
    config_subentry_id: str | None
    identifiers: set[tuple[str, str]]


def without_disabled(
    hass: HomeAssistant, entry: ConfigEntry, installation: Installation
) -> Installation:
    """Take out of service what the user has disabled in Home Assistant (S55, S90)."""
    registry = dr.async_get(hass)

    def is_disabled(kind: ObjectKind, object_id: int) -> bool:
        identifier = device_identifier(entry, kind, object_id)
        known = registry.async_get_device_by_identifier(identifier, entry.entry_id)
        return known is not None and known.disabled_by is not None

    gateways = {
        key: replace(gateway, is_enabled=False)
        for key, gateway in installation.gateways.items()
        if is_disabled(ObjectKind.GATEWAY, key)
    }
    devices = {
        key: replace(device, is_enabled=False)
        for key, device in installation.devices.items()
        if is_disabled(ObjectKind.DEVICE, key)
    }
    chargers = {
        key: replace(charger, is_enabled=False)
        for key, charger in installation.chargers.items()
        if is_disabled(ObjectKind.CHARGER, key)
    }
    return replace(
        installation,
        gateways={**installation.gateways, **gateways},
        devices={**installation.devices, **devices},
        chargers={**installation.chargers, **chargers},
    )


class DeviceTree:
    """Registers the objects of a site and knows what they are called there."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        installation: Installation,
        catalogue: Catalogue,
    ) -> None:
        """Speak of the objects of ``installation``."""
        self._hass = hass
        self._entry = entry
        self._installation = installation
        self._catalogue = catalogue
        self._registry = dr.async_get(hass)
        self._site_id: str | None = None
        self._ids: dict[ObjectKey, str] = {}
        self._subentry_ids = subentry_ids(entry)

    async def async_register(self, with_totals: Collection[ObjectKey]) -> None:
        """Register the site, then gateways, then devices: each is reached by another.

        Loads, groups and boards are there if they have totals; those that have lost
        theirs are taken out.
        """
        site = self._installation
        self._site_id = self._registry.async_get_or_create(
            config_entry_id=self._entry.entry_id,
            identifiers={device_identifier(self._entry, SITE)},
            name=site.name,
            entry_type=dr.DeviceEntryType.SERVICE,
        ).id
        pace = pace_of(self._hass)
        for gateway in site.gateways.values():
            self._add_gateway(gateway)
        for charger in site.chargers.values():
            if self._is_stored(ObjectKind.CHARGER, charger.id):
                self._add_charger(charger)
        async for device in pace.each(site.devices.values()):
            if self._is_stored(ObjectKind.DEVICE, device.id):
                self._add_device(device)
        parts: Iterator[tuple[ObjectKind, Load | MeasureGroup | PanelBoard]] = (
            (kind, part)
            for kind, parts in (
                (ObjectKind.LOAD, site.loads),
                (ObjectKind.GROUP, site.groups),
                (ObjectKind.BOARD, site.boards),
            )
            for part in parts.values()
        )
        async for kind, part in pace.each(parts):
            if (kind, part.id) in with_totals and self._is_stored(kind, part.id):
                self._add_part(kind, part)
        self._remove_stale()

    def id_of(self, kind: ObjectKind, object_id: int) -> str | None:
        """Return an object's id in the registry, None where it is not registered."""
        return self._ids.get((kind, object_id))

    def owns(self, registry_id: str) -> bool:
        """Whether a registered device is an object that the site has now."""
        return registry_id == self._site_id or registry_id in self._ids.values()

    @callback
    def async_take_identity(self, report: GatewayReport) -> None:
        """Show the serial number and firmware that devices have told."""
        for device_id, device in report.devices.items():
            registry_id = self.id_of(ObjectKind.DEVICE, device_id)
            if not device.identity or registry_id is None:
                continue
            serial = device.identity.get("serial")
            firmware = device.identity.get("firmware")
            known = self._registry.async_get(registry_id)
            if not isinstance(known, dr.DeviceEntry):
                continue
            serial, firmware = (
                serial or known.serial_number,
                firmware or known.sw_version,
            )
            if (serial, firmware) != (known.serial_number, known.sw_version):
                self._registry.async_update_device(
                    registry_id, serial_number=serial, sw_version=firmware
                )

    def _add_gateway(self, gateway: Gateway) -> None:
        link = gateway.link
        if isinstance(link, TcpLink):
            model = "Modbus RTU over TCP" if link.is_rtu else "Modbus TCP"
        else:
            model = "Modbus RTU"
        self._ids[ObjectKind.GATEWAY, gateway.id] = self._registry.async_get_or_create(
            **self._place(ObjectKind.GATEWAY, gateway.id),
            name=gateway.name,
            model=model,
            via_device_id=self._site_id,
        ).id

    def _add_charger(self, charger: Charger) -> None:
        self._ids[ObjectKind.CHARGER, charger.id] = self._registry.async_get_or_create(
            **self._place(ObjectKind.CHARGER, charger.id),
            name=charger.name,
            via_device_id=self._site_id,
        ).id

    def _add_device(self, device: Device) -> None:
        model = self._catalogue.models.get(device.model or "")
        is_legrand = model is not None and model.key.isdigit()
        self._ids[ObjectKind.DEVICE, device.id] = self._registry.async_get_or_create(
            **self._place(ObjectKind.DEVICE, device.id),
            name=device.name,
            manufacturer=_LEGRAND if is_legrand else None,
            model=model.description(self._hass.config.language) if model else None,
            model_id=model.printed if model else None,
            via_device_id=self.id_of(ObjectKind.GATEWAY, device.gateway_id)
            or self._site_id,
        ).id

    def _add_part(
        self, kind: ObjectKind, part: Load | MeasureGroup | PanelBoard
    ) -> None:
        key = part.key if isinstance(part, Load) else None
        self._ids[kind, part.id] = self._registry.async_get_or_create(
            **self._place(kind, part.id),
            entry_type=dr.DeviceEntryType.SERVICE,
            name=part.name if key is None else UNDEFINED,
            translation_key=None if key is None else f"load_{key}",
            via_device_id=self._site_id,
        ).id

    def _place(self, kind: ObjectKind, object_id: int) -> _Place:
        return {
            "config_entry_id": self._entry.entry_id,
            "config_subentry_id": self._subentry_id(kind, object_id),
            "identifiers": {device_identifier(self._entry, kind, object_id)},
        }

    def _subentry_id(self, kind: ObjectKind, object_id: int) -> str | None:
        return self._subentry_ids.get((kind, object_id))

    def _is_stored(self, kind: ObjectKind, object_id: int) -> bool:
        """Whether an object was not deleted since the site was assembled."""
        subentry_id = self._subentry_id(kind, object_id)
        return subentry_id is None or subentry_id in self._entry.subentries

    def _remove_stale(self) -> None:
        registered = dr.async_entries_for_config_entry(
            self._registry, self._entry.entry_id
        )
        own = {self._site_id, *self._ids.values()}
        for device in registered:
            if device.id not in own:
                self._registry.async_remove_device(device.id)


@callback
def async_is_switched(
    hass: HomeAssistant,
    entry: ConfigEntry,
    event: Event[dr.EventDeviceRegistryUpdatedData],
) -> bool:
    """Whether the event says that a device of the site was disabled or enabled."""
    data = event.data
    if data["action"] != "update" or "disabled_by" not in data["changes"]:
        return False
    device = dr.async_get(hass).async_get(data["device_id"])
    return device is not None and device.config_entry_id == entry.entry_id
