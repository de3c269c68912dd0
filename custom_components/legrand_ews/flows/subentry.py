"""What the flows of all objects share: the site around them, and how they are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.core import callback

from ..ews.model import Device, Installation, ObjectKind
from ..ews.model.codec import Plain
from ..installation import (
    CONF_ID,
    SUBENTRY_TYPES,
    async_take_id,
    installation_of,
    subentry_unique_id,
)

_IN_THE_MAKING = -1
"""First number of devices that are not stored yet; further ones count down."""


def with_devices(site: Installation, devices: Sequence[Device]) -> Installation:
    """Return the site with devices that are to be stored in the same go."""
    more = {
        _IN_THE_MAKING - n: replace(device, id=_IN_THE_MAKING - n)
        for n, device in enumerate(devices)
    }
    return replace(site, devices={**site.devices, **more})


class ObjectFlow(ConfigSubentryFlow):
    """Add one object to a site, or change it; its permanent number never changes."""

    kind: ClassVar[ObjectKind]

    @property
    def is_change(self) -> bool:
        """Whether a stored object is changed, not a new one added."""
        return self.source == SOURCE_RECONFIGURE

    def site(self) -> Installation:
        """Return the site as it is stored now."""
        return installation_of(self.hass, self._get_entry())

    @callback
    def store(
        self, name: str, data: Mapping[str, Plain], *, count: int = 1
    ) -> SubentryFlowResult:
        """Store the object and end the flow; a new one is given its number (S80).

        With ``count`` the user is told how many were stored together.
        """
        entry = self._get_entry()
        if self.is_change:
            return self.async_update_and_abort(
                entry, self._get_reconfigure_subentry(), title=name, data=data
            )
        number = async_take_id(self.hass, entry, self.kind)
        return self.async_create_entry(
            title=name,
            data={**data, CONF_ID: number},
            unique_id=subentry_unique_id(self.kind, number),
            description="several" if count > 1 else None,
            description_placeholders={"count": str(count)},
        )

    @callback
    def store_several(
        self, objects: Sequence[tuple[str, Mapping[str, Plain]]]
    ) -> SubentryFlowResult:
        """Store objects, by name and data, in one go; end the flow and count them."""
        *others, (name, data) = objects
        for other in others:
            self.add(*other)
        return self.store(name, data, count=len(objects))

    @callback
    def add(self, name: str, data: Mapping[str, Plain]) -> None:
        """Store one more object of the kind; the flow goes on."""
        entry = self._get_entry()
        number = async_take_id(self.hass, entry, self.kind)
        self.hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=MappingProxyType({**data, CONF_ID: number}),
                subentry_type=SUBENTRY_TYPES[self.kind],
                title=name,
                unique_id=subentry_unique_id(self.kind, number),
            ),
        )
