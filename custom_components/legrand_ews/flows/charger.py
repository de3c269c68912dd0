"""The flow of a charging station that another integration reads and tells."""

from typing import Final

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import DeviceSelector, DeviceSelectorConfig
import probatio

from ..ews.charging.charger_rules import check_charger
from ..ews.charging.specs import config_in
from ..ews.errors import ConfigurationError
from ..ews.model import Charger, ObjectKind
from ..ews.model.charger_codec import decode_charger, encode_charger
from ..greenup.presets import OTHER, Preset, async_presets, entities_of
from ..greenup.stored import charging_settings
from .catalogue import async_readable_catalogue
from .charger_form import (
    async_look,
    charger_schema,
    entity_schema,
    with_entities,
    with_figures,
    with_words,
    word_schema,
)
from .forms import FormErrors, Input
from .greenup_form import async_circuits
from .subentry import ObjectFlow
from .texts import async_option_text, async_pick_named

_DEVICE: Final = "device_id"


class ChargerFlow(ObjectFlow):
    """Add a charger of another integration, or change it: entities, words, figures."""

    kind = ObjectKind.CHARGER

    _charger = Charger(id=0, name="")

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask which integration it belongs to."""
        presets = await async_presets(self.hass)
        if user_input is not None:
            preset = presets[user_input["preset"]]
            self._charger = Charger(
                id=0,
                name="",
                preset=preset.key,
                report_s=preset.report_s,
                stops_at_zero=preset.stops_at_zero,
            )
            if preset.domain is None:
                return await self.async_step_entities()
            return await self.async_step_charger_device()
        other = await async_option_text(self.hass, "charger_preset", OTHER)
        labels = {x.key: x.title for x in presets.values()} | {OTHER: other}
        return self.async_show_form(
            step_id="user",
            data_schema=probatio.Schema(
                {
                    probatio.Required("preset"): await async_pick_named(
                        self.hass, "charger_preset", labels
                    )
                }
            ),
            last_step=False,
        )

    async def async_step_charger_device(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Ask for the device, whose entities are then proposed."""
        preset = await self._preset()
        if user_input is not None:
            if (chosen := user_input.get(_DEVICE)) is not None:
                self._propose(preset, chosen)
            return await self.async_step_entities()
        selector = DeviceSelector(
            DeviceSelectorConfig(filter=[{"integration": preset.domain or ""}])
        )
        return self.async_show_form(
            step_id="charger_device",
            data_schema=probatio.Schema({probatio.Optional(_DEVICE): selector}),
            description_placeholders={"integration": preset.title},
            last_step=False,
        )

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Offer what can be changed."""
        self._charger = decode_charger(self._get_reconfigure_subentry().data)
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["figures", "entities"],
            description_placeholders={"name": self._charger.name},
        )

    async def async_step_entities(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask which entity means what."""
        errors = FormErrors()
        if user_input is not None:
            charger = with_entities(
                self.hass, self._charger, user_input, self.site(), errors
            )
            if not errors:
                self._charger = charger
                return await self.async_step_words()
        return self.async_show_form(
            step_id="entities",
            data_schema=self.add_suggested_values_to_schema(
                entity_schema(self._charger), user_input or {}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    async def async_step_words(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask what the words of its state mean."""
        errors = FormErrors()
        schema, filled = word_schema(self.hass, self._charger, await self._preset())
        if user_input is not None:
            charger = with_words(self._charger, user_input, errors)
            if not errors:
                self._charger = charger
                return await self.async_step_figures()
            filled = dict(user_input)
        return self.async_show_form(
            step_id="words",
            data_schema=self.add_suggested_values_to_schema(schema, filled),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    async def async_step_figures(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for its name, its phases and its currents."""
        errors = FormErrors()
        settings = charging_settings(self._get_entry())
        site = self.site()
        if user_input is not None:
            try:
                charger = with_figures(self._charger, user_input)
            except ConfigurationError as error:
                errors.add_error(error)
            else:
                catalogue = await async_readable_catalogue(self.hass)
                config = config_in(site, catalogue, settings)
                errors.add_problems(check_charger(charger, site, config))
                if not errors:
                    self._charger = charger
                    return await self.async_step_preview()
        circuits = await async_circuits(self.hass, settings)
        return self.async_show_form(
            step_id="figures",
            data_schema=self.add_suggested_values_to_schema(
                charger_schema(self._charger, circuits), user_input or {}
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    async def async_step_preview(self, user_input: Input = None) -> SubentryFlowResult:
        """Show what is understood of the charger now, before it is saved."""
        return self.async_show_menu(
            step_id="preview",
            menu_options=["save", "entities", "words", "figures"],
            description_placeholders={
                "name": self._charger.name,
                **await async_look(self.hass, self._charger),
            },
        )

    async def async_step_save(self, user_input: Input = None) -> SubentryFlowResult:
        """Store the charger."""
        return self.store(self._charger.name, encode_charger(self._charger))

    async def _preset(self) -> Preset:
        presets = await async_presets(self.hass)
        return presets.get(self._charger.preset or OTHER, presets[OTHER])

    def _propose(self, preset: Preset, device_id: str) -> None:
        """Take the name of a device and those of its entities that are known."""
        device = dr.async_get(self.hass).async_get(device_id)
        name = "" if device is None else device.name_by_user or device.name or ""
        self._charger = Charger(
            id=0,
            name=name,
            preset=preset.key,
            report_s=preset.report_s,
            stops_at_zero=preset.stops_at_zero,
            entities=entities_of(self.hass, preset, device_id),
        )
