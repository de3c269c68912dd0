"""The last steps of a device: its channels, its checked map, the other side."""

from dataclasses import replace
from typing import Final

from homeassistant.config_entries import SubentryFlowResult
import probatio

from ..ews.catalogue import Catalogue, Model
from ..ews.catalogue.commands import Command
from ..ews.catalogue.families import Function
from ..ews.model import Device
from ..ews.model.device import PHASES, SIDES
from ..ews.model.rules import clean_name, default_device_name
from .forms import (
    SAVE_WITHOUT_TEST,
    SWITCH,
    TEXT,
    FormErrors,
    Input,
    choice,
    number_or_none,
)
from .further import FurtherSteps
from .texts import async_channel_names, async_command_list, has_channels

LONGEST_NAME: Final = 60
"""Letters of an input's name; longer ones fit in no list."""
_SIDE_FIELDS: Final = {"address": "base", "side": "base", "gateway_id": "base"}
"""The other side's form asks for no place: what is wrong with it stands above."""


class FinishSteps(FurtherSteps):
    """Ask what can only be asked of a described device, then store it."""

    _is_single_change = False
    """Whether one thing of a stored device is changed, without the form."""
    _was_tested = True
    _first_side: Device | None = None
    """The side of a station that is stored together with the one in the making."""

    async def async_step_channels(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the names of inputs and outputs (S86)."""
        device = self._draft()
        model = self._model_as_read(await self._catalogue(), device)
        usual = await async_channel_names(self.hass, model.quantities)
        errors = FormErrors()
        names: dict[str, str] = dict(device.channel_names)
        if user_input is not None:
            names = {key: clean_name(user_input.get(key, "")) for key in usual}
            names = {key: name for key, name in names.items() if name}
            limit = {"limit": str(LONGEST_NAME)}
            for key, name in names.items():
                if len(name) > LONGEST_NAME:
                    errors.add(key, "name_too_long", limit)
            if not errors:
                self._device = replace(device, channel_names=names)
                if self._is_single_change:
                    return await self._store()
                return await self._after_channels()
        schema = probatio.Schema({probatio.Optional(key): TEXT for key in usual})
        return self.async_show_form(
            step_id="channels",
            data_schema=self.add_suggested_values_to_schema(schema, names),
            errors=errors.errors,
            description_placeholders={"name": device.name, **errors.placeholders},
            last_step=False,
        )

    async def async_step_confirm_map(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Ask whether the map was checked; only then do its commands exist (D9)."""
        device = self._draft()
        if user_input is not None:
            is_confirmed = user_input["is_map_confirmed"]
            self._device = replace(device, is_map_confirmed=is_confirmed)
            if self._is_single_change:
                return await self._store()
            return await self._after_confirmation()
        catalogue = await self._catalogue()
        model = self._model_as_read(catalogue, device)
        waiting = _waiting_commands(model, catalogue)
        return self.async_show_form(
            step_id="confirm_map",
            data_schema=probatio.Schema(
                {
                    probatio.Required(
                        "is_map_confirmed", default=device.is_map_confirmed
                    ): SWITCH
                }
            ),
            description_placeholders={
                **await self._model_placeholders(),
                "name": device.name,
                "commands": await async_command_list(self.hass, waiting),
            },
            last_step=False,
        )

    async def async_step_other_side(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Offer to add the other side of the station in the same go (S74)."""
        device = self._draft()
        return self.async_show_menu(
            step_id="other_side",
            menu_options=["other_side_settings", "one_side_only"],
            description_placeholders={
                "name": device.name,
                "side": str(_other_side(device)),
            },
        )

    async def async_step_one_side_only(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Store the side that was described."""
        return await self._store()

    async def async_step_other_side_settings(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Ask for name and phase of the other side; all else is known (S74)."""
        model = self._chosen_model()
        first = self._first_side or self._draft()
        self._first_side = first
        side = _other_side(first)
        errors = FormErrors()
        if user_input is not None:
            other = replace(
                first,
                name=clean_name(user_input.get("name", "")),
                address=replace(first.address, position=side),
                phase=number_or_none(user_input, "phase"),
            )
            site = self._surroundings([first])
            if not other.name:
                other = replace(other, name=default_device_name(other, site))
            catalogue = await self._catalogue()
            errors.add_problems(self._problems(other, catalogue, [first]), _SIDE_FIELDS)
            is_complete = not user_input.get(SAVE_WITHOUT_TEST) and not errors
            if is_complete and self._was_tested and other.is_enabled:
                await self._test(other, errors, "base")
            if not errors:
                self._device = other
                return await self._store()
        fields: dict[probatio.Marker, object] = {probatio.Optional("name"): TEXT}
        if model.asks_phase:
            phases = [str(phase) for phase in PHASES]
            fields[probatio.Required("phase")] = choice(phases, "phase")
        if SAVE_WITHOUT_TEST in (user_input or {}) or "base" in errors.errors:
            fields[probatio.Required(SAVE_WITHOUT_TEST, default=False)] = SWITCH
        suggested = user_input or {"phase": first.phase and str(first.phase)}
        return self.async_show_form(
            step_id="other_side_settings",
            data_schema=self.add_suggested_values_to_schema(
                probatio.Schema(fields), suggested
            ),
            errors=errors.errors,
            description_placeholders={
                **await self._model_placeholders(),
                "address": str(first.address.unit),
                "side": str(side),
                **errors.placeholders,
            },
        )

    async def _finish(
        self, device: Device, *, was_tested: bool = True
    ) -> SubentryFlowResult:
        """Ask what is left to ask of a described device, and store it."""
        self._device = device
        self._was_tested = was_tested
        is_same_model = self._stored is not None and self._stored.model == device.model
        model = self._model_as_read(await self._catalogue(), device)
        # Inputs of a meter are an option that few have: they are named later, if at all.
        is_meter = Function.MEASURE in model.functions
        if has_channels(model) and not is_meter and not is_same_model:
            return await self.async_step_channels()
        return await self._after_channels()

    async def _after_channels(self) -> SubentryFlowResult:
        """Ask for the confirmation where commands wait for it.

        Nobody can have compared a device with its display that has not answered.
        """
        device = self._draft()
        catalogue = await self._catalogue()
        model = self._model_as_read(catalogue, device)
        is_asked = self._was_tested and not device.is_map_confirmed
        is_new_map = self._stored is None or self._stored.model != device.model
        if is_asked and is_new_map and _waiting_commands(model, catalogue):
            return await self.async_step_confirm_map()
        return await self._after_confirmation()

    async def _after_confirmation(self) -> SubentryFlowResult:
        device = self._draft()
        if device.side is None or self.is_change:
            return await self._store()
        other = replace(device.address, position=_other_side(device))
        behind = self.site().devices_behind(device.gateway_id)
        if any(x.address == other for x in behind):
            return await self._store()
        return await self.async_step_other_side()

    async def _store(self) -> SubentryFlowResult:
        first, self._first_side = self._first_side, None
        device = self._draft()
        return await self._store_further([device] if first is None else [first, device])

    def _changes(self, device: Device, catalogue: Catalogue) -> list[str]:
        """Return what of a stored device can be changed by itself."""
        model = self._model_as_read(catalogue, device)
        changes = ["device"]
        if has_channels(model):
            changes.append("channels")
        if _waiting_commands(model, catalogue) or model.is_unverified:
            changes.append("confirm_map")
        return [*changes, "pick"]

    def _model_as_read(self, catalogue: Catalogue, device: Device) -> Model:
        """Return the model as the device's parameters make it."""
        return catalogue.model_of(self._chosen_model().key, device.parameters)


def _waiting_commands(model: Model, catalogue: Catalogue) -> list[Command]:
    """Return the commands that do not exist until the map is confirmed."""
    return [
        command
        for command in catalogue.commands_of(model, is_confirmed=True)
        if catalogue.awaits_confirmation(model, command)
    ]


def _other_side(device: Device) -> int:
    return next(side for side in SIDES if side != device.side)
