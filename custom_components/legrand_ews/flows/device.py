"""The flow of a device: bus, family, model, its values, a test, and storing it."""

from dataclasses import replace

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.data_entry_flow import AbortFlow
import probatio

from ..catalogue import async_get_catalogue
from ..ews.catalogue import Catalogue, Model
from ..ews.errors import CatalogueError
from ..ews.model import Address, Device, ObjectKind
from ..ews.model.codec import decode_device, encode_device
from ..ews.model.rules import check_device
from .bus_test import DEVICE_FAULTS, GATEWAY_FAULTS, DeviceResult, async_test_device
from .device_form import (
    address_field,
    device_from,
    device_schema,
    device_values,
    form_fields,
)
from .forms import (
    SAVE_WITHOUT_TEST,
    FormErrors,
    Input,
    UserInput,
    pick,
    search,
    without_gone,
)
from .subentry import ObjectFlow
from .texts import (
    async_concentrator_names,
    async_identity_table,
    async_load_names,
    async_option_text,
    async_readings_table,
    model_label,
)


class DeviceFlow(ObjectFlow):
    """Add a device to a bus (S57-S78), or change it without losing its number."""

    kind = ObjectKind.DEVICE

    def __init__(self) -> None:
        """Begin with nothing described."""
        self._gateway_id = 0
        self._family = ""
        self._model: Model | None = None
        self._device: Device | None = None
        self._stored: Device | None = None
        self._result: DeviceResult | None = None

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Offer the settings, or another model; a device without one must get one."""
        catalogue = await self._catalogue()
        stored = decode_device(self._get_reconfigure_subentry().data)
        self._stored = stored
        self._gateway_id = stored.gateway_id
        self._model = catalogue.models.get(stored.model or "")
        is_bus_known = stored.gateway_id in self.site().gateways
        if self._model is None or not is_bus_known:
            return await self.async_step_user()
        self._family = self._model.family
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=["device", "user"],
            description_placeholders={
                "name": stored.name,
                "model": model_label(self._model, self.hass.config.language),
            },
        )

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the bus and the family (S57)."""
        gateways = self.site().gateways
        if not gateways:
            return self.async_abort(reason="no_gateway")
        if user_input is not None:
            self._gateway_id = int(user_input["gateway_id"])
            self._family = user_input["family"]
            return await self.async_step_model()
        catalogue = await self._catalogue()
        language = self.hass.config.language
        families = {
            key: family.title(language)
            for key, family in catalogue.families.items()
            if any(x.is_metering_point for x in catalogue.models_of(key))
        }
        names = {str(gateway.id): gateway.name for gateway in gateways.values()}
        schema = probatio.Schema(
            {
                probatio.Required("gateway_id"): pick(names),
                probatio.Required("family"): pick(families),
            }
        )
        known = str(self._gateway_id)
        suggested = {
            "gateway_id": known if known in names else next(iter(names)),
            "family": self._family or None,
        }
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            last_step=False,
        )

    async def async_step_model(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the model, by the number printed on it."""
        catalogue = await self._catalogue()
        language = self.hass.config.language
        errors = FormErrors()
        if user_input is not None:
            model = _model_named(user_input["model"], catalogue, language)
            if model is not None:
                self._model, self._family = model, model.family
                if model.is_unverified:
                    return await self.async_step_unverified()
                return await self.async_step_device()
            errors.add("model", "model_unknown", {"model": user_input["model"]})
        labels = [
            model_label(model, language)
            for model in catalogue.models_of(self._family)
            if model.is_metering_point
        ]
        schema = probatio.Schema({probatio.Required("model"): search(labels)})
        known = None if self._model is None else model_label(self._model, language)
        return self.async_show_form(
            step_id="model",
            data_schema=self.add_suggested_values_to_schema(
                schema, without_gone({"model": known}, "model", labels)
            ),
            errors=errors.errors,
            description_placeholders={
                "family": catalogue.families[self._family].title(language),
                **errors.placeholders,
            },
            last_step=False,
        )

    async def async_step_unverified(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Say that nobody has checked the registers of this model (D9)."""
        if user_input is not None:
            return await self.async_step_device()
        return self.async_show_form(
            step_id="unverified",
            data_schema=probatio.Schema({}),
            description_placeholders=await self._model_placeholders(),
            last_step=False,
        )

    async def async_step_device(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the values that the model needs, and test it."""
        if user_input is None:
            values = {} if self._stored is None else device_values(self._stored)
            return await self._device_form(values, FormErrors())
        model = self._chosen_model()
        catalogue = await self._catalogue()
        draft = self._stored or Device(
            id=0, name="", gateway_id=0, address=Address(unit=1), model=None
        )
        draft = replace(draft, gateway_id=self._gateway_id)
        device, errors = device_from(user_input, draft, model, catalogue, self.site())
        if device is None or errors:
            return await self._device_form(user_input, errors)
        self._device = device
        if user_input.get(SAVE_WITHOUT_TEST) or not self._is_test_needed(device):
            return self._save(device)
        gateway = self.site().gateways[device.gateway_id]
        result = await async_test_device(self.hass, gateway, device)
        if result.error is not None:
            errors.add(
                *_place_and_key(result.error, model),
                {
                    "address": str(
                        device.address.unit if model.is_pulse else device.address
                    ),
                    "gateway": gateway.name,
                    "other_map": result.other_map or "",
                },
            )
            return await self._device_form(user_input, errors, may_skip_test=True)
        self._result = result
        return await self.async_step_device_tested()

    async def async_step_device_tested(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Show what the device says of itself and its first values (S59)."""
        result = self._result
        if result is None:  # the step is only reached through a test
            raise RuntimeError("no device was tested")
        return self.async_show_menu(
            step_id="device_tested",
            menu_options=["save_device", "edit_device"],
            description_placeholders={
                **await self._model_placeholders(),
                "identity": await async_identity_table(self.hass, result.identity),
                "values": await async_readings_table(
                    self.hass, result.readings, self._chosen_model().headline
                ),
            },
        )

    async def async_step_save_device(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Save what was tested, unless the site has changed meanwhile."""
        device = self._draft()
        errors = FormErrors()
        errors.add_problems(check_device(device, self.site()), form_fields(device))
        if errors:
            return await self._device_form(device_values(device), errors)
        return self._save(device)

    async def async_step_edit_device(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Go back to the form as it was filled."""
        return await self._device_form(device_values(self._draft()), FormErrors())

    async def _device_form(
        self, values: UserInput, errors: FormErrors, *, may_skip_test: bool = False
    ) -> SubentryFlowResult:
        catalogue = await self._catalogue()
        site = self.site()
        loads = await async_load_names(self.hass, site, values.get("load_id"))
        groups = {str(group.id): group.name for group in site.groups.values()}
        # The field stays while it has something to say, even of groups that are gone.
        has_group_field = bool(groups) or bool(values.get("group_ids"))
        schema = device_schema(
            self._chosen_model(),
            loads=loads,
            groups=groups if has_group_field else None,
            concentrators=await async_concentrator_names(self.hass, catalogue),
            may_skip_test=may_skip_test or SAVE_WITHOUT_TEST in values,
        )
        values = without_gone(values, "load_id", loads)
        values = without_gone(values, "group_ids", groups)
        return self.async_show_form(
            step_id="device",
            data_schema=self.add_suggested_values_to_schema(schema, values),
            errors=errors.errors,
            description_placeholders={
                **await self._model_placeholders(),
                **errors.placeholders,
            },
            last_step=False,
        )

    async def _model_placeholders(self) -> dict[str, str]:
        model = self._chosen_model()
        catalogue = await self._catalogue()
        pulse_input = None if self._device is None else self._device.pulse_input
        source = catalogue.source_of(model, pulse_input)
        gateway = self.site().gateways.get(self._gateway_id)
        return {
            "gateway": "–" if gateway is None else gateway.name,
            "model": model_label(model, self.hass.config.language),
            "provenance": await async_option_text(
                self.hass, "provenance", source.provenance
            ),
        }

    async def _catalogue(self) -> Catalogue:
        """Return the catalogue; without one there is nothing to choose from."""
        try:
            return await async_get_catalogue(self.hass)
        except CatalogueError as error:
            places = {name: error.placeholders[name] for name in ("file", "line")}
            raise AbortFlow("catalogue_invalid", places) from error

    def _is_test_needed(self, device: Device) -> bool:
        """Whether a test would tell anything new; what is off cannot be asked."""
        gateway = self.site().gateways[device.gateway_id]
        if not (gateway.is_enabled and device.is_enabled):
            return False
        return self._stored is None or _read_as(device) != _read_as(self._stored)

    def _save(self, device: Device) -> SubentryFlowResult:
        return self.store(device.name, encode_device(device))

    def _chosen_model(self) -> Model:
        if self._model is None:  # later steps come after the choice of a model
            raise RuntimeError("no model was chosen")
        return self._model

    def _draft(self) -> Device:
        if self._device is None:  # offered only after the form
            raise RuntimeError("no device was described")
        return self._device


def _model_named(text: str, catalogue: Catalogue, language: str) -> Model | None:
    """Return the metering model that is meant by a label, a key or a printed number."""
    digits = "".join(text.split())
    for model in catalogue.models.values():
        is_meant = model.key in {text, digits} or model_label(model, language) == text
        if is_meant and model.is_metering_point:
            return model
    return None


def _place_and_key(error: str, model: Model) -> tuple[str, str]:
    """Return the field at which a fault is shown, and its sentence there."""
    if error in GATEWAY_FAULTS:
        return "base", f"gateway_{error}"
    if error in DEVICE_FAULTS:
        return address_field(model), error
    return "base", error


def _read_as(device: Device) -> Device:
    """Reduce a device to what its readings depend on."""
    return replace(
        device,
        name="",
        load_id=None,
        group_ids=(),
        is_excluded_from_totals=False,
    )
