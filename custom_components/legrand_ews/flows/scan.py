"""The search of a bus: who is there, and adding whoever is wanted in one go."""

import asyncio
from collections.abc import Sequence
from typing import Final, override

from homeassistant.config_entries import ConfigEntryState, SubentryFlowResult
from homeassistant.core import callback
from homeassistant.exceptions import HomeAssistantError

from ..bus.link import temporary_units
from ..ews.bus.assembly import UnitFor
from ..ews.bus.line import BusLine
from ..ews.bus.probe import test_device
from ..ews.bus.scan import Found, ScanProgress, ScanResult, scan
from ..ews.catalogue import Catalogue
from ..ews.errors import ConfigurationError, GatewayUnreachableError
from ..ews.model import Address, Device, Gateway, GatewayKind
from ..ews.model.address import FIRST_UNIT
from ..ews.model.problems import check_range
from ..runtime import EwsRuntime
from .forms import FormErrors, Input, UserInput, whole
from .proposing import LAST_ON_BUS
from .scan_ask import ScanAskSteps
from .scan_form import (
    Proposal,
    Refusal,
    drafts_from,
    list_rows,
    list_schema,
    models_by_name,
    models_for,
    parameters_of,
    proposals_of,
    scan_schema,
)
from .texts import async_found_list, async_load_names, async_problem_text

_REFUSALS_SHOWN: Final = 5
_SCALED: Final = frozenset({"active_power", "active_energy_import"})
"""Quantities that a meter on transformers only has with their ratios."""


