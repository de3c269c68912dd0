"""The flow of a device: bus, family, model, its values, a test, and storing it."""

from dataclasses import replace
from typing import override

from homeassistant.config_entries import SubentryFlowResult
import probatio

from ..ews.catalogue import Catalogue, Model
from ..ews.model import Address, Device, GatewayKind
from ..ews.model.codec import decode_device
from ..ews.model.rules import clean_name
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
    TEXT,
    FormErrors,
    Input,
    UserInput,
    pick,
    without_gone,
)
from .further import Further
from .naming import choices
from .proposing import alike, last_device, new_place
from .scan import ScanSteps
from .texts import (
    async_identity_table,
    async_load_names,
    async_pick_concentrator,
    async_pick_map,
    async_pick_model,
    async_pick_named,
    async_readings_table,
)


class DeviceFlow(ScanSteps, FinishSteps):
    """Add a device to a bus (S57-S78), or change it without losing its number."""

    _family = ""
    _result: DeviceResult | None = None
    _saved = ""
    """Name of the device that was stored before the one in the making."""

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
                "model": self._model_name(self._model),
            },
        )

    async def async_step_pick(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask for the bus, and for the family or the number of the model (S57)."""
        self._is_single_change = False
        gateways = self.site().gateways
        if not gateways:
            return self.async_abort(reason="no_gateway")
        catalogue = await self._catalogue()
        errors = FormErrors()
        if user_input is not None:
            self._gateway_id = int(user_input["gateway_id"])
            model = self._model_of_number(user_input, catalogue, errors)
            self._family = (
                user_input.get("family", "") if model is None else model.family
            )
            if not (self._family or errors):
                errors.add("family", "family_or_number", {})
            if not errors:
                at = "gateway_id" if model is None else "number"
                self._check_family(self._family, catalogue, errors, at)
            if not errors and model is not None:
                return await self._after_model(model)
            if not errors:
                return await self.async_step_model()
        names = {str(gateway.id): gateway.name for gateway in gateways.values()}
        families = choices(catalogue, self.hass.config.language)["family"]
        schema = probatio.Schema(
            {
                probatio.Required("gateway_id"): pick(names),
                probatio.Optional("number"): TEXT,
                probatio.Optional("family"): await async_pick_named(
                    self.hass, "family", families
                ),
            }
        )
        suggested = user_input or self._usual_choice(catalogue)
        if suggested.get("gateway_id") not in names:
            suggested = {**suggested, "gateway_id": next(iter(names))}
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
        if user_input is not None:
            return await self._after_model(catalogue.models[user_input["model"]])
        models = {
            model.key: model
            for model in catalogue.models_of(self._family)
            if model.is_metering_point
        }
        if len(models) == 1:
            return await self._after_model(*models.values())
        selector = await async_pick_model(self.hass, models.values())
        schema = probatio.Schema({probatio.Required("model"): selector})
        known = None if self._model is None else self._model.key
        return self.async_show_form(
            step_id="model",
            data_schema=self.add_suggested_values_to_schema(
                schema, without_gone({"model": known}, "model", models)
            ),
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
            if self._stored is not None:
                return await self._device_form(
                    device_values(self._stored), FormErrors()
                )
            catalogue = await self._catalogue()
            place = new_place(
                self._chosen_model(), self.site(), self._gateway_id, catalogue
            )
            return await self._device_form(place, FormErrors())
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
            menu_options=[*await self._ways_to_save(), "edit_device"],
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
        """Save what was tested."""
        return await self._save(Further.NOTHING)

    async def async_step_save_another(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Save, and go on with another device of the same model."""
        return await self._save(Further.ANOTHER)

    async def async_step_save_inputs(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Save, with meters on the other inputs of the concentrator."""
        return await self._save(Further.INPUTS)

    async def async_step_save_channels(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Save, with the other channels of the module."""
        return await self._save(Further.CHANNELS)

    async def async_step_edit_device(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Go back to the form as it was filled."""
        return await self._device_form(device_values(self._draft()), FormErrors())

    async def _save(self, further: Further) -> SubentryFlowResult:
        """Save what was tested, unless the site has changed meanwhile."""
        self._further = further
        device = self._draft()
        errors = FormErrors()
        catalogue = await self._catalogue()
        errors.add_problems(self._problems(device, catalogue), form_fields(device))
        if errors:
            return await self._device_form(device_values(device), errors)
        return await self._finish(device)

    @override
    async def _show_next(self, saved: Device) -> SubentryFlowResult:
        self._device = self._result = None
        self._saved = saved.name
        values = alike(
            saved, self._chosen_model(), self.site(), await self._catalogue()
        )
        return await self._device_form(values, FormErrors())

    async def _after_model(self, model: Model) -> SubentryFlowResult:
        self._model = model
        if model.is_unverified:
            return await self.async_step_unverified()
        return await self.async_step_device()

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
            concentrators=await async_pick_concentrator(self.hass, catalogue),
            maps=await async_pick_map(self.hass, catalogue, self._chosen_model()),
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
                "saved": f"✓ **{self._saved}**\n\n" if self._saved else "",
                **errors.placeholders,
            },
            last_step=False,
        )

    def _usual_choice(self, catalogue: Catalogue) -> dict[str, str]:
        """Return gateway and family so far, else those of the device added last."""
        if self._family:
            return {"gateway_id": str(self._gateway_id), "family": self._family}
        last = last_device(self.site())
        if last is None:
            return {}
        model = catalogue.models.get(last.model or "")
        gateway = {"gateway_id": str(self._gateway_id or last.gateway_id)}
        return gateway if model is None else {**gateway, "family": model.family}

    def _model_of_number(
        self, user_input: UserInput, catalogue: Catalogue, errors: FormErrors
    ) -> Model | None:
        """Return the model whose number was typed, if any was."""
        text = clean_name(user_input.get("number", ""))
        digits = "".join(text.split())
        model = catalogue.models.get(digits)
        if not digits or (model is not None and model.is_metering_point):
            return model
        errors.add("number", "model_unknown", {"model": text})
        return None

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
