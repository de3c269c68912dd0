"""What is added together with a device: more inputs, the other channels, or one alike."""

from abc import abstractmethod
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from homeassistant.config_entries import SubentryFlowResult
import probatio

from ..ews.model import Address, Device
from ..ews.model.codec import encode_device
from ..ews.model.rules import clean_name, default_device_name
from .device_base import DeviceFlowBase
from .forms import TEXT, FormErrors, Input, UserInput
from .proposing import free_inputs, missing_channels

_PLACES: Final = ("gateway_id", "address", "position", "side")
"""Fields of the rules that a form of names alone does not have."""


class Further(StrEnum):
    """What follows a device that is saved."""

    NOTHING = "save_device"
    ANOTHER = "save_another"
    INPUTS = "save_inputs"
    CHANNELS = "save_channels"


class FurtherSteps(DeviceFlowBase):
    """Store a device, with whatever is wanted of the same kind."""

    _further = Further.NOTHING

    @abstractmethod
    async def _show_next(self, saved: Device) -> SubentryFlowResult:
        """Ask for another device like one that was just stored."""

    async def _ways_to_save(self) -> list[str]:
        """Return what the user can choose once the device has answered."""
        ways = [Further.NOTHING]
        if not self.is_change:
            ways.append(Further.ANOTHER)
            if await self._free_inputs():
                ways.append(Further.INPUTS)
            elif missing_channels(self._draft(), self._chosen_model(), self.site()):
                ways.append(Further.CHANNELS)
        return [way.value for way in ways]

    async def async_step_inputs(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the names of the meters on the other inputs (S68)."""
        first = self._draft()
        fields = {
            f"input_{n}": replace(first.address, position=n)
            for n in await self._free_inputs()
        }
        errors = FormErrors()
        if user_input is not None:
            named = {
                field: (user_input[field], address)
                for field, address in fields.items()
                if clean_name(user_input.get(field, ""))
            }
            others = await self._like(first, named, errors)
            if not errors:
                return await self._store_all([first, *others])
        return self._names_form("inputs", list(fields), user_input, errors)

    async def async_step_other_channels(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Ask for the names of the module's other channels; all are added."""
        first = self._draft()
        addresses = missing_channels(first, self._chosen_model(), self.site())
        fields = {
            f"channel_{n}": address for n, address in enumerate(addresses, start=1)
        }
        errors = FormErrors()
        if user_input is not None:
            named = {
                field: (user_input.get(field, ""), address)
                for field, address in fields.items()
            }
            others = await self._like(first, named, errors)
            if not errors:
                return await self._store_all([first, *others])
        return self._names_form("other_channels", list(fields), user_input, errors)

    async def _store_further(self, devices: list[Device]) -> SubentryFlowResult:
        """Store devices, after what is to be asked of the others of their kind."""
        if self._further is Further.INPUTS and await self._free_inputs():
            return await self.async_step_inputs()
        if self._further is Further.CHANNELS and missing_channels(
            self._draft(), self._chosen_model(), self.site()
        ):
            return await self.async_step_other_channels()
        return await self._store_all(devices)

    async def _store_all(self, devices: list[Device]) -> SubentryFlowResult:
        objects = [(device.name, encode_device(device)) for device in devices]
        if self._further is not Further.ANOTHER:
            return self.store_several(objects)
        for one in objects:
            self.add(*one)
        self._further = Further.NOTHING
        return await self._show_next(devices[-1])

    async def _free_inputs(self) -> tuple[int, ...]:
        """Return the inputs beside that of the device in the making."""
        device = self._draft()
        if device.pulse_input is None:
            return ()
        concentrator = (await self._catalogue()).models[device.pulse_input.concentrator]
        free = free_inputs(
            self.site(), device.gateway_id, device.address.unit, concentrator
        )
        return tuple(n for n in free if n != device.address.position)

    async def _like(
        self, first: Device, named: dict[str, tuple[str, Address]], errors: FormErrors
    ) -> list[Device]:
        """Return devices that differ from the first by name and address only."""
        catalogue = await self._catalogue()
        others: list[Device] = []
        for field, (text, address) in named.items():
            other = replace(first, name=clean_name(text), address=address)
            if other.pulse_input is not None:
                pulses = replace(other.pulse_input, start=Decimal(0))
                other = replace(other, pulse_input=pulses)
            around = self._surroundings([first, *others])
            if not other.name:
                other = replace(other, name=default_device_name(other, around))
            problems = self._problems(other, catalogue, [first, *others])
            errors.add_problems(
                problems, {"name": field, **dict.fromkeys(_PLACES, "base")}
            )
            others.append(other)
        return others

    def _names_form(
        self,
        step: str,
        fields: list[str],
        user_input: UserInput | None,
        errors: FormErrors,
    ) -> SubentryFlowResult:
        device = self._draft()
        channels = missing_channels(device, self._chosen_model(), self.site())
        schema = probatio.Schema({probatio.Optional(field): TEXT for field in fields})
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(schema, user_input or {}),
            errors=errors.errors,
            description_placeholders={
                "name": device.name,
                "address": str(device.address.unit),
                "addresses": ", ".join(str(address) for address in channels),
                **errors.placeholders,
            },
        )