class ScanSteps(ScanAskSteps):
    """Search the bus behind a gateway and add what is found."""

    _span = (FIRST_UNIT, LAST_ON_BUS)
    _scan_task: asyncio.Task[ScanResult] | None = None
    _proposals: Sequence[Proposal] = ()
    _found_text = ""
    _silent = 0
    _without_ratios: Sequence[int] = ()

    async def async_step_scan(self, user_input: Input = None) -> SubentryFlowResult:
        """Ask where to search."""
        errors = FormErrors()
        if user_input is not None:
            self._gateway_id = int(user_input["gateway_id"])
            self._span = _span_from(user_input, errors)
            if not errors:
                return await self.async_step_scan_progress()
        return self._scan_form(errors)

    async def async_step_scan_progress(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Search; the front end shows how far it has come."""
        gateway = self.site().gateways[self._gateway_id]
        # A search that ends at once is shown all the same: Home Assistant would hand
        # the answer to the form before on to the step that follows.
        if self._scan_task is None:
            self._scan_task = self.hass.async_create_task(self._scan(gateway))
        elif self._scan_task.done():
            return self.async_show_progress_done(next_step_id="scan_done")
        first, last = self._span
        return self.async_show_progress(
            step_id="scan_progress",
            progress_action="scan",
            progress_task=self._scan_task,
            description_placeholders={
                "gateway": gateway.name,
                "first": str(first),
                "last": str(last),
            },
        )

    async def async_step_scan_done(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Go where the search leads: to the list, or back."""
        task = self._scan_task
        if task is None:  # the step follows the search
            raise RuntimeError("no bus was searched")
        self._scan_task = None
        errors = FormErrors()
        gateway = self.site().gateways[self._gateway_id]
        try:
            result = task.result()
        except GatewayUnreachableError:
            errors.add(
                "gateway_id", "gateway_cannot_connect", {"gateway": gateway.name}
            )
            return self._scan_form(errors)
        except HomeAssistantError:
            name = {"gateway": gateway.name}
            errors.add("gateway_id", "gateway_connection_in_use", name)
            return self._scan_form(errors)
        catalogue = await self._catalogue()
        site = self.site()
        self._proposals = proposals_of(
            result.found, site, self._gateway_id, catalogue, self._without_ratios
        )
        behind = site.devices_behind(self._gateway_id)
        known = {device.address.unit: device.name for device in behind}
        self._found_text = await async_found_list(
            self.hass, result.found, catalogue, known
        )
        self._silent = result.silent
        if not self._proposals:
            return await self.async_step_scan_nothing()
        return await self.async_step_scan_found()

    async def async_step_scan_nothing(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Say that there is nothing to add, and what can be done."""
        return self.async_show_menu(
            step_id="scan_nothing",
            menu_options=["scan", "pick"],
            description_placeholders=self._scan_placeholders(),
        )

    async def async_step_scan_found(
        self, user_input: Input = None
    ) -> SubentryFlowResult:
        """Show what was found; every row that stays is added."""
        language = self.hass.config.language
        models = models_by_name(self._proposals, language)
        named = await async_load_names(self.hass, self.site(), None)
        loads = {name: int(number) for number, name in named.items()}
        errors = FormErrors()
        rows = list_rows(self._proposals, self.site(), language)
        if user_input is not None:
            rows = user_input["devices"]
            drafts, refusals = drafts_from(
                rows, self._proposals, self._gateway_id, models, loads, self.site()
            )
            if refusals:
                text = await self._refusals_text(refusals)
                errors.add("devices", "found_refused", {"problems": text})
            elif not drafts:
                errors.add("devices", "found_none_chosen", {})
            else:
                return await self._ask(drafts)
        schema = list_schema(models, loads, language)
        return self.async_show_form(
            step_id="scan_found",
            data_schema=self.add_suggested_values_to_schema(schema, {"devices": rows}),
            errors=errors.errors,
            description_placeholders={
                **self._scan_placeholders(),
                **errors.placeholders,
            },
        )

    @callback
    @override
    def async_remove(self) -> None:
        """End the search when the user closes the dialogue."""
        if self._scan_task is not None:
            self._scan_task.cancel()

    async def _scan(self, gateway: Gateway) -> ScanResult:
        """Ask every address of the span; raises HomeAssistantError for a busy line."""
        first, last = self._span
        catalogue = await self._catalogue()
        units = set(range(first, last + 1))
        async with temporary_units(self.hass, gateway, units) as unit_for:
            result = await scan(
                unit_for,
                catalogue,
                first,
                last,
                self._on_progress,
                timeout_ms=gateway.timeout_ms,
                link=gateway.link,
                bus_line=self._line_of(gateway),
            )
            self._without_ratios = [
                unit.address
                for unit in result.found
                if not await self._has_ratios(unit, gateway, catalogue, unit_for)
            ]
        return result

    async def _has_ratios(
        self, unit: Found, gateway: Gateway, catalogue: Catalogue, unit_for: UnitFor
    ) -> bool:
        """Whether a meter on transformers says their ratios, so that it shows values."""
        if unit.map_key is None:
            return True
        models = models_for(unit.candidates, catalogue)
        asking = [
            model
            for model in models
            if model.map_key in unit.candidates
            and any(spec.name == "ct_ratio" for spec in model.parameters)
        ]
        if not asking:
            return True
        device = Device(
            id=0,
            name="",
            gateway_id=gateway.id,
            address=Address(unit=unit.address),
            model=asking[0].key,
            parameters=parameters_of(asking[0], unit),
        )
        test = await test_device(
            device,
            catalogue,
            unit_for,
            timeout_ms=gateway.timeout_ms,
            link=gateway.link,
        )
        expected = _SCALED.intersection(asking[0].quantities)
        return not test.readings or expected <= test.readings.keys()

    def _on_progress(self, progress: ScanProgress) -> None:
        self.async_update_progress(progress.asked / progress.total)

    def _line_of(self, gateway: Gateway) -> BusLine | None:
        """Return the line that a running site polls, whose reads go first."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return None
        runtime = getattr(entry, "runtime_data", None)
        if not isinstance(runtime, EwsRuntime):
            return None
        coordinator = runtime.coordinators.get(gateway.id)
        bus = None if coordinator is None else coordinator.bus
        return None if bus is None else bus.line

    def _scan_form(self, errors: FormErrors) -> SubentryFlowResult:
        gateways = {
            str(gateway.id): gateway.name
            for gateway in self.site().gateways.values()
            if gateway.kind is GatewayKind.MODBUS
        }
        first, last = self._span
        known = str(self._gateway_id)
        values = {
            "gateway_id": known if known in gateways else next(iter(gateways)),
            "first": first,
            "last": last,
        }
        return self.async_show_form(
            step_id="scan",
            data_schema=self.add_suggested_values_to_schema(
                scan_schema(gateways), values
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
            last_step=False,
        )

    def _scan_placeholders(self) -> dict[str, str]:
        gateway = self.site().gateways[self._gateway_id]
        first, last = self._span
        return {
            "gateway": gateway.name,
            "found": self._found_text,
            "silent": str(self._silent),
            "first": str(first),
            "last": str(last),
        }

    async def _refusals_text(self, refusals: list[Refusal]) -> str:
        return " ".join(
            [
                f"{one.address}: {await async_problem_text(self.hass, one.problem)}"
                for one in refusals[:_REFUSALS_SHOWN]
            ]
        )


def _span_from(user_input: UserInput, errors: FormErrors) -> tuple[int, int]:
    """Return first and last address; what is wrong with them goes to the errors."""
    span = [FIRST_UNIT, LAST_ON_BUS]
    for place, at in enumerate(("first", "last")):
        try:
            span[place] = whole(user_input, at, span[place])
        except ConfigurationError as error:
            errors.add_error(error)
            continue
        errors.add_problems(check_range(at, span[place], FIRST_UNIT, LAST_ON_BUS))
    first, last = span
    if not errors:
        errors.add_problems(check_range("last", last, first, LAST_ON_BUS))
    return first, last
