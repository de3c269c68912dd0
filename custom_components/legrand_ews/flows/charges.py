"""What a bill holds beside the tariffs, and tariffs whose prices change by the hour."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
import probatio

from ..ews.errors import ConfigurationError
from ..ews.tariffs import TariffPlan, encode_plan
from ..ews.tariffs.price_units import unit_factor
from ..tariffs.settings import billing_of
from .charge_form import (
    BILLING_DAY,
    CHARGE_LISTS,
    add_charge_problems,
    charge_rows,
    charges_of_rows,
    source_list,
)
from .forms import FormErrors, Input
from .listed import async_speaking
from .tariffs import TariffSteps

_SOURCES = "sources"


class ChargeSteps(TariffSteps):
    """The steps that ask for fees, levies, tiers, capacity, taxes and price sources."""

    async def async_step_charges(self, user_input: Input = None) -> ConfigFlowResult:
        """Ask for everything that a bill holds beside the energy."""
        errors = FormErrors()
        rows = charge_rows(self._tariff_draft.plan)
        if user_input is not None:
            rows = {**{key: [] for key in CHARGE_LISTS}, **user_input}
            if len(rows["capacity"]) > 1:
                errors.add("capacity", "capacity_once", {})
            else:
                try:
                    found = self._take_tariffs(charges_of_rows(rows))
                except ConfigurationError as error:
                    errors.add_error(error)
                else:
                    add_charge_problems(errors, found)
            if not errors:
                return await self.async_step_tariff_change()
        schema: dict[Any, Any] = {
            probatio.Optional(key, default=rows[key]): await async_speaking(
                self.hass, selector
            )
            for key, selector in CHARGE_LISTS.items()
        }
        schema[probatio.Required("billing_day", default=rows["billing_day"])] = (
            BILLING_DAY
        )
        return self.async_show_form(
            step_id="charges",
            data_schema=probatio.Schema(schema),
            errors=errors.errors,
            description_placeholders={
                **await self._fluid_names(),
                **errors.placeholders,
            },
        )

    async def async_step_price_sources(
        self, user_input: Input = None
    ) -> ConfigFlowResult:
        """Ask which tariffs take their prices from entities or statistics."""
        errors = FormErrors()
        plan = self._tariff_draft.plan
        rows = _source_rows(plan)
        if user_input is not None:
            rows = user_input.get(_SOURCES, [])
            sources = self._checked_sources(rows, errors)
            if not errors:
                found = self._take_tariffs({"tariffs": _with_sources(plan, sources)})
                errors.add_problems(found)
            if not errors:
                return await self.async_step_tariff_change()
        names = [tariff.name for tariff in plan.tariffs]
        listed = await async_speaking(self.hass, source_list(names))
        return self.async_show_form(
            step_id="price_sources",
            data_schema=probatio.Schema(
                {probatio.Optional(_SOURCES, default=rows): listed}
            ),
            errors=errors.errors,
            description_placeholders={
                **await self._fluid_names(),
                **errors.placeholders,
            },
        )

    def _checked_sources(
        self, rows: Sequence[Mapping[str, Any]], errors: FormErrors
    ) -> dict[str, str]:
        """Return the source of each tariff by its name; one is given for each."""
        sources: dict[str, str] = {}
        book = self._tariff_draft.book
        currency = billing_of(self.hass, self.config_entry).currency
        for place, row in enumerate(rows, 1):
            values = {"row": str(place)}
            given = [row[key] for key in ("entity", "statistic") if row.get(key)]
            if len(given) != 1:
                errors.add(_SOURCES, "price_source_one", values)
            elif row["tariff"] in sources:
                errors.add(_SOURCES, "price_source_twice", values)
            else:
                sources[row["tariff"]] = given[0]
                state = self.hass.states.get(given[0])
                if state is None:
                    continue
                unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
                try:
                    unit_factor(unit, book.fluid, currency)
                except ConfigurationError as error:
                    errors.add(_SOURCES, error.key, {**values, **error.placeholders})
        return sources


def _source_rows(plan: TariffPlan) -> list[dict[str, str]]:
    rows = []
    for tariff in plan.tariffs:
        if (source := tariff.price_source) is not None:
            field = "statistic" if ":" in source else "entity"
            rows.append({"tariff": tariff.name, field: source})
    return rows


def _with_sources(plan: TariffPlan, sources: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the tariffs of a plan as the core reads them, with other sources."""
    rows: Any = encode_plan(plan)["tariffs"]
    return [{**row, "price_source": sources.get(row["name"])} for row in rows]
