"""What all steps of a device's flow share: the catalogue, and the device so far."""

from collections.abc import Sequence
from typing import ClassVar

from ..ews.catalogue import Catalogue, Model
from ..ews.catalogue.places import counted_fluid, may_share_address
from ..ews.model import Device, Installation, ObjectKind
from ..ews.model.problems import Problem
from ..ews.model.rules import check_device
from .bus_test import (
    DEVICE_FAULTS,
    GATEWAY_FAULTS,
    DeviceResult,
    async_test_device,
)
from .catalogue import async_readable_catalogue
from .forms import FormErrors
from .naming import BADGES
from .subentry import ObjectFlow, with_devices
from .texts import async_hint, async_option_text


class DeviceFlowBase(ObjectFlow):
    """The device that a flow is about."""

    kind: ClassVar[ObjectKind] = ObjectKind.DEVICE

    _gateway_id = 0
    _model: Model | None = None
    _device: Device | None = None
    _stored: Device | None = None

    async def _catalogue(self) -> Catalogue:
        return await async_readable_catalogue(self.hass)

    def _surroundings(self, together: Sequence[Device] = ()) -> Installation:
        """Return the site around a device, with what is stored together with it."""
        return with_devices(self.site(), together)

    def _problems(
        self, device: Device, catalogue: Catalogue, together: Sequence[Device] = ()
    ) -> list[Problem]:
        return check_device(
            device,
            self._surroundings(together),
            may_share=may_share_address(catalogue),
            fluid_of=counted_fluid(catalogue),
        )

    async def _test(self, device: Device, errors: FormErrors, at: str) -> DeviceResult:
        """Read the device once; a fault of its own is put at field ``at``."""
        gateway = self.site().gateways[device.gateway_id]
        result = await async_test_device(self.hass, gateway, device)
        if result.error is not None:
            place, key = "base", result.error
            if key in GATEWAY_FAULTS:
                key = f"gateway_{key}"
            elif key in DEVICE_FAULTS:
                place = at
            is_input = device.pulse_input is not None
            address = device.address.unit if is_input else device.place
            values = {
                "address": str(address),
                "gateway": gateway.name,
                "other_map": result.other_map or "",
            }
            errors.add(place, key, values)
        return result

    async def _model_placeholders(self) -> dict[str, str]:
        model = self._chosen_model()
        catalogue = await self._catalogue()
        pulse_input = None if self._device is None else self._device.pulse_input
        source = catalogue.source_of(model, pulse_input)
        gateway = self.site().gateways.get(self._gateway_id)
        known_by = await async_option_text(self.hass, "provenance", source.provenance)
        return {
            "gateway": "–" if gateway is None else gateway.name,
            "model": self._model_name(model),
            "provenance": f"{BADGES[source.provenance]} {known_by}",
            "hint": await async_hint(self.hass, model),
        }

    def _model_name(self, model: Model) -> str:
        """Return the number on its front, which needs no language, else what it is."""
        return model.printed or model.description(self.hass.config.language)

    def _chosen_model(self) -> Model:
        if self._model is None:  # later steps come after the choice of a model
            raise RuntimeError("no model was chosen")
        return self._model

    def _draft(self) -> Device:
        if self._device is None:  # offered only after the form
            raise RuntimeError("no device was described")
        return self._device
