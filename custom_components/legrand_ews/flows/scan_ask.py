"""What is asked of found devices before all are added: a page for each, all at once."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.core import callback
import probatio

from ..ews.catalogue import Model
from ..ews.model import Address, Device, PulseInput
from ..ews.model.codec import encode_device
from ..ews.model.grouping import PREDEFINED_LOAD_IDS
from ..ews.model.rules import clean_name
from .device_base import DeviceFlowBase
from .device_form import device_from, device_schema, device_values
from .forms import SWITCH, TEXT, FormErrors, Input, choice
from .naming import model_choice
from .scan_form import Draft, checked, default_parameters
from .texts import async_pick_map, async_pick_model

LEAVE_OUT: Final = "leave_out"
MORE_METERS: Final = "more_meters"
_NEVER_EMPTY: Final = frozenset({"phase", "register"})
"""Fields that a device cannot do without, unless it is left out."""


class ScanAskSteps(DeviceFlowBase):
    """Ask what no bus can tell, then store everything that was found."""

    _drafts: Sequence[Draft] = ()
    _place = 0
    _kept: list[Draft]
    _wired: list[Draft]
    """Meters on the inputs of the concentrator that is asked for."""

    async def _ask(self, drafts: Sequence[Draft]) -> SubentryFlowResult:
        """Begin with the pages; drafts without questions are kept as they are."""
        self._drafts = drafts
        self._place = 0
        self._kept = []
        return await self._go_on()

    async def async_step_scan_device(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Ask for what a found device needs beside address, name and model."""
        draft = self._drafts[self._place]
        model = draft.model
        if model is None:  # such a draft has no questions
            raise RuntimeError("no model to ask for")
        errors = FormErrors()
        catalogue = await self._catalogue()
        if user_input is not None:
            if user_input[LEAVE_OUT]:
                return await self._next_page([])
            for field in _NEVER_EMPTY.intersection(draft.asked):
                if not user_input.get(field):
                    errors.add(field, "value_missing", {})
            values = {**device_values(draft.device), **user_input}
            device, wrong = device_from(
                values, draft.device, model, catalogue, self.site()
            )
            if device is not None and not errors and not wrong:
                named = clean_name(user_input.get("name", ""))
                described, problems = checked(
                    replace(draft, device=replace(device, name=named)),
                    self.site(),
                    self._others(),
                )
                wrong.add_problems(problems)
                if not wrong:
                    return await self._next_page([described])
            for at, key in wrong.errors.items():
                shown = at if at in ("name", *draft.asked) else "base"
                errors.add(shown, key, wrong.placeholders)
        whole = device_schema(
            model,
            loads={},
            groups=None,
            meters={},
            concentrators=choice([], "model"),
            maps=await async_pick_map(self.hass, catalogue, model),
            may_skip_test=False,
        )
        fields: dict[probatio.Marker, object] = {}
        for marker, selector in whole.schema.items():
            if marker.schema in {"name", *draft.asked}:
                # A device that is left out is described no further.
                fields[probatio.Optional(marker.schema, default=marker.default)] = (
                    selector
                )
        fields[probatio.Required(LEAVE_OUT, default=False)] = SWITCH
        suggested = user_input or device_values(draft.device)
        if user_input is None and suggested["name"] == draft.device.place:
            suggested["name"] = ""  # what it is called anyway
        return self.async_show_form(
            step_id="scan_device",
            data_schema=self.add_suggested_values_to_schema(
                probatio.Schema(fields), suggested
            ),
            errors=errors.errors,
            description_placeholders={**self._progress(), **errors.placeholders},
            last_step=self._is_last(),
        )

    async def async_step_scan_inputs(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Ask for the meters on the inputs of a found concentrator (S68)."""
        draft = self._drafts[self._place]
        catalogue = await self._catalogue()
        free = self._free_inputs_of(draft)
        meters = {
            model.key: model for model in catalogue.models.values() if model.is_pulse
        }
        errors = FormErrors()
        if user_input is not None:
            names = {
                position: name
                for position in free
                if (name := clean_name(user_input.get(f"input_{position}", "")))
            }
            meter = meters[user_input["meter"]]
            wired: list[Draft] = []
            for position, name in names.items():
                one = _meter_on(draft, meter, name, position)
                named, problems = checked(
                    one, self.site(), [*self._others(), *self._wired, *wired]
                )
                fields = dict.fromkeys(("address", "position"), "base")
                at = f"input_{position}"
                errors.add_problems(problems, {"name": at, **fields})
                wired.append(named)
            if not errors:
                self._wired = [*self._wired, *wired]
                if wired and user_input[MORE_METERS] and self._free_inputs_of(draft):
                    return await self.async_step_scan_inputs()
                return await self._next_page(self._wired)
        selector = await async_pick_model(self.hass, meters.values())
        fields_shown: dict[probatio.Marker, object] = {
            probatio.Required("meter", default=next(iter(meters))): selector,
            **{probatio.Optional(f"input_{n}"): TEXT for n in free},
            probatio.Required(MORE_METERS, default=False): SWITCH,
        }
        return self.async_show_form(
            step_id="scan_inputs",
            data_schema=self.add_suggested_values_to_schema(
                probatio.Schema(fields_shown), user_input or {}
            ),
            errors=errors.errors,
            description_placeholders={**self._progress(), **errors.placeholders},
            last_step=self._is_last(),
        )

    async def _next_page(self, kept: Sequence[Draft]) -> SubentryFlowResult:
        self._kept.extend(kept)
        self._place += 1
        return await self._go_on()

    async def _go_on(self) -> SubentryFlowResult:
        """Keep what needs no page, up to the next one that does."""
        self._wired = []
        while self._place < len(self._drafts):
            draft = self._drafts[self._place]
            if draft.is_carrier:
                return await self.async_step_scan_inputs()
            if draft.has_questions:
                return await self.async_step_scan_device()
            self._kept.append(draft)
            self._place += 1
        return self._store_found()

    @callback
    def _store_found(self) -> SubentryFlowResult:
        """Add everything that was kept, in one go."""
        if not self._kept:
            return self.async_abort(reason="nothing_added")
        devices = (draft.device for draft in self._kept)
        return self.store_several([(x.name, encode_device(x)) for x in devices])

    def _others(self) -> list[Draft]:
        """Return what is stored beside the draft that is asked for."""
        return [*self._kept, *self._drafts[self._place + 1 :]]

    def _free_inputs_of(self, draft: Draft) -> list[int]:
        positions = 0 if draft.model is None else draft.model.positions
        used = {one.device.address.position for one in self._wired}
        return [n for n in range(1, positions + 1) if n not in used]

    def _is_last(self) -> bool:
        return not any(draft.has_questions for draft in self._drafts[self._place + 1 :])

    def _progress(self) -> dict[str, str]:
        asking = [draft for draft in self._drafts if draft.has_questions]
        draft = self._drafts[self._place]
        language = self.hass.config.language
        return {
            "number": str(asking.index(draft) + 1),
            "count": str(len(asking)),
            "address": draft.device.place,
            "gateway": self.site().gateways[self._gateway_id].name,
            "model": "" if draft.model is None else model_choice(draft.model, language),
        }


def _meter_on(draft: Draft, meter: Model, name: str, position: int) -> Draft:
    """Return the draft of a pulse meter on an input of a concentrator."""
    load = meter.fixed_load
    device = Device(
        id=0,
        name=name,
        gateway_id=draft.device.gateway_id,
        address=Address(unit=draft.device.address.unit, position=position),
        model=meter.key,
        load_id=None if load is None else PREDEFINED_LOAD_IDS[load],
        pulse_input=PulseInput(
            concentrator="" if draft.model is None else draft.model.key,
            weight=meter.pulse_weight or Decimal(1),
        ),
        parameters=default_parameters(meter),
    )
    return Draft(device=device, model=meter)
