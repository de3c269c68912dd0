"""The flow of a device: bus, family, model, its values, a test, and storing it."""

from dataclasses import replace

from homeassistant.config_entries import SubentryFlowResult
import probatio

from ..ews.catalogue import Catalogue, Model
from ..ews.model import Address, Device, GatewayKind
from ..ews.model.codec import decode_device
from .bus_test import DeviceResult
from .device_finish import FinishSteps
from .device_form import (
    address_field,
    device_from,
    device_schema,
    device_values,
    form_fields,
    is_slave_model,
    meters_upstream,
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
from .scan import ScanSteps
from .texts import (
    async_concentrator_names,
    async_identity_table,
    async_load_names,
    async_map_names,
    async_readings_table,
    model_label,
)


class DeviceFlow(ScanSteps, FinishSteps):
    """Add a device to a bus (S57-S78), or change it without losing its number."""

    _family = ""
    _result: DeviceResult | None = None

    async def async_step_user(self, user_input: Input = None) -> SubentryFlowResult:
        """Offer to describe a device, or to let the bus say what is there."""
        gateways = self.site().gateways.values()
        if not gateways:
            return self.async_abort(reason="no_gateway")
        if all(gateway.kind is GatewayKind.EWS_SLAVE for gateway in gateways):
            return await self.async_step_pick()
        return self.async_show_menu(step_id="user", menu_options=["pick", "scan"])

    async def async_step_reconfigure(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Offer what can be changed; a device without a model must get one."""
        catalogue = await self._catalogue()
        stored = decode_device(self._get_reconfigure_subentry().data)
        self._stored = stored
        self._gateway_id = stored.gateway_id
        self._model = catalogue.models.get(stored.model or "")
        is_bus_known = stored.gateway_id in self.site().gateways
        if self._model is None or not is_bus_known:
            return await self.async_step_pick()
        self._family = self._model.family
        self._device = stored
        self._is_single_change = True
        return self.async_show_menu(
            step_id="reconfigure",
            menu_options=self._changes(stored, catalogue),
            description_placeholders={
                "name": stored.name,
                "model": model_label(self._model, self.hass.config.language),
            },
        )

    async def async_step_pick(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the bus and the family (S57)."""
        self._is_single_change = False
        gateways = self.site().gateways
        if not gateways:
            return self.async_abort(reason="no_gateway")
        catalogue = await self._catalogue()
        errors = FormErrors()
        if user_input is not None:
            self._gateway_id = int(user_input["gateway_id"])
            self._family = user_input["family"]
            self._check_family(self._family, catalogue, errors, "gateway_id")
            if not errors:
                return await self.async_step_model()
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
            step_id="pick",
            data_schema=self.add_suggested_values_to_schema(schema, suggested),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
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
                self._check_family(model.family, catalogue, errors, "model")
            else:
                errors.add("model", "model_unknown", {"model": user_input["model"]})
            if model is not None and not errors:
                self._model, self._family = model, model.family
                if model.is_unverified:
                    return await self.async_step_unverified()
                return await self.async_step_device()
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
        self._is_single_change = False
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
            return await self._finish(device, was_tested=False)
        result = await self._test(device, errors, address_field(model))
        if errors:
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
        catalogue = await self._catalogue()
        errors.add_problems(self._problems(device, catalogue), form_fields(device))
        if errors:
            return await self._device_form(device_values(device), errors)
        return await self._finish(device)

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
        meters = meters_upstream(
            self.site(), catalogue, self._chosen_model(), self._stored
        )
        schema = device_schema(
            self._chosen_model(),
            loads=loads,
            groups=groups if has_group_field else None,
            meters=meters,
            concentrators=await async_concentrator_names(self.hass, catalogue),
            maps=await async_map_names(self.hass, catalogue, self._chosen_model()),
            may_skip_test=may_skip_test or SAVE_WITHOUT_TEST in values,
        )
        values = without_gone(values, "load_id", loads)
        values = without_gone(values, "group_ids", groups)
        values = without_gone(values, "upstream_device_id", meters)
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

    def _check_family(
        self, family: str, catalogue: Catalogue, errors: FormErrors, at: str
    ) -> None:
        """Refuse what can never be behind the chosen gateway (S130)."""
        gateway = self.site().gateways[self._gateway_id]
        is_slave = gateway.kind is GatewayKind.EWS_SLAVE
        models = catalogue.models_of(family)
        if is_slave is not any(is_slave_model(model) for model in models):
            key = "gateway_is_slave" if is_slave else "gateway_not_slave"
            errors.add(at, key, {"name": gateway.name})

    def _is_test_needed(self, device: Device) -> bool:
        """Whether a test would tell anything new; what is off cannot be asked."""
        gateway = self.site().gateways[device.gateway_id]
        if not (gateway.is_enabled and device.is_enabled):
            return False
        return self._stored is None or _read_as(device) != _read_as(self._stored)


def _model_named(text: str, catalogue: Catalogue, language: str) -> Model | None:
    """Return the metering model that is meant by a label, a key or a printed number."""
    digits = "".join(text.split())
    for model in catalogue.models.values():
        is_meant = model.key in {text, digits} or model_label(model, language) == text
        if is_meant and model.is_metering_point:
            return model
    return None


def _read_as(device: Device) -> Device:
    """Reduce a device to what its readings depend on."""
    return replace(
        device,
        name="",
        load_id=None,
        group_ids=(),
        channel_names={},
        is_map_confirmed=False,
        is_excluded_from_totals=False,
        upstream_device_id=None,
        exclude_alerts=False,
    )
